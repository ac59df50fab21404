/** Finds what stands in braces in a text, outside comments: the places where a range may be meant. */
import { spanAt, type Span } from "./fault.ts";
import { MAX_PROBLEMS } from "./limits.ts";

/** A comment, a pair of braces in one line, or a brace without its other half. */
const COMMENT_OR_BRACES = /#[^\r\n]*|\{[^{}#\r\n]*\}|[{}]/gu;

/** In the order of the text, at most MAX_PROBLEMS; a brace alone has length 1. */
export function bracesIn(text: string): readonly Span[] {
  return text
    .matchAll(COMMENT_OR_BRACES)
    .filter(([found]) => !found.startsWith("#"))
    .take(MAX_PROBLEMS)
    .map(({ 0: found, index }) => spanAt(text, index, found.length))
    .toArray();
}
