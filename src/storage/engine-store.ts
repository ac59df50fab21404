/**
 * The engine's storage. Commits are written one after the other, each in one transaction, each exactly
 * once: while the database is away a commit waits and asks again; when the answer to COMMIT was lost
 * the counter in the lease row tells whether it was written (see commit.ts).
 */
import { ExponentialBackoff, handleWhen, retry } from "cockatiel";
import type { Candle } from "../domain/candle.ts";
import { Fault } from "../domain/fault.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { Effect } from "../engine/effect.ts";
import type { EngineRecords, EngineStore, Extremes } from "../ports/engine-store.ts";
import type { Logger } from "../ports/logger.ts";
import { type Commit, commitRefused, writeCommit } from "./commit.ts";
import type { Database } from "./database.ts";
import { EffectWriter } from "./effect-batch.ts";
import type { EngineLease } from "./lease.ts";
import { loadRecords } from "./load-records.ts";
import type { ReservedClient } from "./reserved-client.ts";
import { instantText } from "./schema/columns.ts";
import { isPassing } from "./sql-errors.ts";

const BACKOFF = { initialDelay: 50, maxDelay: 2_000 };

/** Read by the hundred thousand at a start, so the server makes the final form itself. */
const CANDLE_COLUMNS = `
  (extract(epoch from open_time) * 1000)::bigint as "openTime",
  trim_scale(open) as open, trim_scale(high) as high, trim_scale(low) as low,
  trim_scale(close) as close, trim_scale(volume) as volume`;

const CANDLES_BETWEEN = `
  select ${CANDLE_COLUMNS} from candles
  where symbol = $1 and timeframe = $2 and open_time between $3 and $4 order by open_time`;

const EXTREMES = `
  select trim_scale(min(low)) as low, trim_scale(max(high)) as high from candles
  where symbol = $1 and timeframe = $2 and open_time between $3 and $4`;

const NEWEST_COMMIT = `
  select commit_seq from engine_lease where id = 1 and epoch = $1 and owner = $2`;

type RawCandle = Record<"openTime" | "open" | "high" | "low" | "close" | "volume", string>;

export interface EngineStoreOptions {
  readonly database: Database;
  readonly lease: EngineLease;
  readonly logger: Logger;
}

/** The store of the lease's owner, one at a time. Faults: lease-lost, database-away. */
export async function openEngineStore(options: EngineStoreOptions): Promise<PostgresEngineStore> {
  const { database, lease } = options;
  const { epoch, owner } = lease.token;
  const [row] = await database.query<{ commit_seq: string }>(NEWEST_COMMIT, [epoch, owner]);
  if (row === undefined) throw new Fault("lease-lost", { epoch });
  const client = await database.reserve();
  return new PostgresEngineStore(options, { client, commitSeq: Number(row.commit_seq) });
}

export class PostgresEngineStore implements EngineStore {
  readonly #database: Database;
  readonly #lease: EngineLease;
  readonly #logger: Logger;
  readonly #client: ReservedClient;
  readonly #writer: EffectWriter;
  readonly #policy = retry(
    handleWhen((error) => isPassing(error) && !this.#stopped),
    { maxAttempts: Number.MAX_SAFE_INTEGER, backoff: new ExponentialBackoff(BACKOFF) },
  );
  #commitSeq: number;
  /** The newest commit asked for; the next one waits for it. */
  #previous: Promise<void> = Promise.resolve();

  constructor(
    { database, lease, logger }: EngineStoreOptions,
    { client, commitSeq }: { readonly client: ReservedClient; readonly commitSeq: number },
  ) {
    this.#database = database;
    this.#lease = lease;
    this.#logger = logger;
    this.#client = client;
    this.#writer = new EffectWriter(database.orm);
    this.#commitSeq = commitSeq;
    this.#policy.onRetry(({ attempt, delay }) =>
      logger.warn({ attempt, delayMs: Math.round(delay) }, "database away, commit waits"),
    );
  }

  load(): Promise<EngineRecords> {
    return this.#database.run(loadRecords);
  }

  async candles(
    symbol: string,
    timeframe: Timeframe,
    { from, to }: { from: number; to: number },
  ): Promise<readonly Candle[]> {
    const params = [symbol, timeframe, instantText(from), instantText(to)];
    const rows = await this.#database.query<RawCandle>(CANDLES_BETWEEN, params);
    return rows.map((row) => ({ symbol, timeframe, ...row, openTime: Number(row.openTime) }));
  }

  async extremes(
    symbol: string,
    timeframe: Timeframe,
    { from, to }: { from: number; to: number },
  ): Promise<Extremes | null> {
    if (from > to) return null;
    const [row] = await this.#database.query<{ low: string | null; high: string | null }>(
      EXTREMES,
      [symbol, timeframe, instantText(from), instantText(to)],
    );
    const { low = null, high = null } = row ?? {};
    return low === null || high === null ? null : { low, high };
  }

  /**
   * See EngineStore. Further faults: commit-refused {sqlState, constraint, table} or {table, column,
   * id} when the effects themselves are at fault: nothing of them was written, and the same effects
   * will be refused again; database-closed; database-stopped when the embedded database died.
   */
  async commit(effects: readonly Effect[], at: number): Promise<void> {
    if (effects.length === 0) return;
    const statements = this.#writer.statements(effects);
    const turn = this.#afterPrevious({ at, statements });
    this.#previous = turn.catch(() => {});
    await turn;
  }

  async #afterPrevious(work: Pick<Commit, "at" | "statements">): Promise<void> {
    await this.#previous;
    const commit = { ...work, token: this.#lease.token, seq: this.#commitSeq + 1 };
    await this.#write(commit);
    this.#commitSeq = commit.seq;
  }

  /** Gives its connection back; commits under way end with database-closed. */
  async close(): Promise<void> {
    this.#client.close();
    await this.#previous;
  }

  async #write(commit: Commit): Promise<void> {
    try {
      await this.#policy.execute(() => this.#client.use((client) => writeCommit(client, commit)));
    } catch (error) {
      const fault = this.#faultOf(error);
      if (fault.code === "lease-lost") this.#lease.markLost();
      this.#logger.error({ code: fault.code, ...fault.facts }, "commit failed");
      throw fault;
    }
  }

  /** The embedded database does not come back within this process. */
  get #stopped(): boolean {
    return this.#database.embedded?.stopped ?? false;
  }

  #faultOf(error: unknown): Fault {
    if (error instanceof Fault) return error;
    if (this.#stopped) return new Fault("database-stopped", {}, { cause: error });
    return commitRefused(error);
  }
}
