/**
 * How the ORM is set up. The same driver and the same rows serve a PostgreSQL server and the embedded
 * database; only the way to the wire differs.
 */
import { Migrator } from "@mikro-orm/migrations";
import { defineConfig } from "@mikro-orm/postgresql";
import { MIGRATIONS } from "../../migrations/list.ts";
import type { Logger } from "../ports/logger.ts";
import type { EmbeddedPostgres } from "./embedded/embedded-postgres.ts";
import { ENTITIES } from "./schema/entities.ts";

/** Connections in the pool: the engine and the lease keep one each, the rest serve queries. */
const POOL_SIZE = 10;

/** Longest a statement, a wait for a lock and an idle transaction may last, ms (server only). */
const STATEMENT_TIMEOUT_MS = 5_000;
const LOCK_TIMEOUT_MS = 2_000;
const IDLE_IN_TRANSACTION_MS = 10_000;

/** Longest wait for a connection, and for an answer when the network has gone silent, ms. */
const CONNECT_TIMEOUT_MS = 5_000;
const ANSWER_TIMEOUT_MS = 90_000;

const KEEP_ALIVE_DELAY_MS = 10_000;

export type DatabaseAddress =
  /** unhurried: without limits of time, for migrations. */
  { readonly url: URL; readonly unhurried?: boolean } | { readonly embedded: EmbeddedPostgres };

export function ormOptions(address: DatabaseAddress, logger: Logger) {
  return defineConfig({
    entities: ENTITIES,
    extensions: [Migrator],
    ensureDatabase: false,
    pool: { min: 0, max: POOL_SIZE },
    migrations: {
      migrationsList: [...MIGRATIONS],
      allOrNothing: false,
      snapshot: false,
      silent: true,
    },
    schemaGenerator: { ignoreTriggers: true, ignoreRoutines: true },
    colors: false,
    logger: (line) => logger.debug({ line }, "orm"),
    ...("url" in address
      ? serverOptions(address.url, address.unhurried ?? false)
      : embeddedOptions(address.embedded)),
  });
}

/** The client reads the URL itself, so sslmode, sockets and the like work as its documentation says. */
function serverOptions(url: URL, unhurried: boolean) {
  const limits = {
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
  };
  return {
    dbName: databaseName(url),
    driverOptions: {
      connectionString: url.href,
      application_name: "vigie",
      options: "-c synchronous_commit=on -c timezone=UTC",
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      ...(unhurried ? {} : limits),
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY_MS,
    },
  };
}

function embeddedOptions(embedded: EmbeddedPostgres) {
  return {
    dbName: "postgres",
    user: "postgres",
    driverOptions: { stream: embedded.stream },
  };
}

/** The database a URL names; the user's own when it names none, as PostgreSQL does. */
export function databaseName(url: URL): string {
  return decodeURIComponent(url.pathname.slice(1) || url.username || "postgres");
}
