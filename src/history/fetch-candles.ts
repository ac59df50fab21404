/**
 * Brings stored candles of a range to completeness from the exchange. Only what is missing is asked
 * for, and every page is stored before the next one is asked for, so a fetch that was broken off goes
 * on where it stopped. The exchange's limits are kept by the market data port.
 */
import { openTimeAt, timeframeMs } from "../domain/timeframe.ts";
import type { CandleStore } from "../ports/candle-store.ts";
import type { CandleRequest, MarketData } from "../ports/market-data.ts";
import type { Gap } from "./candle-check.ts";

export interface FetchReport {
  /** Candles that were stored before, and that were fetched now. */
  readonly stored: number;
  readonly fetched: number;
  /** Candles of the range that the exchange does not have. */
  readonly absent: number;
}

/** Candles of the range accounted for so far, and all of them. */
export type FetchProgress = (done: number, total: number) => void;

export interface FetchWatch {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: FetchProgress | undefined;
}

export interface FetchModules {
  readonly store: CandleStore;
  readonly data: Pick<MarketData, "closedCandles" | "serverTime">;
}

/**
 * Open times from `request.from` to `request.to`, both inclusive; what has not closed yet is left out.
 * Faults: those of the exchange, database-away; an abort throws the signal's reason.
 */
export async function fetchCandles(
  { store, data }: FetchModules,
  request: CandleRequest,
  watch: FetchWatch = {},
): Promise<FetchReport> {
  const { signal, progress = () => {} } = watch;
  const lengthMs = timeframeMs(request.timeframe);
  const from = Math.ceil(request.from / lengthMs) * lengthMs;
  const newest = openTimeAt(request.timeframe, await data.serverTime()) - lengthMs;
  const range = { ...request, from, to: Math.min(request.to, newest) };
  const total = Math.max(0, Math.floor((range.to - from) / lengthMs) + 1);
  const gaps = await missingStretches(store, range);
  const stored = total - gaps.reduce((sum, gap) => sum + gap.candles, 0);
  let fetched = 0;
  let done = stored;
  progress(done, total);
  for (const gap of gaps) {
    const wanted = { ...request, from: gap.from, to: gap.to };
    const begun = done;
    for await (const page of data.closedCandles(wanted, signal)) {
      await store.save(page);
      fetched += page.length;
      const reached = page.at(-1)?.openTime ?? gap.from;
      done = begun + (reached - gap.from) / lengthMs + 1;
      progress(done, total);
    }
    done = begun + gap.candles;
    progress(done, total);
  }
  return { stored, fetched, absent: total - stored - fetched };
}

/** Stretches of the range of which no candle is stored, oldest first. */
export async function missingStretches(
  store: CandleStore,
  range: CandleRequest,
): Promise<readonly Gap[]> {
  const lengthMs = timeframeMs(range.timeframe);
  const gaps: Gap[] = [];
  let expected = range.from;
  const note = (until: number) => {
    if (until <= expected) return;
    const candles = Math.round((until - expected) / lengthMs);
    gaps.push({ from: expected, to: until - lengthMs, candles });
  };
  for (const { from, to } of await store.stretches(range)) {
    note(from);
    expected = to + lengthMs;
  }
  note(openTimeAt(range.timeframe, range.to) + lengthMs);
  return gaps;
}
