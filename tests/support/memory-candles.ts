/** Candles in memory for what asks an exchange and a store for them, and backtests in this thread. */
import type { RunBacktest } from "../../src/app/backtest-job.ts";
import type { Candle } from "../../src/domain/candle.ts";
import { Fault } from "../../src/domain/fault.ts";
import { timeframeMs, type Timeframe } from "../../src/domain/timeframe.ts";
import { runBacktest } from "../../src/engine/backtest.ts";
import type { CandleStore } from "../../src/ports/candle-store.ts";
import type { CandleRequest } from "../../src/ports/market-data.ts";
import { randomCandles } from "./candle-lists.ts";

const PAGE = 1_000;

export class MemoryCandleStore implements CandleStore {
  readonly lists = new Map<string, Map<number, Candle>>();

  async *pages({ symbol, timeframe, from, to }: CandleRequest) {
    const list = [...(this.lists.get(symbol + timeframe)?.values() ?? [])];
    const wanted = list
      .filter(({ openTime }) => openTime >= from && openTime <= to)
      .toSorted((a, b) => a.openTime - b.openTime);
    for (let i = 0; i < wanted.length; i += PAGE) yield wanted.slice(i, i + PAGE);
  }

  async save(candles: readonly Candle[]): Promise<void> {
    for (const candle of candles) {
      const key = candle.symbol + candle.timeframe;
      const list = this.lists.get(key) ?? new Map<number, Candle>();
      this.lists.set(key, list.set(candle.openTime, candle));
    }
  }

  async extent() {
    return null;
  }
}

/** An exchange that has random candles of any range, counted as they are asked for. */
export class RandomExchange {
  readonly asked: Timeframe[] = [];
  isAway = false;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  async serverTime(): Promise<number> {
    if (this.isAway) throw new Fault("exchange-unreachable");
    return this.#now();
  }

  async *closedCandles({ symbol, timeframe, from, to }: CandleRequest) {
    this.asked.push(timeframe);
    const length = timeframeMs(timeframe);
    const count = Math.floor((to - from) / length) + 1;
    const candles = randomCandles(from % 1_000, count, { timeframe, from });
    for (let i = 0; i < count; i += PAGE) {
      yield candles.slice(i, i + PAGE).map((candle) => ({ ...candle, symbol }));
    }
  }
}

/** The real backtest, in this thread. */
export const backtestHere: RunBacktest = async ({ terms, pages }, { progress }) => {
  const lists: Partial<Record<Timeframe, Candle[]>> = {};
  for await (const { timeframe, candles } of pages) (lists[timeframe] ??= []).push(...candles);
  const { [terms.timeframe]: candles = [], "1m": detail, ...higher } = lists;
  return runBacktest({ ...terms, candles, detail, higher }, progress);
};
