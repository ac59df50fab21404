/**
 * The canonical form of a rule: of several trees with one meaning, the one the checker builds and the
 * printer prints. Junctions have two operands at least and none of their own kind; offsets are merged,
 * at least 1, and stand inside `@`; `@` stands on no other `@` and inside no indicator; a number is
 * never negated but negative.
 */
import type { Condition, Series } from "../domain/rule.ts";

/** Joins conditions, flattening junctions of the same kind; null when there is none. */
export function junctionOf(kind: "and" | "or", conditions: readonly Condition[]): Condition | null {
  const operands = conditions.flatMap((condition) =>
    condition.kind === kind ? condition.operands : [condition],
  );
  return operands.length < 2 ? (operands[0] ?? null) : { kind, operands };
}

/** `series[candles]`, counted in the candles of the series' own timeframe. */
export function shifted(series: Series, candles: number): Series {
  if (candles === 0) return series;
  if (series.kind === "at") return { ...series, operand: shifted(series.operand, candles) };
  if (series.kind === "offset") return { ...series, candles: series.candles + candles };
  return { kind: "offset", operand: series, candles };
}

/** How far back the outermost offset reaches, in candles. */
export function offsetOf(series: Series): number {
  if (series.kind === "at") return offsetOf(series.operand);
  return series.kind === "offset" ? series.candles : 0;
}

/** True when no candle changes it. */
export function isConstant(series: Series): boolean {
  if (series.kind === "number") return true;
  return series.kind !== "indicator" && everyPart(series, isConstant);
}

/** True when some part of it is read from another timeframe. */
export function readsTimeframe(series: Series): boolean {
  return series.kind === "at" || partsOf(series).some(readsTimeframe);
}

export interface Measure {
  /** Series and conditions in it, itself included. */
  readonly nodes: number;
  /** Longest chain of nodes inside one another. */
  readonly depth: number;
}

export function measure(node: Condition | Series): Measure {
  const parts = partsOf(node).map(measure);
  return {
    nodes: 1 + parts.reduce((sum, part) => sum + part.nodes, 0),
    depth: 1 + parts.reduce((depth, part) => Math.max(depth, part.depth), 0),
  };
}

/** The series and conditions directly inside one. */
export function partsOf(node: Series): readonly Series[];
export function partsOf(node: Condition | Series): readonly (Condition | Series)[];
export function partsOf(node: Condition | Series): readonly (Condition | Series)[] {
  switch (node.kind) {
    case "number":
    case "price":
    case "profit":
    case "held":
      return [];
    case "indicator":
      return node.source === null ? [] : [node.source];
    case "offset":
    case "at":
    case "negate":
    case "trend":
    case "not":
      return [node.operand];
    case "arithmetic":
    case "compare":
    case "cross":
      return [node.left, node.right];
    case "and":
    case "or":
      return node.operands;
  }
}

function everyPart(series: Series, test: (part: Series) => boolean): boolean {
  const parts = partsOf(series);
  return parts.length > 0 && parts.every(test);
}
