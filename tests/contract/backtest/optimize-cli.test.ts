/** `npm run optimize`: what it prints is a contract with the programs that read it. */
import { describe, expect, it } from "vitest";
import { backtest } from "../../unit/engine/backtest/run.ts";
import { randomCandles, SYMBOL } from "../../support/candle-lists.ts";
import { csvOf, workplace } from "./command-line.ts";

const RULE =
  "enter long when ema({4..6}) crosses above ema({12..14:2})\nexit long when ema(5) crosses below ema(13)\nstop {1..2}%";
const CANDLES = randomCandles(4, 3_500, { timeframe: "15m" });
const OF = ["--symbol", SYMBOL, "--timeframe", "15m"];

interface Variant {
  readonly rule: string;
  readonly values: readonly string[];
  readonly returnPercent: number;
  readonly inSample: { readonly trades: number };
  readonly outOfSample: { readonly trades: number; readonly returnPercent: number };
}
interface Printed {
  readonly tried: number;
  readonly combinations: number;
  readonly best: Variant;
  readonly middle: Variant;
  readonly ranking: readonly Variant[];
  readonly windows: readonly object[];
}

/** Each of them starts processes. */
const PATIENCE = { timeout: 60_000 };

describe("npm run optimize", PATIENCE, () => {
  it("prints what it found as JSON and nothing else, and a backtest of the best agrees", async () => {
    const { file, optimize } = await workplace();
    const rule = await file("rule.txt", RULE);
    const candles = await file("candles.csv.gz", csvOf(CANDLES));
    const args = ["--rule-file", rule, ...OF, "--candles", candles, "--json"];
    const { code, out, err } = await optimize(...args);
    expect([code, err]).toEqual([0, ""]);
    const { tried, combinations, best, middle, ranking, windows } = JSON.parse(out) as Printed;
    expect([tried, combinations, ranking.length, windows.length]).toEqual([12, 12, 10, 4]);
    expect(middle.values).toEqual(["5", "12", "1"]);
    const returns = ranking.map(({ outOfSample }) => outOfSample.returnPercent);
    expect(returns).toEqual(returns.toSorted((a, b) => b - a));
    expect(best).toEqual(ranking[0]);
    const { metrics } = backtest(best.rule, { candles: CANDLES, fee: "0.001" });
    expect(best.returnPercent).toBeCloseTo(metrics.returnPercent, 8);
    expect(best.inSample.trades + best.outOfSample.trades).toBe(metrics.trades);
    expect(metrics.trades).toBeGreaterThan(50);
  });

  it("prints a page for people, with a rule to copy, and tries no more than it is told", async () => {
    const { file, optimize } = await workplace();
    const candles = await file("candles.csv", csvOf(CANDLES));
    const args = ["--rule", RULE, ...OF, "--candles", candles, "--variants", "5"];
    const { code, out } = await optimize(...args);
    expect(code).toBe(0);
    expect(out).toContain("5 rules drawn from 12 combinations");
    expect(out).toMatch(/The best out of sample:\n {2}enter long when ema\(\d\)/);
    expect(out).toMatch(/The best of 5 is lucky too/);
    expect(out).not.toMatch(/NaN|undefined/);
  });

  it("refuses in a sentence", async () => {
    const { file, optimize, backtest: test } = await workplace();
    const candles = await file("candles.csv", csvOf(CANDLES.slice(0, 200)));
    const on = [...OF, "--candles", candles];
    const refusals = [
      [
        await optimize("--rule", "enter long when rsi({9..7}) < 30", ...on),
        /\{9\.\.7\} begins above/,
      ],
      [await optimize("--rule", "enter long when rsi({0..7}) < 30", ...on), /rsi\(0\)[^]*\^/],
      [await optimize("--rule", "enter long when rsi(7) < 30", ...on), /Mark the numbers/],
      [await optimize("--rule", RULE, ...on), /200 candles are too few for a search/],
      [await test("--rule", RULE, ...on), /are for \/optimize only/],
    ] as const;
    for (const [{ code, out, err }, words] of refusals) {
      expect(err).toMatch(words);
      expect([code, out]).toEqual([1, ""]);
    }
  });
});
