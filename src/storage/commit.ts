/**
 * One commit of the engine: the statements of a step in one transaction that begins by moving the
 * lease's commit counter from n-1 to n. That one row decides everything: it moves only for the owner,
 * and only once, so a commit whose answer was lost is recognised when it is asked again.
 */
import type { PoolClient } from "pg";
import { Fault } from "../domain/fault.ts";
import type { LeaseToken } from "./lease.ts";
import { instantText } from "./schema/columns.ts";
import { sqlErrorOf } from "./sql-errors.ts";
import type { Statement } from "./table-writer.ts";

/** A big step on a slow disk may take longer than a query of a person may. */
const STATEMENT_TIMEOUT = "60s";

const FENCE = `
  update engine_lease
  set commit_seq = $1, heartbeat_at = clock_timestamp(),
      last_commit_at = greatest(last_commit_at, $2::timestamptz)
  where id = 1 and epoch = $3 and owner = $4 and commit_seq = $1 - 1`;

const COMMITTED = `
  select 1 from engine_lease where id = 1 and epoch = $2 and owner = $3 and commit_seq = $1`;

export interface Commit {
  readonly token: LeaseToken;
  /** Its number: one more than the commit before. */
  readonly seq: number;
  /** Time of the newest event in it, epoch ms. */
  readonly at: number;
  readonly statements: readonly Statement[];
}

/**
 * Writes the commit, or finds that it was written before.
 * Faults: lease-lost; commit-refused {sqlState, constraint, table}. Other errors: outcome unknown.
 */
export async function writeCommit(client: PoolClient, commit: Commit): Promise<void> {
  const { epoch, owner } = commit.token;
  await client.query(`begin; set local statement_timeout = '${STATEMENT_TIMEOUT}'`);
  const fence = [commit.seq, instantText(commit.at), epoch, owner];
  const { rowCount } = await client.query(FENCE, fence);
  if (rowCount === 1) {
    for (const { sql, params } of commit.statements) await client.query(sql, [...params]);
    await client.query("commit");
    return;
  }
  await client.query("rollback");
  const known = await client.query(COMMITTED, [commit.seq, epoch, owner]);
  if (known.rowCount !== 1) throw new Fault("lease-lost", { epoch });
}

/** A refusal of the database as a Fault. */
export function commitRefused(error: unknown): Fault {
  const sql = sqlErrorOf(error);
  const facts = {
    sqlState: sql?.code ?? null,
    constraint: sql?.constraint ?? null,
    table: sql?.table ?? null,
  };
  return new Fault("commit-refused", facts, { cause: error });
}
