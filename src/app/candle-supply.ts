/** Stored candles for tests, comparisons and charts, with what is missing asked of the exchange first. */
import { faultCode } from "../domain/fault.ts";
import { type FetchWatch, fetchCandles } from "../history/fetch-candles.ts";
import type { CandleStore } from "../ports/candle-store.ts";
import type { CandleRequest, MarketData } from "../ports/market-data.ts";
import type { CandleTextPage } from "./backtest-job.ts";

export interface CandleParts {
  readonly candles: CandleStore;
  readonly market: Pick<MarketData, "closedCandles" | "serverTime">;
}

/**
 * Stores what is not stored yet; false when the exchange cannot be reached. Faults: those of the exchange,
 * and the signal's reason.
 */
export async function fetchMissing(
  { candles: store, market: data }: CandleParts,
  ranges: readonly CandleRequest[],
  watch?: FetchWatch,
): Promise<boolean> {
  try {
    for (const range of ranges) await fetchCandles({ store, data }, range, watch);
    return true;
  } catch (error) {
    if (faultCode(error) !== "exchange-unreachable") throw error;
    return false;
  }
}

/** What is stored, range after range, as text that is read where it is tested. */
export async function* storedCandles(
  { candles }: Pick<CandleParts, "candles">,
  ranges: readonly CandleRequest[],
): AsyncGenerator<CandleTextPage, void, undefined> {
  for (const range of ranges) {
    const { symbol, timeframe } = range;
    for await (const lines of candles.lines(range)) yield { symbol, timeframe, lines };
  }
}
