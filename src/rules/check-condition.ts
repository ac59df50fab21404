/**
 * Checks truths and builds them in canonical form. Every function returns null once it has noted a
 * problem.
 */
import type { Condition, Series } from "../domain/rule.ts";
import { durationOf } from "./check-protections.ts";
import { lookbackOf, noteLookback, positionUnit, seriesOf } from "./check-series.ts";
import { isConstant, junctionOf, offsetOf, shifted } from "./form.ts";
import { MAX_LOOKBACK_CANDLES } from "./limits.ts";
import type { Scope } from "./scope.ts";
import { joinSpans } from "./syntax.ts";
import type { Expression, Literal } from "./syntax.ts";

type Node<Kind extends Expression["kind"]> = Extract<Expression, { kind: Kind }>;

/** The condition an expression stands for. */
export function conditionOf(node: Expression, scope: Scope): Condition | null {
  switch (node.kind) {
    case "compare":
      return comparison(node, scope);
    case "cross":
      return crossing(node, scope);
    case "trend":
      return trend(node, scope);
    case "not": {
      const operand = conditionOf(node.operand, scope);
      return operand === null ? null : { kind: "not", operand };
    }
    case "and":
    case "or":
      return junction(
        node.kind,
        node.operands.map((operand) => conditionOf(operand, scope)),
      );
    default:
      scope.problems.add("rule-condition-expected", node.at);
      return null;
  }
}

function junction(kind: "and" | "or", operands: readonly (Condition | null)[]): Condition | null {
  const good = operands.filter((operand) => operand !== null);
  return good.length === operands.length ? junctionOf(kind, good) : null;
}

/** One side of a comparison, read once even when it stands between two signs. */
interface Operand {
  readonly node: Expression;
  /** For `profit` and `held`, the unit they are compared in. */
  readonly unit: "percent" | "duration" | undefined;
  /** Null for a literal until the other side tells its unit, and once a problem was noted. */
  readonly series: Series | null;
}

/** `a < b <= c` means `a < b and b <= c`. */
function comparison(node: Node<"compare">, scope: Scope): Condition | null {
  const operands = node.operands.map((operand) => readOperand(operand, scope));
  const pairs = node.operators.map((operator, index) => {
    const [left, right] = operands.slice(index, index + 2);
    if (left === undefined || right === undefined) return null;
    const compared = pair(left, right, scope);
    return compared === null
      ? null
      : ({ kind: "compare", operator: operator.text, ...compared } as const);
  });
  return junction("and", pairs);
}

function readOperand(node: Expression, scope: Scope): Operand {
  const plain = node.kind === "name" && node.arguments === null && node.output === null;
  const unit = plain ? positionUnit(node) : undefined;
  if (node.kind === "literal") return { node, unit: undefined, series: null };
  if (unit === undefined) return { node, unit, series: seriesOf(node, scope) };
  if (scope.inExit) return { node, unit, series: { kind: unit === "percent" ? "profit" : "held" } };
  scope.problems.add("rule-exit-only", node.at);
  return { node, unit, series: null };
}

function pair(left: Operand, right: Operand, scope: Scope): { left: Series; right: Series } | null {
  const leftSeries = left.series ?? literalSeries(left, right, scope);
  const rightSeries = right.series ?? literalSeries(right, left, scope);
  if (leftSeries === null || rightSeries === null) return null;
  const clash = unitClash(left, right) ?? unitClash(right, left);
  if (clash !== null) {
    scope.problems.add("rule-unit", clash.node.at, { expected: clash.expected });
    return null;
  }
  if (isConstant(leftSeries) && isConstant(rightSeries)) {
    scope.problems.add("rule-constant", joinSpans(left.node.at, right.node.at));
    return null;
  }
  return { left: leftSeries, right: rightSeries };
}

/** A literal as the other side wants it: `6` and `6%` beside profit, `12h` beside held. */
function literalSeries({ node }: Operand, other: Operand, scope: Scope): Series | null {
  if (node.kind !== "literal") return null;
  if (other.unit === undefined) return seriesOf(node, scope);
  if (!suits(node, other.unit)) {
    scope.problems.add("rule-unit", node.at, { expected: other.unit });
    return null;
  }
  const value = node.unit === "duration" ? durationOf(node, 0, scope.problems) : node.value;
  return { kind: "number", value };
}

const suits = (literal: Literal, unit: "percent" | "duration"): boolean =>
  literal.unit === unit || (literal.unit === "number" && unit === "percent");

/** A position's figure is compared with a literal and nothing else. */
function unitClash(figure: Operand, other: Operand): { node: Expression; expected: string } | null {
  if (figure.unit === undefined || other.node.kind === "literal") return null;
  return { node: other.node, expected: figure.unit };
}

function crossing(node: Node<"cross">, scope: Scope): Condition | null {
  const left = seriesOf(node.left, scope);
  const right = seriesOf(node.right, scope);
  if (left === null || right === null) return null;
  if (isConstant(left) && isConstant(right)) {
    scope.problems.add("rule-constant", node.at);
    return null;
  }
  const direction = node.direction.text;
  return { kind: "cross", direction, left, right };
}

function trend(node: Node<"trend">, scope: Scope): Condition | null {
  const operand = seriesOf(node.operand, scope);
  const candles = node.candles === null ? 1 : lookbackOf(node.candles, 1, scope);
  if (operand === null || candles === null) return null;
  if (isConstant(operand)) {
    scope.problems.add("rule-constant", node.at);
    return null;
  }
  const direction = node.direction.text;
  if (operand.kind === "at") {
    if (offsetOf(operand) + candles <= MAX_LOOKBACK_CANDLES) {
      return foreignTrend(operand, direction, candles);
    }
    noteLookback(node.candles?.at ?? node.at, 1, scope);
    return null;
  }
  return { kind: "trend", direction, operand, candles };
}

/**
 * `x@4h rising 2` counts candles of 4h, between which x@4h stands still on a shorter timeframe. So
 * it is spelled out: `x@4h > x[1]@4h and x[1]@4h > x[2]@4h`.
 */
function foreignTrend(
  operand: Series,
  direction: "rising" | "falling",
  candles: number,
): Condition | null {
  const operator = direction === "rising" ? ">" : "<";
  const steps = Array.from({ length: candles }, (_, ago): Condition => {
    const left = shifted(operand, ago);
    return { kind: "compare", operator, left, right: shifted(operand, ago + 1) };
  });
  return junctionOf("and", steps);
}
