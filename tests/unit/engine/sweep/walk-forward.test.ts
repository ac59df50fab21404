/** What is made of the variants' figures: windows, ranking, the walk forward, luck. */
import { describe, expect, it } from "vitest";
import { figuresOf } from "../../../../src/engine/sweep/variant-figures.ts";
import type { PartFigures } from "../../../../src/engine/sweep/variant-record.ts";
import { verdictOf } from "../../../../src/engine/sweep/walk-forward.ts";
import { partsOf } from "../../../../src/engine/sweep/windows.ts";

const DAYS = 20;

/** Two windows; returns of in, out, in, out; one trade a part unless said. */
function variant(ruleText: string, returns: readonly number[], trades = 1) {
  const parts = returns.map((returnPercent, i): PartFigures => {
    const daily = returnPercent / 100 / DAYS;
    return {
      side: i % 2 === 0 ? "inSample" : "outOfSample",
      from: i,
      until: i + 1,
      returnPercent,
      maxDrawdownPercent: i + 1,
      trades,
      wins: trades,
      dailyReturns: Array.from({ length: DAYS }, (_, day) => daily + (day % 2 ? 0.01 : -0.01)),
    };
  });
  return figuresOf(ruleText, parts);
}

describe("windows", () => {
  it("follow each other without holes, 70 % of each in sample", () => {
    expect(partsOf(100, 1_100, 2)).toEqual([
      { side: "inSample", from: 100, until: 450 },
      { side: "outOfSample", from: 450, until: 600 },
      { side: "inSample", from: 600, until: 950 },
      { side: "outOfSample", from: 950, until: 1_100 },
    ]);
    const parts = partsOf(3, 1_000);
    expect(parts[0]!.from).toBe(3);
    expect(parts.at(-1)!.until).toBe(1_000);
    for (const [i, { from }] of parts.slice(1).entries()) expect(from).toBe(parts[i]!.until);
  });

  it("that would be too short are refused", () => {
    expect(() => partsOf(0, 266)).toThrow(
      expect.objectContaining({ code: "optimize-too-short", facts: { candles: 266, least: 267 } }),
    );
    expect(partsOf(0, 267)).toHaveLength(8);
  });
});

describe("a side", () => {
  it("puts its parts one after the other", () => {
    const { inSample, outOfSample, returnPercent } = variant("a", [10, -50, 10, 100]);
    expect(inSample.returnPercent).toBeCloseTo(21);
    expect(outOfSample.returnPercent).toBeCloseTo(0);
    expect(returnPercent).toBeCloseTo(21);
    expect([inSample.maxDrawdownPercent, outOfSample.maxDrawdownPercent]).toEqual([3, 4]);
    expect([inSample.trades, inSample.wins, inSample.days]).toEqual([2, 2, 40]);
    expect(inSample.sharpe).toBeCloseTo(inSample.dailySharpe * Math.sqrt(365));
  });

  it("has no Sharpe ratio below 30 days or without any movement", () => {
    const [part] = variant("a", [1, 1]).parts;
    const short = figuresOf("a", [{ ...part!, dailyReturns: Array(29).fill(0.01) }]);
    expect(short.inSample.sharpe).toBe("needs 30 days");
    const flat = figuresOf("a", [{ ...part!, dailyReturns: Array(30).fill(0) }]);
    expect(flat.inSample.sharpe).toBe("no variation");
  });
});

describe("the verdict", () => {
  const lucky = variant("lucky", [-5, 8, -5, 8]);
  const steady = variant("steady", [5, 4, 5, 4]);
  const fitted = variant("fitted", [20, -6, 1, -6]);
  const idle = variant("idle", [0, 0, 0, 0], 0);
  const verdict = verdictOf([idle, fitted, steady, lucky], 1);

  it("ranks by what was earned out of sample, what never traded last", () => {
    expect(verdict.ranking.map(({ ruleText }) => ruleText)).toEqual([
      "lucky",
      "steady",
      "fitted",
      "idle",
    ]);
    expect(verdict.middle.ruleText).toBe("fitted");
    expect(verdict.winningShare).toBe(0.5);
  });

  it("walks forward: each window's best in sample, and what it did next", () => {
    expect(
      verdict.windows.map(({ ruleText, inSample, outOfSample }) => [
        ruleText,
        inSample.returnPercent,
        outOfSample.returnPercent,
      ]),
    ).toEqual([
      ["fitted", 20, -6],
      ["steady", 5, 4],
    ]);
    expect(verdict.chosenReturnPercent).toBeCloseTo(100 * (0.94 * 1.04 - 1));
  });

  it("holds the best against luck, or says why it cannot", () => {
    expect(verdict.luck).toMatchObject({ sharpe: lucky.outOfSample.sharpe });
    const { confidence, luckySharpe } = verdict.luck as { confidence: number; luckySharpe: number };
    expect(luckySharpe).toBeGreaterThan(0);
    expect(confidence).toBeGreaterThan(0.5);
    // More tries that spread as much make the same result less convincing.
    const more = [idle, fitted, steady, lucky, fitted, steady, idle, fitted, fitted];
    const doubted = verdictOf([...more, ...more.map((one) => one)], 1).luck;
    expect(doubted).toMatchObject({ sharpe: lucky.outOfSample.sharpe });
    expect((doubted as { confidence: number }).confidence).toBeLessThan(confidence);
    const one = verdictOf([variant("a", [1, 1])], 0);
    expect(one.luck).toBe("needs 30 days");
  });
});
