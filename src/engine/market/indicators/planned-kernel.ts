/**
 * How a kernel is put together: a plan reserves cells in a layout and returns the step that takes a
 * candle; outputs are always the first cells. All that the parts of a kernel remember lives in
 * those cells, so a copy of the array is a copy of the kernel. A step allocates nothing.
 *
 * A value that is no plausible number is not taken: memory stays as it was, outputs have no value.
 */
import type { Bar, Kernel } from "../kernel.ts";

/** Anything beyond is a bad print; the limit keeps squares, products and sums of values finite. */
export const MAX_MAGNITUDE = 1e100;

/** Cells of a state array, handed out in order. */
export class Layout {
  readonly #initial: number[] = [];

  /** Index of the first of `count` neighbouring cells that start with the value `initial`. */
  reserve(count: number, initial = 0): number {
    const at = this.#initial.length;
    for (let i = 0; i < count; i++) this.#initial.push(initial);
    return at;
  }

  build(): Float64Array {
    return Float64Array.from(this.#initial);
  }
}

/** The number in one cell. */
export function cell(state: Float64Array, at: number): number {
  return state[at] ?? NaN;
}

/** Takes one candle: reads and writes `state`, whose first cells are the outputs. */
export type Step = (state: Float64Array, source: number, bar: Bar) => void;
export type CandleStep = (state: Float64Array, bar: Bar) => void;

/** A kernel that reads one series; it also sees the candle for weights such as the volume. */
export function sourceKernel(outputs: number, plan: (layout: Layout) => Step): Kernel {
  const { state, view, step } = assemble(outputs, plan);
  return {
    state,
    outputs: view,
    next(source, bar) {
      if (isPlausible(source)) step(state, source, bar);
      else view.fill(NaN);
    },
  };
}

/** A kernel that reads whole candles. */
export function candleKernel(outputs: number, plan: (layout: Layout) => CandleStep): Kernel {
  const { state, view, step } = assemble(outputs, plan);
  return {
    state,
    outputs: view,
    next(_source, bar) {
      if (isWhole(bar)) step(state, bar);
      else view.fill(NaN);
    },
  };
}

function assemble<S>(outputs: number, plan: (layout: Layout) => S) {
  const layout = new Layout();
  layout.reserve(outputs, NaN);
  const step = plan(layout);
  const state = layout.build();
  return { state, view: state.subarray(0, outputs), step };
}

/** False for NaN, infinities and bad prints. */
export function isPlausible(value: number): boolean {
  return value <= MAX_MAGNITUDE && value >= -MAX_MAGNITUDE;
}

function isWhole(bar: Bar): boolean {
  return (
    isPlausible(bar.openTime) &&
    isPlausible(bar.open) &&
    isPlausible(bar.high) &&
    isPlausible(bar.low) &&
    isPlausible(bar.close) &&
    isPlausible(bar.volume)
  );
}
