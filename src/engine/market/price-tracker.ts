/**
 * The price of one symbol as the stream of its finest candles tells it. Each push becomes an update
 * with what is new since the last one: the first price after a break, the newly made low and high,
 * the last price. Stops are watched on these, so that a spike between two pushes is not missed and
 * none is counted twice.
 */
import type { Candle } from "../../domain/candle.ts";
import { floatOf, type DecimalText } from "../../domain/money.ts";
import { timeframeMs } from "../../domain/timeframe.ts";

export interface PriceUpdate {
  readonly symbol: string;
  /** When the market was there, epoch ms: the candle's open time for `first`, the push for the rest. */
  readonly openTime: number;
  readonly time: number;
  /** A new candle began, or the stream was interrupted: prices may have jumped to `first`. */
  readonly jumped: boolean;
  /** First price of the new candle; the previous last price within one. */
  readonly first: DecimalText;
  /** When the market was at `first`: the candle's opening, or the push after an interruption. */
  readonly firstAt: number;
  readonly low: DecimalText;
  readonly high: DecimalText;
  readonly last: DecimalText;
}

/** The newest candle as it stands, with whatever was seen of it. */
export interface PricePoint {
  readonly openTime: number;
  /** First ms after the candle. */
  readonly endsAt: number;
  readonly time: number;
  readonly open: DecimalText;
  readonly high: DecimalText;
  readonly low: DecimalText;
  readonly last: DecimalText;
  readonly closed: boolean;
}

export class PriceTracker {
  #newest: Candle | null = null;
  #endsAt = 0;
  #time = 0;
  #closed = false;

  get point(): PricePoint | null {
    const candle = this.#newest;
    if (candle === null) return null;
    const { openTime, open: first, high, low, close: last } = candle;
    const seen = { endsAt: this.#endsAt, time: this.#time, closed: this.#closed };
    return { openTime, open: first, high, low, last, ...seen };
  }

  /** All prices before `time` have been told; true as well while none ever was. */
  hasSeenUntil(time: number): boolean {
    const candle = this.#newest;
    if (candle === null || candle.openTime >= time) return true;
    return this.#closed && this.#endsAt >= time;
  }

  /** Takes a push that nobody waits for; false when it is older than what is known. */
  note(candle: Candle, time: number, closed: boolean): boolean {
    const before = this.#newest;
    if (before !== null && this.#isOlder(candle, time, before)) return false;
    this.#newest = candle;
    this.#endsAt = candle.openTime + timeframeMs(candle.timeframe);
    this.#time = time;
    this.#closed = closed;
    return true;
  }

  /**
   * Takes a push and returns what is new in it, or null when it is older than what is known.
   * `afterGap`: the stream was interrupted before this push.
   */
  update(
    candle: Candle,
    push: { time: number; closed: boolean; afterGap: boolean },
  ): PriceUpdate | null {
    const before = this.#newest;
    if (!this.note(candle, push.time, push.closed)) return null;
    if (before === null || candle.openTime > before.openTime) return wholeCandle(candle, push.time);
    const first = push.afterGap ? candle.close : before.close;
    return {
      symbol: candle.symbol,
      openTime: candle.openTime,
      time: push.time,
      jumped: push.afterGap,
      first,
      firstAt: push.time,
      last: candle.close,
      low:
        floatOf(candle.low) < floatOf(before.low) ? candle.low : lower(before.close, candle.close),
      high:
        floatOf(candle.high) > floatOf(before.high)
          ? candle.high
          : higher(before.close, candle.close),
    };
  }

  #isOlder(candle: Candle, time: number, known: Candle): boolean {
    if (candle.openTime !== known.openTime) return candle.openTime < known.openTime;
    return this.#closed || time < this.#time;
  }
}

/**
 * What a closed candle has to tell that came after newer prices had been seen: all of it, to those
 * positions that were open before it began. The newest price stays what it is.
 */
export function overtakenCandle(candle: Candle, closeTime: number): PriceUpdate {
  return wholeCandle(candle, closeTime);
}

/** All of a candle as one update: written out field by field, because every candle comes by here. */
function wholeCandle(candle: Candle, time: number): PriceUpdate {
  const { symbol, openTime, open: first, low, high, close: last } = candle;
  return { symbol, openTime, time, jumped: true, first, firstAt: openTime, low, high, last };
}

export function lower(a: DecimalText, b: DecimalText): DecimalText {
  return floatOf(a) <= floatOf(b) ? a : b;
}

export function higher(a: DecimalText, b: DecimalText): DecimalText {
  return floatOf(a) >= floatOf(b) ? a : b;
}
