/** Domain values for storage tests: complete, different from each other, with awkward decimals. */
import type { Candle } from "../../../src/domain/candle.ts";
import type { Notice } from "../../../src/domain/notice.ts";
import type {
  Decision,
  Fill,
  LedgerEntry,
  Order,
  Position,
  Trade,
} from "../../../src/domain/order.ts";
import { runId, strategyId, type Run, type Strategy } from "../../../src/domain/strategy.ts";
import type { Identity, User } from "../../../src/domain/user.ts";
import type { Effect } from "../../../src/engine/effect.ts";
import type { Database } from "../../../src/storage/database.ts";
import { UserRow } from "../../../src/storage/schema/account-tables.ts";

/** 2026-11-22 12:00:00.123 UTC: milliseconds must survive. */
export const NOON = Date.UTC(2026, 10, 22, 12, 0, 0, 123);
export const MINUTE = 60_000;

export function user(id: string, changes: Partial<User> = {}): User {
  return {
    id,
    name: `Name of ${id}`,
    role: "trader",
    suspended: false,
    timeZone: "Europe/Paris",
    language: "fr",
    createdAt: NOON,
    ...changes,
  };
}

export function identity(userId: string, changes: Partial<Identity> = {}): Identity {
  return { platform: "telegram", externalId: `tg-${userId}`, userId, ...changes };
}

export async function addUsers(database: Database, ...ids: readonly string[]): Promise<void> {
  await database.run((em) =>
    em.insertMany(
      UserRow,
      ids.map((id) => user(id)),
    ),
  );
}

export function strategy(
  ownerId: string,
  number: number,
  changes: Partial<Strategy> = {},
): Strategy {
  return {
    id: strategyId(ownerId, number),
    ownerId,
    number,
    name: `Strategy "${number}" \\ {x,y}`,
    symbol: "BTCUSDT",
    timeframe: "15m",
    ruleText: "enter long when rsi(14) crosses above 30\nstop 2%",
    ruleVersion: 3,
    template: null,
    mode: "paper",
    judging: "closed",
    active: true,
    haltedBy: null,
    deletedAt: null,
    createdAt: NOON,
    activeMs: 86_400_000_123,
    activeSince: NOON + 1,
    run: 1,
    ...changes,
  };
}

export function run(of: Strategy, changes: Partial<Run> = {}): Run {
  return {
    id: runId(of.id, of.run),
    strategyId: of.id,
    ownerId: of.ownerId,
    number: of.run,
    startedAt: NOON,
    endedAt: null,
    quoteAsset: "USDT",
    startingBalance: "10000",
    balance: "9876.543210987654321",
    realisedPnl: "-123.456789012345679",
    fees: "0.000000000000000001",
    trades: 7,
    wins: 3,
    orders: 15,
    cooldownUntil: 0,
    lastSignalAt: NOON - 1,
    ...changes,
  };
}

export function decision(of: Run, changes: Partial<Decision> = {}): Decision {
  return {
    id: `${of.id}:BTCUSDT:${NOON}:enter-long`,
    runId: of.id,
    strategyId: of.strategyId,
    ownerId: of.ownerId,
    symbol: "BTCUSDT",
    kind: "enter-long",
    candleCloseTime: NOON,
    decidedAt: NOON + 5,
    outcome: "ordered",
    ...changes,
  };
}

export function order(of: Run, changes: Partial<Order> = {}): Order {
  return {
    id: `${of.id}:BTCUSDT:${NOON}:enter-long:entry`,
    decisionId: `${of.id}:BTCUSDT:${NOON}:enter-long`,
    ownerId: of.ownerId,
    strategyId: of.strategyId,
    runId: of.id,
    symbol: "BTCUSDT",
    mode: "paper",
    purpose: "entry",
    side: "long",
    stake: "1000.00000001",
    amount: null,
    state: "submitted",
    reason: "signal",
    refusal: null,
    createdAt: NOON,
    updatedAt: NOON + 1,
    fillFrom: NOON + 2,
    ruleVersion: 3,
    ...changes,
  };
}

export function fill(of: Order, changes: Partial<Fill> = {}): Fill {
  return {
    id: `${of.id}.f1`,
    orderId: of.id,
    runId: of.runId,
    price: "64808.01",
    amount: "0.01543018",
    fee: "1.0000002670018",
    feeAsset: "USDT",
    marketPrice: "64800",
    at: NOON + 3,
    ...changes,
  };
}

export function position(of: Run, number: number, changes: Partial<Position> = {}): Position {
  return {
    id: `${of.id}.p${number}`,
    runId: of.id,
    strategyId: of.strategyId,
    ownerId: of.ownerId,
    number,
    symbol: "BTCUSDT",
    timeframe: "15m",
    side: "long",
    amount: "0.01543018",
    stake: "999.9992597418",
    entryPrice: "64808.01",
    entryFee: "0.9999992597418",
    openedAt: NOON + 3,
    ruleText: "enter long when close > open\nstop 2%",
    ruleVersion: 3,
    ruleSince: NOON + 3,
    stopPrice: "63511.84",
    takePrice: null,
    bestPrice: "64900.5",
    trailingStopPrice: "0.00000001",
    closedAt: null,
    ...changes,
  };
}

export function trade(of: Position, changes: Partial<Trade> = {}): Trade {
  return {
    id: of.id,
    runId: of.runId,
    strategyId: of.strategyId,
    ownerId: of.ownerId,
    number: of.number,
    symbol: of.symbol,
    timeframe: of.timeframe,
    side: of.side,
    amount: of.amount,
    stake: of.stake,
    entryPrice: of.entryPrice,
    entryAt: of.openedAt,
    exitPrice: "66000",
    exitAt: of.openedAt + MINUTE,
    exitReason: "take_profit",
    fees: "2.018",
    pnl: "16.374700258200000001",
    pnlPercent: "1.6375",
    duringOutage: false,
    ...changes,
  };
}

/** A deposit of `amount`: two lines that balance. */
export function deposit(of: Run, amount: string): readonly LedgerEntry[] {
  const transactionId = `${of.id}.deposit`;
  const line = { transactionId, runId: of.id, ownerId: of.ownerId, asset: "USDT", at: NOON };
  const negated = amount.startsWith("-") ? amount.slice(1) : `-${amount}`;
  return [
    { ...line, id: `${transactionId}.1`, account: "wallet", amount },
    { ...line, id: `${transactionId}.2`, account: "external", amount: negated },
  ];
}

export function candle(openTime: number, changes: Partial<Candle> = {}): Candle {
  return {
    symbol: "BTCUSDT",
    timeframe: "1m",
    openTime,
    open: "64800.01",
    high: "64900",
    low: "64799.99",
    close: "64850.5",
    volume: "12.345",
    ...changes,
  };
}

export function notice(id: string, ownerId: string, changes: Partial<Notice> = {}): Notice {
  return {
    id,
    ownerId,
    at: NOON,
    body: { kind: "pause-over", scope: "all" },
    ...changes,
  };
}

export function saves(values: {
  readonly strategies?: readonly Strategy[];
  readonly runs?: readonly Run[];
  readonly orders?: readonly Order[];
  readonly fills?: readonly Fill[];
  readonly positions?: readonly Position[];
  readonly trades?: readonly Trade[];
  readonly ledger?: readonly LedgerEntry[];
}): readonly Effect[] {
  const { strategies = [], runs = [], orders = [], fills = [], positions = [] } = values;
  const { trades = [], ledger = [] } = values;
  return [
    ...strategies.map((one) => ({ kind: "save-strategy", strategy: one }) as const),
    ...runs.map((one) => ({ kind: "save-run", run: one }) as const),
    ...orders.map((one) => ({ kind: "save-order", order: one }) as const),
    ...fills.map((one) => ({ kind: "record-fill", fill: one }) as const),
    ...positions.map((one) => ({ kind: "save-position", position: one }) as const),
    ...trades.map((one) => ({ kind: "record-trade", trade: one }) as const),
    ...ledger.map((entry) => ({ kind: "post-ledger", entry }) as const),
  ];
}
