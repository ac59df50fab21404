/** Drawdowns, daily values and yearly ratios against values worked out by hand. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxDrawdown } from "../../../../src/engine/statistics/drawdown.ts";
import {
  after,
  dailyCurve,
  type EquityCurve,
  returnsOf,
} from "../../../../src/engine/statistics/equity-curve.ts";
import { metricsOf, type Stretch } from "../../../../src/engine/statistics/metrics.ts";

const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 0, 1);

/** A value at each end of `stepMs` from START on. */
function curveOf(values: readonly number[], stepMs = DAY_MS): EquityCurve {
  return {
    times: Float64Array.from(values, (_, i) => START + (i + 1) * stepMs),
    values: Float64Array.from(values),
  };
}

function stretch(values: readonly number[], change: Partial<Stretch> = {}): Stretch {
  return {
    from: START,
    until: START + values.length * DAY_MS,
    equity: 100,
    curve: curveOf(values),
    trades: [],
    fees: 0,
    exposedMs: 0,
    firstPrice: 10,
    lastPrice: 12,
    ...change,
  };
}

describe("the deepest drawdown", () => {
  const beginning = { at: START, equity: 100 };

  it("is measured from the peak before it, in depth and in time", () => {
    const fall = maxDrawdown(curveOf([110, 99, 104, 121, 90.75, 100, 121, 130]), beginning);
    expect(fall).toEqual({
      percent: 25,
      amount: 30.25,
      peakAt: START + 4 * DAY_MS,
      troughAt: START + 5 * DAY_MS,
      recoveredAt: START + 7 * DAY_MS,
      durationMs: 3 * DAY_MS,
    });
  });

  it("lasts to the end when it was not made good", () => {
    const fall = maxDrawdown(curveOf([90, 80, 95]), beginning);
    expect(fall).toMatchObject({ percent: 20, recoveredAt: null, durationMs: 3 * DAY_MS });
    expect(fall).toMatchObject({ peakAt: START, troughAt: START + 2 * DAY_MS });
  });

  it("is nothing where equity never falls", () => {
    expect(maxDrawdown(curveOf([100, 100, 101]), beginning)).toBeNull();
    expect(maxDrawdown(curveOf([]), beginning)).toBeNull();
  });

  it("is the largest loss between any two moments", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 1_000 }), { maxLength: 40 }), (values) => {
        const all = [100, ...values];
        const worst = all.flatMap((high, i) => all.slice(i).map((low) => (high - low) / high));
        const fall = maxDrawdown(curveOf(values), beginning);
        expect(fall?.percent ?? 0).toBeCloseTo(100 * Math.max(0, ...worst), 10);
      }),
    );
  });
});

describe("daily values", () => {
  it("are the last of each UTC day, days without one carried forward", () => {
    const hour = DAY_MS / 24;
    const curve = {
      times: Float64Array.of(
        START + hour,
        START + DAY_MS,
        START + DAY_MS + 1,
        START + 3.5 * DAY_MS,
      ),
      values: Float64Array.of(101, 102, 103, 104),
    };
    const daily = dailyCurve(curve, { at: START, equity: 100 });
    expect([...daily.values]).toEqual([102, 103, 103, 104]);
    expect([...daily.times]).toEqual([1, 2, 3, 4].map((day) => START + day * DAY_MS));
  });

  it("become returns against the day before, the first against the start", () => {
    expect([...returnsOf(Float64Array.of(110, 99), 100)].map((one) => one.toFixed(6))).toEqual([
      "0.100000",
      "-0.100000",
    ]);
  });

  it("can be cut, and go on from the value before the cut", () => {
    const cut = after(curveOf([110, 120, 130]), START + 2 * DAY_MS, 100);
    expect([...cut.curve.values]).toEqual([130]);
    expect(cut.equity).toBe(120);
    expect(after(curveOf([110]), START, 100).equity).toBe(100);
  });
});

describe("yearly figures", () => {
  /** 40 days, by turns up 2 % and down 1 %. */
  const values: number[] = [];
  for (let day = 0; day < 40; day++) {
    values.push((values.at(-1) ?? 100) * (day % 2 === 0 ? 1.02 : 0.99));
  }
  const metrics = metricsOf(stretch(values));

  it("are those worked out by hand", () => {
    const growth = (1.02 * 0.99) ** 20;
    expect(metrics.returnPercent).toBeCloseTo(100 * (growth - 1), 9);
    expect(metrics.cagrPercent).toBeCloseTo(100 * (growth ** (365 / 40) - 1), 8);
    // Mean 0.005; every day 0.015 away from it, so the sample variance is 40 · 0.015² / 39.
    const deviation = Math.sqrt((40 * 0.015 ** 2) / 39);
    expect(metrics.sharpe).toBeCloseTo((0.005 / deviation) * Math.sqrt(365), 9);
    // Half of the days lose 0.01.
    expect(metrics.sortino).toBeCloseTo((0.005 / Math.sqrt(0.01 ** 2 / 2)) * Math.sqrt(365), 9);
    expect(metrics.maxDrawdown?.percent).toBeCloseTo(1, 9);
    expect(metrics.calmar).toBeCloseTo(100 * (growth ** (365 / 40) - 1), 6);
  });

  it("compare with buying and holding", () => {
    expect(metrics.buyAndHoldPercent).toBeCloseTo(20, 10);
    expect(metrics.differencePercent).toBeCloseTo(metrics.returnPercent - 20, 10);
  });

  it("need thirty days, a variation, a fall", () => {
    const short = metricsOf(stretch(values.slice(0, 29)));
    expect([short.cagrPercent, short.sharpe, short.sortino, short.calmar]).toEqual(
      Array.from({ length: 4 }, () => "needs 30 days"),
    );
    expect(short.maxDrawdown?.percent).toBeCloseTo(1, 9);
    const still = metricsOf(stretch(Array.from({ length: 40 }, () => 100)));
    expect(still).toMatchObject({
      netProfit: 0,
      cagrPercent: 0,
      sharpe: "no variation",
      sortino: "no losing day",
      calmar: "no drawdown",
      maxDrawdown: null,
    });
  });

  it("call a total loss a total loss", () => {
    const lost = metricsOf(stretch(Array.from({ length: 40 }, () => 0)));
    expect(lost).toMatchObject({ returnPercent: -100, cagrPercent: -100 });
  });

  it("count exposure as a share of the time", () => {
    expect(metricsOf(stretch(values, { exposedMs: 10 * DAY_MS })).exposurePercent).toBe(25);
  });
});
