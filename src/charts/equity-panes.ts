/** Panes of an equity: how money went against just holding the coin, and how far it was below its best. */
import type { LegendEntry, Line, Pane } from "./picture.ts";

export interface EquityLabels {
  /** With the unit: "Equity, USDT". */
  readonly equity: string;
  readonly hold: string;
  readonly drawdown: string;
  readonly start: string;
}

export interface EquityLines {
  readonly equity: Line;
  /** Percent below the highest equity so far: 0 or less. */
  readonly drawdown: Line;
  /** The same money put into the coin at the beginning; null where that has no meaning. */
  readonly hold: Line | null;
  /** Money at the beginning. */
  readonly start: number;
}

export interface EquityShares {
  readonly equity: number;
  readonly drawdown: number;
}

/** What is less deep than this percentage looks as shallow as it is. */
const SMALL_DRAWDOWN = -1;

export function equityPanes(
  { equity, drawdown, hold, start }: EquityLines,
  labels: EquityLabels,
  shares: EquityShares,
  options: { readonly stepped: boolean },
): readonly Pane[] {
  const first = equity.times[0] ?? 0;
  const last = equity.times.at(-1) ?? first;
  const end = equity.values.at(-1) ?? start;
  const held = hold?.values.at(-1);
  const legend: LegendEntry[] = [
    { label: labels.equity, ink: "rise", sample: "line" },
    ...(hold === null
      ? []
      : [{ label: labels.hold, ink: "fifth" as const, sample: "line" as const }]),
    { label: labels.start, ink: "muted", sample: "dashed" },
  ];
  return [
    {
      share: shares.equity,
      unit: "",
      legend,
      layers: [
        { kind: "levels", levels: [{ from: first, until: last, value: start }], ink: "muted" },
        ...(hold === null
          ? []
          : [
              { kind: "line" as const, line: hold, ink: "fifth" as const, weight: "thin" as const },
            ]),
        { kind: "line", line: equity, ink: "rise", weight: "bold", stepped: options.stepped },
      ],
      tags: [
        ...(held === undefined ? [] : [{ value: held, ink: "fifth" as const }]),
        { value: end, ink: "rise" },
      ],
    },
    {
      share: shares.drawdown,
      unit: " %",
      legend: [{ label: labels.drawdown, ink: "fall", sample: "box" }],
      layers: [{ kind: "area", line: drawdown, ink: "fall", stepped: options.stepped }],
      includes: [SMALL_DRAWDOWN],
    },
  ];
}

/** Percent below the highest value so far, for each value; the start counts as the first. */
export function drawdownOf(values: ArrayLike<number>, start: number): Float64Array {
  const drawdown = new Float64Array(values.length);
  let peak = start;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    peak = Math.max(peak, value);
    drawdown[i] = peak > 0 ? 100 * (value / peak - 1) : 0;
  }
  return drawdown;
}
