/** A measured figure and how it is printed: for people as a table, for machines a JSON line each. */
import Table from "cli-table3";

export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly meaning: string;
}

const SIGNIFICANT_DIGITS = 4;

export function printFigures(figures: readonly Figure[], json: boolean): void {
  if (json) {
    for (const { name, value, unit } of figures) console.log(JSON.stringify({ name, value, unit }));
    return;
  }
  const table = new Table({
    head: ["figure", "value", "unit", "what it says"],
    colAligns: ["left", "right", "left", "left"],
    style: { head: [], border: [] },
  });
  for (const { name, value, unit, meaning } of figures) {
    table.push([
      name,
      Number(value.toPrecision(SIGNIFICANT_DIGITS)).toLocaleString("en"),
      unit,
      meaning,
    ]);
  }
  console.log(table.toString());
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const high = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? high : ((sorted[middle - 1] ?? NaN) + high) / 2;
}
