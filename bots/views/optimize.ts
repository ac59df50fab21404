/**
 * What a search over a rule's numbers found: the best rule ready to copy, in sample and out of sample
 * beside each other, the unoptimised middle, and how much of it is luck.
 */
import type { OptimizeAnswer } from "../../src/app/optimizations.ts";
import type { Reader } from "./reader.ts";
import { NOTHING } from "./reader.ts";
import { listOf, type Block, type Button, type Column, type Draft } from "./reply.ts";

type Verdict = OptimizeAnswer["verdict"];
type Variant = Verdict["middle"];
type Side = Variant["inSample"];

const RANKED = 5;
/** Deflated Sharpe ratio from which a result is called good. */
const CONVINCING = 0.95;

export function optimizeView(reader: Reader, answer: OptimizeAnswer): Draft {
  const { instrument, timeframe, set, verdict } = answer;
  const [best = verdict.middle] = verdict.ranking;
  const title = reader.text("optimize-title", { symbol: instrument.symbol, timeframe });
  return {
    tone: toneOf(verdict, best),
    blocks: [
      { kind: "title", text: title },
      { kind: "text", text: summary(reader, answer, best) },
      { kind: "code", text: best.ruleText },
      comparison(reader, best, verdict.middle),
      { kind: "text", text: luck(reader, verdict, set.ruleTexts.length) },
      { kind: "text", text: reader.text("optimize-ranking") },
      ranking(reader, answer),
      { kind: "text", text: reader.text("optimize-windows") },
      windows(reader, answer),
      listOf(remarks(reader, answer)),
    ],
    buttons: [[testButton(reader, answer, best)]],
  };
}

/** What it answers stands below: the search took long. */
function testButton(
  reader: Reader,
  { instrument: { symbol }, timeframe }: OptimizeAnswer,
  { ruleText }: Variant,
): Button {
  const what = `symbol=${symbol} timeframe=${timeframe} ${ruleText}`;
  const label = reader.text("button-backtest");
  return { label, command: "backtest", args: { what }, style: "plain", below: true };
}

function toneOf({ luck: found }: Verdict, best: Variant): Draft["tone"] {
  if (best.outOfSample.returnPercent <= 0) return "bad";
  return typeof found !== "string" && found.confidence >= CONVINCING ? "good" : "warning";
}

function summary(reader: Reader, { set, verdict }: OptimizeAnswer, best: Variant): string {
  return reader.text("optimize-verdict", {
    tried: set.ruleTexts.length,
    out: percent(reader, best.outOfSample.returnPercent),
    in: percent(reader, best.inSample.returnPercent),
    trades: best.outOfSample.trades,
    middle: percent(reader, verdict.middle.outOfSample.returnPercent),
  });
}

function luck(reader: Reader, { luck: found }: Verdict, tried: number): string {
  if (typeof found === "string") {
    const why = reader.text(`missing-${found.replaceAll(" ", "-")}`);
    return reader.text("optimize-luck-unknown", { why });
  }
  return reader.text("optimize-luck", {
    tried,
    lucky: reader.sum(String(found.luckySharpe)),
    sharpe: reader.sum(String(found.sharpe)),
    confidence: reader.share(found.confidence, 1),
  });
}

function comparison(reader: Reader, best: Variant, middle: Variant): Block {
  const row = (label: string, side: Side) => [
    reader.text(label),
    percent(reader, side.returnPercent),
    percent(reader, -side.maxDrawdownPercent),
    reader.integer(side.trades),
    typeof side.sharpe === "string" ? NOTHING : reader.sum(String(side.sharpe)),
  ];
  return table(
    [
      [reader.text("column-figure"), "left", 1],
      [reader.text("column-return"), "right", 1],
      [reader.text("figure-drawdown"), "right", 3],
      [reader.text("column-trades"), "right", 2],
      [reader.text("figure-sharpe"), "right", 4],
    ],
    [
      row("optimize-best-in", best.inSample),
      row("optimize-best-out", best.outOfSample),
      row("optimize-middle-in", middle.inSample),
      row("optimize-middle-out", middle.outOfSample),
    ],
  );
}

function ranking(reader: Reader, answer: OptimizeAnswer): Block {
  const rows = answer.verdict.ranking
    .slice(0, RANKED)
    .map(({ ruleText, inSample, outOfSample }) => [
      valuesOf(answer, ruleText),
      percent(reader, inSample.returnPercent),
      percent(reader, outOfSample.returnPercent),
    ]);
  return table(choiceColumns(reader), rows);
}

function windows(reader: Reader, answer: OptimizeAnswer): Block {
  const rows = answer.verdict.windows.map(({ ruleText, inSample, outOfSample }) => [
    valuesOf(answer, ruleText),
    percent(reader, inSample.returnPercent),
    percent(reader, outOfSample.returnPercent),
  ]);
  return table(choiceColumns(reader), rows);
}

function choiceColumns(reader: Reader): readonly ColumnRow[] {
  return [
    [reader.text("column-values"), "left", 1],
    [reader.text("column-in"), "right", 1],
    [reader.text("column-out"), "right", 1],
  ];
}

/** What stands in the ranges' places. */
function valuesOf({ set }: OptimizeAnswer, ruleText: string): string {
  return (set.values[set.ruleTexts.indexOf(ruleText)] ?? []).join(", ");
}

function remarks(reader: Reader, { set, verdict, complete }: OptimizeAnswer): readonly string[] {
  const { parts } = verdict.middle;
  const tried = set.ruleTexts.length;
  const isSampled = set.combinations > tried;
  return [
    `${reader.dateTime(parts[0]?.from ?? null)} - ${reader.dateTime(parts.at(-1)?.until ?? null)}`,
    reader.text("optimize-tried", { tried, combinations: isSampled ? set.combinations : 0 }),
    reader.text("optimize-winners", { share: reader.share(verdict.winningShare, 1) }),
    reader.text("optimize-chosen", { result: percent(reader, verdict.chosenReturnPercent) }),
    ...(complete ? [] : [reader.text("backtest-incomplete")]),
    reader.text("optimize-next"),
    reader.text("backtest-caution"),
  ];
}

type ColumnRow = readonly [Column["title"], Column["align"], Column["priority"]];

function table(columns: readonly ColumnRow[], rows: readonly (readonly string[])[]): Block {
  const heads = columns.map(([title, align, priority]) => ({ title, align, priority }));
  return { kind: "table", table: { columns: heads, rows } };
}

function percent(reader: Reader, value: number): string {
  return reader.percent(String(value));
}
