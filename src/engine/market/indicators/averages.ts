/**
 * Running parts that several indicators are made of: averages and the true range. Each keeps its
 * memory in cells of the kernel's state. NaN (a part before it that is still warming up) passes
 * through: no memory is changed and the answer is NaN.
 */
import type { Bar } from "../kernel.ts";
import { cell, type Layout } from "./planned-kernel.ts";
import { Window } from "./window.ts";

/** (high + low + close) / 3; a candle without range has exactly its close. */
export function typicalPrice(bar: Bar): number {
  return bar.high === bar.low ? bar.close : (bar.high + bar.low + bar.close) / 3;
}

/** Mean of the last `period` values. */
export class MovingMean {
  readonly #window: Window;

  constructor(layout: Layout, period: number) {
    this.#window = new Window(layout, period);
  }

  next(state: Float64Array, value: number): number {
    if (Number.isNaN(value)) return NaN;
    this.#window.push(state, value);
    return this.#window.mean(state);
  }
}

/** average += (value - average) * weight, started with the mean of the first `period` values. */
export class ExponentialMean {
  readonly #period: number;
  readonly #weight: number;
  readonly #taken: number;
  readonly #sum: number;
  /** The average; while warming up the one value seen so far, NaN once they differ. */
  readonly #average: number;

  constructor(layout: Layout, period: number, weight: number) {
    this.#period = period;
    this.#weight = weight;
    this.#taken = layout.reserve(1);
    this.#sum = layout.reserve(1);
    this.#average = layout.reserve(1, NaN);
  }

  next(state: Float64Array, value: number): number {
    if (Number.isNaN(value)) return NaN;
    if (cell(state, this.#taken) < this.#period) return this.#warmUp(state, value);
    const average = cell(state, this.#average);
    return (state[this.#average] = (value - average) * this.#weight + average);
  }

  /** Equal values have exactly their own mean: a market that never moved must show no trend. */
  #warmUp(state: Float64Array, value: number): number {
    const taken = (state[this.#taken] = cell(state, this.#taken) + 1);
    const sum = (state[this.#sum] = cell(state, this.#sum) + value);
    const isFlat = taken === 1 || cell(state, this.#average) === value;
    state[this.#average] = isFlat ? value : NaN;
    if (taken < this.#period) return NaN;
    return (state[this.#average] = isFlat ? value : sum / this.#period);
  }
}

/** The usual exponential moving average, weight 2 / (period + 1). */
export function exponentialMean(layout: Layout, period: number): ExponentialMean {
  return new ExponentialMean(layout, period, 2 / (period + 1));
}

/** Wilder's smoothing, weight 1 / period. */
export function wilderMean(layout: Layout, period: number): ExponentialMean {
  return new ExponentialMean(layout, period, 1 / period);
}

/** Largest of high - low and the distances of both from the close before; NaN on the first candle. */
export class TrueRange {
  readonly #close: number;

  constructor(layout: Layout) {
    this.#close = layout.reserve(1, NaN);
  }

  next(state: Float64Array, bar: Bar): number {
    const close = cell(state, this.#close);
    state[this.#close] = bar.close;
    return Math.max(bar.high - bar.low, Math.abs(bar.high - close), Math.abs(bar.low - close));
  }
}

/** Wilder's average of the true range; needs `period` + 1 candles. */
export class AverageTrueRange {
  readonly #range: TrueRange;
  readonly #mean: ExponentialMean;

  constructor(layout: Layout, period: number) {
    this.#range = new TrueRange(layout);
    this.#mean = wilderMean(layout, period);
  }

  next(state: Float64Array, bar: Bar): number {
    return this.#mean.next(state, this.#range.next(state, bar));
  }
}

/** Highest high and lowest low of the last `period` candles. */
export class PriceRange {
  readonly #highs: Window;
  readonly #lows: Window;

  constructor(layout: Layout, period: number) {
    this.#highs = new Window(layout, period);
    this.#lows = new Window(layout, period);
  }

  push(state: Float64Array, bar: Bar): void {
    this.#highs.push(state, bar.high);
    this.#lows.push(state, bar.low);
  }

  highest(state: Float64Array): number {
    return this.#highs.highest(state);
  }

  lowest(state: Float64Array): number {
    return this.#lows.lowest(state);
  }

  middle(state: Float64Array): number {
    return (this.highest(state) + this.lowest(state)) / 2;
  }
}
