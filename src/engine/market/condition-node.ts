/**
 * Truths of the shared graph. Three-valued: while an operand has no value, a condition is unknown,
 * which never fires and whose negation is unknown too (Kleene's strong logic).
 */
import { FALSE, Node, TRUE, UNKNOWN } from "./node.ts";

export type Comparison = "<" | "<=" | ">" | ">=";

export function compare(operator: Comparison, left: number, right: number): number {
  if (Number.isNaN(left) || Number.isNaN(right)) return UNKNOWN;
  switch (operator) {
    case "<":
      return left < right ? TRUE : FALSE;
    case "<=":
      return left <= right ? TRUE : FALSE;
    case ">":
      return left > right ? TRUE : FALSE;
    case ">=":
      return left >= right ? TRUE : FALSE;
  }
}

export function not(truth: number): number {
  return 1 - truth;
}

/** False wins over unknown, unknown over true. */
export function and(truths: Iterable<number>): number {
  let result: number = TRUE;
  for (const truth of truths) {
    if (truth === FALSE) return FALSE;
    if (Number.isNaN(truth)) result = UNKNOWN;
  }
  return result;
}

/** True wins over unknown, unknown over false. */
export function or(truths: Iterable<number>): number {
  let result: number = FALSE;
  for (const truth of truths) {
    if (truth === TRUE) return TRUE;
    if (Number.isNaN(truth)) result = UNKNOWN;
  }
  return result;
}

export class CompareNode extends Node {
  readonly #operator: Comparison;
  readonly #left: Node;
  readonly #right: Node;
  constructor(key: string, operator: Comparison, operands: readonly [Node, Node]) {
    super(key, operands);
    this.#operator = operator;
    [this.#left, this.#right] = operands;
  }
  protected override compute(): number {
    return compare(this.#operator, this.#left.value, this.#right.value);
  }
}

/** Above: at or below the other one candle ago, above it now. */
export class CrossNode extends Node {
  readonly #above: boolean;
  readonly #left: Node;
  readonly #right: Node;
  constructor(key: string, direction: "above" | "below", operands: readonly [Node, Node]) {
    super(key, operands);
    this.#above = direction === "above";
    [this.#left, this.#right] = operands;
    this.#left.remember(1);
    this.#right.remember(1);
  }
  protected override compute(): number {
    const was = compare(this.#above ? "<=" : ">=", this.#left.ago(1), this.#right.ago(1));
    if (was === FALSE) return FALSE;
    const is = compare(this.#above ? ">" : "<", this.#left.value, this.#right.value);
    return is === FALSE || is === was ? is : UNKNOWN;
  }
}

/** Strictly rising or falling on each of the last n candles. */
export class TrendNode extends Node {
  readonly #operator: Comparison;
  readonly #candles: number;
  readonly #operand: Node;
  constructor(
    key: string,
    operand: Node,
    shape: { direction: "rising" | "falling"; candles: number },
  ) {
    super(key, [operand]);
    this.#operand = operand;
    this.#operator = shape.direction === "rising" ? ">" : "<";
    this.#candles = shape.candles;
    operand.remember(shape.candles);
  }
  protected override compute(): number {
    let truth: number = TRUE;
    for (let i = 0; i < this.#candles; i++) {
      const step = compare(this.#operator, this.#operand.ago(i), this.#operand.ago(i + 1));
      if (step === FALSE) return FALSE;
      if (Number.isNaN(step)) truth = UNKNOWN;
    }
    return truth;
  }
}

export class JunctionNode extends Node {
  readonly #all: boolean;
  constructor(key: string, kind: "and" | "or", operands: readonly Node[]) {
    super(key, operands);
    this.#all = kind === "and";
  }
  protected override compute(): number {
    const decisive = this.#all ? FALSE : TRUE;
    let result = 1 - decisive;
    for (const operand of this.operands) {
      if (operand.value === decisive) return decisive;
      if (Number.isNaN(operand.value)) result = UNKNOWN;
    }
    return result;
  }
}

export class NotNode extends Node {
  constructor(key: string, operand: Node) {
    super(key, [operand]);
  }
  protected override compute(): number {
    return not(this.operands[0]?.value ?? UNKNOWN);
  }
}
