/** Bands and channels around a price: Bollinger, Donchian, Keltner. */
import type { Kernel } from "../kernel.ts";
import { AverageTrueRange, exponentialMean, PriceRange } from "./averages.ts";
import { candleKernel, sourceKernel } from "./planned-kernel.ts";
import { Window } from "./window.ts";

/**
 * Outputs: middle, upper, lower, width (upper - lower as a fraction of the middle), percent (%B: 0
 * at the lower band, 1 at the upper one, 0.5 when they coincide). Population deviation.
 */
export function bb(period: number, deviations: number): Kernel {
  return sourceKernel(5, (layout) => {
    const window = new Window(layout, period);
    return (state, value) => {
      window.push(state, value);
      const middle = window.mean(state);
      const reach = window.deviation(state, middle) * deviations;
      const upper = middle + reach;
      const lower = middle - reach;
      state[0] = middle;
      state[1] = upper;
      state[2] = lower;
      state[3] = relativeWidth(upper - lower, middle);
      state[4] = upper === lower ? 0.5 : (value - lower) / (upper - lower);
    };
  });
}

/** Outputs: upper, lower, middle; the current candle is included. */
export function donchian(period: number): Kernel {
  return candleKernel(3, (layout) => {
    const range = new PriceRange(layout, period);
    return (state, bar) => {
      range.push(state, bar);
      const upper = range.highest(state);
      const lower = range.lowest(state);
      state[0] = upper;
      state[1] = lower;
      state[2] = (upper + lower) / 2;
    };
  });
}

/** Outputs: middle (EMA of close), upper, lower (`multiplier` times Wilder's ATR away). */
export function keltner(period: number, multiplier: number, atr: number): Kernel {
  return candleKernel(3, (layout) => {
    const mean = exponentialMean(layout, period);
    const range = new AverageTrueRange(layout, atr);
    return (state, bar) => {
      const middle = mean.next(state, bar.close);
      const reach = range.next(state, bar) * multiplier;
      state[0] = middle;
      state[1] = middle + reach;
      state[2] = middle - reach;
    };
  });
}

/** A series around zero has no relative width, unless the bands coincide. */
function relativeWidth(width: number, middle: number): number {
  if (width === 0) return 0;
  return middle === 0 ? NaN : width / middle;
}
