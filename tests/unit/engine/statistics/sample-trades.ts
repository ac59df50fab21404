/** Trades with given results for tests of figures. */
import type { Trade } from "../../../../src/domain/order.ts";

const HOUR_MS = 3_600_000;

/** One trade a result: a stake of 1,000, an hour long, one hour apart. */
export function tradesOf(results: readonly number[]): Trade[] {
  return results.map((pnl, i) => ({
    id: `t${i}`,
    runId: "r",
    strategyId: "s",
    ownerId: "o",
    number: i + 1,
    symbol: "BTCUSDT",
    timeframe: "1h",
    side: "long",
    amount: "1",
    stake: "1000",
    entryPrice: "1000",
    entryAt: 2 * i * HOUR_MS,
    exitPrice: String(1000 + pnl),
    exitAt: (2 * i + 1) * HOUR_MS,
    exitReason: "rule",
    fees: "0",
    pnl: String(pnl),
    pnlPercent: String(pnl / 10),
    duringOutage: false,
  }));
}

/** The same results again and again, `count` in all. */
export function repeated(results: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, i) => results[i % results.length]!);
}
