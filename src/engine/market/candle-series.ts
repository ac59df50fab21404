/**
 * The closed candles of one symbol and timeframe in memory: a ring of plain numbers, oldest to newest,
 * from which indicators are rebuilt. It holds as many candles as its readers need and no more.
 */
import type { Candle } from "../../domain/candle.ts";
import { floatOf } from "../../domain/money.ts";
import type { Bar } from "./kernel.ts";

const FIELDS = 6;
const SMALLEST_CAPACITY = 256;

/** Numbers of a candle, written into a reused bar. */
export function readCandle(candle: Candle, bar: Bar): Bar {
  bar.openTime = candle.openTime;
  bar.open = floatOf(candle.open);
  bar.high = floatOf(candle.high);
  bar.low = floatOf(candle.low);
  bar.close = floatOf(candle.close);
  bar.volume = floatOf(candle.volume);
  return bar;
}

export function emptyBar(): Bar {
  return { openTime: 0, open: NaN, high: NaN, low: NaN, close: NaN, volume: NaN };
}

export class CandleSeries {
  #ring = new Float64Array(SMALLEST_CAPACITY * FIELDS);
  #capacity = SMALLEST_CAPACITY;
  #start = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Open time of the newest candle, or -Infinity. */
  get lastOpenTime(): number {
    return this.#length === 0
      ? Number.NEGATIVE_INFINITY
      : (this.#ring[this.#slot(this.#length - 1)] ?? NaN);
  }

  /** Makes room for at least `candles`; never shrinks. */
  ensureCapacity(candles: number): void {
    if (candles <= this.#capacity) return;
    const capacity = Math.max(candles, this.#capacity * 2);
    const ring = new Float64Array(capacity * FIELDS);
    const bar = emptyBar();
    for (let i = 0; i < this.#length; i++) writeBar(ring, i * FIELDS, this.read(i, bar));
    this.#ring = ring;
    this.#capacity = capacity;
    this.#start = 0;
  }

  clear(): void {
    this.#start = 0;
    this.#length = 0;
  }

  append(bar: Bar): void {
    if (this.#length === this.#capacity) this.#start = (this.#start + 1) % this.#capacity;
    else this.#length++;
    writeBar(this.#ring, this.#slot(this.#length - 1), bar);
  }

  /** Overwrites the candle with the same open time; false when it is not held. */
  revise(bar: Bar): boolean {
    for (let i = this.#length - 1; i >= 0; i--) {
      const openTime = this.#ring[this.#slot(i)] ?? NaN;
      if (openTime < bar.openTime) return false;
      if (openTime === bar.openTime) {
        writeBar(this.#ring, this.#slot(i), bar);
        return true;
      }
    }
    return false;
  }

  /** The i-th held candle (0 is the oldest), written into `bar`. */
  read(i: number, bar: Bar): Bar {
    const at = this.#slot(i);
    const ring = this.#ring;
    bar.openTime = ring[at] ?? NaN;
    bar.open = ring[at + 1] ?? NaN;
    bar.high = ring[at + 2] ?? NaN;
    bar.low = ring[at + 3] ?? NaN;
    bar.close = ring[at + 4] ?? NaN;
    bar.volume = ring[at + 5] ?? NaN;
    return bar;
  }

  #slot(i: number): number {
    return ((this.#start + i) % this.#capacity) * FIELDS;
  }
}

function writeBar(ring: Float64Array, at: number, bar: Bar): void {
  ring[at] = bar.openTime;
  ring[at + 1] = bar.open;
  ring[at + 2] = bar.high;
  ring[at + 3] = bar.low;
  ring[at + 4] = bar.close;
  ring[at + 5] = bar.volume;
}
