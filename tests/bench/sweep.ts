/**
 * What a search over 1,000 variants of a rule costs: together through one engine, against one backtest
 * after the other, and against evaluating each variant anew on a window of candles as simple bots do.
 */
import { RSI } from "technicalindicators";
import type { Candle } from "../../src/domain/candle.ts";
import { runBacktest } from "../../src/engine/backtest.ts";
import { batchesOf, sweepBatch } from "../../src/engine/sweep/sweep.ts";
import { parseRule } from "../../src/rules/parse.ts";
import { printRule } from "../../src/rules/print.ts";
import { variantsOf } from "../../src/rules/variants.ts";
import { randomCandles } from "../support/candle-lists.ts";
import { BTCUSDT } from "../support/engine-world.ts";
import type { Figure } from "./figure.ts";

/** What /optimize takes of 1m unless told otherwise: a year would take twelve times as long. */
const MINUTES = 30 * 1_440;
const SEED = 20_261_122;
const VOLATILITY = 0.0015;
/** 20 x 10 x 5 variants. */
const RULE =
  "enter long when rsi({10..29}) crosses above {21..30} exit long when rsi(14) > {55..75:5} size 10%";
const VARIANTS = 1_000;
const SINGLES = 8;
const NAIVE_WINDOW = 500;
const NAIVE_CANDLES = 2_000;
const MIB = 1024 * 1024;

const TERMS = { instrument: BTCUSDT, capital: "10000", fee: "0.001", slippage: "0" };

export function benchSweep(): readonly Figure[] {
  const candles = randomCandles(SEED, MINUTES, { volatility: VOLATILITY });
  const terms = { ...TERMS, timeframe: "1m" as const, candles };
  const { ruleTexts } = variantsOf(RULE, VARIANTS, (text) => printRule(parseRule(text)));
  const { seconds, trades, peak } = sweep(terms, ruleTexts);
  const work = candles.length * ruleTexts.length;
  const every = ruleTexts.length / SINGLES;
  const alone = timed(() => {
    for (let i = 0; i < SINGLES; i++) {
      runBacktest({ ...terms, ruleText: ruleTexts[Math.floor(i * every)] ?? "" });
    }
  });
  const naive = timed(() => naiveSignals(candles)) / NAIVE_CANDLES;
  return [
    {
      name: "sweep_1000_variants_30_days_of_1m",
      value: seconds,
      unit: "s",
      meaning: `${work / 1e6} million candles times variants, ${trades} trades, one thread`,
    },
    {
      name: "sweep_rate",
      value: work / seconds,
      unit: "candles*variants/s",
      meaning: "the same as a rate",
    },
    {
      name: "sweep_over_single_backtests",
      value: (alone * every) / seconds,
      unit: "ratio",
      meaning: "one backtest after the other, against all in one engine",
    },
    {
      name: "sweep_over_naive",
      value: (naive * work) / seconds,
      unit: "ratio",
      meaning: `each variant by technicalindicators over the last ${NAIVE_WINDOW} candles at each candle, without trading`,
    },
    {
      name: "sweep_memory",
      value: peak / MIB,
      unit: "MiB",
      meaning: "largest heap during the search, on top of the candles, garbage included",
    },
  ];
}

function sweep(
  terms: Parameters<typeof sweepBatch>[0],
  ruleTexts: readonly string[],
): { seconds: number; trades: number; peak: number } {
  const before = process.memoryUsage().heapUsed;
  let peak = before;
  let trades = 0;
  const seconds = timed(() => {
    for (const batch of batchesOf(ruleTexts, terms)) {
      const figures = sweepBatch(terms, batch, () => {
        peak = Math.max(peak, process.memoryUsage().heapUsed);
      });
      for (const { inSample, outOfSample } of figures) {
        trades += inSample.trades + outOfSample.trades;
      }
    }
  });
  return { seconds, trades, peak: peak - before };
}

/** The entry alone, of one variant. */
function naiveSignals(candles: readonly Candle[]): number {
  const closes = candles.slice(0, NAIVE_WINDOW + NAIVE_CANDLES).map(({ close }) => Number(close));
  let signals = 0;
  for (let end = NAIVE_WINDOW; end < NAIVE_WINDOW + NAIVE_CANDLES; end++) {
    const rsi = RSI.calculate({ period: 14, values: closes.slice(end - NAIVE_WINDOW, end) });
    if ((rsi.at(-2) ?? 0) <= 30 && (rsi.at(-1) ?? 0) > 30) signals++;
  }
  return signals;
}

/** Seconds. */
function timed(work: () => unknown): number {
  const begun = performance.now();
  work();
  return (performance.now() - begun) / 1_000;
}
