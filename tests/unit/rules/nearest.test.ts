/** Which word is suggested for one that fits nowhere. */
import { describe, expect, test } from "vitest";
import { nearest } from "../../../src/rules/nearest.ts";

const NAMES = ["rsi", "sma", "ema", "macd", "bb", "stoch", "highest", "close", "volume"];

describe("the nearest word", () => {
  test.each([
    ["rsx", "rsi"],
    ["MADC", "macd"],
    ["clsoe", "close"],
    ["volumes", "volume"],
    ["bollinger", "bb"],
    ["Stochastic", "stoch"],
    ["max", "highest"],
  ])("to %s is %s", (word, expected) => {
    expect(nearest(word, NAMES)).toBe(expected);
  });

  test.each(["x", "foo", "zzzzzz", "constructor", "12", ""])("to %s is none", (word) => {
    expect(nearest(word, NAMES)).toBeNull();
  });

  test("is a synonym only where that would fit", () => {
    expect(nearest("bollinger", ["and", "or"])).toBeNull();
    expect(nearest("&&", ["and", "or"])).toBe("and");
  });

  test("is sought in no more than the beginning of an endless word", () => {
    expect(nearest("s".repeat(4000), NAMES)).toBeNull();
  });
});
