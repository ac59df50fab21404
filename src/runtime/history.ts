/**
 * History for the engine: stored candles first, the exchange for what is missing. Only an unbroken
 * stretch that ends at the newest stored candle counts as history.
 */
import type { Candle } from "../domain/candle.ts";
import { openTimeAt, timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import type { EngineStore } from "../ports/engine-store.ts";
import type { CandleRequest, MarketData } from "../ports/market-data.ts";

/** After this many missed candles the past is not replayed any more, only learnt from. */
export const MAX_REPLAYED_CANDLES = 50_000;

export interface History {
  /** Oldest first, no holes but those of the exchange. */
  readonly candles: readonly Candle[];
  /** Those of them that came from the exchange and are not stored yet. */
  readonly fetched: readonly Candle[];
  /** The exchange has nothing older. */
  readonly complete: boolean;
}

/** All closed candles of the range, oldest first. */
export async function missedCandles(
  data: MarketData,
  request: CandleRequest,
  signal: AbortSignal,
): Promise<Candle[]> {
  const candles: Candle[] = [];
  for await (const page of data.closedCandles(request, signal)) {
    for (const candle of page) candles.push(candle);
  }
  return candles;
}

/**
 * The newest `wanted` candles that closed before `until` (epoch ms). What storage has is used as far
 * as it reaches back from there without a hole.
 */
export async function loadHistory(
  modules: { data: MarketData; store: EngineStore; signal: AbortSignal },
  of: { symbol: string; timeframe: Timeframe; wanted: number; until: number },
): Promise<History> {
  const { symbol, timeframe, wanted, until } = of;
  const lengthMs = timeframeMs(timeframe);
  const newestClosed = openTimeAt(timeframe, until) - lengthMs;
  const range = { from: newestClosed - (wanted - 1) * lengthMs, to: newestClosed };
  const recent = await modules.store.candles(symbol, timeframe, range);
  const reachesEnd = recent.at(-1)?.openTime === newestClosed;
  const stored = reachesEnd ? unbrokenTail(recent, lengthMs) : [];
  if (stored.length >= wanted) return { candles: stored, fetched: [], complete: false };
  const oldestStored = stored[0]?.openTime;
  const to = oldestStored === undefined ? newestClosed : oldestStored - lengthMs;
  const from = Math.max(0, to - (wanted - stored.length - 1) * lengthMs);
  const fetched = await missedCandles(
    modules.data,
    { symbol, timeframe, from, to },
    modules.signal,
  );
  const complete = (fetched[0]?.openTime ?? Number.POSITIVE_INFINITY) > from;
  return { candles: [...fetched, ...stored], fetched, complete };
}

function unbrokenTail(candles: readonly Candle[], lengthMs: number): readonly Candle[] {
  let start = candles.length - 1;
  while (start > 0) {
    const later = candles[start]?.openTime ?? 0;
    const earlier = candles[start - 1]?.openTime ?? 0;
    if (later - earlier !== lengthMs) break;
    start--;
  }
  return start <= 0 ? candles : candles.slice(start);
}
