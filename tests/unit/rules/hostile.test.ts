/** Texts that mean harm, or nothing: each is refused in bounded work by a RuleFault, never otherwise. */
import { isDeepStrictEqual } from "node:util";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Rule } from "../../../src/domain/rule.ts";
import { RuleFault } from "../../../src/rules/fault.ts";
import type { RuleProblem } from "../../../src/rules/fault.ts";
import { RuleGrammar } from "../../../src/rules/grammar.ts";
import { MAX_POINTED_COLUMNS, MAX_PROBLEMS, MAX_RULE_LENGTH } from "../../../src/rules/limits.ts";
import { parseRule } from "../../../src/rules/parse.ts";
import { pointAt } from "../../../src/rules/point.ts";
import { printRule } from "../../../src/rules/print.ts";
import { scanRule } from "../../../src/rules/scan.ts";
import { TEMPLATES } from "../../../src/rules/templates.ts";

/** Passes for a rule that round-trips and for a fault that is bounded and can be pointed at. */
function expectRuleOrFault(text: string): void {
  const read = ruleOrProblems(text);
  if (!Array.isArray(read)) {
    expect(isDeepStrictEqual(parseRule(printRule(read)), read)).toBe(true);
    return;
  }
  expect(read.length).toBeGreaterThan(0);
  expect(read.length).toBeLessThanOrEqual(MAX_PROBLEMS);
  expect(read.filter((problem) => !isBounded(text, problem))).toEqual([]);
}

function isBounded(text: string, problem: RuleProblem): boolean {
  const { line, caret } = pointAt(text, problem);
  return (
    line.length <= MAX_POINTED_COLUMNS &&
    /^ *\^+$/u.test(caret) &&
    caret.length <= line.length + 1 &&
    JSON.stringify(problem).length < 500
  );
}

function ruleOrProblems(text: string): Rule | RuleProblem[] {
  try {
    return parseRule(text);
  } catch (error) {
    if (error instanceof RuleFault) return [...error.problems];
    throw error;
  }
}

const WORDS = [
  ..."enter exit long short when and or not crosses above below is rising falling".split(" "),
  ..."stop take trail after max cooldown size rsi ema macd bb close high profit held".split(" "),
  ..."upper USDT foo __proto__ constructor 0 1 14 0.5 30 600 12h 4h 1d 3x".split(" "),
  ..."( ) [ ] @ . , = + - * / % < <= > >= # && é 😀 $ \\ ' \"".split(" "),
  "\n",
  "\t",
  "\u0000",
  "\u202e",
];

const nested = (depth: number): string =>
  `enter long when ${"(".repeat(depth)}close > 1${")".repeat(depth)}`;

describe("any text", () => {
  test("of random characters is a rule or a fault", () => {
    const ascii = fc.integer({ min: 0, max: 0x7f });
    const unit = fc.oneof({ weight: 5, arbitrary: ascii }, fc.integer({ min: 0, max: 0xffff }));
    const text = fc.array(unit, { maxLength: 100 }).map((it) => String.fromCharCode(...it));
    fc.assert(fc.property(text, expectRuleOrFault), { numRuns: 500 });
  });

  test("of random words of the language is a rule or a fault", () => {
    const word = fc.constantFrom(...WORDS);
    const words = fc.array(word, { maxLength: 60 }).map((it) => it.join(" "));
    fc.assert(fc.property(words, expectRuleOrFault), { numRuns: 800 });
    const condition = words.map((it) => `enter long when ${it}`);
    fc.assert(fc.property(condition, expectRuleOrFault), { numRuns: 800 });
  });

  test("that nearly is a rule is a rule or a fault", () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(...TEMPLATES.map((template) => template.ruleText)),
        fc.array(
          fc.record({
            at: fc.double({ min: 0, max: 1, noNaN: true }),
            removed: fc.nat({ max: 12 }),
            inserted: fc.option(fc.constantFrom(...WORDS), { nil: "" }),
          }),
          { minLength: 1, maxLength: 4 },
        ),
      )
      .map(([text, edits]) =>
        edits.reduce((edited, { at, removed, inserted }) => {
          const start = Math.floor(at * edited.length);
          return `${edited.slice(0, start)}${inserted}${edited.slice(start + removed)}`;
        }, text),
      );
    fc.assert(fc.property(mutated, expectRuleOrFault), { numRuns: 800 });
  });

  test.each([
    ["opening parentheses", "("],
    ["opening brackets", "close["],
    ["nots", "not "],
    ["minuses", "-"],
    ["offsets", "[1]"],
    ["timeframes", "@4h"],
    ["calls", "sma("],
    ["sums", "close + "],
    ["junctions", "close > 1 and "],
    ["chains", "close < "],
    ["clauses", "close > 1 enter long when "],
    ["digits", "1"],
    ["dots", "1."],
    ["comments", "#"],
    ["identifiers", "a"],
    ["carriage returns", "\r"],
  ])("made of %s up to the limit is a rule or a fault", (_, part) => {
    const start = "enter long when ";
    const middle = part.repeat(Math.floor((MAX_RULE_LENGTH - 40) / part.length));
    expectRuleOrFault(`${start}${middle}`);
    expectRuleOrFault(`${start}${middle}close > 1`);
    expectRuleOrFault(`${start}close ${middle} > 1`);
  });

  test("leaves the prototypes of objects alone", () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    for (const name of ["__proto__", "constructor", "prototype", "hasOwnProperty"]) {
      expectRuleOrFault(`enter long when ${name}(${name}=1).${name} > ${name}[1]@4h`);
      expectRuleOrFault(`enter long when macd(${name}=1).${name} > 1 size 1 ${name}`);
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });
});

describe("the work of parsing", () => {
  /** Words looked at, by every grammar of the class below. */
  let looks = 0;
  class CountingGrammar extends RuleGrammar {
    protected override LA(howMuch: number): ReturnType<RuleGrammar["LA"]> {
      looks++;
      return super.LA(howMuch);
    }
    protected override LA_FAST(howMuch: number): ReturnType<RuleGrammar["LA_FAST"]> {
      looks++;
      return super.LA_FAST(howMuch);
    }
  }
  const grammar = new CountingGrammar();

  function looksPerWord(text: string): number {
    const tokens = scanRule(text);
    looks = 0;
    grammar.input = tokens;
    grammar.clauses();
    expect(grammar.errors).toEqual([]);
    return looks / tokens.length;
  }

  test.each([
    ["junctions", (n: number) => `enter long when ${"close > 1 and ".repeat(n)}close > 1`],
    ["sums", (n: number) => `enter long when ${"close - ".repeat(n)}close > 1`],
    ["chains", (n: number) => `enter long when ${"close < ".repeat(n)}close`],
    ["clauses", (n: number) => "enter long when close > 1\n".repeat(n)],
    ["prefixes", (n: number) => `enter long when ${"not ".repeat(n)}close > 1`],
    ["offsets", (n: number) => `enter long when close${"[1]".repeat(n)} > 1`],
    ["arguments", (n: number) => `enter long when macd(${"fast=1, ".repeat(n)}slow=3) > 1`],
  ])("grows with the number of words and not faster, for %s", (_, make) => {
    const short = looksPerWord(make(10));
    const long = looksPerWord(make(150));
    expect(short).toBeGreaterThan(1);
    expect(long).toBeLessThanOrEqual(short * 1.5);
    expect(long).toBeLessThan(60);
  });

  test("grows with the depth of parentheses and not faster", () => {
    expect(looksPerWord(nested(16))).toBeLessThanOrEqual(looksPerWord(nested(4)) * 1.5);
  });
});
