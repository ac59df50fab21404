/**
 * Looks at candles of one symbol and timeframe as they come by and notes what is wrong with them as a
 * series: holes, repetitions, open times that were told twice with different prices, disorder. It
 * changes nothing; whoever reads decides what is harmless.
 */
import type { Candle } from "../domain/candle.ts";
import { timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import { sameCandle } from "./same-candle.ts";

/** A stretch without candles. */
export interface Gap {
  /** Open time of the first missing candle, epoch ms. */
  readonly from: number;
  /** Open time of the last missing candle. */
  readonly to: number;
  readonly candles: number;
}

/** What a candle is to those before it. */
export type Place = "next" | "repeated" | "revised" | "unordered";

export interface CandleFindings {
  /** Candles that continued the series. */
  readonly candles: number;
  /** Open times of the first and the last of them, epoch ms; null without any. */
  readonly first: number | null;
  readonly last: number | null;
  readonly missing: number;
  /** The first of them, at most MAX_LISTED. */
  readonly gaps: readonly Gap[];
  readonly gapCount: number;
  readonly repeated: number;
  /** Open times told again with other prices; at most MAX_LISTED. */
  readonly revisions: readonly number[];
  readonly revised: number;
  readonly unordered: number;
}

/** Findings listed one by one; the rest are counted. */
export const MAX_LISTED = 20;

export class CandleCheck {
  readonly #lengthMs: number;
  readonly #gaps: Gap[] = [];
  readonly #revisions: number[] = [];
  #previous: Candle | null = null;
  #first: number | null = null;
  readonly #counts = { candles: 0, missing: 0, gaps: 0, repeated: 0, revised: 0, unordered: 0 };

  constructor(timeframe: Timeframe) {
    this.#lengthMs = timeframeMs(timeframe);
  }

  /** Takes the next candle read and says what it is. Only "next" ones move the series on. */
  take(candle: Candle): Place {
    const previous = this.#previous;
    if (previous !== null && candle.openTime === previous.openTime) {
      return this.#again(candle, previous);
    }
    if (previous !== null && candle.openTime < previous.openTime) {
      this.#counts.unordered++;
      return "unordered";
    }
    if (previous !== null) this.#noteGap(previous.openTime + this.#lengthMs, candle.openTime);
    this.#first ??= candle.openTime;
    this.#previous = candle;
    this.#counts.candles++;
    return "next";
  }

  get findings(): CandleFindings {
    const { gaps: gapCount, ...counts } = this.#counts;
    return {
      ...counts,
      gapCount,
      first: this.#first,
      last: this.#previous?.openTime ?? null,
      gaps: this.#gaps,
      revisions: this.#revisions,
    };
  }

  #again(candle: Candle, previous: Candle): Place {
    if (sameCandle(candle, previous)) {
      this.#counts.repeated++;
      return "repeated";
    }
    this.#counts.revised++;
    if (this.#revisions.length < MAX_LISTED) this.#revisions.push(candle.openTime);
    return "revised";
  }

  #noteGap(expected: number, openTime: number): void {
    if (openTime === expected) return;
    const candles = Math.round((openTime - expected) / this.#lengthMs);
    this.#counts.missing += candles;
    this.#counts.gaps++;
    if (this.#gaps.length >= MAX_LISTED) return;
    this.#gaps.push({ from: expected, to: openTime - this.#lengthMs, candles });
  }
}
