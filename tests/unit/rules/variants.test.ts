/** Texts with ranges, and the rules they stand for. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Decimal } from "../../../src/domain/money.ts";
import { parseRule } from "../../../src/rules/parse.ts";
import { printRule } from "../../../src/rules/print.ts";
import { readRanges } from "../../../src/rules/ranges.ts";
import { variantsOf } from "../../../src/rules/variants.ts";

const canonical = (text: string) => printRule(parseRule(text, { timeframe: "15m" }));
const variants = (text: string, most = 1_000) => variantsOf(text, most, canonical);
const enter = (condition: string) => `enter long when ${condition}`;

describe("a range", () => {
  test.each([
    ["{7..10}", ["7", "8", "9", "10"]],
    ["{ 20 .. 40 : 5 }", ["20", "25", "30", "35", "40"]],
    ["{20..39:5}", ["20", "25", "30", "35"]],
    ["{0.1..0.5:0.1}", ["0.1", "0.2", "0.3", "0.4", "0.5"]],
    ["{-90..-70:10}", ["-90", "-80", "-70"]],
    ["{-1..1:0.5}", ["-1", "-0.5", "0", "0.5", "1"]],
    ["{1%..2%:0.5}", ["1%", "1.5%", "2%"]],
    ["{1%..2%:0.5%}", ["1%", "1.5%", "2%"]],
    ["{4h..1d:4h}", ["4h", "8h", "12h", "16h", "20h", "1d"]],
    ["{30m..2h:30m}", ["30m", "1h", "90m", "2h"]],
    ["{1h..3H}", ["1h", "2h", "3h"]],
    ["{5..5}", ["5"]],
  ])("%s is %j", (written, values) => {
    expect(readRanges(`x ${written} y`).ranges).toMatchObject([{ written, values }]);
  });

  test("holds its least and every value up to its most, exactly", () => {
    const cents = fc.integer({ min: -5_000, max: 5_000 }).map((n) => new Decimal(n).div(100));
    const steps = fc.integer({ min: 1, max: 500 }).map((n) => new Decimal(n).div(100));
    fc.assert(
      fc.property(cents, fc.integer({ min: 0, max: 90 }), steps, (least, more, step) => {
        const most = least.plus(step.mul(more)).plus(step.div(2).toDecimalPlaces(3));
        const written = `{${least.toFixed()}..${most.toFixed()}:${step.toFixed()}}`;
        const [range] = readRanges(written).ranges;
        expect(range!.values).toHaveLength(more + 1);
        expect(new Decimal(range!.values[0]!).eq(least)).toBe(true);
        expect(new Decimal(range!.values.at(-1)!).eq(least.plus(step.mul(more)))).toBe(true);
      }),
    );
  });

  test("in a comment is none", () => {
    expect(readRanges("enter # {1..2} {\nlong {1..2}").ranges).toMatchObject([
      { at: { line: 2, column: 6 } },
    ]);
  });
});

describe("the rules a text stands for", () => {
  test("are all combinations, each as the parser reads it", () => {
    const text = `${enter("rsi({7..9}) < {20..30:10}")} stop {1..2}% max {4h..8h:4h}`;
    const { ruleTexts, values, middle, combinations, ranges } = variants(text);
    expect([ruleTexts.length, new Set(ruleTexts).size, combinations]).toEqual([24, 24, 24]);
    expect(ruleTexts[0]).toBe(`${enter("rsi(7) < 20")}\nstop 1%  max 4h`);
    expect(ruleTexts.at(-1)).toBe(`${enter("rsi(9) < 30")}\nstop 2%  max 8h`);
    expect(values.at(-1)).toEqual(["9", "30", "2", "8h"]);
    expect(values[middle]).toEqual(["8", "20", "1", "4h"]);
    expect(ranges).toEqual(["{7..9}", "{20..30:10}", "{1..2}", "{4h..8h:4h}"]);
    for (const ruleText of ruleTexts) expect(canonical(ruleText)).toBe(ruleText);
  });

  test("can be marked wherever a number stands", () => {
    const text = `${enter("close[{1..2}] > bb(20, {1..2:0.5}).upper and close@{1h..4h:3h} rising {1..2}")}
      exit long when profit > {1..2}% or held > {1..2}h trail {1..2}% size 10%`;
    expect(() => variants(text)).not.toThrow();
    const small = variants(enter("willr(14) < {-90..-80:10} and close - {-1..1} > open * -{1..2}"));
    expect(small.ruleTexts[0]).toBe(enter("willr(14) < -90 and close - -1 > open * -1"));
    expect(small.combinations).toBe(12);
  });

  test("that are too many are sampled: distinct, the same each time, the middle among them", () => {
    const text = enter("rsi({2..101}) < {1..99}");
    const first = variants(text, 50);
    expect([first.ruleTexts.length, new Set(first.ruleTexts).size]).toEqual([50, 50]);
    expect(first.combinations).toBe(9_900);
    expect(first.values[first.middle]).toEqual(["51", "50"]);
    expect(variants(text, 50)).toEqual(first);
    const periods = first.values.map(([period]) => Number(period));
    expect([Math.min(...periods) < 30, Math.max(...periods) > 75]).toEqual([true, true]);
  });

  test("are as many as wanted, whatever the ranges", () => {
    const size = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(size, size, fc.integer({ min: 1, max: 100 }), (a, b, most) => {
        const found = variants(enter(`ema({1..${a}}) > {1..${b}}`), most);
        expect(found.ruleTexts).toHaveLength(Math.min(a * b, most));
        expect(new Set(found.ruleTexts).size).toBe(found.ruleTexts.length);
        expect(found.values[found.middle]).toEqual([a, b].map((n) => String((n + 1) >> 1)));
      }),
      { numRuns: 30 },
    );
  });

  test("that are the same rule are one", () => {
    expect(variants(enter("close > {1..2} # {1..3}")).ruleTexts).toHaveLength(2);
    expect(variants(`${enter("close > 1")} size {100..100}%`).ruleTexts).toHaveLength(1);
    expect(variants(`${enter("close > 1")} trail 1% after {0..0}%`).ruleTexts).toHaveLength(1);
  });

  test("are checked one by one: a wrong one is named", () => {
    expect(() => variants(enter("rsi({1..3}) < 30"))).toThrow(
      expect.objectContaining({ code: "rule-parameter-range" }),
    );
    expect(() => variants(enter("rsi(3) < 30"))).toThrow(
      expect.objectContaining({ code: "rule-without-range" }),
    );
  });
});
