/**
 * Turns the grammar's complaint into a problem with a place: which word fitted nowhere, which ones
 * would have, and which of those it resembles.
 */
import type { IRecognitionException, IToken } from "chevrotain";
import type { Problems, Span } from "./fault.ts";
import { TEXT_START } from "./fault.ts";
import type { Continuation } from "./grammar.ts";
import { nearest } from "./nearest.ts";
import { spanOf } from "./syntax-nodes.ts";
import { CLAUSE_KEYWORDS } from "./tokens.ts";

/** Notes the grammar's first error. `tokens` are all words of the text. */
export function noteSyntaxError(
  error: IRecognitionException,
  continuation: Continuation,
  tokens: readonly IToken[],
  problems: Problems,
): void {
  const atEnd = Number.isNaN(error.token.startOffset) || error.token.startOffset < 0;
  const fitting = error.message === "" ? CONTINUATIONS[continuation] : error.message.split(" ");
  const startsSeries = ["number", "name", "("].every((label) => fitting.includes(label));
  problems.add("rule-expected", atEnd ? endOf(tokens) : spanOf(error.token), {
    expected: startsSeries ? "series" : fitting.join(" "),
    suggestion: atEnd ? null : nearest(error.token.image, fitting),
  });
}

const CLAUSE_WORDS = CLAUSE_KEYWORDS.map((type) => type.LABEL ?? type.name);

const CONTINUATIONS: Readonly<Record<Continuation, readonly string[]>> = {
  clause: CLAUSE_WORDS,
  trail: ["after", ...CLAUSE_WORDS],
  operator: ["<", "<=", ">", ">=", "crosses", "rising", "falling"],
  connective: ["and", "or", ...CLAUSE_WORDS],
};

/** The empty place behind the last word. */
function endOf(tokens: readonly IToken[]): Span {
  const last = tokens.at(-1);
  if (last === undefined) return TEXT_START;
  const { offset, line, column, length } = spanOf(last);
  return { offset: offset + length, line, column: column + length, length: 0 };
}
