/** What a search from the command line says: JSON for programs, a page of text for people. */
import type { Instrument } from "./domain/instrument.ts";
import type { Timeframe } from "./domain/timeframe.ts";
import type { Measured } from "./engine/statistics/measured.ts";
import type { SideFigures, VariantFigures } from "./engine/sweep/variant-figures.ts";
import type { SweepVerdict, WindowChoice } from "./engine/sweep/walk-forward.ts";
import type { VariantSet } from "./rules/variants.ts";

export interface Found {
  readonly set: VariantSet;
  readonly verdict: SweepVerdict;
  readonly instrument: Instrument;
  readonly timeframe: Timeframe;
}

const LABEL_WIDTH = 14;
const VALUE_WIDTH = 16;

/** One line: {tried, combinations, ranges, best, middle, ranking, windows, …}. */
export function optimizeJson({ set, verdict }: Found): string {
  const { luck, ranking, middle, windows, ...shares } = verdict;
  const variant = (figures: VariantFigures) => ({
    rule: figures.ruleText,
    values: valuesOf(set, figures.ruleText),
    returnPercent: figures.returnPercent,
    inSample: sideJson(figures.inSample),
    outOfSample: sideJson(figures.outOfSample),
  });
  const window = ({ ruleText, inSample, outOfSample }: WindowChoice) => ({
    rule: ruleText,
    values: valuesOf(set, ruleText),
    inSample,
    outOfSample,
  });
  const [best = middle] = ranking;
  const result = {
    tried: set.ruleTexts.length,
    combinations: set.combinations,
    ranges: set.ranges,
    best: variant(best),
    middle: variant(middle),
    luck: typeof luck === "string" ? null : luck,
    ...shares,
    windows: windows.map(window),
    ranking: ranking.map(variant),
  };
  return `${JSON.stringify(result)}\n`;
}

function sideJson({ sharpe, ...figures }: SideFigures): object {
  return { ...figures, sharpe: typeof sharpe === "string" ? null : sharpe };
}

/** A page for a terminal, 78 columns or fewer unless the rule has longer lines. */
export function optimizeText(found: Found): string {
  const { set, verdict, instrument, timeframe } = found;
  const { ranking, middle, windows, luck } = verdict;
  const [best = middle] = ranking;
  const tried = set.ruleTexts.length;
  const first = middle.parts[0]?.from ?? 0;
  const last = middle.parts.at(-1)?.until ?? 0;
  const width = Math.max(
    LABEL_WIDTH,
    ...[...ranking, ...windows].map((one) => labelOf(set, one).length),
  );
  const row = (one: RankedRow, more: readonly string[] = []) => {
    const returns = [one.inSample.returnPercent, one.outOfSample.returnPercent];
    return line(labelOf(set, one), [...returns.map(percent), ...more], width);
  };
  const lines = [
    `${instrument.symbol} ${timeframe}, ${day(first)} to ${day(last)}, ` +
      (set.combinations > tried
        ? `${tried} rules drawn from ${set.combinations} combinations`
        : `${tried} rules`),
    `Ranges: ${set.ranges.join(" ")}`,
    "",
    "The best out of sample:",
    ...best.ruleText.split("\n").map((text) => `  ${text}`),
    "",
    line("", ["best, in sample", "out of sample", "middle, in s.", "out of sample"]),
    ...comparison([best.inSample, best.outOfSample, middle.inSample, middle.outOfSample]),
    "",
    ...luckLines(luck, tried),
    `${Math.round(100 * verdict.winningShare)} % of all rules gained out of sample.`,
    "",
    line("Best values", ["in sample", "out of sample"], width),
    ...ranking.map((one) => row(one)),
    "",
    "Window by window, what was best in sample did next:",
    line("Values", ["in sample", "out of sample", "from"], width),
    ...windows.map((window) => row(window, [day(window.outOfSample.from)])),
    `Choosing anew in each window would have made ${percent(verdict.chosenReturnPercent)}` +
      " out of sample.",
    "Past results say little about future ones.",
  ];
  return `${lines.join("\n")}\n`;
}

interface RankedRow {
  readonly ruleText: string;
  readonly inSample: { readonly returnPercent: number };
  readonly outOfSample: { readonly returnPercent: number };
}

function comparison(sides: readonly SideFigures[]): readonly string[] {
  const each = (label: string, cell: (side: SideFigures) => string) => line(label, sides.map(cell));
  return [
    each("return", (side) => percent(side.returnPercent)),
    each("max drawdown", (side) => percent(-side.maxDrawdownPercent)),
    each("Sharpe", (side) => ratio(side.sharpe)),
    each("trades", ({ trades, wins }) => `${trades} (${wins} won)`),
    each("days", ({ days }) => String(days)),
  ];
}

function luckLines(luck: SweepVerdict["luck"], tried: number): readonly string[] {
  if (typeof luck === "string") {
    return [`The best of ${tried} is lucky too; how much of it is luck cannot be said (${luck}).`];
  }
  return [
    `The best of ${tried} is lucky too: without any skill it would show a Sharpe ratio of`,
    `about ${luck.luckySharpe.toFixed(2)} out of sample; this one shows ${luck.sharpe.toFixed(2)}. ` +
      `Chance that it is more than luck: ${Math.round(100 * luck.confidence)} %.`,
  ];
}

function valuesOf(set: VariantSet, ruleText: string): readonly string[] {
  return set.values[set.ruleTexts.indexOf(ruleText)] ?? [];
}

/** What stands in the ranges' places. */
function labelOf(set: VariantSet, { ruleText }: RankedRow): string {
  return valuesOf(set, ruleText).join(", ");
}

function line(label: string, cells: readonly string[], width = LABEL_WIDTH): string {
  const rest = cells.map((cell) => cell.padEnd(VALUE_WIDTH)).join("");
  return `${label.padEnd(width)} ${rest}`.trimEnd();
}

function percent(value: number): string {
  return `${value > 0 ? "+" : ""}${value.toFixed(2)} %`;
}

function ratio(value: Measured): string {
  return typeof value === "string" ? `n/a (${value})` : value.toFixed(2);
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
