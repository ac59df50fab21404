/**
 * The database behind everything that is stored: a PostgreSQL server by URL, or the embedded one in a
 * directory. Open means connected and migrated.
 */
import { type EntityManager, MikroORM } from "@mikro-orm/postgresql";
import { ExponentialBackoff, handleWhen, retry } from "cockatiel";
import type { Pool } from "pg";
import { Fault } from "../domain/fault.ts";
import type { Logger } from "../ports/logger.ts";
import { EmbeddedPostgres } from "./embedded/embedded-postgres.ts";
import { migrateEmbedded, migrateServer } from "./migrate.ts";
import { databaseName, ormOptions } from "./orm-options.ts";
import { ReservedClient } from "./reserved-client.ts";
import { isPassing, sqlErrorOf } from "./sql-errors.ts";
import { textField } from "./text-field.ts";

export interface DatabaseOptions {
  /** A PostgreSQL server: "postgres://user:password@host:port/database". */
  readonly url?: string | undefined;
  /** Without a URL: the directory of the embedded database, or null to keep it in memory. */
  readonly dataDir?: string | null | undefined;
  readonly logger: Logger;
  /** How long a server may stay away at the start, ms. */
  readonly patienceMs?: number;
  /** A dump a new embedded database starts from. */
  readonly template?: Uint8Array | undefined;
}

const PATIENCE_MS = 60_000;
const BACKOFF = { initialDelay: 100, maxDelay: 5_000 };

/**
 * Opens, connects and migrates.
 * Faults: database-unreachable {host, port, database, reason} after `patienceMs`;
 * database-url-invalid; database-in-use {dir}; database-unusable {dir, reason};
 * schema-newer {migration}. None of them holds a password.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const url = options.url === undefined ? null : parseUrl(options.url);
  const address = url === null ? { embedded: await startEmbedded(options) } : { url };
  const orm = await MikroORM.init(ormOptions(address, options.logger));
  const database = new Database(orm, "embedded" in address ? address.embedded : null);
  try {
    const applied =
      url === null ? await migrateEmbedded(orm) : await migrate(database, url, options);
    if (applied.length > 0) options.logger.info({ migrations: applied }, "schema migrated");
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}

export class Database {
  readonly orm: MikroORM;
  /** Null when a server is used. */
  readonly embedded: EmbeddedPostgres | null;
  readonly #reserved = new Set<ReservedClient>();

  constructor(orm: MikroORM, embedded: EmbeddedPostgres | null) {
    this.orm = orm;
    this.embedded = embedded;
  }

  /**
   * One unit of work on an entity manager of its own, which is thrown away afterwards.
   * Fault: database-away when the trouble is one that passes.
   */
  async run<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await work(this.orm.em.fork());
    } catch (error) {
      if (isPassing(error)) throw new Fault("database-away", {}, { cause: error });
      throw error;
    }
  }

  /** Rows of one statement in plain SQL, for what the ORM has no words for. Fault: database-away. */
  query<T extends object>(sql: string, params: readonly unknown[] = []): Promise<T[]> {
    return this.run(async () => {
      const pool = await this.pool();
      return (await pool.query<T>(sql, [...params])).rows;
    });
  }

  /** The client's own pool. */
  pool(): Promise<Pool> {
    return this.orm.driver.getConnection().getNativeClient();
  }

  /** A connection for one part of the program alone, until the database or the part closes it. */
  async reserve(): Promise<ReservedClient> {
    const client = new ReservedClient(await this.pool(), (closed) => this.#reserved.delete(closed));
    this.#reserved.add(client);
    return client;
  }

  /** Cuts reserved connections, waits for the others, ends the embedded database. */
  async close(): Promise<void> {
    for (const client of this.#reserved) client.close();
    await this.orm.close();
    await this.embedded?.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}

function startEmbedded({ dataDir, logger, template }: DatabaseOptions): Promise<EmbeddedPostgres> {
  return EmbeddedPostgres.start({ dataDir: dataDir ?? null, logger, template });
}

/** The URL itself may hold a password, so it is in no fact. */
function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new Fault("database-url-invalid");
  }
  return url;
}

async function migrate(
  database: Database,
  url: URL,
  options: DatabaseOptions,
): Promise<readonly string[]> {
  await connect(database, url, options);
  return migrateServer(url, options.logger);
}

async function connect(database: Database, url: URL, options: DatabaseOptions): Promise<void> {
  const deadline = performance.now() + (options.patienceMs ?? PATIENCE_MS);
  const policy = retry(
    handleWhen((error) => isPassing(error) && performance.now() < deadline),
    { maxAttempts: Number.MAX_SAFE_INTEGER, backoff: new ExponentialBackoff(BACKOFF) },
  );
  const place = placeOf(url);
  policy.onRetry(({ attempt }) => options.logger.warn({ ...place, attempt }, "database away"));
  try {
    const pool = await database.pool();
    await policy.execute(() => pool.query("select 1"));
  } catch (error) {
    throw new Fault("database-unreachable", { ...place, reason: reasonOf(error) });
  }
}

/** Where the database should be, without what must stay secret. */
function placeOf(url: URL): { host: string; port: string; database: string } {
  return {
    host: url.searchParams.get("host") ?? (url.hostname || "local socket"),
    port: url.port || "5432",
    database: databaseName(url),
  };
}

function reasonOf(error: unknown): string {
  return sqlErrorOf(error)?.code ?? textField(error, "code") ?? "no-answer";
}
