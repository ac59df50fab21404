/** Means and spreads of plain numbers: the arithmetic under every ratio. NaN where there is no value. */

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

export function mean(values: ArrayLike<number> & Iterable<number>): number {
  return sum(values) / values.length;
}

/** Sample standard deviation, sqrt(sum((x - mean)^2) / (n - 1)); NaN below two values. */
export function sampleDeviation(values: ArrayLike<number> & Iterable<number>): number {
  if (values.length < 2) return NaN;
  const centre = mean(values);
  let squares = 0;
  for (const value of values) squares += (value - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}

/** Downside deviation around 0, sqrt(sum(min(x, 0)^2) / n). */
export function downsideDeviation(values: ArrayLike<number> & Iterable<number>): number {
  let squares = 0;
  for (const value of values) squares += Math.min(value, 0) ** 2;
  return Math.sqrt(squares / values.length);
}

/** The number without the noise behind its eighth decimal: for money that was summed in floats. */
export function tidied(value: number): number {
  const scaled = Math.round(value * 1e8) / 1e8;
  return Number.isFinite(scaled) ? scaled + 0 : value;
}
