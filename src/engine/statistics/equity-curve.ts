/**
 * Equity over time: the wallet plus the open position at each candle's close. The daily curve is what
 * yearly ratios are made of: the last value of each UTC day, days without a candle carried forward.
 */

/** Two columns of equal length, oldest first. */
export interface EquityCurve {
  /** When each value held: first ms after the candle, epoch ms. */
  readonly times: Float64Array;
  /** Quote currency. */
  readonly values: Float64Array;
}

/** What was there before the first candle. */
export interface Beginning {
  /** Epoch ms. */
  readonly at: number;
  readonly equity: number;
}

const DAY_MS = 86_400_000;

/** One value a UTC day, from the day of `beginning` on; `times` are the ends of the days. */
export function dailyCurve(curve: EquityCurve, beginning: Beginning): EquityCurve {
  const { times, values } = curve;
  const last = times.at(-1);
  if (last === undefined) return { times: new Float64Array(), values: new Float64Array() };
  const firstDay = Math.floor(beginning.at / DAY_MS);
  const days = Math.max(0, Math.floor((last - 1) / DAY_MS) - firstDay + 1);
  const daily = { times: new Float64Array(days), values: new Float64Array(days) };
  let equity = beginning.equity;
  let next = 0;
  for (let day = 0; day < days; day++) {
    const end = (firstDay + day + 1) * DAY_MS;
    while (next < times.length && (times[next] ?? 0) <= end) equity = values[next++] ?? equity;
    daily.times[day] = end;
    daily.values[day] = equity;
  }
  return daily;
}

/** Change of each value against the one before, the first against `start`; 0.01 is one percent. */
export function returnsOf(values: Float64Array, start: number): Float64Array {
  let before = start;
  return values.map((value) => {
    const change = before === 0 ? 0 : value / before - 1;
    before = value;
    return change;
  });
}

/** The part of a curve after `time` (exclusive), sharing memory, and the equity it begins with. */
export function after(
  curve: EquityCurve,
  time: number,
  start: number,
): { curve: EquityCurve; equity: number } {
  let cut = 0;
  while (cut < curve.times.length && (curve.times[cut] ?? 0) <= time) cut++;
  return {
    curve: { times: curve.times.subarray(cut), values: curve.values.subarray(cut) },
    equity: cut === 0 ? start : (curve.values[cut - 1] ?? start),
  };
}
