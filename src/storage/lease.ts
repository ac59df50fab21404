/**
 * Who drives the engine. One row holds an epoch and the owner's name; every write of the engine names
 * both, so whoever was overtaken cannot write any more, however late it wakes up. On a server a
 * session advisory lock tells at once when the owner's process is gone; a heartbeat by the database's
 * own clock tells when it hangs. Taking over early is safe because writes are fenced.
 */
import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { Fault } from "../domain/fault.ts";
import type { Logger } from "../ports/logger.ts";
import type { Database } from "./database.ts";
import type { ReservedClient } from "./reserved-client.ts";
import { isPassing } from "./sql-errors.ts";

/** Any number that is ours; migrations use another. */
const ENGINE_LOCK = 726_084_102;

/** An owner that has not been heard of for this long is taken to hang. */
const TTL_MS = 10_000;

const TAKE = `
  update engine_lease
  set epoch = epoch + 1, owner = $1, acquired_at = clock_timestamp(), heartbeat_at = clock_timestamp()
  where id = 1 and ($2 or owner is null or heartbeat_at < clock_timestamp() - $3 * interval '1 ms')
  returning epoch`;

const BEAT = `
  update engine_lease set heartbeat_at = clock_timestamp()
  where id = 1 and epoch = $1 and owner = $2`;

const RELEASE = `
  update engine_lease set owner = null where id = 1 and epoch = $1 and owner = $2`;

export interface LeaseOptions {
  readonly database: Database;
  readonly logger: Logger;
  readonly ttlMs?: number;
}

/** Proof of ownership, as every write carries it. */
export interface LeaseToken {
  readonly epoch: number;
  readonly owner: string;
}

/**
 * Takes the engine. Fault: engine-elsewhere {since} while another process has it and is alive
 * (`since` is epoch ms, or null when unknown).
 */
export async function acquireLease(options: LeaseOptions): Promise<EngineLease> {
  const { database } = options;
  const client = await database.reserve();
  try {
    const taken = await client.use((session) => take(session, options));
    return new EngineLease(taken, client, options);
  } catch (error) {
    client.close();
    throw error;
  }
}

export class EngineLease {
  readonly token: LeaseToken;
  readonly #client: ReservedClient;
  readonly #server: boolean;
  readonly #logger: Logger;
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout | null;
  #beating: Promise<void> | null = null;
  #locked: boolean;

  constructor({ locked, ...token }: Taken, client: ReservedClient, options: LeaseOptions) {
    this.token = token;
    this.#locked = locked;
    this.#client = client;
    this.#server = options.database.embedded === null;
    this.#logger = options.logger;
    this.#timer = this.#server
      ? setInterval(() => void this.beat(), (options.ttlMs ?? TTL_MS) / 3).unref()
      : null;
  }

  /** Aborted once somebody else is known to own the engine. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** For whoever learns it in passing: a commit that was refused. */
  markLost(): void {
    this.#lost.abort();
  }

  /**
   * Tells the database that this process lives, and takes the advisory lock again on a new connection
   * when the old one broke. Called by a timer; trouble that passes is left to the next beat.
   */
  beat(): Promise<void> {
    this.#beating ??= this.#beat().finally(() => {
      this.#beating = null;
    });
    return this.#beating;
  }

  async #beat(): Promise<void> {
    const { epoch, owner } = this.token;
    try {
      if (!this.#client.connected) this.#locked = false;
      const alive = await this.#client.use(async (session) => {
        if (this.#server && !this.#locked) this.#locked = await tryLock(session);
        const { rowCount } = await session.query(BEAT, [epoch, owner]);
        return rowCount === 1;
      });
      if (!alive) this.markLost();
    } catch (error) {
      if (error instanceof Fault) this.#stopTimer();
      else if (isPassing(error)) this.#logger.warn({ error }, "heartbeat failed");
      else this.#logger.error({ error }, "heartbeat refused");
    }
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  /** Gives the engine back, so that the next start need not wait. */
  async release(): Promise<void> {
    this.#stopTimer();
    await this.#beating;
    const { epoch, owner } = this.token;
    try {
      await this.#client.use((session) => session.query(RELEASE, [epoch, owner]));
    } catch (error) {
      this.#logger.warn({ error }, "lease not given back; it will expire");
    } finally {
      this.#client.close();
    }
  }
}

interface Taken extends LeaseToken {
  /** Whether the advisory lock came with it; a hanging owner keeps it. */
  readonly locked: boolean;
}

async function take(session: PoolClient, options: LeaseOptions): Promise<Taken> {
  const owner = randomUUID();
  const locked = await tryLock(session);
  const params = [owner, locked, options.ttlMs ?? TTL_MS];
  const { rows } = await session.query<{ epoch: string }>(TAKE, params);
  const [row] = rows;
  if (row === undefined) throw new Fault("engine-elsewhere", { since: await ownedSince(session) });
  return { epoch: Number(row.epoch), owner, locked };
}

/**
 * Held until the session ends, however it ends. On the embedded database it always succeeds, and
 * rightly so: the directory lock has seen to it that this is the only process.
 */
async function tryLock(session: PoolClient): Promise<boolean> {
  const sql = "select pg_try_advisory_lock($1) as taken";
  const { rows } = await session.query<{ taken: boolean }>(sql, [ENGINE_LOCK]);
  return rows[0]?.taken === true;
}

async function ownedSince(session: PoolClient): Promise<number | null> {
  const sql = "select acquired_at from engine_lease where id = 1";
  const { rows } = await session.query<{ acquired_at: string | null }>(sql);
  const since = rows[0]?.acquired_at ?? null;
  return since === null ? null : Date.parse(since);
}
