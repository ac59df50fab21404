/**
 * Recomputes the books from their lines. State is a fold of the ledger and the trades; whatever
 * differs was written by a fault of ours and names the run whose figures must not be trusted.
 */
import type { PoolClient } from "pg";
import type { Database } from "./database.ts";

export interface MoneyViolation {
  /** balance-differs, transaction-unbalanced, trades-differ or realised-differs. */
  readonly code: string;
  /** The run, or the ledger transaction. */
  readonly id: string;
  readonly stored: string;
  readonly recomputed: string;
}

/** Reads whole tables, so it may take longer than a query of a person may. */
const STATEMENT_TIMEOUT = "10min";

/** The transactions that brought money in or took it out; all others are fills. */
const QUOTE_LINES = `
  select l.run_id, l.amount, l.transaction_id,
    exists (select from ledger_entries e
      where e.transaction_id = l.transaction_id and e.account = 'external') as outside
  from ledger_entries l join runs r on r.id = l.run_id
  where l.account = 'wallet' and l.asset = r.quote_asset`;

const CHECKS: readonly string[] = [
  `select 'balance-differs' as code, r.id, r.balance as stored, coalesce(sum(l.amount), 0) as recomputed
  from runs r left join ledger_entries l
    on l.run_id = r.id and l.account = 'wallet' and l.asset = r.quote_asset
  group by r.id having r.balance <> coalesce(sum(l.amount), 0)`,

  `select 'transaction-unbalanced' as code, transaction_id as id, 0 as stored, sum(amount) as recomputed
  from ledger_entries group by transaction_id, asset having sum(amount) <> 0`,

  `select 'realised-differs' as code, r.id, r.realised_pnl as stored, coalesce(sum(t.pnl), 0) as recomputed
  from runs r left join trades t on t.run_id = r.id
  group by r.id having r.realised_pnl <> coalesce(sum(t.pnl), 0)`,

  /* What the wallet gained by fills, without the entry of a position that is still open. */
  `with lines as (${QUOTE_LINES}), open_entries as (
    select f.id from positions p
    join fills f on f.run_id = p.run_id and f.at = p.opened_at
    join orders o on o.id = f.order_id and o.purpose = 'entry' and o.side = p.side
    where p.closed_at is null
  ), gained as (
    select run_id, sum(amount) as pnl from lines
    where not outside and transaction_id not in (select id from open_entries) group by run_id
  ), traded as (select run_id, sum(pnl) as pnl from trades group by run_id)
  select 'trades-differ' as code, run_id as id, coalesce(traded.pnl, 0) as stored,
    coalesce(gained.pnl, 0) as recomputed
  from gained full join traded using (run_id)
  where coalesce(traded.pnl, 0) <> coalesce(gained.pnl, 0)`,
];

/** Every violation found; an empty list is a clean audit. Reads one consistent state. */
export async function auditMoney(database: Database): Promise<readonly MoneyViolation[]> {
  return database.run(async () => {
    const client = await (await database.pool()).connect();
    try {
      return await runChecks(client);
    } finally {
      client.release(true);
    }
  });
}

async function runChecks(client: PoolClient): Promise<MoneyViolation[]> {
  await client.query("begin isolation level repeatable read read only");
  await client.query(`set local statement_timeout = '${STATEMENT_TIMEOUT}'`);
  const found: MoneyViolation[] = [];
  for (const check of CHECKS) {
    const sql = `
      select code, id, trim_scale(stored) as stored, trim_scale(recomputed) as recomputed
      from (${check}) violations order by id`;
    found.push(...(await client.query<MoneyViolation>(sql)).rows);
  }
  await client.query("rollback");
  return found;
}
