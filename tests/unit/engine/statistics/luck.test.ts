/** How good the best of many looks without skill, against the paper's example and plain simulation. */
import { describe, expect, it } from "vitest";
import { randomIntegers } from "../../../../src/domain/random-integers.ts";
import {
  deflatedSharpe,
  luckySharpe,
  normalQuantile,
  normalShare,
} from "../../../../src/engine/statistics/luck.ts";
import { mean, sampleDeviation } from "../../../../src/engine/statistics/moments.ts";

describe("the normal distribution", () => {
  it.each([
    [0, 0.5],
    [1, 0.841_344_7],
    [-1.644_853_6, 0.05],
    [1.959_964, 0.975],
    [3.090_232_3, 0.999],
  ])("has, below %d, the share %d", (x, share) => {
    expect(normalShare(x)).toBeCloseTo(share, 6);
    expect(normalQuantile(share)).toBeCloseTo(x, 4);
  });
});

describe("luck", () => {
  it("is that of the published example (Bailey and Lopez de Prado 2014, a numerical example)", () => {
    // 100 trials, variance of the yearly ratios 1/2, the best 2.5 over 1,250 days of 250 a year.
    const trials = { count: 100, deviation: Math.sqrt(0.5 / 250) };
    expect(luckySharpe(trials)).toBeCloseTo(0.1132, 4);
    const best = { sharpe: 2.5 / Math.sqrt(250), returns: 1_250, skewness: -3, kurtosis: 10 };
    expect(deflatedSharpe(best, trials)).toBeCloseTo(0.9004, 4);
    // With 46 independent trials the same would be convincing.
    expect(deflatedSharpe(best, { ...trials, count: 46 })).toBeCloseTo(0.9505, 4);
  });

  it("grows with the number of tries, and is nothing of one or of equal ones", () => {
    const lucky = [2, 10, 100, 1_000].map((count) => luckySharpe({ count, deviation: 0.1 }));
    expect(lucky).toEqual(lucky.toSorted((a, b) => a - b));
    expect(luckySharpe({ count: 1, deviation: 0.1 })).toBe(0);
    expect(luckySharpe({ count: 9, deviation: 0 })).toBe(0);
    expect(luckySharpe({ count: 1, deviation: NaN })).toBe(0);
  });

  it("is what the best of many coin tossers shows", () => {
    const random = randomIntegers(7);
    const [players, tosses, games] = [40, 100, 150];
    const bests: number[] = [];
    const spreads: number[] = [];
    for (let game = 0; game < games; game++) {
      const sharpes = Array.from({ length: players }, () => {
        const results = Array.from({ length: tosses }, () => random(2) * 2 - 1);
        return mean(results) / sampleDeviation(results);
      });
      bests.push(Math.max(...sharpes));
      spreads.push(sampleDeviation(sharpes));
    }
    const expected = luckySharpe({ count: players, deviation: mean(spreads) });
    expect(mean(bests) / expected).toBeCloseTo(1, 1);
  });
});
