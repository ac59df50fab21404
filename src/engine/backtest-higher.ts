/**
 * The longer candles a backtest's rule reads with `@`: those that were given, and where one is not
 * there the sum of the own candles within it. Each is handed on once, in order, when it has ended.
 */
import type { Candle } from "../domain/candle.ts";
import { Decimal, decimalText } from "../domain/money.ts";
import { openTimeAt, timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import { higher, lower } from "./market/price-tracker.ts";

interface Forming extends Candle {
  high: string;
  low: string;
  close: string;
  readonly volumes: string[];
}

export class HigherCandles {
  readonly timeframe: Timeframe;
  readonly #lengthMs: number;
  readonly #given: readonly Candle[];
  #next = 0;
  #forming: Forming | null = null;
  #newest = Number.NEGATIVE_INFINITY;

  /** `given`: oldest first, possibly with holes, possibly empty. */
  constructor(timeframe: Timeframe, given: readonly Candle[]) {
    this.timeframe = timeframe;
    this.#lengthMs = timeframeMs(timeframe);
    this.#given = given;
  }

  /** Takes note of an own candle. What ended before it must have been taken by `ended` first. */
  add(candle: Candle): void {
    const openTime = openTimeAt(this.timeframe, candle.openTime);
    const forming = this.#forming;
    if (forming === null || forming.openTime !== openTime) {
      const { timeframe } = this;
      this.#forming = { ...candle, timeframe, openTime, volumes: [candle.volume] };
      return;
    }
    forming.high = higher(forming.high, candle.high);
    forming.low = lower(forming.low, candle.low);
    forming.close = candle.close;
    forming.volumes.push(candle.volume);
  }

  /** Hands on every candle that ended at or before `time` (epoch ms) and was not handed on yet. */
  ended(time: number, take: (candle: Candle) => void): void {
    for (;;) {
      const given = this.#given[this.#next];
      const givenAt = given === undefined ? Number.POSITIVE_INFINITY : given.openTime;
      const formingAt = this.#forming?.openTime ?? Number.POSITIVE_INFINITY;
      if (Math.min(givenAt, formingAt) + this.#lengthMs > time) return;
      if (given !== undefined && givenAt <= formingAt) {
        this.#next++;
        if (givenAt === formingAt) this.#forming = null;
        this.#hand(given, take);
      } else if (this.#forming !== null) {
        const { volumes, ...candle } = this.#forming;
        this.#forming = null;
        this.#hand({ ...candle, volume: total(volumes) }, take);
      }
    }
  }

  #hand(candle: Candle, take: (candle: Candle) => void): void {
    if (candle.openTime <= this.#newest) return;
    this.#newest = candle.openTime;
    take(candle);
  }
}

function total(volumes: readonly string[]): string {
  return decimalText(volumes.reduce((sum, volume) => sum.plus(volume), new Decimal(0)));
}
