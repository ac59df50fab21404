/**
 * Oscillators: where the last value stands within, or how fast it left, its recent past. Each has a
 * documented neutral value for a market without movement, where the plain formula divides by zero.
 */
import type { Kernel } from "../kernel.ts";
import {
  type ExponentialMean,
  exponentialMean,
  MovingMean,
  PriceRange,
  typicalPrice,
  wilderMean,
} from "./averages.ts";
import { candleKernel, cell, type Layout, sourceKernel } from "./planned-kernel.ts";
import { Window } from "./window.ts";

/** RSI and %K where nothing moved: in the middle. */
const NEUTRAL = 50;
/** A smaller spread of RSI values, in points, is rounding noise of a market at rest. */
const LEAST_RSI_RANGE = 1e-9;
/** Lambert's constant: brings some three quarters of all values between -100 and 100. */
const CCI_CONSTANT = 0.015;

/** Wilder 1978. */
export function rsi(period: number): Kernel {
  return sourceKernel(1, (layout) => {
    const strength = new RelativeStrength(layout, period);
    return (state, value) => {
      state[0] = strength.next(state, value);
    };
  });
}

/** Percent above the value `period` candles ago. */
export function roc(period: number): Kernel {
  return sourceKernel(1, (layout) => {
    const past = new Window(layout, period);
    return (state, value) => {
      state[0] = percentChange(past.oldest(state), value);
      past.push(state, value);
    };
  });
}

/** Percent change of an EMA of an EMA of an EMA. */
export function trix(period: number): Kernel {
  return sourceKernel(1, (layout) => {
    const first = exponentialMean(layout, period);
    const second = exponentialMean(layout, period);
    const third = exponentialMean(layout, period);
    const before = layout.reserve(1, NaN);
    return (state, value) => {
      const twice = second.next(state, first.next(state, value));
      const smooth = third.next(state, twice);
      state[0] = percentChange(cell(state, before), smooth);
      state[before] = smooth;
    };
  });
}

/** Outputs: line, its EMA, their difference. */
export function macd(fast: number, slow: number, signal: number): Kernel {
  return sourceKernel(3, (layout) => {
    const quick = exponentialMean(layout, fast);
    const calm = exponentialMean(layout, slow);
    const average = exponentialMean(layout, signal);
    return (state, value) => {
      const line = quick.next(state, value) - calm.next(state, value);
      const smooth = average.next(state, line);
      state[0] = line;
      state[1] = smooth;
      state[2] = line - smooth;
    };
  });
}

/** Outputs: %K smoothed, %D (Chande and Kroll 1994). */
export function stochrsi(period: number, lookBack: number, k: number, d: number): Kernel {
  return sourceKernel(2, (layout) => {
    const strength = new RelativeStrength(layout, period);
    const past = new Window(layout, lookBack);
    const slow = new MovingMean(layout, k);
    const signal = new MovingMean(layout, d);
    return (state, value) => {
      const current = strength.next(state, value);
      if (Number.isNaN(current)) return;
      past.push(state, current);
      const low = past.lowest(state);
      const range = past.highest(state) - low;
      const place = range < LEAST_RSI_RANGE ? NEUTRAL : ((current - low) / range) * 100;
      state[0] = slow.next(state, place);
      state[1] = signal.next(state, cell(state, 0));
    };
  });
}

/** Outputs: %K smoothed, %D (Lane). With `smooth` 1 it is the fast stochastic. */
export function stoch(period: number, smooth: number, d: number): Kernel {
  return candleKernel(2, (layout) => {
    const range = new PriceRange(layout, period);
    const slow = new MovingMean(layout, smooth);
    const signal = new MovingMean(layout, d);
    return (state, bar) => {
      range.push(state, bar);
      const low = range.lowest(state);
      const width = range.highest(state) - low;
      const place = width === 0 ? NEUTRAL : ((bar.close - low) / width) * 100;
      state[0] = slow.next(state, place);
      state[1] = signal.next(state, cell(state, 0));
    };
  });
}

/** Williams %R: 0 at the highest high, -100 at the lowest low. */
export function willr(period: number): Kernel {
  return candleKernel(1, (layout) => {
    const range = new PriceRange(layout, period);
    return (state, bar) => {
      range.push(state, bar);
      const high = range.highest(state);
      const width = high - range.lowest(state);
      state[0] = width === 0 ? -NEUTRAL : ((bar.close - high) / width) * 100;
    };
  });
}

/** Lambert 1980: distance of the typical price from its mean, in mean deviations. */
export function cci(period: number): Kernel {
  return candleKernel(1, (layout) => {
    const prices = new Window(layout, period);
    return (state, bar) => {
      const price = typicalPrice(bar);
      prices.push(state, price);
      const mean = prices.mean(state);
      const deviation = prices.meanDeviation(state, mean);
      state[0] = deviation === 0 ? 0 : (price - mean) / (CCI_CONSTANT * deviation);
    };
  });
}

/** RSI as a part: 100 when there were only gains, 0 only losses, 50 neither. */
class RelativeStrength {
  readonly #before: number;
  readonly #gain: ExponentialMean;
  readonly #loss: ExponentialMean;

  constructor(layout: Layout, period: number) {
    this.#before = layout.reserve(1, NaN);
    this.#gain = wilderMean(layout, period);
    this.#loss = wilderMean(layout, period);
  }

  next(state: Float64Array, value: number): number {
    const change = value - cell(state, this.#before);
    state[this.#before] = value;
    if (Number.isNaN(change)) return NaN;
    const gain = this.#gain.next(state, Math.max(change, 0));
    const loss = this.#loss.next(state, Math.max(-change, 0));
    if (loss === 0) return gain === 0 ? NEUTRAL : 100;
    return 100 - 100 / (1 + gain / loss);
  }
}

/** No change is 0 even from nothing; from nothing to something there is no percentage. */
function percentChange(before: number, now: number): number {
  if (before === now) return 0;
  const change = ((now - before) / before) * 100;
  return Number.isFinite(change) ? change : NaN;
}
