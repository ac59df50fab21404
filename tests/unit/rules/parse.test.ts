/** What a rule's text means: clauses, conditions, series and protections. */
import { describe, expect, test } from "vitest";
import type { Condition, Rule, Series } from "../../../src/domain/rule.ts";
import { DEFAULT_PROTECTIONS } from "../../../src/rules/check-protections.ts";
import { parseRule } from "../../../src/rules/parse.ts";

const CLOSE: Series = { kind: "price", field: "close" };
const number = (value: number): Series => ({ kind: "number", value });
const indicator = (
  name: string,
  params: number[],
  output = "value",
  source: Series = CLOSE,
): Series => ({
  kind: "indicator",
  name,
  params,
  source,
  output,
});

/** The condition that `text` means behind `enter long when`. */
function entry(text: string): Condition | null {
  return parseRule(`enter long when ${text}`).enterLong;
}

/** The series on the left of `… > 0`. */
function series(text: string): Series | null {
  const condition = entry(`${text} > 0`);
  return condition?.kind === "compare" ? condition.left : null;
}

/** The condition that `text` means behind `exit long when`. */
function exit(text: string): Condition | null {
  return parseRule(`enter long when close > 1 exit long when ${text}`).exitLong;
}

function protections(text: string, quoteAsset = "USDT"): Rule["protections"] {
  return parseRule(`enter long when close > 1 ${text}`, { quoteAsset }).protections;
}

describe("a rule", () => {
  test("says when to enter and leave each side and how a position is protected", () => {
    const rule = parseRule(`
      enter long when rsi(14) crosses above 30 and close > ema(200)@4h
      exit long when rsi(14) > 70 or profit > 6%
      enter short when rsi(14) crosses below 70 and close < ema(200)@4h
      exit short when rsi(14) < 30
      stop 2%  take 5%  trail 1.5% after 1%  max 12h  cooldown 30m  size 10%`);
    const rsi = indicator("rsi", [14]);
    const ema: Series = { kind: "at", operand: indicator("ema", [200]), timeframe: "4h" };
    expect(rule).toStrictEqual({
      enterLong: {
        kind: "and",
        operands: [
          { kind: "cross", direction: "above", left: rsi, right: number(30) },
          { kind: "compare", operator: ">", left: CLOSE, right: ema },
        ],
      },
      exitLong: {
        kind: "or",
        operands: [
          { kind: "compare", operator: ">", left: rsi, right: number(70) },
          { kind: "compare", operator: ">", left: { kind: "profit" }, right: number(6) },
        ],
      },
      enterShort: {
        kind: "and",
        operands: [
          { kind: "cross", direction: "below", left: rsi, right: number(70) },
          { kind: "compare", operator: "<", left: CLOSE, right: ema },
        ],
      },
      exitShort: { kind: "compare", operator: "<", left: rsi, right: number(30) },
      protections: {
        stopLossPercent: "2",
        takeProfitPercent: "5",
        trailingStop: { distancePercent: "1.5", afterPercent: "1" },
        maxHoldMs: 43_200_000,
        cooldownMs: 1_800_000,
        size: { kind: "percent", percent: "10" },
      },
    } satisfies Rule);
  });

  test("needs one entry and has no protections unless they are written", () => {
    expect(parseRule("enter short when close < open")).toStrictEqual({
      enterLong: null,
      exitLong: null,
      enterShort: {
        kind: "compare",
        operator: "<",
        left: CLOSE,
        right: { kind: "price", field: "open" },
      },
      exitShort: null,
      protections: DEFAULT_PROTECTIONS,
    });
  });

  test("may be written in any order, case and layout, with comments", () => {
    const tidy = "enter long when rsi(14) < 30 and close > open\nexit long when held > 2d\nstop 2%";
    const messy = `STOP 2 % # tight
      Exit LONG When HELD>2D\r\n\tenter long # dip\n when RSI ( 14 )<30 AND Close>\u00a0Open`;
    expect(parseRule(messy)).toStrictEqual(parseRule(tidy));
  });

  test("joins several clauses for the same side with or", () => {
    const twice = parseRule("enter long when close > 1 or close > 2 enter long when close > 3");
    expect(twice).toStrictEqual(parseRule("enter long when close > 1 or close > 2 or close > 3"));
  });
});

describe("a condition", () => {
  test("binds not tighter than and, and and tighter than or", () => {
    expect(entry("not close > 1 and close > 2 or close > 3")).toStrictEqual(
      entry("((not (close > 1)) and (close > 2)) or (close > 3)"),
    );
    expect(entry("close > 1 and (close > 2 or close > 3)")).not.toStrictEqual(
      entry("close > 1 and close > 2 or close > 3"),
    );
  });

  test("has no junction inside one of its own kind", () => {
    expect(entry("close > 1 and (close > 2 and (close > 3 and close > 4))")).toStrictEqual(
      entry("close > 1 and close > 2 and close > 3 and close > 4"),
    );
  });

  test("may chain comparisons", () => {
    expect(entry("20 < rsi(14) <= 80")).toStrictEqual(entry("20 < rsi(14) and rsi(14) <= 80"));
    expect(entry("1 < open < 2 and close > 3")).toStrictEqual(
      entry("1 < open and open < 2 and close > 3"),
    );
  });

  test("says cross or crosses, rising with or without is, one candle unless told", () => {
    expect(entry("close cross below open")).toStrictEqual(entry("close crosses below open"));
    expect(entry("ema(20) is rising 3")).toStrictEqual(entry("ema(20) rising 3"));
    expect(entry("close falling")).toStrictEqual({
      kind: "trend",
      direction: "falling",
      operand: CLOSE,
      candles: 1,
    });
  });

  test("spells out a trend of another timeframe, which counts that timeframe's candles", () => {
    expect(entry("ema(20)@4h rising 2")).toStrictEqual(
      entry("ema(20)@4h > ema(20)[1]@4h and ema(20)[1]@4h > ema(20)[2]@4h"),
    );
    expect(entry("close[3]@1h falling")).toStrictEqual(entry("close[3]@1h < close[4]@1h"));
  });

  test("compares profit with a percentage and held with a duration, either way round", () => {
    const profit: Series = { kind: "profit" };
    expect(exit("profit < -2%")).toStrictEqual({
      kind: "compare",
      operator: "<",
      left: profit,
      right: number(-2),
    });
    expect(exit("profit > 6")).toStrictEqual(exit("profit > 6%"));
    expect(exit("90m <= held < 1.5d")).toStrictEqual(exit("5400s <= held and held < 36h"));
    expect(exit("held > 1.1h")).toStrictEqual(exit("held > 66m"));
  });
});

describe("a series", () => {
  test("fills in defaults, sources and outputs of indicators", () => {
    expect(series("rsi")).toStrictEqual(indicator("rsi", [14]));
    expect(series("rsi()")).toStrictEqual(indicator("rsi", [14]));
    expect(series("macd")).toStrictEqual(indicator("macd", [12, 26, 9], "macd"));
    expect(series("macd(5).Histogram")).toStrictEqual(indicator("macd", [5, 26, 9], "histogram"));
    expect(series("atr")).toStrictEqual({
      kind: "indicator",
      name: "atr",
      params: [14],
      source: null,
      output: "value",
    });
  });

  test("takes parameters by name, after those by place", () => {
    expect(series("macd(slow=30, fast=10)")).toStrictEqual(series("macd(10, 30, 9)"));
    expect(series("macd(10, signal = 5)")).toStrictEqual(series("macd(10, 26, 5)"));
    expect(series("psar(max=0.3)")).toStrictEqual(series("psar(0.02, 0.3)"));
    expect(series("ema(volume, period=20)")).toStrictEqual(series("ema(volume, 20)"));
  });

  test("may be the source of another one", () => {
    expect(series("sma(rsi(14), 5)")).toStrictEqual(
      indicator("sma", [5], "value", indicator("rsi", [14])),
    );
    expect(series("highest(high, 20)[1]")).toStrictEqual({
      kind: "offset",
      operand: indicator("highest", [20], "value", { kind: "price", field: "high" }),
      candles: 1,
    });
    expect(series("stddev(-close)")).toStrictEqual(
      indicator("stddev", [20], "value", { kind: "negate", operand: CLOSE }),
    );
  });

  test("follows the usual order of operations", () => {
    expect(series("open - high - low * close")).toStrictEqual(
      series("(open - high) - (low * close)"),
    );
    expect(series("-close[1] * 2")).toStrictEqual(series("(-(close[1])) * 2"));
    expect(series("close - -2")).toMatchObject({ right: { kind: "number", value: -2 } });
    expect(series("close + -0")).toMatchObject({ right: { value: 0 } });
    expect(series("--close")).toMatchObject({ kind: "negate", operand: { kind: "negate" } });
  });

  test("merges offsets and keeps them inside the timeframe they count in", () => {
    expect(series("close[1][2]")).toStrictEqual(series("close[3]"));
    expect(series("close[0]")).toStrictEqual(CLOSE);
    const expected: Series = {
      kind: "at",
      operand: { kind: "offset", operand: CLOSE, candles: 3 },
      timeframe: "4h",
    };
    expect(series("close@4h[3]")).toStrictEqual(expected);
    expect(series("close[1]@4H[2]")).toStrictEqual(expected);
  });

  test("may be read from the strategy's own timeframe or a longer one", () => {
    const text = "enter long when ema(9)@15m > ema(9)@1d";
    expect(parseRule(text, { timeframe: "15m" })).toStrictEqual(parseRule(text));
  });
});

describe("the protections", () => {
  test("keep percentages and stakes as exact canonical text", () => {
    expect(protections("stop 2.50% take 0010%")).toMatchObject({
      stopLossPercent: "2.5",
      takeProfitPercent: "10",
    });
    expect(protections("size 250.10 usdt").size).toStrictEqual({ kind: "quote", amount: "250.1" });
    expect(protections("size 250 quote")).toStrictEqual(protections("size 250 USDT"));
  });

  test("let a trailing stop start at once", () => {
    expect(protections("trail 1.5%").trailingStop).toStrictEqual({
      distancePercent: "1.5",
      afterPercent: "0",
    });
  });
});
