/**
 * The numbers a rule looks at, candle by candle, for pictures. They come from the engine's own graph,
 * so a picture shows the very values that decide.
 */
import type { Candle } from "../../domain/candle.ts";
import { INDICATORS } from "../../domain/indicator.ts";
import type { Condition, Rule, Series } from "../../domain/rule.ts";
import { timeframeMs, type Timeframe } from "../../domain/timeframe.ts";
import { partsOf } from "../../rules/form.ts";
import { printSeries } from "../../rules/print.ts";
import { HigherCandles } from "../backtest-higher.ts";
import { emptyBar, readCandle } from "../market/candle-series.ts";
import { SymbolMarket } from "../market/symbol-market.ts";
import { type Scale, scaleOf } from "./series-scale.ts";

export interface RuleSeries {
  /** As the printer writes it: "bb(20, 2).upper". */
  readonly label: string;
  /** The same without the output: "bb(20, 2)". */
  readonly family: string;
  readonly scale: Scale;
  /** Which output of its indicator it is; null for anything composed. */
  readonly output: string | null;
  /** One for each candle, NaN while warming up. */
  readonly values: Float64Array;
}

export interface RuleLines {
  readonly series: readonly RuleSeries[];
  /** Numbers that the rule compares a scale's series with, by scale: the 30 and 70 of an RSI. */
  readonly thresholds: ReadonlyMap<Scale, readonly number[]>;
}

export interface RuleCandles {
  readonly timeframe: Timeframe;
  /** Of that timeframe, oldest first, history included. */
  readonly candles: readonly Candle[];
  /** Longer ones the rule reads; summed from the candles where they are missing. */
  readonly higher: Readonly<Partial<Record<Timeframe, readonly Candle[]>>>;
}

/** Candles between two rests. */
const SLICE = 100;

/**
 * Every distinct series of the rule that contains an indicator, in the order of the rule. Thousands of
 * candles take a while; it rests now and then, so that others may have a turn.
 */
export function* ruleLines(rule: Rule, candles: RuleCandles): Generator<void, RuleLines, void> {
  const found = new Map<string, Series>();
  const thresholds = new Map<Scale, Set<number>>();
  for (const condition of conditionsOf(rule)) {
    for (const sides of comparisonsIn(condition)) {
      for (const side of sides) {
        if (!hasIndicator(side)) continue;
        for (const series of siblingsOf(side)) found.set(printSeries(series), series);
        noteThresholds(thresholds, scaleOf(side), sides);
      }
    }
  }
  const columns = yield* evaluate([...found.values()], candles);
  return {
    series: [...found].map(([label, series], index) => ({
      label,
      family: label.replace(`.${outputOf(series)}`, ""),
      scale: scaleOf(series),
      output: outputOf(series),
      values: columns[index] ?? new Float64Array(candles.candles.length).fill(NaN),
    })),
    thresholds: new Map([...thresholds].map(([scale, values]) => [scale, [...values]])),
  };
}

function conditionsOf({ enterLong, enterShort, exitLong, exitShort }: Rule): Condition[] {
  return [enterLong, enterShort, exitLong, exitShort].filter((it) => it !== null);
}

/** The numbers that are compared with each other, of every comparison in a condition. */
function comparisonsIn(condition: Condition): readonly (readonly Series[])[] {
  switch (condition.kind) {
    case "and":
    case "or":
      return condition.operands.flatMap(comparisonsIn);
    case "not":
      return comparisonsIn(condition.operand);
    case "compare":
    case "cross":
      return [[condition.left, condition.right]];
    case "trend":
      return [[condition.operand]];
  }
}

function hasIndicator(series: Series): boolean {
  return series.kind === "indicator" || partsOf(series).some(hasIndicator);
}

/** A band is drawn whole: with an indicator come its other outputs on the same scale. */
function siblingsOf(series: Series): readonly Series[] {
  if (series.kind === "at") {
    const { timeframe } = series;
    return siblingsOf(series.operand).map((operand) => ({ kind: "at", operand, timeframe }));
  }
  if (series.kind !== "indicator") return [series];
  const outputs = INDICATORS.get(series.name)?.outputs ?? [series.output];
  const scale = scaleOf(series);
  return outputs
    .map((output) => ({ ...series, output }))
    .filter((sibling) => scaleOf(sibling) === scale);
}

function outputOf(series: Series): string | null {
  if (series.kind === "at") return outputOf(series.operand);
  return series.kind === "indicator" ? series.output : null;
}

function noteThresholds(
  thresholds: Map<Scale, Set<number>>,
  scale: Scale,
  sides: readonly Series[],
): void {
  for (const side of sides) {
    if (side.kind !== "number") continue;
    const known = thresholds.get(scale) ?? new Set<number>();
    thresholds.set(scale, known.add(side.value));
  }
}

function* evaluate(
  all: readonly Series[],
  { timeframe, candles, higher }: RuleCandles,
): Generator<void, readonly Float64Array[], void> {
  const market = new SymbolMarket(candles[0]?.symbol ?? "", timeframe);
  const group = market.group(timeframe);
  const nodes = all.map((series) => group.graph.retain(group.graph.series(series)));
  const longer = [...group.graph.foreignTimeframes].map(
    (one) => new HigherCandles(one, higher[one] ?? []),
  );
  const columns = nodes.map(() => new Float64Array(candles.length));
  const bar = emptyBar();
  const take = (candle: Candle): void => {
    market.group(candle.timeframe).append(readCandle(candle, bar));
  };
  for (const [index, candle] of candles.entries()) {
    if (index % SLICE === SLICE - 1) yield;
    for (const one of longer) {
      one.ended(candle.openTime, take);
      one.add(candle);
      one.ended(candle.openTime + timeframeMs(timeframe), take);
    }
    take(candle);
    for (const [i, node] of nodes.entries()) {
      const column = columns[i];
      if (column !== undefined) column[index] = node.value;
    }
  }
  return columns;
}
