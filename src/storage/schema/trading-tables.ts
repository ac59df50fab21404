/**
 * Tables of the engine's decisions and money. The rules that must hold whatever the code does stand
 * here as constraints: one open position per run, numbers never given twice, sane amounts. That the
 * lines of a ledger transaction sum to zero is a trigger of the migration.
 */
import { defineEntity, p } from "@mikro-orm/core";
import {
  ORDER_TRANSITIONS,
  type ExitReason,
  type LedgerEntry,
  type OrderState,
} from "../../domain/order.ts";
import type { Side } from "../../domain/rule.ts";
import type { Judging, Mode } from "../../domain/strategy.ts";
import { TIMEFRAMES } from "../../domain/timeframe.ts";
import { UserRow } from "./account-tables.ts";
import { instant, money } from "./columns.ts";

/** The members of a union type; the compiler sees to it that none is missing. */
function membersOf<T extends string>() {
  return <const A extends readonly T[]>(
    members: A,
    ..._complete: [T] extends [A[number]] ? [] : [never]
  ): A => members;
}

export const SIDES = membersOf<Side>()(["long", "short"]);
export const MODES = membersOf<Mode>()(["paper"]);
export const JUDGINGS = membersOf<Judging>()(["closed", "live"]);
export const EXIT_REASONS = membersOf<ExitReason>()([
  "rule",
  "stop_loss",
  "take_profit",
  "trailing_stop",
  "max_hold",
  "manual",
  "reset",
  "liquidation",
  "settled",
]);
export const ORDER_STATES = membersOf<OrderState>()([
  "pending",
  "submitted",
  "open",
  "partially_filled",
  "unknown",
  "filled",
  "canceled",
  "rejected",
  "expired",
]);
const LEDGER_ACCOUNTS = membersOf<LedgerEntry["account"]>()([
  "wallet",
  "exchange",
  "fees",
  "external",
]);

export const FINAL_ORDER_STATES = ORDER_STATES.filter(
  (state) => ORDER_TRANSITIONS[state].length === 0,
);
/** In PostgreSQL's own wording: the ORM compares it with what the database says. */
const ORDER_IS_OPEN = `state <> all (array[${FINAL_ORDER_STATES.map((state) => `'${state}'`).join(", ")}])`;

export const ORDER_REASONS = [...EXIT_REASONS, "signal"] as const;

const symbol = () => p.text();
const timeframe = () => p.enum(TIMEFRAMES);
const ownerId = () => p.manyToOne(UserRow).mapToPk().fieldName("owner_id");
const runRef = () => p.manyToOne(RunRow).mapToPk().fieldName("run_id");

export const StrategyRow = defineEntity({
  name: "StrategyRow",
  tableName: "strategies",
  uniques: [{ name: "strategies_owner_number_unique", properties: ["ownerId", "number"] }],
  checks: [
    { name: "strategies_counts_check", expression: "number > 0 and rule_version > 0 and run > 0" },
  ],
  properties: {
    id: p.text().primary(),
    ownerId: ownerId(),
    number: p.integer(),
    name: p.text(),
    symbol: symbol(),
    timeframe: timeframe(),
    ruleText: p.text(),
    ruleVersion: p.integer(),
    template: p.text().strictNullable(),
    mode: p.enum(MODES),
    judging: p.enum(JUDGINGS),
    active: p.boolean(),
    haltedBy: p.text().strictNullable(),
    deletedAt: instant().strictNullable(),
    createdAt: instant(),
    activeMs: p.bigint("number"),
    activeSince: instant().strictNullable(),
    run: p.integer(),
  },
});

export const RunRow = defineEntity({
  name: "RunRow",
  tableName: "runs",
  uniques: [{ name: "runs_strategy_number_unique", properties: ["strategyId", "number"] }],
  checks: [
    { name: "runs_counts_check", expression: "number > 0 and wins >= 0 and wins <= trades" },
  ],
  properties: {
    id: p.text().primary(),
    strategyId: p.manyToOne(StrategyRow).mapToPk().fieldName("strategy_id"),
    ownerId: p.text(),
    number: p.integer(),
    startedAt: instant(),
    endedAt: instant().strictNullable(),
    quoteAsset: p.text(),
    startingBalance: money(),
    balance: money(),
    realisedPnl: money(),
    fees: money(),
    trades: p.integer(),
    wins: p.integer(),
    orders: p.integer(),
    cooldownUntil: instant(),
    lastSignalAt: instant(),
  },
});

export const OrderRow = defineEntity({
  name: "OrderRow",
  tableName: "orders",
  indexes: [
    { name: "orders_run_index", properties: ["runId", "createdAt"] },
    { name: "orders_open_index", properties: ["runId"], where: ORDER_IS_OPEN },
  ],
  checks: [{ name: "orders_amounts_check", expression: "stake >= 0 and amount > 0" }],
  properties: {
    id: p.text().primary(),
    decisionId: p.text(),
    ownerId: p.text(),
    strategyId: p.text(),
    runId: runRef(),
    symbol: symbol(),
    mode: p.enum(MODES),
    purpose: p.enum(["entry", "exit"]),
    side: p.enum(SIDES),
    stake: money().strictNullable(),
    amount: money().strictNullable(),
    state: p.enum(ORDER_STATES),
    reason: p.enum(ORDER_REASONS),
    refusal: p.text().strictNullable(),
    createdAt: instant(),
    updatedAt: instant(),
    fillFrom: instant(),
    ruleVersion: p.integer(),
  },
});

export const FillRow = defineEntity({
  name: "FillRow",
  tableName: "fills",
  indexes: [{ name: "fills_run_index", properties: ["runId", "at"] }],
  checks: [
    { name: "fills_amounts_check", expression: "price > 0 and amount > 0 and market_price > 0" },
  ],
  properties: {
    id: p.text().primary(),
    orderId: p.text(),
    runId: p.text(),
    price: money(),
    amount: money(),
    fee: money(),
    feeAsset: p.text(),
    marketPrice: money(),
    at: instant(),
  },
});

export const PositionRow = defineEntity({
  name: "PositionRow",
  tableName: "positions",
  uniques: [
    { name: "positions_owner_number_unique", properties: ["ownerId", "number"] },
    { name: "positions_open_unique", properties: ["runId"], where: { closedAt: null } },
  ],
  checks: [
    { name: "positions_amounts_check", expression: "number > 0 and amount > 0 and stake > 0" },
    { name: "positions_times_check", expression: "closed_at >= opened_at" },
  ],
  properties: {
    id: p.text().primary(),
    runId: runRef(),
    strategyId: p.text(),
    ownerId: p.text(),
    number: p.integer(),
    symbol: symbol(),
    timeframe: timeframe(),
    side: p.enum(SIDES),
    amount: money(),
    stake: money(),
    entryPrice: money(),
    entryFee: money(),
    openedAt: instant(),
    ruleText: p.text(),
    ruleVersion: p.integer(),
    ruleSince: instant(),
    stopPrice: money().strictNullable(),
    takePrice: money().strictNullable(),
    bestPrice: money(),
    trailingStopPrice: money().strictNullable(),
    closedAt: instant().strictNullable(),
  },
});

export const TradeRow = defineEntity({
  name: "TradeRow",
  tableName: "trades",
  indexes: [
    { name: "trades_owner_exit_index", properties: ["ownerId", "exitAt"] },
    { name: "trades_exit_index", properties: ["exitAt"] },
  ],
  checks: [
    { name: "trades_amounts_check", expression: "number > 0 and amount > 0 and stake > 0" },
    { name: "trades_times_check", expression: "exit_at >= entry_at" },
  ],
  properties: {
    id: p.text().primary(),
    runId: runRef(),
    strategyId: p.text(),
    ownerId: p.text(),
    number: p.integer(),
    symbol: symbol(),
    timeframe: timeframe(),
    side: p.enum(SIDES),
    amount: money(),
    stake: money(),
    entryPrice: money(),
    entryAt: instant(),
    exitPrice: money(),
    exitAt: instant(),
    exitReason: p.enum(EXIT_REASONS),
    fees: money(),
    pnl: money(),
    pnlPercent: money(),
    duringOutage: p.boolean(),
  },
});

export const LedgerRow = defineEntity({
  name: "LedgerRow",
  tableName: "ledger_entries",
  properties: {
    id: p.text().primary(),
    transactionId: p.text(),
    runId: p.text(),
    ownerId: p.text(),
    account: p.enum(LEDGER_ACCOUNTS),
    asset: p.text(),
    amount: money(),
    at: instant(),
  },
});

export const DecisionRow = defineEntity({
  name: "DecisionRow",
  tableName: "decisions",
  indexes: [{ name: "decisions_run_index", properties: ["runId", "candleCloseTime"] }],
  properties: {
    id: p.text().primary(),
    runId: p.text(),
    strategyId: p.text(),
    ownerId: p.text(),
    symbol: symbol(),
    kind: p.text(),
    candleCloseTime: instant(),
    decidedAt: instant(),
    outcome: p.text(),
  },
});

export const PauseRow = defineEntity({
  name: "PauseRow",
  tableName: "pauses",
  properties: {
    ownerId: p.manyToOne(UserRow).mapToPk().fieldName("owner_id").primary(),
    scope: p.text().primary(),
    since: instant(),
    until: instant().strictNullable(),
  },
});
