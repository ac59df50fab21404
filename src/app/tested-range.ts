/** From when to when a rule is tested, and how much that may be. */
import { Fault } from "../domain/fault.ts";
import type { Rule } from "../domain/rule.ts";
import { openTimeAt, timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import { ruleMemory } from "../rules/memory.ts";

/** Own candles of one backtest, history included: more than a year of minutes. */
export const MAX_BACKTEST_CANDLES = 600_000;
const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;
/** Tested by default, in days. */
const DEFAULT_DAYS: Readonly<Record<Timeframe, number>> = {
  "1m": 30,
  "5m": 120,
  "15m": YEAR_DAYS,
  "1h": 2 * YEAR_DAYS,
  "4h": 4 * YEAR_DAYS,
  "1d": 8 * YEAR_DAYS,
};

/**
 * Open times of the first and last candle of a test up to `now`; without `from` of a length that suits
 * the timeframe. Faults: range-empty, too-many-candles {candles, limit}.
 */
export function testedRange(
  rule: Rule,
  timeframe: Timeframe,
  wished: { readonly from: number | null; readonly now: number },
): { readonly from: number; readonly to: number } {
  const { now } = wished;
  const lengthMs = timeframeMs(timeframe);
  const to = openTimeAt(timeframe, now) - lengthMs;
  const from = openTimeAt(timeframe, wished.from ?? now - DEFAULT_DAYS[timeframe] * DAY_MS);
  if (from > to) throw new Fault("range-empty");
  const history = ruleMemory(rule, timeframe).get(timeframe)?.replay ?? 0;
  const candles = history + (to - from) / lengthMs + 1;
  const limit = MAX_BACKTEST_CANDLES;
  if (candles > limit) throw new Fault("too-many-candles", { candles, limit });
  return { from, to };
}
