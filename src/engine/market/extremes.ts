/**
 * The highest and lowest prices since any moment that matters, without looking at a position on every
 * push: prices that were outdone later are dropped, so that what is left is few, and each answer is
 * the first one at or after the moment asked for.
 */
import type { DecimalText } from "../../domain/money.ts";
import type { PriceUpdate } from "./price-tracker.ts";

interface Extreme {
  readonly at: number;
  readonly price: DecimalText;
}

/** Entries of one side before those that answer no question are looked for. */
const SMALLEST_LIMIT = 1024;

export class Extremes {
  /** Oldest first; prices fall from one to the next (rise, among the lows). */
  #highs: Extreme[] = [];
  #lows: Extreme[] = [];
  #limit = SMALLEST_LIMIT;

  /** Takes what an update brought. Of a candle that began with it the range counts from its opening. */
  take(update: PriceUpdate): void {
    const { jumped, firstAt, time, low, high, last } = update;
    this.#add(jumped ? firstAt : time, low, high);
    if (jumped && time > firstAt) this.#add(time, last, last);
  }

  /** Highest price at or after `since` (epoch ms), or null when none was taken. */
  highestSince(since: number): DecimalText | null {
    return firstSince(this.#highs, since)?.price ?? null;
  }

  lowestSince(since: number): DecimalText | null {
    return firstSince(this.#lows, since)?.price ?? null;
  }

  /** When there are many: drops what is not the answer for one of these moments or a later one. */
  trim(moments: () => Iterable<number>): void {
    if (this.#highs.length + this.#lows.length <= this.#limit) return;
    const asked = [...moments()];
    this.#highs = answers(this.#highs, asked);
    this.#lows = answers(this.#lows, asked);
    this.#limit = Math.max(SMALLEST_LIMIT, 2 * (this.#highs.length + this.#lows.length));
  }

  clear(): void {
    if (this.#highs.length + this.#lows.length === 0) return;
    this.#highs = [];
    this.#lows = [];
  }

  #add(at: number, low: DecimalText, high: DecimalText): void {
    insert(this.#highs, { at, price: high }, (a, b) => Number(a.price) > Number(b.price));
    insert(this.#lows, { at, price: low }, (a, b) => Number(a.price) < Number(b.price));
  }
}

/** Keeps the list free of prices that a later one equals or outdoes. */
function insert(list: Extreme[], one: Extreme, beats: (a: Extreme, b: Extreme) => boolean): void {
  let end = list.length;
  while (end > 0 && (list[end - 1]?.at ?? 0) >= one.at) end--;
  const next = list[end];
  if (next !== undefined && !beats(one, next)) return;
  let begin = end;
  for (let before = list[begin - 1]; before && !beats(before, one); before = list[begin - 1]) {
    begin--;
  }
  const replaced = next?.at === one.at ? 1 : 0;
  list.splice(begin, end - begin + replaced, one);
}

function firstSince(list: readonly Extreme[], since: number): Extreme | undefined {
  return list.find(({ at }) => at >= since);
}

function answers(list: readonly Extreme[], moments: readonly number[]): Extreme[] {
  const kept = new Set(moments.map((moment) => firstSince(list, moment)));
  return list.filter((one) => kept.has(one));
}
