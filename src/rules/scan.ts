/**
 * First look at a rule's text: refuses what is too long, holds invisible characters, nests too
 * deeply or has impossible numbers, and cuts the rest into words. What passes here is safe to parse
 * by recursion.
 */
import type { IToken } from "chevrotain";
import { bracesIn } from "./braces.ts";
import { Problems, spanAt, TEXT_START } from "./fault.ts";
import { MAX_DEPTH, MAX_NUMBER, MAX_NUMBER_LENGTH, MAX_RULE_LENGTH } from "./limits.ts";
import { nearest } from "./nearest.ts";
import { spanOf } from "./syntax-nodes.ts";
import {
  Duration,
  LeftBracket,
  LeftParenthesis,
  NumberLiteral,
  RightBracket,
  RightParenthesis,
  RULE_LEXER,
} from "./tokens.ts";

/** The words of `text`, without spaces and comments. Faults: RuleFault, every lexical problem at once. */
export function scanRule(text: string): IToken[] {
  const problems = new Problems(text);
  if (text.length > MAX_RULE_LENGTH) {
    const found = String(text.length);
    problems.add("rule-too-long", TEXT_START, { found, limit: MAX_RULE_LENGTH });
    problems.raise();
  }
  noteForbiddenCharacters(text, problems);
  for (const place of bracesIn(text)) problems.add("rule-range-misplaced", place);
  problems.raise();
  const { tokens, errors } = RULE_LEXER.tokenize(text);
  for (const { offset, line = 1, column = 1, length } of errors) {
    const suggestion = nearest(text.slice(offset, offset + length), REPLACEMENTS);
    problems.add("rule-unexpected-character", { offset, line, column, length }, { suggestion });
  }
  noteDeepNesting(tokens, problems);
  noteImpossibleNumbers(tokens, problems);
  problems.raise();
  return tokens;
}

/** What a character foreign to the language may have been meant for. */
const REPLACEMENTS = ["and", "or", "not", "<=", ">=", "*", "/", "-", "(", ")"];

/** Control, format (direction marks, zero-width), separator and half characters; not tab and line breaks. */
const FORBIDDEN = /(?![\t\r\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

function noteForbiddenCharacters(text: string, problems: Problems): void {
  for (const match of text.matchAll(FORBIDDEN)) {
    const codePoint = match[0].codePointAt(0) ?? 0;
    const found = `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
    problems.add("rule-forbidden-character", spanAt(text, match.index, match[0].length), { found });
    if (problems.isFull) return;
  }
}

/** Notes the first bracket that is too deep. */
function noteDeepNesting(tokens: readonly IToken[], problems: Problems): void {
  let depth = 0;
  for (const token of tokens) {
    if ([LeftParenthesis, LeftBracket].includes(token.tokenType)) depth++;
    if ([RightParenthesis, RightBracket].includes(token.tokenType)) depth--;
    if (depth > MAX_DEPTH) {
      problems.add("rule-too-deep", spanOf(token), { limit: MAX_DEPTH });
      return;
    }
  }
}

function noteImpossibleNumbers(tokens: readonly IToken[], problems: Problems): void {
  for (const token of tokens) {
    if (token.tokenType !== NumberLiteral && token.tokenType !== Duration) continue;
    if (token.image.length > MAX_NUMBER_LENGTH || Number.parseFloat(token.image) > MAX_NUMBER) {
      problems.add("rule-number-range", spanOf(token), { limit: MAX_NUMBER });
    }
  }
}
