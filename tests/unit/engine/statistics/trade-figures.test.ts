/** Figures of trades against values worked out by hand. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanInterval } from "../../../../src/engine/statistics/bootstrap.ts";
import { tradeFigures } from "../../../../src/engine/statistics/trade-figures.ts";
import { repeated, tradesOf } from "./sample-trades.ts";

/** 30 trades: ten times +30, -10, -5. Sum 150, mean 5, wins 300, losses -150. */
const THIRTY = tradesOf(repeated([30, -10, -5], 30));

describe("figures of thirty trades", () => {
  const figures = tradeFigures(THIRTY);

  it("are those worked out by hand", () => {
    expect(figures.trades).toBe(30);
    expect(figures.wins).toBe(10);
    expect(figures.losses).toBe(20);
    expect(figures.profitFactor).toBe(2);
    expect(figures.winRatePercent).toBeCloseTo(100 / 3, 12);
    expect(figures.expectancy).toBe(5);
    // Mean win 30, mean loss 7.5.
    expect(figures.payoff).toBe(4);
    // Squares of 25, -15, -10 around the mean: ten times 950, over 29; sqrt(327.586) = 18.0994.
    expect(figures.sqn).toBeCloseTo((Math.sqrt(30) * 5) / Math.sqrt(9_500 / 29), 12);
    expect(figures.averageHoldMs).toBe(3_600_000);
    expect([figures.bestTrade, figures.worstTrade]).toEqual([30, -10]);
    expect([figures.bestTradePercent, figures.worstTradePercent]).toEqual([3, -1]);
    expect(figures.longestLosingStreak).toBe(2);
    expect(figures.meanTradePercent).toBeCloseTo(0.5, 12);
  });

  it("have an interval around their mean, always the same one", () => {
    const { low, high } = figures.meanTradeInterval!;
    expect(low).toBeLessThan(0.5);
    expect(high).toBeGreaterThan(0.5);
    // The normal approximation: 0.5 ± 1.96 · 1.80994 / sqrt(30).
    expect(low).toBeCloseTo(0.5 - 0.6477, 0);
    expect(high).toBeCloseTo(0.5 + 0.6477, 0);
    expect(tradeFigures(THIRTY).meanTradeInterval).toEqual({ low, high });
  });
});

describe("figures without meaning", () => {
  it("say what they need instead of a number", () => {
    const few = tradeFigures(THIRTY.slice(0, 29));
    expect([few.profitFactor, few.winRatePercent, few.expectancy, few.payoff, few.sqn]).toEqual(
      Array.from({ length: 5 }, () => "needs 30 trades"),
    );
    expect(few.meanTradeInterval).toBeNull();
    expect(few.bestTrade).toBe(30);
    expect(tradeFigures([])).toMatchObject({
      trades: 0,
      bestTrade: "needs a trade",
      averageHoldMs: "needs a trade",
      longestLosingStreak: 0,
    });
  });

  it("say what there was none of", () => {
    const winning = tradeFigures(tradesOf(repeated([1, 2], 30)));
    expect([winning.profitFactor, winning.payoff]).toEqual(["no losing trade", "no losing trade"]);
    expect(tradeFigures(tradesOf(repeated([-1], 30))).payoff).toBe("no winning trade");
    expect(tradeFigures(tradesOf(repeated([-1], 30))).sqn).toBe("no variation");
  });
});

describe("whatever the trades", () => {
  const results = fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 30, maxLength: 80 });

  it("figures fit together", () => {
    fc.assert(
      fc.property(results, (values) => {
        const figures = tradeFigures(tradesOf(values));
        expect(figures.wins + figures.losses).toBeLessThanOrEqual(values.length);
        expect(figures.bestTrade).toBeGreaterThanOrEqual(Number(figures.worstTrade));
        expect(figures.longestLosingStreak).toBeLessThanOrEqual(figures.losses);
        const { profitFactor, expectancy } = figures;
        if (typeof profitFactor === "number") {
          expect(Math.sign(profitFactor - 1)).toBe(Math.sign(Number(expectancy)));
        }
      }),
    );
  });

  it("the interval lies within the results and does not depend on their unit", () => {
    fc.assert(
      fc.property(results, fc.integer({ min: 2, max: 9 }), (values, unit) => {
        const { low, high } = meanInterval(values);
        expect(low).toBeGreaterThanOrEqual(Math.min(...values));
        expect(high).toBeLessThanOrEqual(Math.max(...values));
        const scaled = meanInterval(values.map((value) => value * unit));
        expect(scaled.low).toBeCloseTo(low * unit, 6);
        expect(scaled.high).toBeCloseTo(high * unit, 6);
      }),
      { numRuns: 20 },
    );
  });
});
