/**
 * The last n values of a series, as a ring of cells in a kernel's state. Sums are taken afresh from
 * the oldest to the newest on every candle: they depend on the n values alone, so a restart gives
 * the same bits, and a bad print is gone the moment it leaves the window. A window of equal values
 * has exactly that mean and no deviation, where a plain sum would be off in the last digit.
 *
 * Everything read from a window that is not full yet is NaN.
 */
import { cell, type Layout } from "./planned-kernel.ts";

export class Window {
  readonly length: number;
  readonly #filled: number;
  readonly #next: number;
  /** How many of the newest values are equal. */
  readonly #run: number;
  readonly #begin: number;
  readonly #end: number;

  constructor(layout: Layout, length: number) {
    this.length = length;
    this.#filled = layout.reserve(1);
    this.#next = layout.reserve(1);
    this.#run = layout.reserve(1);
    this.#begin = layout.reserve(length, NaN);
    this.#end = this.#begin + length;
  }

  push(state: Float64Array, value: number): void {
    const next = cell(state, this.#next);
    const filled = cell(state, this.#filled);
    state[this.#run] = value === this.recent(state, 0) ? cell(state, this.#run) + 1 : 1;
    state[this.#begin + next] = value;
    state[this.#next] = next + 1 === this.length ? 0 : next + 1;
    if (filled < this.length) state[this.#filled] = filled + 1;
  }

  isFull(state: Float64Array): boolean {
    return cell(state, this.#filled) === this.length;
  }

  /** True when all values are the same. */
  isFlat(state: Float64Array): boolean {
    return cell(state, this.#run) >= this.length;
  }

  /** The value taken `age` pushes before the newest one. */
  recent(state: Float64Array, age: number): number {
    const place = cell(state, this.#next) - 1 - age;
    return cell(state, this.#begin + (place < 0 ? place + this.length : place));
  }

  oldest(state: Float64Array): number {
    return this.isFull(state) ? cell(state, this.#oldestCell(state)) : NaN;
  }

  sum(state: Float64Array): number {
    if (!this.isFull(state)) return NaN;
    const oldest = this.#oldestCell(state);
    let sum = 0;
    for (let at = oldest; at < this.#end; at++) sum += cell(state, at);
    for (let at = this.#begin; at < oldest; at++) sum += cell(state, at);
    return sum;
  }

  mean(state: Float64Array): number {
    return this.isFlat(state) ? this.recent(state, 0) : this.sum(state) / this.length;
  }

  /** Weights 1 for the oldest to n for the newest. */
  weightedMean(state: Float64Array): number {
    if (!this.isFull(state)) return NaN;
    if (this.isFlat(state)) return this.recent(state, 0);
    let at = this.#oldestCell(state);
    let sum = 0;
    for (let weight = 1; weight <= this.length; weight++) {
      sum += cell(state, at) * weight;
      if (++at === this.#end) at = this.#begin;
    }
    return sum / ((this.length * (this.length + 1)) / 2);
  }

  /** Population standard deviation around `mean`. */
  deviation(state: Float64Array, mean: number): number {
    if (!this.isFull(state)) return NaN;
    if (this.isFlat(state)) return 0;
    let at = this.#oldestCell(state);
    let sum = 0;
    for (let i = 0; i < this.length; i++) {
      const distance = cell(state, at) - mean;
      sum += distance * distance;
      if (++at === this.#end) at = this.#begin;
    }
    return Math.sqrt(sum / this.length);
  }

  /** Mean absolute distance from `mean`. */
  meanDeviation(state: Float64Array, mean: number): number {
    if (!this.isFull(state)) return NaN;
    if (this.isFlat(state)) return 0;
    let at = this.#oldestCell(state);
    let sum = 0;
    for (let i = 0; i < this.length; i++) {
      sum += Math.abs(cell(state, at) - mean);
      if (++at === this.#end) at = this.#begin;
    }
    return sum / this.length;
  }

  highest(state: Float64Array): number {
    if (!this.isFull(state)) return NaN;
    let highest = cell(state, this.#begin);
    for (let at = this.#begin + 1; at < this.#end; at++) {
      const value = cell(state, at);
      if (value > highest) highest = value;
    }
    return highest;
  }

  lowest(state: Float64Array): number {
    if (!this.isFull(state)) return NaN;
    let lowest = cell(state, this.#begin);
    for (let at = this.#begin + 1; at < this.#end; at++) {
      const value = cell(state, at);
      if (value < lowest) lowest = value;
    }
    return lowest;
  }

  /** In a full window the next place to write holds the oldest value. */
  #oldestCell(state: Float64Array): number {
    return this.#begin + (cell(state, this.#next) | 0);
  }
}
