/**
 * A condition laid out as the lines of a report, each junction above its parts. The report that says
 * why a strategy does not trade shows the truth of every line.
 */
import type { Condition } from "../domain/rule.ts";

export interface ConditionLine {
  readonly condition: Condition;
  /** How far in: 0 for the whole condition, 1 for the parts of its outermost junction. */
  readonly depth: number;
}

/**
 * The condition and everything `and`, `or` and `not` join in it, in the order they are written. Lines
 * whose kind is none of those three are the clauses that are true or false by themselves.
 */
export function clausesOf(condition: Condition, depth = 0): readonly ConditionLine[] {
  const line = { condition, depth };
  switch (condition.kind) {
    case "and":
    case "or":
      return [line, ...condition.operands.flatMap((operand) => clausesOf(operand, depth + 1))];
    case "not":
      return [line, ...clausesOf(condition.operand, depth + 1)];
    default:
      return [line];
  }
}
