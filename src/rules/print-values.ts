/**
 * Numbers and durations as a rule writes them: plain decimals without exponents, and the largest
 * whole unit of time. Reading them back gives the same value.
 */
import { Decimal, decimalText } from "../domain/money.ts";

const UNITS: readonly (readonly [unit: string, ms: number])[] = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
];

/** `0.00001`, never `1e-5`. */
export function numberText(value: number): string {
  return decimalText(new Decimal(value));
}

/** `90m` for 5,400,000 ms. Whole seconds only. */
export function durationText(ms: number): string {
  const whole = UNITS.find(([, length]) => ms >= length && ms % length === 0);
  return whole === undefined ? `${ms / 1000}s` : `${ms / whole[1]}${whole[0]}`;
}
