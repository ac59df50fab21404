/**
 * Turns the effects of one or more steps into the statements of one transaction: grouped by table, one
 * statement each, in an order that suits the foreign keys. Of rows that are saved twice the last one
 * counts; of facts that are recorded twice the first.
 */
import type { MikroORM } from "@mikro-orm/postgresql";
import type { Candle } from "../domain/candle.ts";
import type { Notice } from "../domain/notice.ts";
import type { Pause } from "../domain/pause.ts";
import type { Effect } from "../engine/effect.ts";
import { CandleRow, CircumstanceRow, OutboxRow, WatermarkRow } from "./schema/engine-tables.ts";
import { RuleVersionRow } from "./schema/rule-version-table.ts";
import {
  DecisionRow,
  FillRow,
  LedgerRow,
  OrderRow,
  PauseRow,
  PositionRow,
  RunRow,
  StrategyRow,
  TradeRow,
} from "./schema/trading-tables.ts";
import { type Row, type Statement, TableWriter } from "./table-writer.ts";

/** Columns of the outbox that a notice fills; delivery fills the others. */
export const NOTICE_PROPERTIES = ["id", "ownerId", "at", "body", "notBefore"];

/** A notice as a row of the outbox: due at once. */
export function noticeRow(notice: Notice): Notice & { readonly notBefore: number } {
  return { ...notice, notBefore: notice.at };
}

type PauseChange =
  | Pause
  | { readonly ownerId: string; readonly scope: string; readonly over: true };

class Groups {
  readonly strategies = new Map<string, Row>();
  readonly versions = new Map<string, Row>();
  readonly runs = new Map<string, Row>();
  readonly decisions = new Map<string, Row>();
  readonly orders = new Map<string, Row>();
  readonly fills = new Map<string, Row>();
  readonly positions = new Map<string, Row & { readonly closedAt: number | null }>();
  readonly trades = new Map<string, Row>();
  readonly ledger = new Map<string, Row>();
  readonly pauses = new Map<string, PauseChange>();
  readonly candles = new Map<string, Candle>();
  readonly circumstances = new Map<string, Row>();
  readonly notices = new Map<string, Row>();
}

/** Makes statements from effects; the SQL of each table is built once. */
export class EffectWriter {
  readonly #writers;

  constructor(orm: MikroORM) {
    this.#writers = makeWriters(orm);
  }

  statements(effects: readonly Effect[]): readonly Statement[] {
    const groups = new Groups();
    for (const effect of effects) put(groups, effect);
    const writers = this.#writers;
    const changes = [...groups.pauses.values()];
    const rows: readonly (readonly [TableWriter, Iterable<Row>])[] = [
      [writers.strategies, groups.strategies.values()],
      [writers.versions, groups.versions.values()],
      [writers.runs, groups.runs.values()],
      [writers.decisions, groups.decisions.values()],
      [writers.orders, groups.orders.values()],
      [writers.fills, groups.fills.values()],
      [writers.positions, closedFirst(groups)],
      [writers.trades, groups.trades.values()],
      [writers.ledger, groups.ledger.values()],
      [writers.pauses, changes.filter((change) => !("over" in change))],
      [writers.candles, groups.candles.values()],
      [writers.watermarks, newestCandles(groups)],
      [writers.circumstances, groups.circumstances.values()],
      [writers.notices, groups.notices.values()],
    ];
    return [
      ...rows
        .map(([writer, values]) => ({ writer, values: [...values] }))
        .filter(({ values }) => values.length > 0)
        .map(({ writer, values }) => writer.statement(values)),
      ...changes.filter((change) => "over" in change).map(deletePause),
    ];
  }
}

function makeWriters(orm: MikroORM) {
  return {
    strategies: new TableWriter(orm, { entity: StrategyRow, onConflict: "overwrite" }),
    versions: new TableWriter(orm, { entity: RuleVersionRow, onConflict: "ignore" }),
    runs: new TableWriter(orm, { entity: RunRow, onConflict: "overwrite" }),
    decisions: new TableWriter(orm, { entity: DecisionRow, onConflict: "ignore" }),
    orders: new TableWriter(orm, { entity: OrderRow, onConflict: "overwrite" }),
    fills: new TableWriter(orm, { entity: FillRow, onConflict: "ignore" }),
    positions: new TableWriter(orm, { entity: PositionRow, onConflict: "overwrite" }),
    trades: new TableWriter(orm, { entity: TradeRow, onConflict: "ignore" }),
    ledger: new TableWriter(orm, { entity: LedgerRow, onConflict: "ignore" }),
    pauses: new TableWriter(orm, { entity: PauseRow, onConflict: "overwrite" }),
    candles: new TableWriter(orm, { entity: CandleRow, onConflict: "overwrite" }),
    watermarks: new TableWriter(orm, {
      entity: WatermarkRow,
      onConflict: { set: "open_time = greatest(watermarks.open_time, excluded.open_time)" },
    }),
    circumstances: new TableWriter(orm, { entity: CircumstanceRow, onConflict: "ignore" }),
    notices: new TableWriter(orm, {
      entity: OutboxRow,
      properties: NOTICE_PROPERTIES,
      onConflict: "ignore",
    }),
  };
}

function put(groups: Groups, effect: Effect): void {
  switch (effect.kind) {
    case "save-candle":
      groups.candles.set(candleKey(effect.candle), effect.candle);
      break;
    case "record-decision":
      putNew(groups.decisions, effect.decision);
      break;
    case "save-strategy":
      groups.strategies.set(effect.strategy.id, effect.strategy);
      break;
    case "record-rule-version": {
      const { strategyId, version } = effect.version;
      const id = `${strategyId} ${version}`;
      if (!groups.versions.has(id)) groups.versions.set(id, effect.version);
      break;
    }
    case "save-run":
      groups.runs.set(effect.run.id, effect.run);
      break;
    case "save-order":
      groups.orders.set(effect.order.id, effect.order);
      break;
    case "save-position":
      groups.positions.set(effect.position.id, effect.position);
      break;
    case "save-pause":
      groups.pauses.set(pauseKey(effect.pause), effect.pause);
      break;
    case "delete-pause":
      groups.pauses.set(pauseKey(effect), { ...effect, over: true });
      break;
    case "record-fill":
      putNew(groups.fills, effect.fill);
      break;
    case "record-trade":
      putNew(groups.trades, effect.trade);
      break;
    case "post-ledger":
      putNew(groups.ledger, effect.entry);
      break;
    case "record-circumstance":
      putNew(groups.circumstances, effect.circumstance);
      break;
    case "notify":
      putNew(groups.notices, noticeRow(effect.notice));
      break;
  }
}

function putNew(group: Map<string, Row>, row: { readonly id: string }): void {
  if (!group.has(row.id)) group.set(row.id, row);
}

function candleKey({ symbol, timeframe, openTime }: Candle): string {
  return `${symbol} ${timeframe} ${openTime}`;
}

function pauseKey({
  ownerId,
  scope,
}: {
  readonly ownerId: string;
  readonly scope: string;
}): string {
  return `${scope} ${ownerId}`;
}

/** A run's old position must be closed before its next one opens: one is open at a time. */
function closedFirst({ positions }: Groups): readonly Row[] {
  const all = [...positions.values()];
  return [
    ...all.filter(({ closedAt }) => closedAt !== null),
    ...all.filter(({ closedAt }) => closedAt === null),
  ];
}

function newestCandles({ candles }: Groups): Iterable<Row> {
  const newest = new Map<string, Candle>();
  for (const candle of candles.values()) {
    const key = `${candle.symbol} ${candle.timeframe}`;
    const known = newest.get(key);
    if (known === undefined || known.openTime < candle.openTime) newest.set(key, candle);
  }
  return newest.values();
}

function deletePause({ ownerId, scope }: PauseChange): Statement {
  return {
    sql: "delete from pauses where owner_id = $1 and scope = $2",
    params: [ownerId, scope],
  };
}
