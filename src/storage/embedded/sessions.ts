/**
 * Lets many connections share the one session that the embedded database has. Groups of messages run
 * one at a time; whoever is inside a transaction owns the session until the transaction ends, the
 * others wait in the order they came. So transactions run one after the other, never mixed.
 * Everything here is synchronous: between two groups nothing else can touch the database.
 */
import {
  endsIdle,
  fatalMessage,
  GroupReader,
  type MessageGroup,
  queryMessage,
  syncMessage,
} from "./wire.ts";

/** SQLSTATE of idle_in_transaction_session_timeout. */
const IDLE_IN_TRANSACTION = "25P03";

/** Where replies go. */
export interface Peer {
  send(reply: Uint8Array<ArrayBuffer>): void;
  close(): void;
}

/** Runs wire messages on the database and returns the reply. */
export type RunMessages = (bytes: Uint8Array) => Uint8Array<ArrayBuffer>;

export interface Session {
  readonly peer: Peer;
  readonly reader: GroupReader;
  readonly backlog: MessageGroup[];
  closed: boolean;
}

export class Sessions {
  readonly #run: RunMessages;
  readonly #open = new Set<Session>();
  /** Sessions with a backlog, in the order they are served. */
  readonly #waiting = new Set<Session>();
  #owner: Session | null = null;
  #ownerActiveAt = 0;

  constructor(run: RunMessages) {
    this.#run = run;
  }

  /** True when nobody is inside a transaction. */
  get idle(): boolean {
    return this.#owner === null;
  }

  connect(peer: Peer): Session {
    const session: Session = { peer, reader: new GroupReader(), backlog: [], closed: false };
    this.#open.add(session);
    return session;
  }

  /** Bytes from a client at `now` (ms, any origin). */
  receive(session: Session, chunk: Uint8Array, now: number): void {
    if (session.closed) return;
    session.backlog.push(...session.reader.push(chunk));
    if (session.backlog.length > 0) this.#waiting.add(session);
    this.#serve(now);
  }

  /** The client is gone: an open transaction of it is rolled back. */
  disconnect(session: Session, now: number): void {
    if (session.closed) return;
    session.closed = true;
    session.peer.close();
    this.#open.delete(session);
    this.#waiting.delete(session);
    if (this.#owner !== session) return;
    this.#run(syncMessage());
    this.#run(queryMessage("rollback"));
    this.#owner = null;
    this.#serve(now);
  }

  /** Ends a transaction that has been idle for `idleMs` while others wait for their turn. */
  expireIdleOwner(now: number, idleMs: number): void {
    const owner = this.#owner;
    if (owner === null || this.#waiting.size === 0 || now - this.#ownerActiveAt < idleMs) return;
    owner.peer.send(
      fatalMessage(IDLE_IN_TRANSACTION, `idle for ${idleMs} ms in a transaction others wait for`),
    );
    this.disconnect(owner, now);
  }

  /** Drops everybody; open transactions are rolled back. */
  closeAll(now: number): void {
    this.#waiting.clear();
    for (const session of this.#open) this.disconnect(session, now);
  }

  #serve(now: number): void {
    for (let session = this.#next(); session !== null; session = this.#next()) {
      const group = session.backlog.shift();
      this.#waiting.delete(session);
      if (session.backlog.length > 0) this.#waiting.add(session);
      if (group === undefined) continue;
      if (group.terminate) this.disconnect(session, now);
      else this.#answer(session, group, now);
    }
  }

  #next(): Session | null {
    if (this.#owner !== null) return this.#waiting.has(this.#owner) ? this.#owner : null;
    const [first] = this.#waiting;
    return first ?? null;
  }

  #answer(session: Session, group: MessageGroup, now: number): void {
    const reply = this.#run(group.bytes);
    this.#owner = endsIdle(reply) ? null : session;
    this.#ownerActiveAt = now;
    session.peer.send(reply);
  }
}
