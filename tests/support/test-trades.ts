/** Closed trades for tests to put into storage's stand-in. */
import type { StrategyFacts } from "../../src/domain/notice.ts";
import type { TradePage } from "../../src/ports/read-models.ts";
import { NOON } from "./test-app.ts";

/** A long of strategy 1 that made 9.80 on a stake of 100 an hour before NOON, unless said otherwise. */
export function closedTrade(
  ownerId: string,
  number: number,
  change: Partial<TradePage["trades"][number]> = {},
): TradePage["trades"][number] {
  return {
    id: `${ownerId}.s1.r1.p${number}`,
    runId: `${ownerId}.s1.r1`,
    strategyId: `${ownerId}.s1`,
    ownerId,
    number,
    symbol: "BTCUSDT",
    timeframe: "1h",
    side: "long",
    amount: "1",
    stake: "100",
    entryPrice: "100",
    entryAt: NOON - 7_200_000,
    exitPrice: "110",
    exitAt: NOON - 3_600_000,
    exitReason: "rule",
    fees: "0.2",
    pnl: "9.8",
    pnlPercent: "9.8",
    duringOutage: false,
    strategyNumber: 1,
    strategyName: "Swing",
    ...change,
  };
}

/** How a notice names strategy 3, "swing-1", unless said otherwise. */
export function strategyFacts(change: Partial<StrategyFacts> = {}): StrategyFacts {
  return {
    strategyNumber: 3,
    strategyName: "swing-1",
    symbol: "BTCUSDT",
    timeframe: "1h",
    mode: "paper",
    ...change,
  };
}
