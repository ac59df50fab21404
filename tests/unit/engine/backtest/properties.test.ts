/** What holds for every rule and every market: no look into the future, books that balance. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal } from "../../../../src/domain/money.ts";
import { printRule } from "../../../../src/rules/print.ts";
import { essence, randomCandles, SYMBOL, summed } from "../../../support/candle-lists.ts";
import { EngineWorld } from "../../../support/engine-world.ts";
import { randomBars } from "../../../support/random-market.ts";
import { arbitraryRule } from "../../rules/arbitrary-rule.ts";
import { backtest, LIVELY_RULES } from "./run.ts";

const lively = fc.constantFrom(...LIVELY_RULES);
const anyRule = fc.oneof(
  { weight: 1, arbitrary: lively },
  { weight: 2, arbitrary: arbitraryRule.map((rule) => printRule(rule)) },
);
const seed = fc.integer();
const TERMS = { fee: "0.001", slippage: "0.0005" };

/** Many whole backtests each. */
const PATIENCE = { timeout: 30_000 };

describe("the future", PATIENCE, () => {
  it("changes no decision of the past, whatever the rule", () => {
    let decided = 0;
    fc.assert(
      fc.property(anyRule, seed, fc.integer({ min: 70, max: 299 }), (rule, market, cut) => {
        const candles = randomCandles(market, 300);
        const whole = backtest(rule, { candles, ...TERMS });
        const short = backtest(rule, { candles: candles.slice(0, cut), ...TERMS });
        const known = short.trades.length;
        expect(whole.trades.slice(0, known)).toEqual(short.trades);
        expect(whole.entries.slice(0, short.entries.length)).toEqual(short.entries);
        expect(whole.equity.values.slice(0, cut)).toEqual(short.equity.values);
        decided += known;
      }),
      { numRuns: 80 },
    );
    expect(decided).toBeGreaterThan(30);
  });

  it("changes nothing either when longer and shorter candles are read", () => {
    const rule =
      "enter long when close > ema(3)@1h enter short when close < ema(3)@1h stop 1% take 1% trail 0.7%";
    fc.assert(
      fc.property(seed, fc.integer({ min: 60, max: 199 }), (market, cut) => {
        const minutes = randomCandles(market, 3_000, { volatility: 0.003 });
        const candles = summed(minutes, "15m");
        const end = candles[cut]!.openTime;
        const whole = backtest(rule, { candles, detail: minutes, ...TERMS });
        const short = backtest(rule, {
          candles: candles.slice(0, cut),
          detail: minutes.filter(({ openTime }) => openTime < end),
          ...TERMS,
        });
        expect(whole.entries.slice(0, short.entries.length)).toEqual(short.entries);
        expect(whole.trades.slice(0, short.trades.length)).toEqual(short.trades);
      }),
      { numRuns: 15 },
    );
  });
});

describe("the money", PATIENCE, () => {
  it("at the end is the capital, the results of all trades and the open position", () => {
    fc.assert(
      fc.property(lively, seed, (rule, market) => {
        const candles = randomCandles(market, 400);
        const { trades, open, metrics, entries, parts } = backtest(rule, { candles, ...TERMS });
        const results = trades.reduce((sum, { pnl }) => sum.plus(pnl), new Decimal(10_000));
        expect(metrics.finalEquity).toBeCloseTo(
          results.plus(open?.unrealisedPnl ?? 0).toNumber(),
          6,
        );
        expect(entries).toHaveLength(trades.length + (open === null ? 0 : 1));
        expect(parts!.inSample.trades + parts!.outOfSample.trades).toBe(trades.length);
        expect(parts!.inSample.netProfit + parts!.outOfSample.netProfit).toBeCloseTo(
          metrics.netProfit,
          6,
        );
        expect(parts!.inSample.fees + parts!.outOfSample.fees).toBeCloseTo(metrics.fees, 6);
      }),
      { numRuns: 40 },
    );
  });

  it("is held by one position at a time, none longer than the test", () => {
    fc.assert(
      fc.property(lively, seed, (rule, market) => {
        const candles = randomCandles(market, 400);
        const { trades, metrics } = backtest(rule, { candles, ...TERMS });
        for (const [i, { entryAt, exitAt }] of trades.entries()) {
          expect(exitAt).toBeGreaterThanOrEqual(entryAt);
          expect(entryAt).toBeGreaterThanOrEqual(trades[i - 1]?.exitAt ?? metrics.from);
          expect(exitAt).toBeLessThan(metrics.until);
        }
        expect(metrics.exposurePercent).toBeGreaterThanOrEqual(0);
        expect(metrics.exposurePercent).toBeLessThanOrEqual(100);
      }),
      { numRuns: 40 },
    );
  });
});

describe("a closed candle at once", PATIENCE, () => {
  it("does what its opening and its close do one after the other", () => {
    fc.assert(
      fc.property(lively, seed, (rule, market) => {
        const world = new EngineWorld(TERMS);
        world.adopt(rule);
        world.minutes(randomBars(market, 400));
        const { trades } = backtest(rule, { candles: randomCandles(market, 400), ...TERMS });
        expect(essence(trades)).toEqual(essence(world.trades));
        expect(world.symbol).toBe(SYMBOL);
      }),
      { numRuns: 40 },
    );
  });

  it("of a longer timeframe does what the same candle does as the engine's detail", () => {
    fc.assert(
      fc.property(lively, seed, (rule, market) => {
        const candles = randomCandles(market, 400, { timeframe: "5m" });
        const alone = backtest(rule, { candles, ...TERMS });
        const scattered = randomCandles(market + 1, 7, { from: candles[200]!.openTime + 60_000 });
        const mixed = backtest(rule, { candles, detail: scattered.slice(0, 4), ...TERMS });
        expect(mixed.trades).toEqual(alone.trades);
      }),
      { numRuns: 40 },
    );
  });
});
