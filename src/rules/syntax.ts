/**
 * A rule's text as the grammar sees it: every part with its place, nothing checked yet. Numbers and
 * truths are one kind of expression here, so that `(close > open) + 1` can be explained by the
 * checker rather than refused by the grammar.
 */
import type { Side } from "../domain/rule.ts";
import type { Span } from "./fault.ts";

/** A name, number or sign as written, in lower case. */
export interface Word<Text extends string = string> {
  readonly text: Text;
  readonly at: Span;
}

export type Operator = "+" | "-" | "*" | "/";
export type Comparison = "<" | "<=" | ">" | ">=";
export type Unit = "number" | "percent" | "duration";

export interface Literal {
  readonly kind: "literal";
  readonly at: Span;
  readonly depth: number;
  /** A duration in ms, a percentage in percent. */
  readonly value: number;
  readonly unit: Unit;
}

export interface Argument {
  /** `fast` in `macd(fast=12)`. */
  readonly name: Word | null;
  readonly value: Expression;
}

export interface NameExpression {
  readonly kind: "name";
  readonly at: Span;
  readonly depth: number;
  readonly name: Word;
  /** Null when no parentheses were written. */
  readonly arguments: readonly Argument[] | null;
  readonly output: Word | null;
}

export type Expression =
  | Literal
  | NameExpression
  | (Nested & { readonly kind: "offset"; readonly operand: Expression; readonly candles: Word })
  | (Nested & { readonly kind: "at"; readonly operand: Expression; readonly timeframe: Word })
  | (Nested & { readonly kind: "negate" | "not"; readonly operand: Expression })
  | (Nested & {
      readonly kind: "arithmetic";
      readonly operator: Word<Operator>;
      readonly left: Expression;
      readonly right: Expression;
    })
  /** `a < b <= c`: operators[i] stands between operands i and i + 1. */
  | (Nested & {
      readonly kind: "compare";
      readonly operators: readonly Word<Comparison>[];
      readonly operands: readonly Expression[];
    })
  | (Nested & {
      readonly kind: "cross";
      readonly direction: Word<"above" | "below">;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Nested & {
      readonly kind: "trend";
      readonly direction: Word<"rising" | "falling">;
      readonly operand: Expression;
      readonly candles: Word | null;
    })
  | (Nested & { readonly kind: "and" | "or"; readonly operands: readonly Expression[] });

interface Nested {
  readonly at: Span;
  /** 1 more than its deepest part. */
  readonly depth: number;
}

export interface ConditionClause {
  readonly kind: "condition";
  /** `enter long` */
  readonly at: Span;
  readonly action: "enter" | "exit";
  readonly side: Side;
  readonly condition: Expression;
}

/** `stop 2%`: a number with its unit, "%" or a quote asset. */
export interface Amount {
  readonly number: Word;
  readonly unit: Word;
  /** Both together. */
  readonly at: Span;
}

export interface PercentClause {
  readonly kind: "stop" | "take" | "size";
  /** The keyword. */
  readonly at: Span;
  readonly amount: Amount;
}

export interface TrailClause {
  readonly kind: "trail";
  readonly at: Span;
  readonly amount: Amount;
  readonly after: Amount | null;
}

export interface DurationClause {
  readonly kind: "max" | "cooldown";
  readonly at: Span;
  readonly duration: Literal;
}

export type Clause = ConditionClause | PercentClause | TrailClause | DurationClause;

export function joinSpans(first: Span, last: Span): Span {
  return { ...first, length: last.offset + last.length - first.offset };
}
