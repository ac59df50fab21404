/**
 * Past values of one node with the times they became known, so that a shorter timeframe reads
 * `ema(200)@4h` as it stood at each of its own candles, also while history is replayed.
 */

const KEPT = 8192;

export class ValueHistory {
  #times: number[] = [];
  #values: number[] = [];

  /** `knownFrom`: first millisecond after the candle closed. */
  push(knownFrom: number, value: number): void {
    this.#times.push(knownFrom);
    this.#values.push(value);
    if (this.#times.length < 2 * KEPT) return;
    this.#times = this.#times.slice(-KEPT);
    this.#values = this.#values.slice(-KEPT);
  }

  clear(): void {
    this.#times = [];
    this.#values = [];
  }

  /** The newest value known at `time`, or NaN. */
  at(time: number): number {
    let low = 0;
    let high = this.#times.length;
    if (high > 0 && (this.#times[high - 1] ?? 0) <= time) return this.#values[high - 1] ?? NaN;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#times[middle] ?? 0) <= time) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? NaN : (this.#values[low - 1] ?? NaN);
  }
}
