/**
 * Brings the schema to this program's version: one transaction per migration, one process at a time.
 * Processes that start together queue on an advisory lock of a session of its own; the embedded
 * database has one process anyway.
 */
import type { MikroORM } from "@mikro-orm/postgresql";
import type { Pool } from "pg";
import { MIGRATIONS } from "../../migrations/list.ts";
import { Fault } from "../domain/fault.ts";

/** Any number that is ours; the lease uses another. */
const MIGRATION_LOCK = 726_084_101;

/**
 * Runs what is pending and returns the names. `pool` is null for the embedded database.
 * Fault: schema-newer {migration} when the database has seen a newer program than this one.
 */
export async function migrate(orm: MikroORM, pool: Pool | null): Promise<readonly string[]> {
  if (pool === null) return runPending(orm);
  const client = await pool.connect();
  try {
    await client.query("set statement_timeout = 0; set lock_timeout = 0");
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    return await runPending(orm);
  } finally {
    client.release(true);
  }
}

async function runPending(orm: MikroORM): Promise<readonly string[]> {
  const known = new Set<string>(MIGRATIONS.map(({ name }) => name));
  for (const { name } of await orm.migrator.getExecuted()) {
    if (!known.has(name)) throw new Fault("schema-newer", { migration: name });
  }
  return (await orm.migrator.up()).map(({ name }) => name);
}
