/** A row of bars as text: how values went, where a chart would be too much. */

const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] as const;
/** What never moved stands in the middle. */
const FLAT = BARS[3];

/** One character for each value, from the lowest to the highest bar; a space where there is none. */
export function sparkline(values: readonly (number | null)[]): string {
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const span = Math.max(...known) - low;
  return values.map((value) => (value === null ? " " : bar(value - low, span))).join("");
}

function bar(height: number, span: number): string {
  if (span === 0) return FLAT;
  return BARS[Math.round((height / span) * (BARS.length - 1))] ?? FLAT;
}

/** At most `count` of the values, evenly apart, the last one always among them. */
export function thinned(values: ArrayLike<number>, count: number): readonly number[] {
  const { length } = values;
  const shown = Math.min(count, length);
  return Array.from(
    { length: shown },
    (_, i) => values[Math.ceil(((i + 1) * length) / shown) - 1] ?? 0,
  );
}
