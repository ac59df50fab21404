/**
 * The package's indicators as charts get them: laid out candle by candle, right where it is known
 * to be wrong, and no more memory than their windows need.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as ti from "technicalindicators";
import { describe, expect, it } from "vitest";

import {
  CHART_INDICATORS,
  chartIndicator,
  MAX_CHART_CANDLES,
} from "../../../src/charts/catalogue-indicators.ts";
import type { Candle } from "../../../src/domain/candle.ts";
import { INDICATORS } from "../../../src/domain/indicator.ts";

type Prices = Partial<Record<"open" | "high" | "low" | "close" | "volume", number>>;

const candle = (i: number, { open = 10, high, low, close = 10, volume = 1 }: Prices): Candle => ({
  symbol: "BTCUSDT",
  timeframe: "1h",
  openTime: i * 3_600_000,
  open: String(open),
  high: String(high ?? Math.max(open, close)),
  low: String(low ?? Math.min(open, close)),
  close: String(close),
  volume: String(volume),
});
const wave = (count: number): Candle[] =>
  Array.from({ length: count }, (_, i) => {
    const [open, close] = [100 + 10 * Math.sin(i / 5), 100 + 10 * Math.sin((i + 1) / 5)];
    const [high, low] = [Math.max(open, close) + 1, Math.min(open, close) - 1.5];
    return candle(i, { open, high, low, close, volume: 0.001 * (1 + (i % 7)) });
  });
const value = (name: string, params: readonly number[], candles: readonly Candle[]) =>
  chartIndicator(name, params, candles).get("value")!;
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const fault = (code: string, facts: object) => expect.objectContaining({ code, facts });

const up = (open: number, close: number) => ({ open, close, high: close + 1, low: open - 1 });
const down = (open: number, close: number) => ({ open, close, high: open + 1, low: close - 1 });

describe.each(CHART_INDICATORS)("$name", ({ name, outputs }) => {
  it("has every output for every candle, missing only at the beginning", () => {
    const columns = chartIndicator(name, [], wave(80));
    expect([...columns.keys()]).toEqual(outputs);
    for (const column of columns.values()) {
      expect(column).toHaveLength(80);
      const first = column.findIndex((entry) => entry !== null);
      expect(first).toBeGreaterThan(-1);
      expect(column.slice(first).every(Number.isFinite)).toBe(true);
    }
  });

  it("answers as many candles as there are, be it one or none", () => {
    for (const count of [0, 1]) {
      for (const column of chartIndicator(name, [], wave(count)).values()) {
        expect(column).toHaveLength(count);
      }
    }
  });

  it("leaves out a candle that is no number and goes on as if it were not there", () => {
    const candles = wave(80);
    const holed = [...candles.slice(0, 60), candle(60, { close: NaN }), ...candles.slice(60)];
    for (const [output, column] of chartIndicator(name, [], holed)) {
      expect(column[60]).toBeNull();
      expect(column.toSpliced(60, 1)).toEqual(chartIndicator(name, [], candles).get(output));
    }
  });

  it("has no kernel under that name", () => {
    expect(INDICATORS.has(name)).toBe(false);
  });
});

describe("the values", () => {
  const candles = wave(100);
  const closes = candles.map((c) => Number(c.close));

  const rate = (i: number, n: number) => (100 * (closes[i]! - closes[i - n]!)) / closes[i - n]!;

  it("of the awesome oscillator are two means of the middles apart", () => {
    const middles = candles.map((c) => (Number(c.high) + Number(c.low)) / 2);
    const expected = mean(middles.slice(-5)) - mean(middles.slice(-34));
    expect(value("awesomeoscillator", [], candles).at(-1)).toBeCloseTo(expected, 10);
    expect(value("awesomeoscillator", [], candles).findIndex((v) => v !== null)).toBe(33);
  });

  it("of the force index are the change of price by volume", () => {
    const expected = (closes[99]! - closes[98]!) * Number(candles[99]!.volume);
    expect(value("forceindex", [1], candles).at(-1)).toBeCloseTo(expected, 12);
  });

  it("of the KST are four smoothed rates of change, weighted 1 to 4", () => {
    const rates = [10, 15, 20, 30];
    const smooth = [10, 10, 10, 15];
    const expected = rates.map((n, i) => {
      return (i + 1) * mean(Array.from({ length: smooth[i]! }, (_, ago) => rate(99 - ago, n)));
    });
    const [kst, signal] = [...chartIndicator("kst", [], candles).values()];
    expect(kst!.at(-1)).toBeCloseTo(mean(expected) * 4, 9);
    expect(signal!.at(-1)).toBeCloseTo(mean(kst!.slice(-9) as number[]), 9);
    expect(kst!.findIndex((v) => v !== null)).toBe(44);
  });

  it("of the A/D line keep the fractions of small volumes and ignore candles without range", () => {
    const flows = candles.map((c) => {
      const [high, low, close] = [Number(c.high), Number(c.low), Number(c.close)];
      return ((close - low - (high - close)) / (high - low)) * Number(c.volume);
    });
    const line = value("adl", [], candles);
    flows.forEach((_, i) => {
      expect(line[i]).toBeCloseTo(mean(flows.slice(0, i + 1)) * (i + 1), 12);
    });
    const still = [candle(0, { high: 12, low: 8, close: 12, volume: 3 }), candle(1, { volume: 9 })];
    expect(value("adl", [], still)).toEqual([3, 3]);
  });

  it("of the chandelier exit hang multiples of the ATR from the extremes", () => {
    const steady = Array.from({ length: 30 }, (_, i) => candle(i, { high: 12, low: 8, close: 10 }));
    const columns = chartIndicator("chandelierexit", [5, 2], steady);
    expect(columns.get("long")!.at(-1)).toBeCloseTo(12 - 2 * 4, 10);
    expect(columns.get("short")!.at(-1)).toBeCloseTo(8 + 2 * 4, 10);
  });

  it("of Heikin-Ashi begin with the middle of the body", () => {
    const columns = chartIndicator(
      "heikinashi",
      [],
      [
        candle(0, { open: 10, high: 15, low: 9, close: 14 }),
        candle(1, { open: 14, high: 20, low: 13, close: 17 }),
      ],
    );
    expect(columns.get("open")).toEqual([12, 12]);
    expect(columns.get("close")).toEqual([12, 16]);
    expect(columns.get("high")).toEqual([15, 20]);
    expect(columns.get("low")).toEqual([9, 12]);
  });

  it("of Wilder's average and the true range are theirs", () => {
    const [first, second] = [candle(0, { close: 10 }), candle(1, { high: 12, low: 11, close: 11 })];
    expect(value("truerange", [], [first, second])).toEqual([null, 2]);
    expect(
      value(
        "wema",
        [2],
        [1, 3, 6].map((close, i) => candle(i, { close })),
      ),
    ).toEqual([null, 2, 4]);
  });
});

describe("patterns", () => {
  const cases: Readonly<Record<string, readonly Prices[]>> = {
    doji: [{ open: 100, close: 100.05, high: 103, low: 97 }],
    dragonflydoji: [{ open: 100, close: 100, high: 100, low: 90 }],
    gravestonedoji: [{ open: 100, close: 100, high: 110, low: 100 }],
    bullishmarubozu: [{ open: 100, close: 110 }],
    bearishmarubozu: [{ open: 110, close: 100 }],
    bullishengulfing: [down(100, 95), up(94, 102)],
    bearishengulfing: [up(95, 100), down(101, 94)],
    bullishharami: [down(110, 95), up(97, 104)],
    bearishharami: [up(95, 110), down(105, 99)],
    piercingline: [down(110, 100), up(97, 107)],
    darkcloudcover: [up(100, 110), down(113, 103)],
    threewhitesoldiers: [up(100, 110), up(105, 115), up(110, 120)],
    threeblackcrows: [down(120, 110), down(115, 105), down(110, 100)],
    morningstar: [down(120, 110), up(100, 101), up(112, 119)],
    eveningstar: [up(100, 110), up(120, 121), down(117, 101)],
  };

  it.each(Object.entries(cases))("%s is seen where it ends and nowhere else", (name, shape) => {
    const before = { open: 103, high: 104, low: 98, close: 100 };
    const after = { open: 100, high: 104, low: 98, close: 103 };
    const candles = [before, before, before, ...shape, after, after].map((prices, i) =>
      candle(i, prices),
    );
    const found = value(name, [], candles).flatMap((match, i) => (match === 1 ? [i] : []));
    expect(found).toEqual([2 + shape.length]);
  });

  it("are all tried here", () => {
    const patterns = CHART_INDICATORS.slice(-Object.keys(cases).length).map(({ name }) => name);
    expect(patterns).toEqual(Object.keys(cases));
    expect(CHART_INDICATORS.at(-1 - patterns.length)!.name).toBe("heikinashi");
  });
});

describe("a request that cannot be met", () => {
  it("names an unknown indicator", () => {
    expect(() => chartIndicator("hammer", [], [])).toThrow(
      fault("unknown-chart-indicator", { name: "hammer" }),
    );
  });

  it.each([
    ["wema", [0], "period", 0],
    ["wema", [1.5], "period", 1.5],
    ["chandelierexit", [22, 0], "multiplier", 0],
    ["adl", [3], 1, 3],
    ["forceindex", [13, 2], 2, 2],
  ])("%s%j names its %s", (name, params, parameter, wrong) => {
    const facts = { name, parameter, value: wrong };
    expect(() => chartIndicator(name, params, [])).toThrow(fault("bad-indicator-parameter", facts));
  });

  it("is refused for more candles than a chart has", () => {
    const many = Array.from({ length: MAX_CHART_CANDLES + 1 }, (_, i) => candle(i, {}));
    const facts = { candles: MAX_CHART_CANDLES + 1, limit: MAX_CHART_CANDLES };
    expect(() => value("wema", [5], many)).toThrow(fault("too-many-candles", facts));
  });
});

describe("the package", () => {
  it("lets go of the values that have left a window", () => {
    const list = new ti.FixedSizeLinkedList(3);
    for (let i = 0; i < 100; i++) list.push(i);
    let held = 0;
    let item = Reflect.get(list, "_tail") as { prev?: typeof item } | undefined;
    for (; item !== undefined; item = item.prev) held++;
    expect(held).toBe(3);
    expect([...list.iterator()]).toEqual([97, 98, 99]);
  });

  it("is imported by one file of src only", () => {
    const src = join(import.meta.dirname, "../../../src");
    const importers = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => {
      return (
        file.endsWith(".ts") &&
        readFileSync(join(src, file), "utf8").includes('"technicalindicators"')
      );
    });
    expect(importers).toEqual([join("charts", "catalogue-indicators.ts")]);
  });
});
