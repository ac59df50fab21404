/**
 * What is drawn over a market's candles: the numbers of a strategy's rule, or indicators a person
 * named, those of the rule language and those only charts know.
 */
import { chartIndicator, CHART_INDICATORS } from "../charts/catalogue-indicators.ts";
import type { MarketChart } from "../charts/market-chart.ts";
import type { Candle } from "../domain/candle.ts";
import { Fault } from "../domain/fault.ts";
import type { Condition, Rule } from "../domain/rule.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import { timeframeMs } from "../domain/timeframe.ts";
import { type RuleLines, ruleLines, type RuleSeries } from "../engine/charting/rule-series.ts";
import { PRICE, VOLUME } from "../engine/charting/series-scale.ts";
import { RuleFault } from "../rules/fault.ts";
import { parseRule } from "../rules/parse.ts";

type Line = MarketChart["overlays"][number];
export type MarketLines = Pick<MarketChart, "overlays" | "volumeLines" | "panes">;

/** Indicators a person may name for one chart. */
export const MAX_NAMED = 6;

/** What a person asked to see. */
export interface NamedIndicators {
  /** A rule that compares each with nothing in particular; null when all are the charts' own. */
  readonly rule: Rule | null;
  /** Of CHART_INDICATORS. */
  readonly own: readonly string[];
}

/**
 * Reads "ema(50) rsi(14) kst". Faults: chart-indicator {text} for what is none,
 * chart-too-many-indicators {limit}.
 */
export function namedIndicators(text: string, timeframe: Timeframe): NamedIndicators {
  const words = wordsOf(text);
  if (words.length > MAX_NAMED) {
    throw new Fault("chart-too-many-indicators", { limit: MAX_NAMED });
  }
  const read = words.filter((word) => !isOwn(word)).map((word) => ruleAround(word, timeframe));
  const conditions = read.flatMap(({ enterLong }) => (enterLong === null ? [] : [enterLong]));
  const [first] = read;
  const own = words.filter(isOwn).map((word) => word.toLowerCase());
  if (first === undefined) return { rule: null, own };
  const enterLong: Condition = { kind: "and", operands: conditions };
  return { rule: { ...first, enterLong }, own };
}

function isOwn(word: string): boolean {
  return CHART_INDICATORS.some(({ name }) => name === word.toLowerCase());
}

/** Words are parted by blanks and commas outside of parentheses. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let [word, depth] = ["", 0];
  for (const letter of `${text} `) {
    if (letter === "(") depth++;
    if (letter === ")") depth--;
    const parts = depth <= 0 && /[\s,+]/.test(letter);
    if (!parts) word += letter;
    else {
      if (word !== "") words.push(word);
      word = "";
    }
  }
  return word === "" ? words : [...words, word.trim()];
}

/** A rule that reads it and compares it with nothing. */
function ruleAround(word: string, timeframe: Timeframe): Rule {
  const refused = (cause?: unknown) =>
    new Fault("chart-indicator", { text: word.slice(0, 40) }, { cause });
  try {
    const rule = parseRule(`enter long when ${word} > 1`, { timeframe });
    const condition = rule.enterLong;
    if (condition?.kind !== "compare") throw refused();
    const { left: operand } = condition;
    return { ...rule, enterLong: { kind: "trend", direction: "rising", operand, candles: 1 } };
  } catch (error) {
    throw error instanceof RuleFault ? refused(error) : error;
  }
}

export interface LinesOf {
  readonly rule: Rule | null;
  readonly own: readonly string[];
  readonly timeframe: Timeframe;
  /** History included. */
  readonly candles: readonly Candle[];
  readonly higher: Readonly<Partial<Record<Timeframe, readonly Candle[]>>>;
  /** How many of the newest candles are shown. */
  readonly shown: number;
}

/** Computed in slices with a rest between them: nothing else of the process waits for a chart. */
export async function marketLines(of: LinesOf): Promise<MarketLines> {
  const computed = of.rule === null ? null : await rested(ruleLines(of.rule, of));
  const times = of.candles.slice(-of.shown).map(({ openTime }) => openTime);
  const half = timeframeMs(of.timeframe) / 2;
  const centres = times.map((time) => time + half);
  const drawn = (series: RuleSeries): Line => ({
    label: series.label,
    family: series.family,
    line: { times: centres, values: Array.from(series.values.subarray(-of.shown)) },
    dotted: series.label.startsWith("psar"),
    filled: series.output === "histogram",
  });
  const all = computed?.series ?? [];
  const on = (scale: string) => all.filter((one) => one.scale === scale).map(drawn);
  const scales = [...new Set(all.map(({ scale }) => scale))];
  const panes = scales
    .filter((scale) => scale !== PRICE && scale !== VOLUME)
    .map((scale) => ({ lines: on(scale), thresholds: thresholdsOf(computed, scale) }));
  const named = of.own.map((name) => ({ lines: ownLines(name, of, centres), thresholds: [] }));
  return { overlays: on(PRICE), volumeLines: on(VOLUME), panes: [...panes, ...named] };
}

function thresholdsOf(lines: RuleLines | null, scale: string): readonly number[] {
  return lines?.thresholds.get(scale) ?? [];
}

function ownLines(name: string, { candles, shown }: LinesOf, centres: number[]): readonly Line[] {
  const outputs = [...chartIndicator(name, [], candles.slice(-MAX_OWN_CANDLES))];
  return outputs.map(([output, values]) => ({
    label: outputs.length === 1 ? name : `${name} ${output}`,
    family: name,
    line: { times: centres, values: values.slice(-shown).map((value) => value ?? NaN) },
    dotted: false,
    filled: false,
  }));
}

/** History that is enough for indicators outside the rule language. */
const MAX_OWN_CANDLES = 400;

async function rested(work: Generator<void, RuleLines, void>): Promise<RuleLines> {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
