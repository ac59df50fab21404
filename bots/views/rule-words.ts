/**
 * A rule in words, for people who do not read its language: one sentence for each clause and one for
 * what protects a position. Nothing is left out and nothing is guessed: the words say what the text says.
 */
import { Fault } from "../../src/domain/fault.ts";
import { INDICATORS } from "../../src/domain/indicator.ts";
import { Decimal, decimalText } from "../../src/domain/money.ts";
import type { Condition, Protections, Rule, Series } from "../../src/domain/rule.ts";
import type { Timeframe } from "../../src/domain/timeframe.ts";
import { parseRule } from "../../src/rules/parse.ts";
import type { Reader } from "./reader.ts";

/** Those of a stored rule; none when it cannot be read any more. */
export function storedRuleWords(
  reader: Reader,
  { ruleText, timeframe }: { readonly ruleText: string; readonly timeframe: Timeframe },
): readonly string[] {
  try {
    return ruleWords(reader, parseRule(ruleText, { timeframe, quoteAsset: reader.quoteAsset }));
  } catch (error) {
    if (error instanceof Fault) return [];
    throw error;
  }
}

/** Sentences in the order of the rule; at least an entry and what is staked. */
export function ruleWords(reader: Reader, rule: Rule): readonly string[] {
  const clauses = [
    ["words-enter-long", rule.enterLong],
    ["words-exit-long", rule.exitLong],
    ["words-enter-short", rule.enterShort],
    ["words-exit-short", rule.exitShort],
  ] as const;
  const sentences = clauses.flatMap(([key, condition]) =>
    condition === null ? [] : [reader.text(key, { condition: conditionWords(reader, condition) })],
  );
  return [...sentences, ...protectionWords(reader, rule)];
}

/** A condition as it stands after "when". */
export function conditionWords(reader: Reader, condition: Condition): string {
  switch (condition.kind) {
    case "compare":
    case "cross":
    case "trend":
      return clauseWords(reader, condition, "words");
    case "and":
    case "or": {
      const parts = condition.operands.map((part) => operandWords(reader, part, condition.kind));
      return parts.join(` ${reader.text(`words-${condition.kind}`)} `);
    }
    case "not":
      return denied(reader, condition.operand);
  }
}

/** In brackets where a reader could take the parts for those of the whole. */
function operandWords(reader: Reader, part: Condition, within: "and" | "or"): string {
  const words = conditionWords(reader, part);
  const mixes = (part.kind === "and" || part.kind === "or") && part.kind !== within;
  return mixes ? `(${words})` : words;
}

/** "does not cross" for one clause; "not all of (…)" for several. */
function denied(reader: Reader, operand: Condition): string {
  switch (operand.kind) {
    case "compare":
    case "cross":
    case "trend":
      return clauseWords(reader, operand, "words-not");
    case "not":
      return conditionWords(reader, operand.operand);
    case "and":
    case "or":
      return reader.text(operand.kind === "and" ? "words-not-all" : "words-not-any", {
        conditions: conditionWords(reader, operand),
      });
  }
}

const COMPARISONS = { "<": "below", "<=": "at-most", ">": "above", ">=": "at-least" } as const;

function clauseWords(
  reader: Reader,
  clause: Extract<Condition, { kind: "compare" | "cross" | "trend" }>,
  prefix: "words" | "words-not",
): string {
  if (clause.kind === "trend") {
    const series = seriesWords(reader, clause.operand);
    return reader.text(`${prefix}-${clause.direction}`, { series, candles: clause.candles });
  }
  const { left, right } = clause;
  const sides = { left: besideWords(reader, left, right), right: besideWords(reader, right, left) };
  const key = clause.kind === "cross" ? `cross-${clause.direction}` : COMPARISONS[clause.operator];
  return reader.text(`${prefix}-${key}`, sides);
}

/** A plain number beside `profit` is a percentage, beside `held` a time. */
function besideWords(reader: Reader, series: Series, other: Series): string {
  if (series.kind !== "number") return seriesWords(reader, series);
  if (other.kind === "held") return reader.duration(series.value);
  const number = numberWords(reader, series.value);
  return other.kind === "profit" ? `${number} %` : number;
}

/** A series as it stands in a sentence. */
export function seriesWords(reader: Reader, series: Series): string {
  switch (series.kind) {
    case "number":
      return numberWords(reader, series.value);
    case "price":
      return reader.text(`words-price-${series.field}`);
    case "profit":
    case "held":
      return reader.text(`words-${series.kind}`);
    case "indicator":
      return indicatorWords(reader, series);
    case "offset": {
      const { candles, operand } = series;
      return reader.text("words-offset", { series: tight(reader, operand), candles });
    }
    case "at": {
      const { timeframe, operand } = series;
      return reader.text("words-at", { series: tight(reader, operand), timeframe });
    }
    case "negate":
      return `−${tight(reader, series.operand)}`;
    case "arithmetic":
      return `${tight(reader, series.left)} ${SIGNS[series.operator]} ${tight(reader, series.right)}`;
  }
}

const SIGNS = { "+": "+", "-": "−", "*": "×", "/": "÷" } as const;

/** In brackets where something is done to the whole of it. */
function tight(reader: Reader, series: Series): string {
  const words = seriesWords(reader, series);
  return series.kind === "arithmetic" || series.kind === "negate" ? `(${words})` : words;
}

/** Names up to this long are abbreviations. */
const ABBREVIATION = 5;

function indicatorWords(
  reader: Reader,
  { name, params, source, output }: Extract<Series, { kind: "indicator" }>,
): string {
  const title =
    name.length <= ABBREVIATION
      ? name.toUpperCase()
      : `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  // A decimal comma would read as one more number: parameters are written as in the rule.
  const call = params.length === 0 ? title : `${title}(${params.join(", ")})`;
  const isClose = source === null || (source.kind === "price" && source.field === "close");
  const read = isClose
    ? call
    : reader.text("words-source", { indicator: call, series: tight(reader, source) });
  const outputs = INDICATORS.get(name)?.outputs ?? [];
  if (outputs.length === 1 || (output === outputs[0] && output === name)) return read;
  const part = reader.text(`output-${output}`);
  return reader.text("words-output", { output: part, indicator: read });
}

function protectionWords(reader: Reader, rule: Rule): readonly string[] {
  const { protections } = rule;
  const { stopLossPercent, takeProfitPercent, trailingStop, maxHoldMs, cooldownMs } = protections;
  const percent = (value: string): string => `${reader.amount(value)} %`;
  const parts: string[] = [];
  if (stopLossPercent !== null) {
    parts.push(reader.text("words-stop", { percent: percent(stopLossPercent) }));
  }
  if (takeProfitPercent !== null) {
    parts.push(reader.text("words-take", { percent: percent(takeProfitPercent) }));
  }
  if (trailingStop !== null) {
    const { distancePercent, afterPercent } = trailingStop;
    const key = afterPercent === "0" ? "words-trail" : "words-trail-after";
    const facts = { percent: percent(distancePercent), after: percent(afterPercent) };
    parts.push(reader.text(key, facts));
  }
  if (maxHoldMs !== null)
    parts.push(reader.text("words-max", { held: reader.duration(maxHoldMs) }));
  const staysLong = rule.enterLong !== null && rule.exitLong === null;
  const staysShort = rule.enterShort !== null && rule.exitShort === null;
  const isLeft = parts.length === 0 && (staysLong || staysShort);
  return [
    ...(parts.length > 0 ? [reader.text("words-protections", { parts: parts.join(", ") })] : []),
    ...(isLeft ? [reader.text("words-no-exit")] : []),
    ...(cooldownMs > 0
      ? [reader.text("words-cooldown", { time: reader.duration(cooldownMs) })]
      : []),
    sizeWords(reader, protections),
  ];
}

function sizeWords(reader: Reader, { size }: Protections): string {
  if (size.kind === "quote") return reader.text("words-size", { size: reader.money(size.amount) });
  if (size.percent === "100") return reader.text("words-size-all");
  return reader.text("words-size-share", { percent: `${reader.amount(size.percent)} %` });
}

/** With all its decimals, however small. */
function numberWords(reader: Reader, value: number): string {
  return reader.amount(decimalText(new Decimal(value)));
}
