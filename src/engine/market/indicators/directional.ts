/** How far and in which direction candles reach: ATR, ADX with its two indicators, Aroon. */
import type { Kernel } from "../kernel.ts";
import { AverageTrueRange, TrueRange, wilderMean } from "./averages.ts";
import { candleKernel, cell } from "./planned-kernel.ts";
import { Window } from "./window.ts";

/** Wilder 1978; the first candle, which has no close before it, is left out. */
export function atr(period: number): Kernel {
  return candleKernel(1, (layout) => {
    const range = new AverageTrueRange(layout, period);
    return (state, bar) => {
      state[0] = range.next(state, bar);
    };
  });
}

/**
 * Outputs: ADX, +DI, -DI (Wilder 1978). A market without any range has no direction: all three are
 * 0 and the ADX moves on as soon as the market does.
 */
export function adx(period: number): Kernel {
  return candleKernel(3, (layout) => {
    const high = layout.reserve(1, NaN);
    const low = layout.reserve(1, NaN);
    const trueRange = new TrueRange(layout);
    const rangeMean = wilderMean(layout, period);
    const plusMean = wilderMean(layout, period);
    const minusMean = wilderMean(layout, period);
    const indexMean = wilderMean(layout, period);
    return (state, bar) => {
      const up = bar.high - cell(state, high);
      const down = cell(state, low) - bar.low;
      state[high] = bar.high;
      state[low] = bar.low;
      const range = trueRange.next(state, bar);
      if (Number.isNaN(range)) return;
      const mean = rangeMean.next(state, range);
      const plus = share(plusMean.next(state, up > down && up > 0 ? up : 0), mean);
      const minus = share(minusMean.next(state, down > up && down > 0 ? down : 0), mean);
      state[0] = indexMean.next(state, share(Math.abs(plus - minus), plus + minus));
      state[1] = plus;
      state[2] = minus;
    };
  });
}

/**
 * Outputs: up, down (100 when the highest high, or lowest low, of the last `period` + 1 candles is
 * the current one; the newest of equals counts), oscillator (up - down). Chande 1995.
 */
export function aroon(period: number): Kernel {
  return candleKernel(3, (layout) => {
    const highs = new Window(layout, period + 1);
    const lows = new Window(layout, period + 1);
    return (state, bar) => {
      highs.push(state, bar.high);
      lows.push(state, bar.low);
      const up = 100 - (100 * ageOf(highs, state, highs.highest(state))) / period;
      const down = 100 - (100 * ageOf(lows, state, lows.lowest(state))) / period;
      state[0] = up;
      state[1] = down;
      state[2] = up - down;
    };
  });
}

/** Percent of the whole; nothing of nothing is 0. */
function share(part: number, whole: number): number {
  return whole === 0 ? 0 : (100 * part) / whole;
}

/** Candles since `extreme` was last seen; NaN when there is none yet. */
function ageOf(window: Window, state: Float64Array, extreme: number): number {
  for (let age = 0; age < window.length; age++) {
    if (window.recent(state, age) === extreme) return age;
  }
  return NaN;
}
