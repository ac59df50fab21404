/** The canonical text of a rule, and that reading it back gives the rule. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Series } from "../../../src/domain/rule.ts";
import { MAX_RULE_LENGTH } from "../../../src/rules/limits.ts";
import { parseRule } from "../../../src/rules/parse.ts";
import { printCondition, printRule, printSeries } from "../../../src/rules/print.ts";
import { arbitraryRule } from "./arbitrary-rule.ts";

/** The canonical text of a condition. */
function canonical(condition: string): string {
  return printCondition(parseRule(`enter long when ${condition}`).enterLong!);
}

describe("the canonical text", () => {
  test("has one line per clause, in a fixed order, and the protections last", () => {
    const text = `size 10% cooldown 30m max 12h trail 1.50% after 1% take 5% stop 2%
      exit short when rsi < 30 enter short when rsi(14) cross below 70
      EXIT LONG WHEN rsi > 70 OR profit > 6 enter long when rsi crosses above 30`;
    expect(printRule(parseRule(text))).toBe(
      [
        "enter long when rsi(14) crosses above 30",
        "exit long when rsi(14) > 70 or profit > 6%",
        "enter short when rsi(14) crosses below 70",
        "exit short when rsi(14) < 30",
        "stop 2%  take 5%  trail 1.5% after 1%  max 12h  cooldown 30m  size 10%",
      ].join("\n"),
    );
  });

  test("leaves out protections that are off", () => {
    expect(printRule(parseRule("enter long when close>1 size 100.0% cooldown 0s"))).toBe(
      "enter long when close > 1",
    );
    expect(printRule(parseRule("enter long when close>1 trail 2% after 0%"))).toBe(
      "enter long when close > 1\ntrail 2%",
    );
  });

  test("names the quote asset of a stake when it is known", () => {
    const rule = parseRule("enter long when close > 1 size 250 usdt");
    expect(printRule(rule)).toBe("enter long when close > 1\nsize 250 quote");
    expect(printRule(rule, { quoteAsset: "USDT" })).toBe(
      "enter long when close > 1\nsize 250 USDT",
    );
  });

  test.each([
    ["rsi > 1", "rsi(14) > 1"],
    ["macd > macd().signal", "macd(12, 26, 9) > macd(12, 26, 9).signal"],
    ["ema(close, 20) > ema(volume, 20)", "ema(20) > ema(volume, 20)"],
    ["obv.value > vwap()", "obv > vwap"],
    ["bb > bb.lower", "bb(20, 2).middle > bb(20, 2).lower"],
    ["close@4h[1] > psar", "close[1]@4h > psar(0.02, 0.2)"],
    ["close > 0.0000001", "close > 0.0000001"],
    ["20 < rsi < 80", "20 < rsi(14) and rsi(14) < 80"],
    ["close is rising", "close rising 1"],
    ["not (close > 1)", "not (close > 1)"],
    ["not not close > 1", "not not (close > 1)"],
    ["(close > 1 or open > 2) and high > 3", "(close > 1 or open > 2) and high > 3"],
    ["(close > 1 and open > 2) or high > 3", "close > 1 and open > 2 or high > 3"],
    ["(close + 1) * 2 > ((open - (high - low)))", "(close + 1) * 2 > open - (high - low)"],
    ["close / (open * 2) > (close / open) * 2", "close / (open * 2) > close / open * 2"],
    ["-(close + 1) > --close", "-(close + 1) > --close"],
    ["(-close)[1] > -close[1]", "(-close)[1] > -close[1]"],
    ["(high + low)@1h > close - -2", "(high + low)@1h > close - -2"],
  ])("of %s is %s", (text, expected) => {
    expect(canonical(text)).toBe(expected);
    expect(canonical(expected)).toBe(expected);
  });

  test("of a series alone is what stands in a condition", () => {
    const ema: Series = {
      kind: "indicator",
      name: "ema",
      params: [20],
      source: { kind: "price", field: "close" },
      output: "value",
    };
    expect(printSeries({ kind: "at", operand: ema, timeframe: "1d" })).toBe("ema(20)@1d");
  });

  test("writes durations in the largest whole unit", () => {
    const exit = "enter long when close > 1\nexit long when";
    const printed = (text: string): string => printRule(parseRule(`${exit} ${text}`));
    expect(printed("held > 24h")).toBe(`${exit} held > 1d`);
    expect(printed("held > 90m or 0s > held")).toBe(`${exit} held > 90m or 0s > held`);
  });
});

describe("every rule", () => {
  test("is read back from its canonical text as the same rule", () => {
    fc.assert(
      fc.property(arbitraryRule, (rule) => {
        const text = printRule(rule);
        fc.pre(text.length <= MAX_RULE_LENGTH);
        expect(parseRule(text)).toStrictEqual(rule);
        expect(printRule(parseRule(text))).toBe(text);
      }),
      { numRuns: 250 },
    );
  });

  test("means the same on its own symbol when its stake names the quote asset", () => {
    fc.assert(
      fc.property(arbitraryRule, (rule) => {
        const text = printRule(rule, { quoteAsset: "FDUSD" });
        fc.pre(text.length <= MAX_RULE_LENGTH);
        expect(parseRule(text, { quoteAsset: "FDUSD" })).toStrictEqual(rule);
      }),
    );
  });
});
