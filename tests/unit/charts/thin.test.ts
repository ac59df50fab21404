/** Thinning: short enough for the pixels, and nothing an eye looks for is lost. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { candleColumns, thinLine } from "../../../src/charts/thin.ts";
import { timeframeMs } from "../../../src/domain/timeframe.ts";
import { randomCandles } from "../../support/candle-lists.ts";

const LENGTH = timeframeMs("15m");
const count = fc.integer({ min: 1, max: 2_000 });
const limit = fc.integer({ min: 1, max: 400 });

describe("candles as columns", () => {
  it("keep first opening, last close, extremes and volume in at most so many columns", () => {
    fc.assert(
      fc.property(fc.integer(), count, limit, (seed, candles, columns) => {
        const list = randomCandles(seed, candles, { timeframe: "15m" });
        const thin = candleColumns(list, LENGTH, columns);
        expect(thin.times.length).toBeLessThanOrEqual(columns);
        expect(thin.open[0]).toBe(Number(list[0]!.open));
        expect(thin.close.at(-1)).toBe(Number(list.at(-1)!.close));
        expect(Math.max(...thin.high)).toBe(Math.max(...list.map(({ high }) => Number(high))));
        expect(Math.min(...thin.low)).toBe(Math.min(...list.map(({ low }) => Number(low))));
        const volume = list.reduce((sum, one) => sum + Number(one.volume), 0);
        expect(thin.volume.reduce((sum, one) => sum + one, 0)).toBeCloseTo(volume, 6);
      }),
      { numRuns: 50 },
    );
  });

  it("stay as they are where they fit, and have none where candles are missing", () => {
    const list = randomCandles(3, 30, { timeframe: "15m" });
    const holed = [...list.slice(0, 10), ...list.slice(20)];
    const thin = candleColumns(holed, LENGTH, 120);
    expect(thin.spanMs).toBe(LENGTH);
    expect(thin.times).toEqual(holed.map(({ openTime }) => openTime));
    expect(candleColumns([], LENGTH, 120).times).toEqual([]);
  });

  it("are sums of a year of 15m candles", () => {
    const year = randomCandles(5, 35_040, { timeframe: "15m" });
    const { times, spanMs } = candleColumns(year, LENGTH, 300);
    expect(times.length).toBeGreaterThan(290);
    expect(spanMs).toBe(117 * LENGTH);
  });
});

describe("a thinned line", () => {
  it("keeps its ends and its extremes, in order, within the limit", () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.integer({ min: 4, max: 60 }), (all, most) => {
        const times = all.map((_, i) => i);
        const thin = thinLine(times, all, most);
        expect(thin.values.length).toBeLessThanOrEqual(Math.max(most, 4));
        expect(thin.times).toEqual(thin.times.toSorted((a, b) => a - b));
        expect([thin.values[0], thin.values.at(-1)]).toEqual([all[0], all.at(-1)]);
        expect(Math.max(...thin.values)).toBe(Math.max(...all));
        expect(Math.min(...thin.values)).toBe(Math.min(...all));
      }),
    );
  });
});
