/** A backtest in another thread gives what it gives in this one, and can be ended at any time. */
import { describe, expect, it } from "vitest";
import type { CandlePage, CandleTextPage } from "../../../src/app/backtest-job.ts";
import type { Candle } from "../../../src/domain/candle.ts";
import { candleLine } from "../../../src/domain/candle-lines.ts";
import { runBacktestInWorker } from "../../../src/runtime/backtest-worker.ts";
import { BTCUSDT } from "../../support/engine-world.ts";
import { randomCandles, summed, SYMBOL } from "../../support/candle-lists.ts";
import { backtest } from "../engine/backtest/run.ts";

const RULE =
  "enter long when close > ema(5)@1h exit long when close < ema(5)@1h stop 1% take 1.5% size 50%";
const MINUTES = randomCandles(6, 9_000, { volatility: 0.002 });
const QUARTERS = summed(MINUTES, "15m");
const TERMS = {
  ruleText: RULE,
  instrument: BTCUSDT,
  timeframe: "15m" as const,
  capital: "10000",
  fee: "0.001",
  slippage: "0",
};

async function* pages(...lists: readonly (readonly Candle[])[]): AsyncGenerator<CandlePage> {
  for (const list of lists) {
    for (let i = 0; i < list.length; i += 500) {
      const candles = list.slice(i, i + 500);
      yield { timeframe: candles[0]!.timeframe, candles };
    }
  }
}

describe("a backtest in a worker thread", () => {
  it("gives exactly what it gives here", async () => {
    const hours = summed(MINUTES, "1h");
    const seen: number[] = [];
    const there = await runBacktestInWorker(
      { terms: TERMS, pages: pages(hours, QUARTERS, MINUTES) },
      { progress: (done, total) => seen.push(done / total) },
    );
    const here = backtest(RULE, {
      ...TERMS,
      candles: QUARTERS,
      detail: MINUTES,
      higher: { "1h": hours },
    });
    expect(here.trades.length).toBeGreaterThan(10);
    const { sketch, ...result } = there;
    expect(result).toEqual(here);
    expect(sketch.columns.close.at(-1)).toBe(Number(QUARTERS.at(-1)?.close));
    expect(sketch.equity.values.at(-1)).toBe(here.equity.values.at(-1));
    expect(seen.at(-1)).toBe(1);
  });

  it("takes candles as text too", async () => {
    async function* texts(): AsyncGenerator<CandleTextPage> {
      yield { symbol: SYMBOL, timeframe: "15m", lines: QUARTERS.map(candleLine).join("") };
      yield { symbol: SYMBOL, timeframe: "1m", lines: MINUTES.map(candleLine).join("") };
    }
    const { sketch, ...there } = await runBacktestInWorker({ terms: TERMS, pages: texts() });
    expect(sketch.columns.close.at(-1)).toBe(Number(QUARTERS.at(-1)?.close));
    expect(there).toEqual(
      backtest(RULE, { ...TERMS, candles: QUARTERS, detail: MINUTES, higher: {} }),
    );
  });

  it("hands on what is wrong", async () => {
    const wrong = runBacktestInWorker({ terms: TERMS, pages: pages([]) });
    await expect(wrong).rejects.toMatchObject({
      code: "backtest-no-candles",
      facts: { timeframe: "15m" },
    });
    async function* broken(): AsyncGenerator<CandlePage> {
      yield { timeframe: "15m", candles: QUARTERS };
      throw new Error("the database is away");
    }
    await expect(runBacktestInWorker({ terms: TERMS, pages: broken() })).rejects.toThrow(
      "the database is away",
    );
  });

  it("ends at once when it is told to, with the reason given", async () => {
    const abort = new AbortController();
    async function* endless(): AsyncGenerator<CandlePage> {
      yield* pages(QUARTERS);
      abort.abort(new Error("enough"));
      await new Promise(() => {});
    }
    const { signal } = abort;
    const ended = runBacktestInWorker({ terms: TERMS, pages: endless() }, { signal });
    await expect(ended).rejects.toThrow("enough");
    const late = runBacktestInWorker({ terms: TERMS, pages: pages(QUARTERS) }, { signal });
    await expect(late).rejects.toThrow("enough");
  });

  it("ends in the middle of its work too", async () => {
    const long = randomCandles(3, 120_000);
    const abort = new AbortController();
    let reports = 0;
    const ended = runBacktestInWorker(
      { terms: { ...TERMS, timeframe: "1m" }, pages: pages(long) },
      {
        signal: abort.signal,
        progress: () => {
          reports++;
          abort.abort(new Error("changed my mind"));
        },
      },
    );
    await expect(ended).rejects.toThrow("changed my mind");
    expect(reports).toBeGreaterThan(0);
  });
});
