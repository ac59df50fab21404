/**
 * What a backtest costs: candles a second of one rule over a year of 1m candles, against evaluating
 * the rule anew on a window of candles as simple bots do, the memory on top, and what the thread that
 * trades notices of a backtest in another one.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { SMA } from "technicalindicators";
import type { CandleTextPage } from "../../src/app/backtest-job.ts";
import type { Candle } from "../../src/domain/candle.ts";
import { candleLine } from "../../src/domain/candle-lines.ts";
import { runBacktest } from "../../src/engine/backtest.ts";
import { TEMPLATES } from "../../src/rules/templates.ts";
import { runBacktestInWorker } from "../../src/runtime/backtest-worker.ts";
import { randomCandles, SYMBOL } from "../support/candle-lists.ts";
import { BTCUSDT } from "../support/engine-world.ts";
import { type Figure, median } from "./figure.ts";

const YEAR_MINUTES = 525_600;
const YEAR_QUARTERS = YEAR_MINUTES / 15;
const ROUNDS = 3;
const SEED = 20_261_122;
const VOLATILITY = 0.0015;
const RULE =
  "enter long when sma(10) crosses above sma(30) exit long when sma(10) crosses below sma(30) size 10%";
/** Candles a naive bot hands to its indicator library each time, and candles it is timed on. */
const NAIVE_WINDOW = 500;
const NAIVE_CANDLES = 5_000;
const MIB = 1024 * 1024;
const PAGE_CANDLES = 10_000;
const LOOP_RESOLUTION_MS = 1;

const TERMS = { instrument: BTCUSDT, capital: "10000", fee: "0.001", slippage: "0" };

export function benchBacktest(): readonly Figure[] {
  const candles = randomCandles(SEED, YEAR_MINUTES, { volatility: VOLATILITY });
  const request = { ...TERMS, ruleText: RULE, timeframe: "1m" as const, candles };
  const before = process.memoryUsage().heapUsed;
  let peak = before;
  const seconds = Array.from({ length: ROUNDS }, () =>
    timed(() => {
      runBacktest(request, () => {
        peak = Math.max(peak, process.memoryUsage().heapUsed);
      });
    }),
  );
  const rate = YEAR_MINUTES / median(seconds);
  const naiveRate = NAIVE_CANDLES / timed(() => naiveCrossings(candles));
  return [
    {
      name: "backtest_1m_year",
      value: rate,
      unit: "candles/s",
      meaning: "one rule with its trades, equity and metrics over 525,600 candles",
    },
    {
      name: "backtest_over_naive",
      value: rate / naiveRate,
      unit: "ratio",
      meaning: `against technicalindicators over the last ${NAIVE_WINDOW} candles at each candle`,
    },
    {
      name: "backtest_1m_year_memory",
      value: (peak - before) / MIB,
      unit: "MiB",
      meaning: "largest heap during the runs, on top of the candles themselves, garbage included",
    },
    {
      name: "backtest_15m_year",
      value: 1_000 * median(templateSeconds()),
      unit: "ms",
      meaning: "median of the built-in 15m rules over 35,040 candles",
    },
  ];
}

/** What the trading thread's event loop notices while a year of 1m is tested in a worker thread. */
export async function benchBacktestWorker(): Promise<readonly Figure[]> {
  const texts = textsOf(randomCandles(SEED, YEAR_MINUTES, { volatility: VOLATILITY }));
  const delay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS });
  delay.enable();
  const begun = performance.now();
  const terms = { ...TERMS, ruleText: RULE, timeframe: "1m" as const };
  await runBacktestInWorker({ terms, pages: pagesOf(texts) });
  const seconds = (performance.now() - begun) / 1_000;
  delay.disable();
  return [
    {
      name: "backtest_worker_1m_year",
      value: seconds,
      unit: "s",
      meaning: "the same in a worker thread, candles handed over",
    },
    {
      name: "loop_delay_p99_during_backtest",
      value: Math.max(0, delay.percentile(99) / 1e6 - LOOP_RESOLUTION_MS),
      unit: "ms",
      meaning: "how late the trading thread is meanwhile",
    },
  ];
}

/** Candles as the database writes them. */
function textsOf(candles: readonly Candle[]): readonly string[] {
  const texts: string[] = [];
  for (let i = 0; i < candles.length; i += PAGE_CANDLES) {
    const lines = candles.slice(i, i + PAGE_CANDLES).map(candleLine);
    texts.push(Buffer.from(lines.join("")).toString());
  }
  return texts;
}

async function* pagesOf(texts: readonly string[]): AsyncGenerator<CandleTextPage> {
  for (const lines of texts) {
    // A page from the database comes in a turn of its own.
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    yield { symbol: SYMBOL, timeframe: "1m", lines };
  }
}

function templateSeconds(): number[] {
  const candles = randomCandles(SEED, YEAR_QUARTERS, {
    timeframe: "15m",
    volatility: 4 * VOLATILITY,
  });
  const rules = TEMPLATES.filter(({ timeframe }) => timeframe === "15m");
  return rules.map(({ ruleText, timeframe }) =>
    timed(() => runBacktest({ ...TERMS, ruleText, timeframe, candles })),
  );
}

/** Both averages computed anew from the window at every candle; the crossings only are counted. */
function naiveCrossings(candles: readonly Candle[]): number {
  const closes = candles.slice(0, NAIVE_WINDOW + NAIVE_CANDLES).map(({ close }) => Number(close));
  let crossings = 0;
  for (let end = NAIVE_WINDOW; end < NAIVE_WINDOW + NAIVE_CANDLES; end++) {
    const values = closes.slice(end - NAIVE_WINDOW, end);
    const fast = SMA.calculate({ period: 10, values });
    const slow = SMA.calculate({ period: 30, values });
    const was = (fast.at(-2) ?? 0) - (slow.at(-2) ?? 0);
    const is = (fast.at(-1) ?? 0) - (slow.at(-1) ?? 0);
    if (was <= 0 && is > 0) crossings++;
  }
  return crossings;
}

/** Seconds. */
function timed(work: () => unknown): number {
  const begun = performance.now();
  work();
  return (performance.now() - begun) / 1_000;
}
