/**
 * The candles a test of rules needs: which ones, from the exchange when they are not stored yet, and page
 * by page from the store.
 */
import { Fault, faultCode } from "../domain/fault.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { Rule } from "../domain/rule.ts";
import { openTimeAt, timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import { fetchCandles } from "../history/fetch-candles.ts";
import type { CandleStore } from "../ports/candle-store.ts";
import type { CandleRequest, MarketData } from "../ports/market-data.ts";
import type { RuleMemory } from "../rules/memory.ts";
import type { CandlePage } from "./backtest-job.ts";

/** What is tested on what. */
export interface TestedHistory {
  readonly instrument: Instrument;
  readonly timeframe: Timeframe;
  readonly from: number;
  /** Open time of the last candle wanted. */
  readonly to: number;
  /** What is read, and how much of it before `from`. */
  readonly memory: RuleMemory;
  /** 1m candles decide something. */
  readonly watchesPrices: boolean;
}

/** Own candles of one test, history included: more than a year of minutes. */
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
const DETAIL: Timeframe = "1m";

/**
 * First and last candle of a test, by open time. `from` null: a length that suits the timeframe; `now`:
 * where it ends. Faults: range-empty, too-many-candles {candles, limit}.
 */
export function testedRange(
  timeframe: Timeframe,
  from: number | null,
  now: number,
  memory: RuleMemory,
): { readonly from: number; readonly to: number } {
  const lengthMs = timeframeMs(timeframe);
  const to = openTimeAt(timeframe, now) - lengthMs;
  const begin = openTimeAt(timeframe, from ?? now - DEFAULT_DAYS[timeframe] * DAY_MS);
  if (begin > to) throw new Fault("range-empty");
  const candles = (memory.get(timeframe)?.replay ?? 0) + (to - begin) / lengthMs + 1;
  const limit = MAX_BACKTEST_CANDLES;
  if (candles > limit) throw new Fault("too-many-candles", { candles, limit });
  return { from: begin, to };
}

/** Fetches what is not stored yet; false when the exchange cannot be reached. */
export async function fetchHistory(
  parts: { store: CandleStore; data: Pick<MarketData, "closedCandles" | "serverTime"> },
  history: TestedHistory,
  watch: { signal: AbortSignal; progress: (done: number, total: number) => void },
): Promise<boolean> {
  try {
    for (const range of rangesOf(history)) await fetchCandles(parts, range, watch);
    return true;
  } catch (error) {
    if (faultCode(error) !== "exchange-unreachable") throw error;
    return false;
  }
}

/** All of it that is stored; 1m candles too where they decide stops and targets. */
export async function* historyPages(
  store: CandleStore,
  history: TestedHistory,
): AsyncGenerator<CandlePage, void, undefined> {
  const { timeframe, from, to, instrument, watchesPrices } = history;
  const detail = { symbol: instrument.symbol, timeframe: DETAIL, from };
  const ranges = [
    ...rangesOf(history),
    ...(timeframe !== DETAIL && watchesPrices
      ? [{ ...detail, to: to + timeframeMs(timeframe) - 1 }]
      : []),
  ];
  for (const range of ranges) {
    for await (const candles of store.pages(range)) yield { timeframe: range.timeframe, candles };
  }
}

/** What is read, with the history indicators need, of each timeframe. */
function rangesOf({ memory, instrument, from, to }: TestedHistory): readonly CandleRequest[] {
  return [...memory].map(([one, { replay }]) => ({
    symbol: instrument.symbol,
    timeframe: one,
    from: Math.max(0, openTimeAt(one, from) - replay * timeframeMs(one)),
    to,
  }));
}

/** Whether anything happens between closes, so that 1m candles make a difference. */
export function decidesBetweenCloses({ protections, enterShort }: Rule): boolean {
  const { stopLossPercent, takeProfitPercent, trailingStop, maxHoldMs } = protections;
  const levels = [stopLossPercent, takeProfitPercent, trailingStop, maxHoldMs];
  return enterShort !== null || levels.some((level) => level !== null);
}
