/**
 * Checks numbers that follow the candles and builds them in canonical form. Every function returns
 * null once it has noted a problem.
 */
import { INDICATORS } from "../domain/indicator.ts";
import type { PriceField, Series } from "../domain/rule.ts";
import { isTimeframe, TIMEFRAMES, timeframeMs } from "../domain/timeframe.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import { indicatorOf } from "./check-indicator.ts";
import type { Span } from "./fault.ts";
import { isConstant, offsetOf, readsTimeframe, shifted } from "./form.ts";
import { MAX_LOOKBACK_CANDLES } from "./limits.ts";
import { nearest } from "./nearest.ts";
import type { Scope } from "./scope.ts";
import type { Expression, NameExpression, Word } from "./syntax.ts";

const PRICES = ["open", "high", "low", "close", "volume", "hl2", "hlc3", "ohlc4"] as const;
const isPrice = (name: string): name is PriceField => (PRICES as readonly string[]).includes(name);

/** Names of the position's own figures, with the unit they are compared in. */
const POSITION_UNITS: ReadonlyMap<string, "percent" | "duration"> = new Map([
  ["profit", "percent"],
  ["held", "duration"],
]);

/** The series an expression stands for. */
export function seriesOf(node: Expression, scope: Scope): Series | null {
  switch (node.kind) {
    case "literal":
      if (node.unit === "number") return { kind: "number", value: node.value };
      scope.problems.add("rule-unit", node.at, { expected: "number" });
      return null;
    case "name":
      return namedSeries(node, scope);
    case "offset":
      return offsetSeries(node, scope);
    case "at":
      return foreignSeries(node, scope);
    case "negate": {
      const operand = seriesOf(node.operand, scope);
      return operand === null ? null : { kind: "negate", operand };
    }
    case "arithmetic":
      return arithmeticSeries(node, scope);
    default:
      scope.problems.add("rule-series-expected", node.at);
      return null;
  }
}

/** What `n` in `x[n]` or `rising n` says. Null when it is not a whole number in bounds. */
export function lookbackOf(word: Word, least: number, scope: Scope): number | null {
  const candles = Number(word.text);
  if (Number.isInteger(candles) && candles >= least && candles <= MAX_LOOKBACK_CANDLES) {
    return candles;
  }
  noteLookback(word.at, least, scope);
  return null;
}

/** The unit `profit` or `held` is compared in; undefined for every other expression. */
export function positionUnit(node: Expression): "percent" | "duration" | undefined {
  return node.kind === "name" ? POSITION_UNITS.get(node.name.text) : undefined;
}

/** Notes that `n` reaches further back than allowed, or not back at all. */
export function noteLookback(at: Span, least: number, scope: Scope): void {
  const expected = `${least}..${MAX_LOOKBACK_CANDLES}`;
  scope.problems.add("rule-lookback-range", at, { expected });
}

function namedSeries(node: NameExpression, scope: Scope): Series | null {
  const name = node.name.text;
  const spec = INDICATORS.get(name);
  if (spec !== undefined) return indicatorOf(node, spec, scope, seriesOf);
  const unit = POSITION_UNITS.get(name);
  if (unit === undefined && !isPrice(name)) {
    const known = [...INDICATORS.keys(), ...PRICES, ...(scope.inExit ? POSITION_UNITS.keys() : [])];
    scope.problems.add("rule-unknown-indicator", node.name.at, {
      suggestion: nearest(name, known),
    });
    return null;
  }
  if (node.arguments !== null || node.output !== null) {
    scope.problems.add("rule-not-an-indicator", node.name.at);
    return null;
  }
  if (isPrice(name)) return { kind: "price", field: name };
  if (scope.inExit) {
    scope.problems.add("rule-position-misplaced", node.at, { expected: unit ?? null });
  } else scope.problems.add("rule-exit-only", node.at);
  return null;
}

function offsetSeries(node: Extract<Expression, { kind: "offset" }>, scope: Scope): Series | null {
  const operand = seriesOf(node.operand, scope);
  const candles = lookbackOf(node.candles, 0, scope);
  if (operand === null || candles === null || isRefusedConstant(operand, node, scope)) return null;
  if (operand.kind !== "at" && readsTimeframe(operand)) {
    scope.problems.add("rule-offset-mixed", node.at);
    return null;
  }
  if (offsetOf(operand) + candles > MAX_LOOKBACK_CANDLES) {
    noteLookback(node.candles.at, 0, scope);
    return null;
  }
  return shifted(operand, candles);
}

function foreignSeries(node: Extract<Expression, { kind: "at" }>, scope: Scope): Series | null {
  const operand = seriesOf(node.operand, scope);
  const timeframe = timeframeOf(node.timeframe, scope);
  if (operand === null || timeframe === null || isRefusedConstant(operand, node, scope)) {
    return null;
  }
  if (readsTimeframe(operand)) {
    scope.problems.add("rule-timeframe-nested", node.at);
    return null;
  }
  return { kind: "at", operand, timeframe };
}

function timeframeOf({ text, at }: Word, scope: Scope): Timeframe | null {
  const own = scope.timeframe;
  if (!isTimeframe(text)) {
    const suggestion = nearest(text, TIMEFRAMES);
    scope.problems.add("rule-unknown-timeframe", at, {
      expected: TIMEFRAMES.join(" "),
      suggestion,
    });
    return null;
  }
  if (own !== null && timeframeMs(text) < timeframeMs(own)) {
    const allowed = TIMEFRAMES.filter((timeframe) => timeframeMs(timeframe) >= timeframeMs(own));
    scope.problems.add("rule-timeframe-shorter", at, { expected: allowed.join(" ") });
    return null;
  }
  return text;
}

function isRefusedConstant(operand: Series, node: Expression, scope: Scope): boolean {
  const constant = isConstant(operand);
  if (constant) scope.problems.add("rule-constant", node.at);
  return constant;
}

function arithmeticSeries(
  node: Extract<Expression, { kind: "arithmetic" }>,
  scope: Scope,
): Series | null {
  const left = seriesOf(node.left, scope);
  const right = seriesOf(node.right, scope);
  if (left === null || right === null) return null;
  const operator = node.operator.text;
  if (operator === "/" && right.kind === "number" && right.value === 0) {
    scope.problems.add("rule-division-by-zero", node.right.at);
    return null;
  }
  return { kind: "arithmetic", operator, left, right };
}
