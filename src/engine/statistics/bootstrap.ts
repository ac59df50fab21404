/**
 * How far a mean may be off: the percentile bootstrap (Efron 1979). The trades are drawn with
 * replacement many times; the middle 95 % of the resampled means is the interval. The drawing is
 * seeded, so equal trades always give the equal interval.
 */
import { randomIntegers } from "../../domain/random-integers.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Resampled means. */
const RESAMPLES = 1_000;
/** Values drawn in all at most, so that a hundred thousand trades do not take seconds. */
const MAX_DRAWS = 1_000_000;
const MIN_RESAMPLES = 100;
/** Share left out at each end. */
const TAIL = 0.025;
const SEED = 20_261_122;

/** 95 % interval of the mean of at least one value. */
export function meanInterval(values: readonly number[], seed: number = SEED): Interval {
  const count = values.length;
  const random = randomIntegers(seed);
  const resamples = Math.max(MIN_RESAMPLES, Math.min(RESAMPLES, Math.floor(MAX_DRAWS / count)));
  const means = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    let total = 0;
    for (let drawn = 0; drawn < count; drawn++) total += values[random(count)] ?? 0;
    means[i] = total / count;
  }
  means.sort();
  return { low: quantile(means, TAIL), high: quantile(means, 1 - TAIL) };
}

/** Of sorted values, linear between neighbours. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return low + (place - below) * (high - low);
}
