/**
 * Exit conditions that speak of the position itself (`profit`, `held`). What they say of the market
 * is left to the shared graph; only the rest is computed per cohort.
 */
import type { Condition, Series } from "../../domain/rule.ts";
import { and, compare, not, or } from "../market/condition-node.ts";
import type { ConditionGraph } from "../market/condition-graph.ts";
import { calculate, type Node } from "../market/node.ts";

export interface PositionFacts {
  /** Percent of the entry price, before fees. */
  readonly profitPercent: number;
  readonly heldMs: number;
}

/** A truth (1, 0, NaN) that may depend on the position. */
export interface PositionCondition {
  readonly nodes: readonly Node[];
  readonly truth: (facts: PositionFacts) => number;
}

/** True when the condition has `profit` or `held` in it. */
export function speaksOfPosition(part: Condition | Series): boolean {
  switch (part.kind) {
    case "profit":
    case "held":
      return true;
    case "number":
    case "price":
      return false;
    case "indicator":
      return part.source !== null && speaksOfPosition(part.source);
    case "offset":
    case "at":
    case "negate":
    case "trend":
    case "not":
      return speaksOfPosition(part.operand);
    case "compare":
    case "cross":
    case "arithmetic":
      return speaksOfPosition(part.left) || speaksOfPosition(part.right);
    case "and":
    case "or":
      return part.operands.some(speaksOfPosition);
  }
}

/** Compiles an exit condition; its nodes are retained in the graph and listed for release. */
export function compilePositionCondition(
  condition: Condition,
  graph: ConditionGraph,
): PositionCondition {
  const nodes: Node[] = [];
  const shared = (node: Node): (() => number) => {
    nodes.push(graph.retain(node));
    return () => node.value;
  };
  const truthOf = (part: Condition): ((facts: PositionFacts) => number) => {
    if (!speaksOfPosition(part)) return shared(graph.condition(part));
    switch (part.kind) {
      case "and":
      case "or": {
        const operands = part.operands.map(truthOf);
        const join = part.kind === "and" ? and : or;
        return (facts) => join(operands.map((operand) => operand(facts)));
      }
      case "not": {
        const operand = truthOf(part.operand);
        return (facts) => not(operand(facts));
      }
      case "compare": {
        const left = valueOf(part.left, graph, shared);
        const right = valueOf(part.right, graph, shared);
        return (facts) => compare(part.operator, left(facts), right(facts));
      }
      case "cross":
      case "trend":
        return () => NaN;
    }
  };
  return { truth: truthOf(condition), nodes };
}

function valueOf(
  part: Series,
  graph: ConditionGraph,
  shared: (node: Node) => () => number,
): (facts: PositionFacts) => number {
  if (!speaksOfPosition(part)) return shared(graph.series(part));
  switch (part.kind) {
    case "profit":
      return (facts) => facts.profitPercent;
    case "held":
      return (facts) => facts.heldMs;
    case "negate": {
      const operand = valueOf(part.operand, graph, shared);
      return (facts) => -operand(facts);
    }
    case "arithmetic": {
      const left = valueOf(part.left, graph, shared);
      const right = valueOf(part.right, graph, shared);
      return (facts) => calculate(part.operator, left(facts), right(facts));
    }
    default:
      return () => NaN;
  }
}
