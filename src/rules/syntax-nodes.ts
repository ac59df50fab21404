/**
 * Makes the nodes of the syntax tree out of words, with their places and depths. Called by the
 * grammar only.
 */
import type { IToken } from "chevrotain";
import type { Side } from "../domain/rule.ts";
import { TEXT_START } from "./fault.ts";
import type { Span } from "./fault.ts";
import { joinSpans } from "./syntax.ts";
import type {
  Amount,
  Argument,
  Clause,
  Comparison,
  Expression,
  Literal,
  Operator,
  Word,
} from "./syntax.ts";

const MS_PER_UNIT: ReadonlyMap<string, number> = new Map([
  ["s", 1000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

export function spanOf(token: IToken): Span {
  const { startOffset: offset, startLine, startColumn, image } = token;
  return { offset, line: startLine ?? 1, column: startColumn ?? 1, length: image.length };
}

export function word(token: IToken): Word {
  return { text: token.image.toLowerCase(), at: spanOf(token) };
}

export function conditionClause(
  action: Word<"enter" | "exit">,
  side: Word<Side>,
  condition: Expression,
): Clause {
  const place = joinSpans(action.at, side.at);
  return { kind: "condition", at: place, action: action.text, side: side.text, condition };
}

export function percentClause(keyword: Word<"stop" | "take">, percentage: Amount): Clause {
  return { kind: keyword.text, at: keyword.at, amount: percentage };
}

export function sizeClause(keyword: IToken, stake: Amount): Clause {
  return { kind: "size", at: spanOf(keyword), amount: stake };
}

export function trailClause(keyword: IToken, distance: Amount, after: Amount | null): Clause {
  return { kind: "trail", at: spanOf(keyword), amount: distance, after };
}

export function durationClause(keyword: Word<"max" | "cooldown">, duration: Literal): Clause {
  return { kind: keyword.text, at: keyword.at, duration };
}

export function amount(number: IToken, unit: IToken): Amount {
  const at = joinSpans(spanOf(number), spanOf(unit));
  return { number: word(number), unit: word(unit), at };
}

export function numberLiteral(token: IToken, percent: IToken | null): Literal {
  const at = joinSpans(spanOf(token), spanOf(percent ?? token));
  const unit = percent === null ? "number" : "percent";
  return { kind: "literal", at, depth: 1, value: Number(token.image), unit };
}

export function durationLiteral(token: IToken): Literal {
  const { text, at } = word(token);
  const exact = Number(text.slice(0, -1)) * (MS_PER_UNIT.get(text.slice(-1)) ?? NaN);
  // 1.1h is 3,960,000 ms, not the 3,960,000.0000000005 that floats make of it.
  const ms = Math.round(exact * 1000) / 1000;
  return { kind: "literal", at, depth: 1, value: ms, unit: "duration" };
}

export function named(
  token: IToken,
  call: { readonly args: readonly Argument[]; readonly end: IToken } | null,
  output: IToken | null,
): Expression {
  return {
    kind: "name",
    at: joinSpans(spanOf(token), spanOf(output ?? call?.end ?? token)),
    depth: 1 + deepest(operandsOf(call?.args ?? [])),
    name: word(token),
    arguments: call?.args ?? null,
    output: output === null ? null : word(output),
  };
}

export function offsetOf(operand: Expression, candles: IToken, end: IToken): Expression {
  const place = joinSpans(operand.at, spanOf(end));
  return { kind: "offset", at: place, depth: operand.depth + 1, operand, candles: word(candles) };
}

export function readAt(operand: Expression, timeframe: IToken): Expression {
  const place = joinSpans(operand.at, spanOf(timeframe));
  return { kind: "at", at: place, depth: operand.depth + 1, operand, timeframe: word(timeframe) };
}

/** `not not x`, `--x`: one node per prefix, the last one innermost; `-5` is a number by itself. */
export function prefixed(
  kind: "not" | "negate",
  prefixes: readonly IToken[],
  operand: Expression,
): Expression {
  return prefixes.reduceRight<Expression>((inner, prefix) => {
    const place = joinSpans(spanOf(prefix), inner.at);
    if (kind === "negate" && inner.kind === "literal") {
      return { ...inner, at: place, value: 0 - inner.value };
    }
    return { kind, at: place, depth: inner.depth + 1, operand: inner };
  }, operand);
}

export function arithmetic(
  operator: Word<Operator>,
  left: Expression,
  right: Expression,
): Expression {
  return { kind: "arithmetic", ...around([left, right]), operator, left, right };
}

export function comparison(
  operators: readonly Word<Comparison>[],
  operands: readonly Expression[],
): Expression {
  return { kind: "compare", ...around(operands), operators, operands };
}

export function cross(
  direction: Word<"above" | "below">,
  left: Expression,
  right: Expression,
): Expression {
  return { kind: "cross", ...around([left, right]), direction, left, right };
}

export function trend(
  direction: Word<"rising" | "falling">,
  operand: Expression,
  candles: IToken | null,
): Expression {
  return {
    kind: "trend",
    at: joinSpans(operand.at, candles === null ? direction.at : spanOf(candles)),
    depth: operand.depth + 1,
    direction,
    operand,
    candles: candles === null ? null : word(candles),
  };
}

/** The operand itself when there is one alone. */
export function junction(kind: "and" | "or", operands: readonly Expression[]): Expression {
  const [first] = operands;
  if (operands.length === 1 && first !== undefined) return first;
  return { kind, ...around(operands), operands };
}

/** The place of an expression in parentheses includes them. */
export function parenthesised(start: IToken, inner: Expression, end: IToken): Expression {
  return { ...inner, at: joinSpans(spanOf(start), spanOf(end)) };
}

/** The arguments that are more than a number. */
function operandsOf(args: readonly Argument[]): Expression[] {
  return args.map((argument) => argument.value).filter((value) => value.kind !== "literal");
}

function around(operands: readonly Expression[]): { at: Span; depth: number } {
  const spans = operands.map((operand) => operand.at);
  const [first = TEXT_START] = spans;
  return { at: joinSpans(first, spans.at(-1) ?? first), depth: 1 + deepest(operands) };
}

function deepest(operands: readonly Expression[]): number {
  return operands.reduce((depth, operand) => Math.max(depth, operand.depth), 0);
}
