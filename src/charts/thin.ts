/**
 * Long series made short enough for the pixels there are, without losing what an eye looks for: candles
 * are summed like the exchange sums minutes into hours, and of a line the lowest and highest value of
 * each stretch stay, in their order.
 */
import type { Candle } from "../domain/candle.ts";
import type { Columns, Line } from "./picture.ts";

interface Growing {
  times: number[];
  spanMs: number;
  open: number[];
  high: number[];
  low: number[];
  close: number[];
  volume: number[];
}

/**
 * Candles of one timeframe, oldest first, as at most `limit` columns of one length. A column begins at
 * a multiple of its length after the first candle; where candles are missing there is none.
 */
export function candleColumns(
  candles: readonly Candle[],
  lengthMs: number,
  limit: number,
): Columns {
  const begin = candles[0]?.openTime ?? 0;
  const slots = ((candles.at(-1)?.openTime ?? 0) - begin) / lengthMs + 1;
  const spanMs = Math.max(1, Math.ceil(slots / limit)) * lengthMs;
  const columns: Growing = {
    times: [],
    spanMs,
    open: [],
    high: [],
    low: [],
    close: [],
    volume: [],
  };
  for (const candle of candles) {
    const time = begin + Math.floor((candle.openTime - begin) / spanMs) * spanMs;
    take(columns, time, candle);
  }
  return columns;
}

function take(columns: Growing, time: number, candle: Candle): void {
  const last = columns.times.length - 1;
  const [open, high, low] = [Number(candle.open), Number(candle.high), Number(candle.low)];
  const [close, volume] = [Number(candle.close), Number(candle.volume)];
  if (columns.times[last] !== time) {
    columns.times.push(time);
    columns.open.push(open);
    columns.high.push(high);
    columns.low.push(low);
    columns.close.push(close);
    columns.volume.push(volume);
    return;
  }
  columns.high[last] = Math.max(columns.high[last] ?? high, high);
  columns.low[last] = Math.min(columns.low[last] ?? low, low);
  columns.close[last] = close;
  columns.volume[last] = (columns.volume[last] ?? 0) + volume;
}

/** At most `limit` points: first and last, and the extremes of equal stretches between. */
export function thinLine(times: ArrayLike<number>, values: ArrayLike<number>, limit: number): Line {
  const count = Math.min(times.length, values.length);
  const kept =
    count <= limit ? Array.from({ length: count }, (_, i) => i) : extremes(values, count, limit);
  return { times: kept.map((i) => times[i] ?? NaN), values: kept.map((i) => values[i] ?? NaN) };
}

function extremes(values: ArrayLike<number>, count: number, limit: number): number[] {
  const stretches = Math.max(1, Math.floor((limit - 2) / 2));
  const kept = [0];
  for (let stretch = 0; stretch < stretches; stretch++) {
    const begin = 1 + Math.floor((stretch * (count - 2)) / stretches);
    const end = 1 + Math.floor(((stretch + 1) * (count - 2)) / stretches);
    let [lowest, highest] = [begin, begin];
    for (let i = begin; i < end; i++) {
      const value = values[i] ?? NaN;
      if (value < (values[lowest] ?? NaN)) lowest = i;
      if (value > (values[highest] ?? NaN)) highest = i;
    }
    const [one, other] = [Math.min(lowest, highest), Math.max(lowest, highest)];
    if (begin < end) kept.push(one);
    if (other !== one) kept.push(other);
  }
  kept.push(count - 1);
  return kept;
}
