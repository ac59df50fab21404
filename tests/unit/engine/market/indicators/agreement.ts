/** How close two columns of indicator values are. */
import { expect } from "vitest";

/**
 * Same length, values missing at the same candles, and every pair within 1e-9 of the value or of
 * `scale`, the size of what the value is a difference of (a price for MACD, 100 for an oscillator).
 */
export function expectAgreement(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  scale: ArrayLike<number>,
): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const [ours, theirs] = [actual[i] ?? NaN, expected[i] ?? NaN];
    if (Number.isNaN(ours) && Number.isNaN(theirs)) continue;
    const allowed = 1e-9 * Math.max(Math.abs(theirs), scale[i] ?? 0);
    const isClose = Math.abs(ours - theirs) <= allowed;
    if (!isClose) expect({ candle: i, value: ours }).toEqual({ candle: i, value: theirs });
  }
}

/** The same number at every candle. */
export function level(length: number, value: number): Float64Array {
  return new Float64Array(length).fill(value);
}
