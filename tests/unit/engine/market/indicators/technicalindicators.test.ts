/**
 * Kernels against the technicalindicators package 3.1.0: equal, candle by candle, where the package
 * is right; and for each deviation listed in docs/indicators.md a test of what it is.
 */
import { describe, expect, it } from "vitest";

import { INDICATORS } from "../../../../../src/domain/indicator.ts";
import { createKernel } from "../../../../../src/engine/market/indicators/create-kernel.ts";
import { runKernel } from "../../../../../src/engine/market/indicators/run-kernel.ts";
import type { Bar } from "../../../../../src/engine/market/kernel.ts";
import { expectAgreement, level } from "./agreement.ts";
import { flat, joined, LIVELY, toColumns, walk } from "./series.ts";
import { ask, SHARED_NAMES } from "./technicalindicators.ts";

const run = (name: string, bars: readonly Bar[], params: readonly number[]): Float64Array[] =>
  runKernel(createKernel(name, params), toColumns(bars));

/** What every output has come to. */
const last = (columns: readonly ArrayLike<number>[]) =>
  columns.map((column) => column[column.length - 1]);

/** From the first candle on which the package answers; it holds some outputs back for others. */
function fromFirst(ours: Float64Array, theirs: readonly number[]): [Float64Array, number[]] {
  const first = theirs.findIndex((value) => !Number.isNaN(value));
  expect(first).toBeGreaterThan(-1);
  return [ours.slice(first), theirs.slice(first)];
}

const market = LIVELY["a random walk"]!;
const EXACT: Readonly<Record<string, readonly number[]>> = {
  ema: [21],
  highest: [20],
  lowest: [20],
  roc: [12],
  trix: [18],
  macd: [12, 26, 9],
  atr: [14],
  obv: [],
  ichimoku: [9, 26, 52, 1],
  donchian: [20],
  keltner: [20, 2, 10],
};
const CLOSE: Readonly<Record<string, readonly number[]>> = {
  sma: [20],
  wma: [20],
  stddev: [20],
  bb: [20, 2],
  adx: [14],
  stoch: [14, 3, 3],
  cci: [20],
  willr: [14],
};

describe.each(Object.entries(LIVELY))("in %s", (_name, bars) => {
  it.each(Object.entries(EXACT))("%s has the package's very bits", (name, params) => {
    const ours = run(name, bars, params);
    ask(name, bars, params).forEach((theirs, output) => {
      const [kernel, reference] = fromFirst(ours[output]!, theirs);
      expect([...kernel]).toEqual(reference);
    });
  });

  it.each(Object.entries(CLOSE))("%s is the package's to a billionth", (name, params) => {
    const ours = run(name, bars, params);
    const points = ["adx", "stoch", "cci", "willr"].includes(name);
    ask(name, bars, params).forEach((theirs, output) => {
      const [kernel, reference] = fromFirst(ours[output]!, theirs);
      const scale = points || output > 2 ? level(kernel.length, 1) : reference;
      expectAgreement(kernel, reference, scale);
    });
  });

  it("rsi, rounded to two decimals, is the package's", () => {
    const [theirs] = ask("rsi", bars, [14]);
    const rounded = Array.from(run("rsi", bars, [14])[0]!, (value) => Number(value.toFixed(2)));
    expect(rounded).toEqual(theirs);
  });

  it("mfi is the package's before its rounding, and a candle earlier", () => {
    const [ours, theirs] = [run("mfi", bars, [14])[0]!, ask("mfi", bars, [14])[0]!];
    expect(ours.findIndex((value) => value >= 0)).toBe(14);
    expect(theirs.findIndex((value) => value >= 0)).toBe(15);
    const distances = theirs.slice(15).map((value, i) => Math.abs(value - ours[i + 15]!));
    expect(Math.max(...distances)).toBeLessThan(0.005 + 1e-6);
  });

  it("stochrsi differs by what the package's rounding of the RSI makes of it", () => {
    const ours = run("stochrsi", bars, [14, 14, 3, 3]);
    ask("stochrsi", bars, [14, 14, 3, 3]).forEach((theirs, output) => {
      const [kernel, reference] = fromFirst(ours[output]!, theirs);
      const distances = reference.map((value, i) => Math.abs(value - kernel[i]!));
      expect(Math.max(...distances)).toBeLessThan(0.3);
      expect(Math.max(...distances)).toBeGreaterThan(0.001);
    });
  });

  it("vwap is the package's until midnight UTC, which the package does not see", () => {
    const firstDay = bars.findIndex(
      (bar) => new Date(bar.openTime).getUTCDate() !== new Date(bars[0]!.openTime).getUTCDate(),
    );
    const [ours, theirs] = [run("vwap", bars, [])[0]!, ask("vwap", bars, [])[0]!];
    const day = theirs.slice(0, firstDay);
    expectAgreement(ours.slice(0, firstDay), day, day);
    const after = (bars[firstDay]!.high + bars[firstDay]!.low + bars[firstDay]!.close) / 3;
    expect(ours[firstDay]! / after).toBeCloseTo(1, 9);
    expect(theirs[firstDay]! / after).not.toBeCloseTo(1, 9);
  });

  it("psar is the package's once a start in another direction is forgotten", () => {
    const [ours, theirs] = [run("psar", bars, [0.02, 0.2])[0]!, ask("psar", bars, [0.02, 0.2])[0]!];
    expect(Array.from(ours).slice(100)).toEqual(theirs.slice(100));
  });
});

describe("where the package is not followed", () => {
  it("psar starts the way the second candle's middle went, the package always upwards", () => {
    const [first, second] = flat(2, 9, 1);
    const bars = [
      { ...first!, high: 10, low: 8 },
      { ...second!, high: 9.5, low: 8.2 },
    ];
    expect(run("psar", bars, [0.02, 0.2])[0]![1]).toBe(10);
    expect(ask("psar", bars, [0.02, 0.2])[0]![1]).toBe(8);
  });

  it("rsi of a market that never moved is 50, the package says 100", () => {
    const still = flat(40, 5, 1);
    expect(run("rsi", still, [14])[0]!.at(-1)).toBe(50);
    expect(ask("rsi", still, [14])[0]!.at(-1)).toBe(100);
  });

  it("mfi ignores equal typical prices, the package counts them as sold", () => {
    const steps = flat(60, 5, 1).map((bar, i) => {
      const price = 5 + Math.floor(i / 2);
      return { ...bar, open: price, high: price, low: price, close: price };
    });
    expect(run("mfi", steps, [14])[0]!.at(-1)).toBe(100);
    expect(ask("mfi", steps, [14])[0]!.at(-1)).toBeLessThan(60);
  });

  it("adx lives on after a start without movement, the package's never does", () => {
    const late = joined(flat(60, 5, 1), market.slice(0, 200));
    expect(ask("adx", late, [14])[0]!.filter((value) => value >= 0)).toEqual([]);
    expect(run("adx", late, [14])[0]!.at(-1)).toBeGreaterThan(0);
    expect(run("adx", late, [14]).map((column) => column[59])).toEqual([0, 0, 0]);
  });

  it("a market without range has neutral values where the package has none", () => {
    const still = flat(60, 0.1, 5);
    expect(last(run("willr", still, [14]))).toEqual([-50]);
    expect(last(ask("willr", still, [14]))).toEqual([NaN]);
    expect(last(run("cci", still, [20]))).toEqual([0]);
    expect(last(run("bb", still, [20, 2]))).toEqual([0.1, 0.1, 0.1, 0, 0.5]);
    expect(last(run("stoch", still, [14, 3, 3]))).toEqual([50, 50]);
    expect(last(ask("stoch", still, [14, 3, 3]))).toEqual([0]);
  });

  it("windows hold zeros and negative values, the package's break on them", () => {
    const source = [-5, -3, 0, -4, -6, -2, 0, -1];
    const bars = flat(source.length, 1).map((bar, i) => ({ ...bar, close: source[i]! }));
    expect([...run("highest", bars, [3])[0]!]).toEqual([NaN, NaN, 0, 0, 0, -2, 0, 0]);
    expect(ask("highest", bars, [2])[0]![1]).toBe(0);
    expect(run("highest", bars, [2])[0]![1]).toBe(-3);
    const alternating = flat(8, 1).map((bar, i) => ({ ...bar, close: i % 2 }));
    expect(run("stddev", alternating, [4])[0]!.at(-1)).toBe(0.5);
    expect(ask("stddev", alternating, [4])[0]!.at(-1)).not.toBe(0.5);
  });

  it("a bad print is gone with its window, the package's running sum keeps it", () => {
    const bars = walk({ seed: 12, candles: 80, price: 1e-4 });
    const spoilt = bars.map((bar, i) => (i === 10 ? { ...bar, close: 1e12 } : bar));
    expect(run("sma", spoilt, [20])[0]!.at(-1)).toBe(run("sma", bars, [20])[0]!.at(-1));
    expect(ask("sma", spoilt, [20])[0]!.at(-1)).not.toBeCloseTo(1e-4, 5);
  });

  it("ichimoku's spans are moved, the package's stay under the candle they come from", () => {
    const ours = run("ichimoku", market, [9, 26, 52, 26]);
    const theirs = ask("ichimoku", market, [9, 26, 52, 26]);
    expect(Array.from(ours[2]!).slice(80)).toEqual(theirs[2]!.slice(55, -25));
    expect(Array.from(ours[3]!).slice(80)).toEqual(theirs[3]!.slice(55, -25));
  });

  it("obv starts with a 0 on the first candle, where the package is silent", () => {
    expect(run("obv", market, [])[0]![0]).toBe(0);
    expect(ask("obv", market, [])[0]![0]).toBeNaN();
  });
});

describe("at zero, and without a number", () => {
  const still = flat(60, 5, 1);

  it("a signal, or a change, of exactly zero is one", () => {
    expect(last(ask("macd", still, [12, 26, 9])).slice(0, 2)).toEqual([0, NaN]);
    expect(last(run("macd", still, [12, 26, 9]))).toEqual([0, 0, 0]);
    expect(last(ask("trix", still, [5]))).toEqual([NaN]);
    expect(last(run("trix", still, [5]))).toEqual([0]);
  });

  it("one NaN is passed over, where it spoils the package's average for ever", () => {
    const holed = market.map((bar, i) => (i === 50 ? { ...bar, close: NaN } : bar));
    expect(last(ask("ema", holed, [21]))).toEqual([NaN]);
    expect(last(run("ema", holed, [21]))[0]! / market.at(-1)!.close).toBeCloseTo(1, 0);
  });

  it("a rate of change from zero has none here, and is infinite there", () => {
    const bars = [0, 2, 3].map((close, i) => ({ ...still[i]!, close }));
    expect(ask("roc", bars, [1])[0]![1]).toBe(Infinity);
    expect([...run("roc", bars, [1])[0]!]).toEqual([NaN, NaN, 50]);
  });

  it("an RSI at rest is in the middle of its range, the package puts it at the bottom", () => {
    expect(last(ask("stochrsi", still, [14, 14, 3, 3]))).toEqual([0, 0]);
    expect(last(run("stochrsi", still, [14, 14, 3, 3]))).toEqual([50, 50]);
  });
});

describe("the comparison", () => {
  it("covers every indicator that the package shares with the catalogue", () => {
    const compared = [
      ...Object.keys({ ...EXACT, ...CLOSE }),
      "rsi",
      "mfi",
      "stochrsi",
      "vwap",
      "psar",
    ];
    expect(compared.toSorted()).toEqual(SHARED_NAMES.toSorted());
    expect(SHARED_NAMES.every((name) => INDICATORS.has(name))).toBe(true);
  });
});
