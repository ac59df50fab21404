/** A variant among many trades exactly as it does alone in a backtest, and is measured alike. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runBacktest } from "../../../../src/engine/backtest.ts";
import { BacktestFeed } from "../../../../src/engine/backtest-feed.ts";
import type { BacktestTerms } from "../../../../src/engine/backtest-engine.ts";
import { sweepEngine } from "../../../../src/engine/sweep/sweep-engine.ts";
import { batchesOf, sweepBatch } from "../../../../src/engine/sweep/sweep.ts";
import { partsOf } from "../../../../src/engine/sweep/windows.ts";
import { usedTimeframes } from "../../../../src/rules/memory.ts";
import { parseRule } from "../../../../src/rules/parse.ts";
import { printRule } from "../../../../src/rules/print.ts";
import { variantsOf } from "../../../../src/rules/variants.ts";
import type { Trade } from "../../../../src/domain/order.ts";
import { essence, randomCandles, summed } from "../../../support/candle-lists.ts";
import { BTCUSDT } from "../../../support/engine-world.ts";

const TERMS = { instrument: BTCUSDT, capital: "10000", fee: "0.001", slippage: "0.0005" };
const PATIENCE = { timeout: 60_000 };

/** Texts with ranges in every place where a number can be. */
const SEARCHES = [
  "enter long when rsi({5..9:2}) crosses above {35..45:5} exit long when rsi(7) > {55..65:10} stop {1..2}% size 30%",
  "enter long when close > highest(high,{5..15:5})[1] trail {0.5..1.5:0.5}% after {0.3..0.9:0.3}% cooldown {5m..15m:5m}",
  "enter long when close > open[{1..3}] enter short when close < open stop {0.4..0.8:0.2}% take {0.5..0.9:0.2}% trail {0.3..0.5:0.1}%",
  "enter short when ema({3..7:2}) crosses below ema(13) exit short when profit > {0.5..1:0.5}% or held > {20m..60m:20m} max {1h..2h:1h} size {10..50:20}%",
  "enter long when close > ema({3..5})@1h exit long when close < ema(4)@1h stop {1..2:0.5}% take 1.5%",
] as const;

const search = fc.constantFrom(...SEARCHES);
const market = fc.record({
  seed: fc.integer(),
  timeframe: fc.constantFrom("1m" as const, "15m" as const),
  detailed: fc.boolean(),
  /** Share of the candles that is history. */
  history: fc.constantFrom(0, 0.4),
  /** Every so manieth candle is not there; 0 is none. */
  holes: fc.constantFrom(0, 7),
});

type Market = typeof market extends fc.Arbitrary<infer M> ? M : never;

function termsOf(of: Market) {
  const long = of.timeframe === "15m";
  const minutes = randomCandles(of.seed, long ? 9_000 : 600, { volatility: 0.003 });
  const whole = long ? summed(minutes, "15m") : minutes;
  const candles = whole.filter((_, i) => of.holes === 0 || i % of.holes !== 3);
  const first = candles[Math.floor(of.history * candles.length)];
  const detail = long && of.detailed ? minutes : undefined;
  const from = of.history === 0 ? undefined : first?.openTime;
  return { ...TERMS, timeframe: of.timeframe, candles, detail, from } satisfies BacktestTerms;
}

function variants(text: string, timeframe: "1m" | "15m") {
  return variantsOf(text, 24, (rule) => printRule(parseRule(rule, { timeframe }))).ruleTexts;
}

/** Every trade of every variant, as the engine that holds all of them makes them. */
function tradesTogether(terms: BacktestTerms, ruleTexts: readonly string[]): readonly Trade[][] {
  const rule = parseRule(ruleTexts[0]!, { timeframe: terms.timeframe });
  const feed = new BacktestFeed(terms, usedTimeframes(rule));
  const { engine, states } = sweepEngine(terms, feed, ruleTexts);
  const waiting = engine.registry.market(BTCUSDT.symbol).waitingOrders;
  const trades = new Map(states.map(({ owner }) => [owner.id, [] as Trade[]]));
  const step = (event: Parameters<typeof engine.step>[0]) => {
    for (const effect of engine.step(event).effects) {
      if (effect.kind === "record-trade") trades.get(effect.trade.ownerId)!.push(effect.trade);
    }
  };
  for (let i = feed.first; i < terms.candles.length; i++) {
    feed.deliver(i, step, () => waiting.size > 0);
  }
  return [...trades.values()];
}

describe("a variant among many", PATIENCE, () => {
  it("makes the trades it makes alone, to the last digit", () => {
    let compared = 0;
    fc.assert(
      fc.property(search, market, (text, of) => {
        const terms = termsOf(of);
        for (const batch of batchesOf(variants(text, of.timeframe), terms)) {
          const together = tradesTogether(terms, batch);
          for (const [i, ruleText] of batch.entries()) {
            const alone = runBacktest({ ...terms, ruleText });
            expect(essence(together[i]!)).toEqual(essence(alone.trades));
            compared += alone.trades.length;
          }
        }
      }),
      { numRuns: 12 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  it("is measured as its backtest is", () => {
    fc.assert(
      fc.property(search, market, (text, of) => {
        const terms = termsOf(of);
        for (const batch of batchesOf(variants(text, of.timeframe), terms)) {
          for (const figures of sweepBatch(terms, batch)) {
            const { trades, equity, candles, metrics } = runBacktest({
              ...terms,
              ruleText: figures.ruleText,
            });
            expect(figures.returnPercent).toBeCloseTo(metrics.returnPercent, 8);
            expect(figures.inSample.trades + figures.outOfSample.trades).toBe(trades.length);
            const parts = partsOf(candles.history, terms.candles.length);
            let before = 10_000;
            for (const [i, { until }] of parts.entries()) {
              const after = equity.values[until - candles.history - 1]!;
              expect(figures.parts[i]!.returnPercent).toBeCloseTo(100 * (after / before - 1), 8);
              before = after;
            }
            const deepest = Math.max(...figures.parts.map((part) => part.maxDrawdownPercent));
            expect(deepest).toBeLessThanOrEqual((metrics.maxDrawdown?.percent ?? 0) + 1e-9);
          }
        }
      }),
      { numRuns: 8 },
    );
  });
});
