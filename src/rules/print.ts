/**
 * The canonical printer: one text for each rule, the one that is stored, shown and compared. It
 * writes every parameter (so that a stored rule keeps its meaning if a default ever changes) and
 * leaves out what stands for itself: the source `close`, the output of an indicator with only one,
 * protections that are off, parentheses that change nothing. Reading the text back gives an equal rule.
 */
import { INDICATORS } from "../domain/indicator.ts";
import type { Condition, Protections, Rule, Series } from "../domain/rule.ts";
import { ANY_QUOTE, DEFAULT_PROTECTIONS } from "./check-protections.ts";
import { durationText, numberText } from "./print-values.ts";
import type { RuleOptions } from "./rule-options.ts";

/** A rule as text, one clause per line. A stake in quote currency names `quoteAsset`, else "quote". */
export function printRule(rule: Rule, options: Pick<RuleOptions, "quoteAsset"> = {}): string {
  const clauses = [
    ["enter long when", rule.enterLong],
    ["exit long when", rule.exitLong],
    ["enter short when", rule.enterShort],
    ["exit short when", rule.exitShort],
  ] as const;
  const lines = clauses.flatMap(([words, condition]) =>
    condition === null ? [] : [`${words} ${printCondition(condition)}`],
  );
  const protections = printProtections(rule.protections, options.quoteAsset ?? ANY_QUOTE);
  return [...lines, ...(protections === "" ? [] : [protections])].join("\n");
}

/** A condition as it stands behind `when`. */
export function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case "compare": {
      const [left, right] = comparedTexts(condition.left, condition.right);
      return `${left} ${condition.operator} ${right}`;
    }
    case "cross": {
      const { left, right, direction } = condition;
      return `${printSeries(left)} crosses ${direction} ${printSeries(right)}`;
    }
    case "trend":
      return `${printSeries(condition.operand)} ${condition.direction} ${condition.candles}`;
    case "or":
      return condition.operands.map(printCondition).join(" or ");
    case "and":
      return condition.operands
        .map((part) => (part.kind === "or" ? `(${printCondition(part)})` : printCondition(part)))
        .join(" and ");
    case "not":
      return condition.operand.kind === "not"
        ? `not ${printCondition(condition.operand)}`
        : `not (${printCondition(condition.operand)})`;
  }
}

/** A series as it stands in a condition. */
export function printSeries(series: Series): string {
  switch (series.kind) {
    case "number":
      return numberText(series.value);
    case "price":
      return series.field;
    case "profit":
    case "held":
      return series.kind;
    case "indicator":
      return printIndicator(series);
    case "offset":
      return `${printTight(series.operand)}[${series.candles}]`;
    case "at":
      return `${printTight(series.operand)}@${series.timeframe}`;
    case "negate":
      return `-${series.operand.kind === "negate" ? printSeries(series.operand) : printTight(series.operand)}`;
    case "arithmetic": {
      const { left, right, operator } = series;
      const own = precedence(operator);
      const texts = [
        strength(left) < own ? `(${printSeries(left)})` : printSeries(left),
        strength(right) <= own ? `(${printSeries(right)})` : printSeries(right),
      ];
      return texts.join(` ${operator} `);
    }
  }
}

/** Parentheses around what binds less tightly than `[n]`, `@` and unary minus. */
function printTight(series: Series): string {
  const isLoose = series.kind === "arithmetic" || series.kind === "negate";
  return isLoose ? `(${printSeries(series)})` : printSeries(series);
}

const precedence = (operator: string): number => (operator === "+" || operator === "-" ? 1 : 2);
const strength = (series: Series): number =>
  series.kind === "arithmetic" ? precedence(series.operator) : 3;

function printIndicator(series: Extract<Series, { kind: "indicator" }>): string {
  const { name, params, source, output } = series;
  const isClose = source === null || (source.kind === "price" && source.field === "close");
  const parts = [...(isClose ? [] : [printSeries(source)]), ...params.map(numberText)];
  const call = parts.length === 0 ? name : `${name}(${parts.join(", ")})`;
  return isPlainOutput(name, output) ? call : `${call}.${output}`;
}

/** The output nobody has to name: the only one, or the first one when it is called like its indicator. */
function isPlainOutput(name: string, output: string): boolean {
  const outputs = INDICATORS.get(name)?.outputs ?? [];
  return output === outputs[0] && (outputs.length === 1 || output === name);
}

/** The literal beside profit is a percentage, the one beside held a duration. */
function comparedTexts(left: Series, right: Series): [string, string] {
  return [comparedText(left, right), comparedText(right, left)];
}

function comparedText(series: Series, other: Series): string {
  if (series.kind !== "number") return printSeries(series);
  if (other.kind === "held") return durationText(series.value);
  return other.kind === "profit" ? `${numberText(series.value)}%` : numberText(series.value);
}

function printProtections(protections: Protections, quoteAsset: string): string {
  const { stopLossPercent, takeProfitPercent, trailingStop, maxHoldMs, cooldownMs, size } =
    protections;
  const parts: string[] = [];
  if (stopLossPercent !== null) parts.push(`stop ${stopLossPercent}%`);
  if (takeProfitPercent !== null) parts.push(`take ${takeProfitPercent}%`);
  if (trailingStop !== null) {
    const { distancePercent, afterPercent } = trailingStop;
    const after = afterPercent === "0" ? "" : ` after ${afterPercent}%`;
    parts.push(`trail ${distancePercent}%${after}`);
  }
  if (maxHoldMs !== null) parts.push(`max ${durationText(maxHoldMs)}`);
  if (cooldownMs !== DEFAULT_PROTECTIONS.cooldownMs) {
    parts.push(`cooldown ${durationText(cooldownMs)}`);
  }
  if (size.kind === "quote") parts.push(`size ${size.amount} ${quoteAsset}`);
  else if (size.percent !== "100") parts.push(`size ${size.percent}%`);
  return parts.join("  ");
}
