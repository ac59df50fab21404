/**
 * Brings the schema to this program's version: one transaction per migration, one process at a time.
 * Fault of both ways: schema-newer {migration} when the database has seen a newer program than this.
 */
import { MikroORM } from "@mikro-orm/postgresql";
import { MIGRATIONS } from "../../migrations/list.ts";
import { Fault } from "../domain/fault.ts";
import type { Logger } from "../ports/logger.ts";
import { ormOptions } from "./orm-options.ts";

/** Any number that is ours; the lease uses another. */
const MIGRATION_LOCK = 726_084_101;

/**
 * Runs what is pending on a server and returns the names. Processes that start together queue on an
 * advisory lock, which ends with its session. Connections of its own: a migration may take its time.
 */
export async function migrateServer(url: URL, logger: Logger): Promise<readonly string[]> {
  const orm = await MikroORM.init(ormOptions({ url, unhurried: true }, logger));
  try {
    const pool = await orm.driver.getConnection().getNativeClient();
    const lock = await pool.connect();
    try {
      await lock.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
      return await runPending(orm);
    } finally {
      lock.release(true);
    }
  } finally {
    await orm.close();
  }
}

/** Runs what is pending on the embedded database, which this process has to itself. */
export function migrateEmbedded(orm: MikroORM): Promise<readonly string[]> {
  return runPending(orm);
}

async function runPending(orm: MikroORM): Promise<readonly string[]> {
  const known = new Set<string>(MIGRATIONS.map(({ name }) => name));
  for (const { name } of await orm.migrator.getExecuted()) {
    if (!known.has(name)) throw new Fault("schema-newer", { migration: name });
  }
  return (await orm.migrator.up()).map(({ name }) => name);
}
