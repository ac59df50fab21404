/**
 * Questions about the past that people ask. Every query names the owner, so nobody can be shown what
 * is another's. Sums are made by the database in exact decimals.
 */
import type { Fill, Order, Position } from "../domain/order.ts";
import type { Run } from "../domain/strategy.ts";
import type {
  ProfitGrouping,
  ProfitRow,
  ProfitSummary,
  ReadModels,
  RuleVersionResult,
  TradeDetails,
  TradePage,
  TradeQuery,
} from "../ports/read-models.ts";
import type { Database } from "./database.ts";
import { fillRow, orderRow, positionRow, runRow, tradeRow } from "./rows.ts";
import { instantText } from "./schema/columns.ts";
import {
  FillRow,
  OrderRow,
  PositionRow,
  RunRow,
  StrategyRow,
  TradeRow,
} from "./schema/trading-tables.ts";

/** Tables with more rows than this are estimated: counting reads them whole. */
const COUNT_UP_TO = 1_000_000;

const SUMMARY = `
  count(*)::int as trades, (count(*) filter (where pnl > 0))::int as wins,
  trim_scale(coalesce(sum(pnl), 0)) as pnl, trim_scale(coalesce(sum(fees), 0)) as fees,
  trim_scale(coalesce(sum(stake), 0)) as stake,
  trim_scale(max(pnl)) as best, trim_scale(min(pnl)) as worst`;

const PROFIT = `
  select ${SUMMARY} from trades
  where owner_id = $1 and ($2::timestamptz is null or exit_at >= $2)
    and ($3::timestamptz is null or exit_at < $3)`;

/** A trade belongs to the version its position followed last. */
const VERSIONS = `
  with made as (
    select p.rule_version as version, t.pnl, t.fees, t.stake
    from strategies s join trades t on t.strategy_id = s.id and t.owner_id = s.owner_id
      join positions p on p.id = t.id
    where s.owner_id = $1 and s.number = $2)
  select v.version, v.rule_text as "ruleText",
    (extract(epoch from v.since) * 1000)::float8 as since, ${SUMMARY.replace("(*)", "(pnl)")}
  from strategies s join rule_versions v on v.strategy_id = s.id left join made using (version)
  where s.owner_id = $1 and s.number = $2
  group by v.strategy_id, v.version order by v.version desc`;

const TABLES = `
  select relname as table, reltuples::float8 as estimate, pg_total_relation_size(oid) as bytes
  from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`;

/** How trades are put together, and what the group is called; `zone` is the asker's time zone. */
const GROUPS: Readonly<
  Record<ProfitGrouping, { key: string; label: string; newestFirst: boolean }>
> = {
  day: period("YYYY-MM-DD"),
  week: period('IYYY-"W"IW'),
  month: period("YYYY-MM"),
  strategy: { key: "s.number::text", label: "s.name", newestFirst: false },
  symbol: { key: "t.symbol", label: "t.symbol", newestFirst: false },
  "exit-reason": { key: "t.exit_reason", label: "t.exit_reason", newestFirst: false },
};

function period(format: string) {
  const key = `to_char(t.exit_at at time zone zone, '${format}')`;
  return { key, label: key, newestFirst: true };
}

export class PostgresReadModels implements ReadModels {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** `from` and `until` bound the exit: from <= exit < until. Newest exits first. */
  trades({ ownerId, strategyNumber, from, until, limit, offset }: TradeQuery): Promise<TradePage> {
    return this.#database.run(async (em) => {
      const strategies = await em.find(StrategyRow, {
        ownerId,
        ...(strategyNumber === undefined ? {} : { number: strategyNumber }),
      });
      const byId = new Map(strategies.map((strategy) => [strategy.id, strategy]));
      const exitAt = {
        ...(from === undefined ? {} : { $gte: from }),
        ...(until === undefined ? {} : { $lt: until }),
      };
      const [rows, total] = await em.findAndCount(
        TradeRow,
        {
          ownerId,
          ...(strategyNumber === undefined ? {} : { strategyId: { $in: [...byId.keys()] } }),
          ...(from === undefined && until === undefined ? {} : { exitAt }),
        },
        { limit, offset, orderBy: { exitAt: "desc", number: "desc" } },
      );
      const trades = rows.map((row) => {
        const { number = 0, name = "" } = byId.get(row.strategyId) ?? {};
        return { ...tradeRow.parse(row), strategyNumber: number, strategyName: name };
      });
      return { trades, total };
    });
  }

  tradeDetails(ownerId: string, number: number): Promise<TradeDetails | null> {
    return this.#database.run(async (em) => {
      const found = await em.findOne(PositionRow, { ownerId, number });
      if (found === null) return null;
      const position = positionRow.parse(found);
      const trade = await em.findOne(TradeRow, { id: position.id });
      const { runId, openedAt, closedAt } = position;
      const during = { $gte: openedAt, ...(closedAt === null ? {} : { $lte: closedAt }) };
      const orderBy = { at: "asc", id: "asc" } as const;
      const fills = (await em.find(FillRow, { runId, at: during }, { orderBy })).map((row) =>
        fillRow.parse(row),
      );
      const ids = fills.map(({ orderId }) => orderId);
      const orders = await em.find(
        OrderRow,
        { $or: [{ id: { $in: ids } }, { runId, purpose: "exit", createdAt: during }] },
        { orderBy: { createdAt: "asc", id: "asc" } },
      );
      return detailsOf(position, {
        trade: trade && tradeRow.parse(trade),
        orders: orders.map((row) => orderRow.parse(row)),
        fills,
      });
    });
  }

  async profit(ownerId: string, range: { from?: number; until?: number }): Promise<ProfitSummary> {
    const bounds = [range.from, range.until].map((at) =>
      at === undefined ? null : instantText(at),
    );
    const [row] = await this.#database.query<ProfitSummary>(PROFIT, [ownerId, ...bounds]);
    if (row === undefined) throw new TypeError("a sum without GROUP BY has one row");
    return row;
  }

  profitBy(
    ownerId: string,
    grouping: ProfitGrouping,
    { timeZone, limit, from }: { timeZone: string; limit: number; from?: number },
  ): Promise<readonly ProfitRow[]> {
    const { key, label, newestFirst } = GROUPS[grouping];
    const sql = `
      select ${key} as key, ${label} as label, ${SUMMARY.replaceAll("(pnl", "(t.pnl")}
      from trades t join strategies s on s.id = t.strategy_id
        cross join (select $2::text as zone) asker
      where t.owner_id = $1 and ($3::timestamptz is null or t.exit_at >= $3)
      group by 1, 2 order by ${newestFirst ? "key desc" : "sum(t.pnl) desc, key"} limit $4`;
    const since = from === undefined ? null : instantText(from);
    return this.#database.query<ProfitRow>(sql, [ownerId, timeZone, since, limit]);
  }

  runs(ownerId: string, strategyNumber: number): Promise<readonly Run[]> {
    return this.#database.run(async (em) => {
      const strategy = await em.findOne(StrategyRow, { ownerId, number: strategyNumber });
      if (strategy === null) return [];
      const where = { strategyId: strategy.id, ownerId };
      const rows = await em.find(RunRow, where, { orderBy: { number: "desc" } });
      return rows.map((row) => runRow.parse(row));
    });
  }

  async tradesOfAll(from: number): Promise<number> {
    const sql = "select count(*)::int as count from trades where exit_at >= $1";
    const [row] = await this.#database.query<{ count: number }>(sql, [instantText(from)]);
    return row?.count ?? 0;
  }

  ruleVersions(ownerId: string, strategyNumber: number): Promise<readonly RuleVersionResult[]> {
    return this.#database.query<RuleVersionResult>(VERSIONS, [ownerId, strategyNumber]);
  }

  /** Row counts above a million are the planner's estimates. */
  async databaseInfo(): Promise<
    readonly { readonly table: string; readonly rows: number; readonly bytes: number }[]
  > {
    const tables = await this.#database.query<RawTable>(TABLES);
    const info = [];
    for (const { table, estimate, bytes } of tables) {
      const rows = estimate > COUNT_UP_TO ? Math.round(estimate) : await this.#count(table);
      info.push({ table, rows, bytes: Number(bytes) });
    }
    return info;
  }

  async #count(table: string): Promise<number> {
    const sql = `select count(*) from "${table}"`;
    const [row] = await this.#database.query<{ readonly count: string }>(sql);
    return Number(row?.count ?? 0);
  }
}

interface RawTable {
  readonly table: string;
  readonly estimate: number;
  readonly bytes: string;
}

/**
 * Keeps what belongs to the position. A run holds one position at a time, but where one ends the next
 * may begin in the same millisecond: the entry is filled at its opening, exits at its closing.
 */
function detailsOf(
  opened: Position,
  { trade, orders, fills }: Omit<TradeDetails, "opened">,
): TradeDetails {
  const { side, openedAt, closedAt } = opened;
  const belongs = (order: Order): boolean => {
    if (order.side !== side) return false;
    const own = fills.filter(({ orderId }) => orderId === order.id);
    if (order.purpose === "entry") return own.some(({ at }) => at === openedAt);
    return own.every(({ at }) => (closedAt === null ? at > openedAt : at === closedAt));
  };
  const kept = orders.filter(belongs);
  const ids = new Set(kept.map(({ id }) => id));
  const isKept = ({ orderId }: Fill) => ids.has(orderId);
  return { trade, opened, orders: kept, fills: fills.filter(isKept) };
}
