/**
 * What an indicator is to the engine: a state in one Float64Array that takes a candle in O(1) or
 * O(period) and writes its outputs into a view of that same array. One flat array makes a kernel
 * cheap to keep by the thousand, and lets a forming candle be tried and taken back
 * (`saved.set(state)` … `state.set(saved)`) without code of its own in any indicator.
 */

/** A candle as numbers. Reused between calls: a kernel never keeps it. */
export interface Bar {
  openTime: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

export interface Kernel {
  /** Everything the kernel remembers, outputs included. */
  readonly state: Float64Array;
  /** A view into `state`, in the order of the catalogue's outputs; NaN while warming up. */
  readonly outputs: Float64Array;
  /**
   * Takes the next closed candle. `source` is the input series' value for kernels that read one
   * (NaN leaves the kernel unchanged with NaN outputs), ignored by kernels that read candles.
   */
  next(source: number, bar: Bar): void;
}
