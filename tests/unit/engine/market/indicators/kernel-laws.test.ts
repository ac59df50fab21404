/**
 * What holds for every kernel whatever it computes: saving and restoring, trying a forming candle,
 * bad input, warm-up, recovery from spikes, and that batch and streaming are one.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { INDICATORS } from "../../../../../src/domain/indicator.ts";
import {
  createKernel,
  KERNEL_NAMES,
} from "../../../../../src/engine/market/indicators/create-kernel.ts";
import { runKernel } from "../../../../../src/engine/market/indicators/run-kernel.ts";
import type { Bar, Kernel } from "../../../../../src/engine/market/kernel.ts";
import { AWKWARD, flat, joined, LIVELY, toColumns, walk } from "./series.ts";

const SPECS = [...INDICATORS.values()];
const usual = (name: string): number[] =>
  INDICATORS.get(name)!.params.map((parameter) => parameter.default ?? 10);
const fresh = (name: string): Kernel => createKernel(name, usual(name));
/** A copy: a typed array that later candles do not change. */
const after = (kernel: Kernel, bar: Bar, source = bar.close): Float64Array => {
  kernel.next(source, bar);
  return kernel.outputs.slice();
};

const price = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
const anyBar: fc.Arbitrary<Bar> = fc
  .record({
    prices: fc.tuple(price, price, price, price),
    volume: fc.double({ min: 0, max: 1e9, noNaN: true }),
    minutes: fc.nat(100_000),
  })
  .map(({ prices: [a, b, c, d], volume, minutes }) => {
    const [high, low] = [Math.max(a, b, c, d), Math.min(a, b, c, d)];
    return { openTime: minutes * 60_000, open: a, high, low, close: b, volume };
  });
const history = fc.record({
  seed: fc.nat(1_000_000),
  candles: fc.integer({ min: 0, max: 160 }),
  quiet: fc.constantFrom(0, 0.5, 1),
});

describe.each(SPECS)("$name", ({ name, input, warmup, outputs, params }) => {
  it("goes on from a saved state as if nothing had happened", () => {
    fc.assert(
      fc.property(history, fc.array(anyBar, { minLength: 1, maxLength: 20 }), (past, next) => {
        const kernel = fresh(name);
        for (const bar of walk(past)) kernel.next(bar.close, bar);
        const saved = kernel.state.slice();
        const first = next.map((bar) => after(kernel, bar));
        kernel.state.set(saved);
        expect(next.map((bar) => after(kernel, bar))).toEqual(first);
        const other = fresh(name);
        other.state.set(saved);
        expect(next.map((bar) => after(other, bar))).toEqual(first);
        expect(other.state).toEqual(kernel.state);
      }),
      { numRuns: 25 },
    );
  });

  it("tries forming candles and takes them back without a trace", () => {
    const past = fc.array(fc.tuple(anyBar, fc.array(anyBar, { maxLength: 3 })), { maxLength: 60 });
    fc.assert(
      fc.property(past, (candles) => {
        const plain = fresh(name);
        const previewed = fresh(name);
        for (const [bar, forming] of candles) {
          for (const unfinished of forming) {
            const saved = previewed.state.slice();
            const seen = after(previewed, unfinished);
            previewed.state.set(saved);
            expect(after(previewed, unfinished)).toEqual(seen);
            previewed.state.set(saved);
          }
          expect(after(previewed, bar)).toEqual(after(plain, bar));
        }
        expect(previewed.state).toEqual(plain.state);
      }),
      { numRuns: 25 },
    );
  });

  it("does not take a value that is no number, answers nothing and goes on", () => {
    const bars = walk({ seed: 21, candles: 150 });
    const [plain, disturbed] = [fresh(name), fresh(name)];
    const nothing = Array.from(outputs, () => NaN);
    bars.forEach((bar, i) => {
      const memory = disturbed.state.slice(outputs.length);
      for (const bad of [NaN, Infinity, -Infinity, 1e300]) {
        const broken = input === "source" ? bar : { ...bar, [FIELDS[i % FIELDS.length]!]: bad };
        expect([...after(disturbed, broken, bad)]).toEqual(nothing);
        expect(disturbed.state.slice(outputs.length)).toEqual(memory);
      }
      expect(after(disturbed, bar)).toEqual(after(plain, bar));
    });
  });

  it("has all its values from the candle the catalogue says, and not before", () => {
    const kernel = fresh(name);
    const bars = walk({ seed: 22, candles: warmup(usual(name)) + 5 });
    const complete = bars.map((bar) => after(kernel, bar).every(Number.isFinite));
    expect(complete.indexOf(true)).toBe(warmup(usual(name)) - 1);
    expect(complete.lastIndexOf(false)).toBe(warmup(usual(name)) - 2);
  });

  it("has the same values at its shortest parameters", () => {
    const least = params.map((parameter) => (parameter.integer ? parameter.min : 1));
    const kernel = createKernel(name, least);
    const complete = walk({ seed: 23, candles: 12 }).map((bar) =>
      after(kernel, bar).every(Number.isFinite),
    );
    expect(complete.indexOf(true)).toBe(warmup(least) - 1);
  });

  it("is finite in every market once it has warmed up", () => {
    for (const bars of Object.values({ ...LIVELY, ...AWKWARD })) {
      const columns = runKernel(fresh(name), toColumns(bars));
      for (const column of columns) {
        expect(column.findLastIndex((value) => !Number.isFinite(value))).toBeLessThan(
          warmup(usual(name)),
        );
      }
    }
  });

  it("gives the same bits in batch and candle by candle, in one go and in two", () => {
    const bars = LIVELY["a walk with gaps"]!.slice(0, 300);
    const whole = runKernel(fresh(name), toColumns(bars));
    const kernel = fresh(name);
    bars.forEach((bar, i) => {
      expect([...after(kernel, bar)]).toEqual(whole.map((column) => column[i]));
    });
    const halves = fresh(name);
    const first = runKernel(halves, toColumns(bars.slice(0, 140)));
    const second = runKernel(halves, toColumns(bars.slice(140)));
    whole.forEach((column, output) => {
      expect([...first[output]!, ...second[output]!]).toEqual([...column]);
    });
  });

  it("keeps its outputs at the head of its state, without a value at first", () => {
    const kernel = fresh(name);
    expect(kernel.outputs.buffer).toBe(kernel.state.buffer);
    expect(kernel.outputs.byteOffset).toBe(kernel.state.byteOffset);
    expect([...kernel.outputs]).toEqual(Array.from(outputs, () => NaN));
  });
});

const FIELDS = ["open", "high", "low", "close", "volume"] as const;

describe("after a bad print", () => {
  const bars = walk({ seed: 31, candles: 3000, price: 1e-4 });
  const spoilt = bars.map((bar, i) => {
    return i === 100 ? { ...bar, high: 1e12, close: 1e12, volume: 1e12 } : bar;
  });
  const windowed = SPECS.filter((spec) => !spec.recursive && spec.name !== "vwap");
  const fading = SPECS.filter((spec) => spec.recursive && spec.name !== "obv");

  it.each(windowed)("$name is right to the last bit when its window has passed", ({ name }) => {
    const [clean, dirty] = [bars, spoilt].map((list) => runKernel(fresh(name), toColumns(list)));
    const passed = 101 + INDICATORS.get(name)!.warmup(usual(name)) + 1;
    clean!.forEach((column, output) => {
      expect(dirty![output]!.slice(passed)).toEqual(column.slice(passed));
    });
  });

  it.each(fading)("$name has forgotten it in the end", ({ name }) => {
    const [clean, dirty] = [bars, spoilt].map((list) => runKernel(fresh(name), toColumns(list)));
    clean!.forEach((column, output) => {
      expect(dirty![output]!.at(-1)! / column.at(-1)!).toBeCloseTo(1, 6);
    });
  });

  it("vwap is right again from midnight on", () => {
    const [clean, dirty] = [bars, spoilt].map((list) => runKernel(fresh("vwap"), toColumns(list)));
    const midnight = bars.findIndex((bar, i) => i > 100 && bar.openTime % 86_400_000 === 0);
    expect(dirty![0]!.slice(midnight)).toEqual(clean![0]!.slice(midnight));
  });
});

/** Indicators whose outputs are all prices. */
const PRICES =
  "sma ema wma dema tema hma vwma highest lowest vwap psar donchian keltner ichimoku".split(" ");

describe("in a market that never moved", () => {
  const still = flat(200, 0.1);
  const last = (name: string): number[] =>
    runKernel(fresh(name), toColumns(still)).map((column) => column.at(-1)!);

  it.each(PRICES)("%s is the price, to the last bit", (name) => {
    expect(last(name)).toEqual(INDICATORS.get(name)!.outputs.map(() => 0.1));
  });

  it.each([
    ["rsi", [50]],
    ["stochrsi", [50, 50]],
    ["stoch", [50, 50]],
    ["willr", [-50]],
    ["cci", [0]],
    ["mfi", [50]],
    ["cmf", [0]],
    ["adx", [0, 0, 0]],
    ["atr", [0]],
    ["stddev", [0]],
    ["roc", [0]],
    ["trix", [0]],
    ["macd", [0, 0, 0]],
    ["obv", [0]],
    ["bb", [0.1, 0.1, 0.1, 0, 0.5]],
    ["aroon", [100, 100, 0]],
    ["supertrend", [0.1, -1]],
  ])("%s is neutral", (name, values) => {
    expect(last(name)).toEqual(values);
  });

  it("stochrsi is neutral also while an RSI at rest trembles in its last digits", () => {
    const asleep = joined(walk({ seed: 41, candles: 200 }), flat(100, 50));
    const [k, d] = runKernel(fresh("stochrsi"), toColumns(asleep));
    expect([k!.at(-1), d!.at(-1)]).toEqual([50, 50]);
  });

  it("a restart elsewhere in the history does not change a window's bits", () => {
    const bars = walk({ seed: 42, candles: 400 });
    const long = runKernel(fresh("sma"), toColumns(bars))[0]!;
    const short = runKernel(fresh("sma"), toColumns(bars.slice(137)))[0]!;
    expect(short.slice(10)).toEqual(long.slice(147));
  });
});

describe("the table of kernels", () => {
  it("has exactly the catalogue's names", () => {
    expect(KERNEL_NAMES.toSorted()).toEqual(SPECS.map((spec) => spec.name).toSorted());
  });

  it("names an indicator that does not exist", () => {
    expect(() => createKernel("constructor", [])).toThrow(
      expect.objectContaining({ code: "unknown-indicator", facts: { name: "constructor" } }),
    );
  });

  it.each([
    ["sma", [], "period", null],
    ["sma", [0], "period", 0],
    ["sma", [501], "period", 501],
    ["sma", [2.5], "period", 2.5],
    ["sma", [NaN], "period", NaN],
    ["sma", [5, 6], 2, 6],
    ["bb", [20, 0], "deviations", 0],
  ])("%s%j is refused for its %s", (name, params, parameter, value) => {
    expect(() => createKernel(name, params)).toThrow(
      expect.objectContaining({
        code: "bad-indicator-parameter",
        facts: { name, parameter, value },
      }),
    );
  });
});

describe("a history in columns", () => {
  it("may feed another series than the close to a kernel that reads one", () => {
    const candles = toColumns(walk({ seed: 51, candles: 50 }));
    const [ofHighs] = runKernel(createKernel("sma", [5]), candles, candles.high);
    const [same] = runKernel(createKernel("sma", [5]), { ...candles, close: candles.high });
    expect(ofHighs).toEqual(same);
  });

  it("is refused when a column is shorter than the others", () => {
    const candles = toColumns(walk({ seed: 52, candles: 5 }));
    const uneven = { ...candles, volume: candles.volume.slice(1) };
    expect(() => runKernel(createKernel("obv", []), uneven)).toThrow(
      expect.objectContaining({
        code: "uneven-columns",
        facts: { candles: 5, column: "volume", length: 4 },
      }),
    );
  });

  it("has no percentage from zero to something and is unchanged from zero to zero", () => {
    const candles = toColumns(flat(5, 1));
    const [change] = runKernel(createKernel("roc", [1]), candles, Float64Array.of(0, 0, 5, 10, 0));
    expect([...change!]).toEqual([NaN, 0, NaN, 100, -100]);
  });

  it("gives a volume-weighted mean nothing where the volume is no number", () => {
    const bars = walk({ seed: 53, candles: 30 });
    const kernel = createKernel("vwma", [5]);
    for (const bar of bars) kernel.next(bar.close, bar);
    const memory = kernel.state.slice(1);
    kernel.next(1, { ...bars[0]!, volume: NaN });
    expect(kernel.outputs[0]).toBeNaN();
    expect(kernel.state.slice(1)).toEqual(memory);
  });
});
