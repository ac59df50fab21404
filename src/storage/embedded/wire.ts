/**
 * The few facts of the PostgreSQL wire protocol (version 3) that sharing one database session among
 * many connections needs: where a group of frontend messages ends, and what a reply says about the
 * transaction. Every message is a type byte, a 32-bit length that counts itself, and a body; only the
 * first message of a connection has no type byte.
 * See https://www.postgresql.org/docs/18/protocol-message-formats.html
 */

const QUERY = 0x51;
const SYNC = 0x53;
const FLUSH = 0x48;
const TERMINATE = 0x58;

const DATA_ROW = 0x44;
const ERROR_RESPONSE = 0x45;
const READY_FOR_QUERY = 0x5a;

/** Messages that are run as one unit: everything up to a Query, Sync or Flush. */
export interface MessageGroup {
  readonly bytes: Uint8Array;
  /** The client says goodbye. */
  readonly terminate: boolean;
}

/** Cuts the bytes of one connection into groups; keeps what is incomplete until the rest arrives. */
export class GroupReader {
  #pending: Buffer = Buffer.alloc(0);
  /** How much of `#pending` is known to hold whole messages of an unfinished group. */
  #scanned = 0;
  #started = false;

  /** Adds bytes and returns the groups that are complete now. */
  push(chunk: Uint8Array): readonly MessageGroup[] {
    this.#pending = this.#pending.length > 0 ? Buffer.concat([this.#pending, chunk]) : view(chunk);
    const groups: MessageGroup[] = [];
    let group = this.#nextGroup();
    while (group !== null) {
      groups.push(group);
      group = this.#nextGroup();
    }
    return groups;
  }

  #nextGroup(): MessageGroup | null {
    for (;;) {
      const header = this.#started ? 5 : 4;
      if (this.#pending.length < this.#scanned + header) return null;
      const type = this.#started ? this.#pending.readUInt8(this.#scanned) : null;
      const length = this.#pending.readInt32BE(this.#scanned + header - 4) + header - 4;
      if (this.#pending.length < this.#scanned + length) return null;
      this.#scanned += length;
      this.#started = true;
      if (type === null || endsGroup(type)) return this.#take(type === TERMINATE);
    }
  }

  #take(terminate: boolean): MessageGroup {
    const bytes = this.#pending.subarray(0, this.#scanned);
    this.#pending = this.#pending.subarray(this.#scanned);
    this.#scanned = 0;
    return { bytes, terminate };
  }
}

function endsGroup(type: number): boolean {
  return type === QUERY || type === SYNC || type === FLUSH || type === TERMINATE;
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** True when the reply ends with the session outside a transaction and ready for anybody. */
export function endsIdle(reply: Uint8Array): boolean {
  const bytes = view(reply);
  let status: number | null = null;
  for (const { type, start } of backendMessages(bytes)) {
    if (type === READY_FOR_QUERY) status = bytes.readUInt8(start);
  }
  return status === 0x49;
}

/** The first column of the first row of a reply as text, or null. Throws when the reply is an error. */
export function firstValue(reply: Uint8Array): string | null {
  const bytes = view(reply);
  for (const { type, start, end } of backendMessages(bytes)) {
    if (type === ERROR_RESPONSE) throw new Error(bytes.toString("utf8", start, end));
    if (type === DATA_ROW) {
      const length = bytes.readInt32BE(start + 2);
      return length < 0 ? null : bytes.toString("utf8", start + 6, start + 6 + length);
    }
  }
  return null;
}

function* backendMessages(
  bytes: Buffer,
): Generator<{ readonly type: number; readonly start: number; readonly end: number }> {
  let offset = 0;
  while (offset + 5 <= bytes.length) {
    const end = offset + 1 + bytes.readInt32BE(offset + 1);
    yield { type: bytes.readUInt8(offset), start: offset + 5, end };
    offset = end;
  }
}

/** A Query message. */
export function queryMessage(sql: string): Uint8Array<ArrayBuffer> {
  return message(QUERY, `${sql}\0`);
}

/** Ends a group that was left unfinished. */
export function syncMessage(): Uint8Array<ArrayBuffer> {
  return message(SYNC, "");
}

/** A FATAL error with an SQLSTATE: the client takes its connection for lost. */
export function fatalMessage(sqlState: string, text: string): Uint8Array<ArrayBuffer> {
  return message(ERROR_RESPONSE, `SFATAL\0VFATAL\0C${sqlState}\0M${text}\0\0`);
}

function message(type: number, body: string): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(body);
  const bytes = new Uint8Array(5 + text.length);
  const header = view(bytes);
  header.writeUInt8(type);
  header.writeInt32BE(text.length + 4, 1);
  bytes.set(text, 5);
  return bytes;
}
