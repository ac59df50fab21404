/** Candles for a chart: stored ones, with what is missing fetched first where the exchange answers. */
import type { Candle } from "../domain/candle.ts";
import { Fault } from "../domain/fault.ts";
import type { CandleRequest } from "../ports/market-data.ts";
import { timeframeMs } from "../domain/timeframe.ts";
import { type CandleParts, fetchMissing } from "./candle-supply.ts";

/** Of one timeframe, history for indicators included. */
export const MAX_CHART_CANDLES = 12_000;

export interface ChartCandles {
  /** Oldest first; fewer than asked for where nobody has them. */
  readonly candles: readonly Candle[];
  /** False when the exchange could not be asked for what was not stored. */
  readonly complete: boolean;
}

/** Closed candles of a range. Faults: too-many-candles {candles, limit}, those of the exchange. */
export async function chartCandles(
  parts: CandleParts,
  range: CandleRequest,
): Promise<ChartCandles> {
  const count = Math.floor((range.to - range.from) / timeframeMs(range.timeframe)) + 1;
  if (count > MAX_CHART_CANDLES) {
    throw new Fault("too-many-candles", { candles: count, limit: MAX_CHART_CANDLES });
  }
  const complete = await fetchMissing(parts, [range]);
  const candles: Candle[] = [];
  for await (const page of parts.candles.pages(range)) candles.push(...page);
  return { candles, complete };
}
