/**
 * What closed trades say: how often they win, how much, and how sure one may be of it. All results are
 * net of both fees. Formulas: docs/metrics.md.
 */
import type { Trade } from "../../domain/order.ts";
import { type Interval, meanInterval } from "./bootstrap.ts";
import { type Measured, MIN_TRADES } from "./measured.ts";
import { mean, sampleDeviation, sum, tidied } from "./moments.ts";

export interface TradeFigures {
  readonly trades: number;
  readonly wins: number;
  readonly losses: number;
  /** Quote currency won for each one lost. */
  readonly profitFactor: Measured;
  readonly winRatePercent: Measured;
  /** Mean result of a trade, quote currency. */
  readonly expectancy: Measured;
  /** Mean win over mean loss. */
  readonly payoff: Measured;
  /** System quality number (Van Tharp), not capped. */
  readonly sqn: Measured;
  /** Mean result in percent of the stake, and its 95 % bootstrap interval. */
  readonly meanTradePercent: Measured;
  readonly meanTradeInterval: Interval | null;
  readonly averageHoldMs: Measured;
  /** Quote currency. */
  readonly bestTrade: Measured;
  readonly worstTrade: Measured;
  /** In percent of the stake. */
  readonly bestTradePercent: Measured;
  readonly worstTradePercent: Measured;
  readonly longestLosingStreak: number;
}

export function tradeFigures(trades: readonly Trade[]): TradeFigures {
  const results = trades.map(({ pnl }) => Number(pnl));
  const percents = trades.map(({ pnlPercent }) => Number(pnlPercent));
  const wins = results.filter((result) => result > 0);
  const losses = results.filter((result) => result < 0);
  const some = (figure: () => number): Measured =>
    trades.length === 0 ? "needs a trade" : figure();
  const enough = (figure: () => Measured): Measured =>
    trades.length < MIN_TRADES ? "needs 30 trades" : figure();
  return {
    trades: trades.length,
    wins: wins.length,
    losses: losses.length,
    profitFactor: enough(() =>
      losses.length === 0 ? "no losing trade" : sum(wins) / -sum(losses),
    ),
    winRatePercent: enough(() => (100 * wins.length) / trades.length),
    expectancy: enough(() => tidied(mean(results))),
    payoff: enough(() => payoffOf(wins, losses)),
    sqn: enough(() => {
      const spread = sampleDeviation(results);
      return spread === 0 ? "no variation" : (Math.sqrt(results.length) * mean(results)) / spread;
    }),
    meanTradePercent: enough(() => mean(percents)),
    meanTradeInterval: trades.length < MIN_TRADES ? null : meanInterval(percents),
    averageHoldMs: some(() => mean(trades.map(({ entryAt, exitAt }) => exitAt - entryAt))),
    bestTrade: some(() => largest(results)),
    worstTrade: some(() => -largest(results.map((result) => -result))),
    bestTradePercent: some(() => largest(percents)),
    worstTradePercent: some(() => -largest(percents.map((percent) => -percent))),
    longestLosingStreak: longestStreak(results.map((result) => result < 0)),
  };
}

function payoffOf(wins: readonly number[], losses: readonly number[]): Measured {
  if (losses.length === 0) return "no losing trade";
  if (wins.length === 0) return "no winning trade";
  return mean(wins) / -mean(losses);
}

function largest(values: readonly number[]): number {
  let best = Number.NEGATIVE_INFINITY;
  for (const value of values) best = Math.max(best, value);
  return best;
}

/** Most neighbours that are all true. */
function longestStreak(flags: readonly boolean[]): number {
  let longest = 0;
  let length = 0;
  for (const flag of flags) {
    length = flag ? length + 1 : 0;
    longest = Math.max(longest, length);
  }
  return longest;
}
