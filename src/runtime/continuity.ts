/**
 * Keeps track of how far the closed candles of one symbol and timeframe reach, and tells of each push
 * whether it continues them, repeats them, or leaves a hole.
 */
import type { CandleFrame } from "../domain/candle.ts";

export type Verdict = "continues" | "repeats" | "hole";

export class Continuity {
  readonly #lengthMs: number;
  /** Open time of the first candle that has not closed yet as far as we know. */
  #expected: number;

  constructor(lengthMs: number, expected: number) {
    this.#lengthMs = lengthMs;
    this.#expected = expected;
  }

  /** Open time of the next candle we want to see closed. */
  get expected(): number {
    return this.#expected;
  }

  /** Judges a push without taking note of it. */
  verdict({ candle }: CandleFrame): Verdict {
    if (candle.openTime < this.#expected) return "repeats";
    return candle.openTime === this.#expected ? "continues" : "hole";
  }

  /** Everything up to and including the candle opened at `openTime` has been passed on. */
  reached(openTime: number): void {
    this.#expected = Math.max(this.#expected, openTime + this.#lengthMs);
  }

  /** True when the expected candle should have closed `graceMs` ago. */
  overdue(now: number, graceMs: number): boolean {
    return now >= this.#expected + this.#lengthMs + graceMs;
  }
}
