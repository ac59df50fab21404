/** Searches as people ask for them: what is fetched, how many rules are tried, one job at a time. */
import { describe, expect, it } from "vitest";
import { Backtests } from "../../../src/app/backtests.ts";
import { Drafting } from "../../../src/app/drafting.ts";
import type { RunSweep } from "../../../src/app/optimize-job.ts";
import { Optimizations, type OptimizeWish } from "../../../src/app/optimizations.ts";
import { Turns } from "../../../src/app/turns.ts";
import type { User } from "../../../src/domain/user.ts";
import type { CandleRequest } from "../../../src/ports/market-data.ts";
import { randomCandles, SYMBOL } from "../../support/candle-lists.ts";
import { backtestHere, MemoryCandleStore, RandomExchange } from "../../support/memory-candles.ts";
import { sweepHere } from "../../support/sweep-here.ts";
import { NOON, testApp } from "../../support/test-app.ts";

const RULE =
  "enter long when ema({4..6}) crosses above ema(13)@4h exit long when ema({5..30:25}) < close[1]";
const DAY_MS = 86_400_000;
const ANN = { id: "ann", role: "trader", suspended: false } as User;

function desk(sweep: RunSweep = sweepHere) {
  const { market, gateway } = testApp();
  const exchange = new RandomExchange(() => NOON);
  const candles = new MemoryCandleStore();
  const settings = {
    quoteAsset: "USDT",
    defaultSymbol: SYMBOL,
    startingBalance: "10000",
    fee: "0.001",
    slippage: "0.0005",
  };
  const data = {
    instrument: (symbol: string) => market.instrument(symbol),
    serverTime: () => exchange.serverTime(),
    closedCandles: (request: CandleRequest) => exchange.closedCandles(request),
  };
  const drafting = new Drafting({ market, settings });
  const turns = new Turns();
  const parts = { drafting, market: data, settings };
  const backtests = new Backtests({ ...parts, candles, gateway, run: backtestHere, turns });
  const optimizations = new Optimizations({ ...parts, backtests, turns, sweep });
  return { backtests, turns, optimizations, exchange, candles };
}

const wish = (change: Partial<OptimizeWish> = {}): OptimizeWish => ({
  ruleText: RULE,
  symbol: null,
  timeframe: "1h",
  from: NOON - 60 * DAY_MS,
  until: null,
  ...change,
});

describe("a search", () => {
  it("gives every rule what a backtest of it gives, the longest history fetched for all", async () => {
    const { optimizations, backtests, exchange } = desk();
    const phases = new Set<string>();
    const found = await optimizations.run(ANN, wish(), (phase) => phases.add(phase));
    expect([...phases]).toEqual(["fetching", "testing"]);
    expect([found.complete, found.set.ruleTexts.length]).toEqual([true, 6]);
    const asked = exchange.asked.length;
    let trades = 0;
    for (const { ruleText, returnPercent, inSample, outOfSample } of found.verdict.ranking) {
      const what = { kind: "rule", ruleText } as const;
      const { result } = await backtests.run(ANN, { ...wish(), what });
      expect(returnPercent).toBeCloseTo(result.metrics.returnPercent, 8);
      expect(inSample.trades + outOfSample.trades).toBe(result.trades.length);
      trades += result.trades.length;
    }
    expect(trades).toBeGreaterThan(30);
    expect(exchange.asked).toHaveLength(asked);
  });

  it("uses stored 1m candles where the rules have levels", async () => {
    const seen = new Set<string>();
    const { optimizations, candles } = desk(async (job, watch) => {
      async function* pages() {
        for await (const page of job.pages) {
          seen.add(page.timeframe);
          yield page;
        }
      }
      return sweepHere({ ...job, pages: pages() }, watch);
    });
    const from = NOON - (NOON % DAY_MS) - 20 * DAY_MS;
    await candles.save(randomCandles(1, 15 * 1_440, { from }));
    const plain = "enter long when close > open[{1..2}]";
    await optimizations.run(ANN, wish({ from, ruleText: plain }));
    expect(seen).toEqual(new Set(["1h"]));
    await optimizations.run(ANN, wish({ from, ruleText: `${plain} stop {0.3..0.5:0.1}%` }));
    expect(seen).toEqual(new Set(["1h", "1m"]));
  });

  it("tries fewer rules where there are many candles", async () => {
    const tried: number[] = [];
    const counting: RunSweep = async ({ ruleTexts }) => {
      tried.push(ruleTexts.length);
      throw new Error("counted");
    };
    const ruleText = "enter long when ema({1..100}) > {1..100}";
    const { optimizations } = desk(counting);
    await expect(optimizations.run(ANN, wish({ ruleText }))).rejects.toThrow("counted");
    const long = { ruleText, timeframe: "1m", from: NOON - 180 * DAY_MS } as const;
    await expect(optimizations.run(ANN, wish(long))).rejects.toThrow("counted");
    expect(tried).toEqual([1_000, 192]);
  });

  it.each([
    ["rule-without-range", { ruleText: "enter long when rsi(7) < 30" }],
    ["rule-range-order", { ruleText: "enter long when rsi({9..7}) < 30" }],
    ["rule-parameter-range", { ruleText: "enter long when rsi({0..7}) < 30" }],
    ["unknown-symbol", { symbol: "NOPEUSDT" }],
    ["range-empty", { from: NOON, until: NOON }],
    ["too-many-candles", { timeframe: "1m", from: NOON - 500 * DAY_MS }],
    ["optimize-too-short", { from: NOON - 5 * DAY_MS }],
  ] as const)("is refused with %s", async (code, change) => {
    const { optimizations } = desk();
    await expect(optimizations.run(ANN, wish(change))).rejects.toMatchObject({ code });
  });

  it("is one of a person's jobs: no backtest beside it, and it can be cancelled", async () => {
    const { optimizations, backtests, turns } = desk(
      (_job, { signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason as Error));
        }),
    );
    const running = optimizations.run(ANN, wish());
    const what = { kind: "template", key: "adx-trend-1d" } as const;
    await expect(backtests.run(ANN, { ...wish(), what })).rejects.toMatchObject({
      code: "backtest-running",
    });
    expect(turns.cancel(ANN)).toBe(true);
    await expect(running).rejects.toMatchObject({ code: "backtest-cancelled" });
    expect(turns.cancel(ANN)).toBe(false);
  });
});
