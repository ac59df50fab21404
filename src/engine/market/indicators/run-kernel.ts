/**
 * A whole history through a kernel, for warm-up, backtests and charts. It calls `next` candle by
 * candle, so its figures are those of live trading to the last bit.
 */
import { Fault } from "../../../domain/fault.ts";
import type { Bar, Kernel } from "../kernel.ts";

/** Candles as columns of one length; open times in epoch ms. */
export interface CandleColumns {
  readonly openTime: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
}

/**
 * One column per output, as long as the candles, NaN where there is no value. The kernel goes on
 * from what it already holds. `source` is the series of kernels that read one; close by default.
 * Faults: uneven-columns {candles, column, length}.
 */
export function runKernel(
  kernel: Kernel,
  candles: CandleColumns,
  source: Float64Array = candles.close,
): Float64Array[] {
  const { openTime, open, high, low, close, volume } = candles;
  const count = close.length;
  for (const [column, { length }] of Object.entries({ ...candles, source })) {
    if (length !== count) throw new Fault("uneven-columns", { candles: count, column, length });
  }
  const results = Array.from(kernel.outputs, () => new Float64Array(count));
  const bar: Bar = { openTime: 0, open: 0, high: 0, low: 0, close: 0, volume: 0 };
  for (let i = 0; i < count; i++) {
    bar.openTime = openTime[i] ?? NaN;
    bar.open = open[i] ?? NaN;
    bar.high = high[i] ?? NaN;
    bar.low = low[i] ?? NaN;
    bar.close = close[i] ?? NaN;
    bar.volume = volume[i] ?? NaN;
    kernel.next(source[i] ?? NaN, bar);
    for (let output = 0; output < results.length; output++) {
      const column = results[output];
      if (column !== undefined) column[i] = kernel.outputs[output] ?? NaN;
    }
  }
  return results;
}
