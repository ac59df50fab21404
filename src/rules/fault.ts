/**
 * What can be wrong with a rule's text. A problem is a code and facts, the place first; the sentence
 * for people is made from them in bots/text. A RuleFault carries every problem that was found, and
 * is itself the first of them.
 */
import { Fault } from "../domain/fault.ts";
import type { FaultFacts } from "../domain/fault.ts";
import { MAX_FOUND_LENGTH, MAX_PROBLEMS } from "./limits.ts";

/**
 * Every code with the facts it always gives besides the place (`line` and `column` from 1, `length`
 * in characters) and `found`, the text at that place (null at the end of the text). `expected` and
 * `suggestion` are null where they are not listed; a listed `suggestion` is null when no word is
 * near. `expected` holds either one value, a range "least..most" or a list parted by spaces.
 */
export const RULE_FAULT_CODES = {
  // The text as a whole.
  "rule-too-long": ["limit"],
  "rule-forbidden-character": [],
  "rule-too-deep": ["limit"],
  "rule-too-many-nodes": ["limit"],
  // Its grammar.
  "rule-unexpected-character": ["suggestion"],
  "rule-expected": ["expected", "suggestion"],
  "rule-number-range": ["limit"],
  // Its clauses.
  "rule-no-entry": [],
  "rule-exit-without-entry": ["expected"],
  "rule-duplicate-clause": [],
  "rule-percent-range": ["expected"],
  "rule-amount-range": ["expected"],
  "rule-duration-range": ["expected"],
  "rule-quote-asset": ["expected"],
  // Names, parameters, outputs.
  "rule-unknown-indicator": ["suggestion"],
  "rule-not-an-indicator": [],
  "rule-unknown-output": ["indicator", "expected", "suggestion"],
  "rule-unknown-parameter": ["indicator", "expected", "suggestion"],
  "rule-missing-parameter": ["indicator", "expected"],
  "rule-too-many-parameters": ["indicator", "limit"],
  "rule-duplicate-parameter": ["indicator"],
  "rule-parameter-order": ["indicator"],
  "rule-parameter-number": ["indicator", "parameter", "expected"],
  "rule-parameter-integer": ["indicator", "parameter", "expected"],
  "rule-parameter-range": ["indicator", "parameter", "expected"],
  "rule-source-first": ["indicator"],
  "rule-no-source": ["indicator"],
  // What stands where.
  "rule-condition-expected": [],
  "rule-series-expected": [],
  "rule-constant": [],
  "rule-unit": ["expected"],
  "rule-exit-only": [],
  "rule-position-misplaced": ["expected"],
  "rule-division-by-zero": [],
  // Time.
  "rule-unknown-timeframe": ["expected", "suggestion"],
  "rule-timeframe-nested": [],
  "rule-timeframe-shorter": ["expected"],
  "rule-offset-mixed": [],
  "rule-lookback-range": ["expected"],
  "rule-warmup-too-long": ["limit"],
  // Ranges of numbers, `{7..21}`.
  "rule-range-misplaced": [],
  "rule-range-form": [],
  "rule-range-unit": [],
  "rule-range-order": [],
  "rule-range-step": [],
  "rule-range-values": ["limit"],
  "rule-range-count": ["limit"],
  "rule-range-combinations": ["limit"],
} as const satisfies Record<string, readonly string[]>;

export type RuleFaultCode = keyof typeof RULE_FAULT_CODES;

/** A stretch of the text: where it starts and how many characters it has. */
export interface Span {
  /** Characters before it in the whole text. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly length: number;
}

export interface RuleProblemFacts extends FaultFacts {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly found: string | null;
  readonly expected: string | null;
  readonly suggestion: string | null;
}

export interface RuleProblem {
  readonly code: RuleFaultCode;
  readonly facts: RuleProblemFacts;
}

/** Thrown for every text that is not a rule. `code` and `facts` are those of `problems[0]`. */
export class RuleFault extends Fault {
  /** In the order of the text; at least one, at most MAX_PROBLEMS. */
  readonly problems: readonly RuleProblem[];

  constructor(first: RuleProblem, others: readonly RuleProblem[] = []) {
    super(first.code, first.facts);
    this.name = "RuleFault";
    this.problems = [first, ...others];
  }
}

/** Where a text starts; stands for the text as a whole. */
export const TEXT_START: Span = { offset: 0, line: 1, column: 1, length: 0 };

/** The place of a part of a text. */
export function spanAt(text: string, offset: number, length: number): Span {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/u);
  return { offset, line: lines.length, column: (lines.at(-1) ?? "").length + 1, length };
}

/** Collects the problems of one text. */
export class Problems {
  readonly #text: string;
  readonly #found: { readonly offset: number; readonly problem: RuleProblem }[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  /** True when no further problem will be kept. */
  get isFull(): boolean {
    return this.#found.length >= MAX_PROBLEMS;
  }

  /** True when nothing is wrong so far. */
  get isEmpty(): boolean {
    return this.#found.length === 0;
  }

  /** Notes a problem once; `found` is the text at the place unless the facts say otherwise. */
  add(code: RuleFaultCode, at: Span, facts: FaultFacts = {}): void {
    const isKnown = this.#found.some((it) => it.offset === at.offset && it.problem.code === code);
    if (this.isFull || isKnown) return;
    const { offset, line, column, length } = at;
    const found = length === 0 ? null : excerpt(this.#text.slice(offset, offset + length));
    const place = { line, column, length, found, expected: null, suggestion: null };
    this.#found.push({ offset, problem: { code, facts: { ...place, ...facts } } });
  }

  /** Throws when anything was noted. */
  raise(): void {
    const sorted = this.#found.toSorted((a, b) => a.offset - b.offset).map((it) => it.problem);
    const [first, ...others] = sorted;
    if (first !== undefined) throw new RuleFault(first, others);
  }
}

/** One line of bounded length that stands for a longer text. */
function excerpt(text: string): string {
  const line = text.slice(0, 2 * MAX_FOUND_LENGTH).replaceAll(/\s+/gu, " ");
  return line.length > MAX_FOUND_LENGTH || text.length > 2 * MAX_FOUND_LENGTH
    ? `${line.slice(0, MAX_FOUND_LENGTH - 1)}…`
    : line;
}
