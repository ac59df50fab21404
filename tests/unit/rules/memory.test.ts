/** How many candles a rule asks for before it starts. */
import { describe, expect, test } from "vitest";
import { Fault } from "../../../src/domain/fault.ts";
import type { Timeframe } from "../../../src/domain/timeframe.ts";
import { ruleMemory, usedTimeframes } from "../../../src/rules/memory.ts";
import { parseRule } from "../../../src/rules/parse.ts";

function memory(condition: string, timeframe: Timeframe = "15m"): Record<string, unknown> {
  return Object.fromEntries(ruleMemory(parseRule(`enter long when ${condition}`), timeframe));
}

describe("a rule's memory", () => {
  test("is one candle at least, and fifty to replay", () => {
    expect(memory("close > 1")).toEqual({ "15m": { warmup: 1, replay: 50 } });
  });

  test("is the warm-up for indicators that forget", () => {
    expect(memory("sma(20) > 1")).toEqual({ "15m": { warmup: 20, replay: 50 } });
    expect(memory("sma(200) > 1")).toEqual({ "15m": { warmup: 200, replay: 200 } });
  });

  test("replays ten times the longest period of recursive indicators", () => {
    expect(memory("ema(200) > 1")).toEqual({ "15m": { warmup: 200, replay: 2000 } });
    expect(memory("macd(12, 26, 9).signal > 0")).toEqual({ "15m": { warmup: 34, replay: 260 } });
    expect(memory("psar(0.02, 0.2) > 1")).toEqual({ "15m": { warmup: 2, replay: 50 } });
  });

  test("replays a whole day for what is counted since midnight", () => {
    expect(memory("close > vwap", "1m")).toEqual({ "1m": { warmup: 1, replay: 1440 } });
    expect(memory("sma(vwap, 5)@15m > 1", "1m")).toMatchObject({
      "15m": { warmup: 5, replay: 100 },
    });
  });

  test("adds up what nested sources need", () => {
    expect(memory("sma(rsi(14), 5) > 50")).toEqual({ "15m": { warmup: 19, replay: 144 } });
    expect(memory("ema(sma(10), 30) > 50")).toEqual({ "15m": { warmup: 39, replay: 309 } });
  });

  test("adds offsets, crossings and trends", () => {
    expect(memory("sma(100)[7] > 1")).toEqual({ "15m": { warmup: 107, replay: 107 } });
    expect(memory("sma(100) crosses above 1")).toEqual({ "15m": { warmup: 101, replay: 101 } });
    expect(memory("sma(100) rising 3")).toEqual({ "15m": { warmup: 103, replay: 103 } });
  });

  test("is the longest of all parts", () => {
    expect(
      memory("not (sma(60) - sma(70)[5] > 1) and (-ema(8) > 2 or highest(high, 65) > 3)"),
    ).toEqual({ "15m": { warmup: 75, replay: 80 } });
  });

  test("is counted for each timeframe by itself", () => {
    expect(memory("close > ema(200)@4h and sma(60) > sma(70)@1h[2]")).toEqual({
      "15m": { warmup: 60, replay: 60 },
      "1h": { warmup: 72, replay: 72 },
      "4h": { warmup: 200, replay: 2000 },
    });
    expect(memory("sma(90)@4h > 1")).toEqual({
      "15m": { warmup: 1, replay: 50 },
      "4h": { warmup: 90, replay: 90 },
    });
  });

  test("counts the candles that a crossing or a trend covers on the longer timeframe", () => {
    expect(memory("close crosses above sma(90)@4h")).toMatchObject({ "4h": { warmup: 91 } });
    expect(memory("close - sma(90)@1h rising 8")).toEqual({
      "15m": { warmup: 9, replay: 50 },
      "1h": { warmup: 92, replay: 92 },
    });
    expect(memory("sma(90)@4h rising 3")).toMatchObject({ "4h": { warmup: 93 } });
    expect(memory("sma(90)@15m crosses above sma(95)")).toEqual({
      "15m": { warmup: 96, replay: 96 },
    });
  });

  test("includes exits, where the position's own figures need nothing", () => {
    const rule = parseRule(`enter short when close > 1
      exit short when profit > 2% or held > 3d or sma(80) > 1`);
    expect([...ruleMemory(rule, "1h")]).toEqual([["1h", { warmup: 80, replay: 80 }]]);
  });

  test("of an indicator outside the catalogue is a fault", () => {
    const rule = parseRule("enter long when rsi(14) > 1");
    const text = JSON.stringify(rule).replace('"rsi"', '"rsx"');
    expect(() => ruleMemory(JSON.parse(text), "1h")).toThrow(Fault);
  });
});

test("the other timeframes a rule reads are listed from the shortest", () => {
  const rule = parseRule(`enter long when close@1d > 1 and not (ema(9)@1h + 1 rising 2)
    exit long when ema(9)@1h crosses above sma(rsi(14), 5)@5m`);
  expect(usedTimeframes(rule)).toEqual(["5m", "1h", "1d"]);
  expect(usedTimeframes(parseRule("enter long when close > 1"))).toEqual([]);
});
