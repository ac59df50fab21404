/** A search in worker threads finds what it finds here, in the rules' order, and can be ended. */
import { describe, expect, it } from "vitest";
import type { CandlePage } from "../../../src/app/backtest-job.ts";
import type { Candle } from "../../../src/domain/candle.ts";
import { parseRule } from "../../../src/rules/parse.ts";
import { printRule } from "../../../src/rules/print.ts";
import { variantsOf } from "../../../src/rules/variants.ts";
import { sweepInWorkers } from "../../../src/runtime/sweep-workers.ts";
import { randomCandles, summed } from "../../support/candle-lists.ts";
import { BTCUSDT } from "../../support/engine-world.ts";
import { sweepHere } from "../../support/sweep-here.ts";

const MINUTES = randomCandles(6, 9_000, { volatility: 0.002 });
const QUARTERS = summed(MINUTES, "15m");
const TERMS = {
  instrument: BTCUSDT,
  timeframe: "15m" as const,
  capital: "10000",
  fee: "0.001",
  slippage: "0",
  from: QUARTERS[200]!.openTime,
};
const { ruleTexts } = variantsOf(
  "enter long when close > ema({5..9:2}) exit long when close < ema(4) stop {1..2}% take 1.5%",
  100,
  (text) => printRule(parseRule(text)),
);

async function* pages(...lists: readonly (readonly Candle[])[]): AsyncGenerator<CandlePage> {
  for (const list of lists) {
    for (let i = 0; i < list.length; i += 500) {
      yield { timeframe: list[0]!.timeframe, candles: list.slice(i, i + 500) };
    }
  }
}

const job = () => ({ terms: TERMS, ruleTexts, pages: pages(QUARTERS, MINUTES) });

describe("a search in worker threads", () => {
  it("finds exactly what it finds here, whatever the number of threads", async () => {
    const here = await sweepHere(job(), {});
    const seen: number[] = [];
    const progress = (done: number, total: number) => seen.push(done / total);
    const there = await sweepInWorkers(job(), { progress }, 2);
    expect(here.map(({ ruleText }) => ruleText)).toEqual(ruleTexts);
    expect(there).toEqual(here);
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it("hands on what is wrong", async () => {
    const short = { ...job(), pages: pages(QUARTERS.slice(0, 300)) };
    await expect(sweepInWorkers(short)).rejects.toMatchObject({
      code: "optimize-too-short",
      facts: { candles: 100, least: 267 },
    });
    async function* broken(): AsyncGenerator<CandlePage> {
      yield { timeframe: "15m", candles: QUARTERS };
      throw new Error("the database is away");
    }
    await expect(sweepInWorkers({ ...job(), pages: broken() })).rejects.toThrow("is away");
  });

  it("ends at once when it is told to, with the reason given", async () => {
    const abort = new AbortController();
    const progress = () => abort.abort(new Error("changed my mind"));
    const ended = sweepInWorkers(job(), { signal: abort.signal, progress });
    await expect(ended).rejects.toThrow("changed my mind");
    await expect(sweepInWorkers(job(), { signal: abort.signal })).rejects.toThrow(
      "changed my mind",
    );
  });
});
