/** The random market is a function of seed, symbol and time, on the grid, and lively enough. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal } from "../../../../src/domain/money.ts";
import { TIMEFRAMES, timeframeMs, type Timeframe } from "../../../../src/domain/timeframe.ts";
import { DEFAULT_SYMBOLS, listedSymbol } from "../../../../src/exchange/simulator/listed-symbol.ts";
import { STEP_MS, type MarketCandle } from "../../../../src/exchange/simulator/market.ts";
import { randomMarket } from "../../../../src/exchange/simulator/random-minutes.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 2, 10);
const LISTED_AT = NOW - 30 * DAY_MS;

const newMarket = (seed = 7) =>
  randomMarket({ seed, listedAt: LISTED_AT, symbols: DEFAULT_SYMBOLS.map(listedSymbol) });

const market = newMarket();
const symbolNames = fc.constantFrom(...DEFAULT_SYMBOLS);
const minutes = fc.integer({ min: 0, max: 30 * 1440 - 1 }).map((n) => LISTED_AT + n * MINUTE_MS);

function closed(symbol: string, timeframe: Timeframe, openTime: number): MarketCandle {
  return market.candle({ symbol, timeframe, openTime }, openTime + timeframeMs(timeframe))!;
}

describe("a random market", () => {
  it("gives the same candles whatever was asked before, and others for another seed", () => {
    fc.assert(
      fc.property(
        symbolNames,
        fc.array(minutes, { maxLength: 4 }),
        minutes,
        (symbol, first, at) => {
          const other = newMarket();
          for (const openTime of first) {
            other.candle({ symbol, timeframe: "1m", openTime }, openTime + MINUTE_MS / 2);
          }
          const key = { symbol, timeframe: "1m" as const, openTime: at };
          expect(other.candle(key, NOW)).toEqual(closed(symbol, "1m", at));
          expect(newMarket(8).candle(key, NOW)).not.toEqual(closed(symbol, "1m", at));
        },
      ),
      { numRuns: 20 },
    );
  });

  it("keeps prices on the tick grid, quantities on the step grid, and prices in order", () => {
    fc.assert(
      fc.property(symbolNames, minutes, (symbol, openTime) => {
        const { tickSize, stepSize } = listedSymbol(symbol).instrument;
        const candle = closed(symbol, "1m", openTime);
        const [open, high, low, close] = [candle.open, candle.high, candle.low, candle.close].map(
          (price) => new Decimal(price),
        ) as [Decimal, Decimal, Decimal, Decimal];
        for (const price of [open, high, low, close]) {
          expect(price.mod(tickSize).isZero()).toBe(true);
          expect(price.isPositive()).toBe(true);
        }
        expect(Decimal.max(open, close).lte(high)).toBe(true);
        expect(Decimal.min(open, close).gte(low)).toBe(true);
        const volume = new Decimal(candle.volume);
        expect(volume.mod(stepSize).isZero()).toBe(true);
        expect(volume.gte(candle.takerVolume)).toBe(true);
        expect(volume.mul(low).lte(candle.quoteVolume)).toBe(true);
        expect(volume.mul(high).gte(candle.quoteVolume)).toBe(true);
        expect(candle.trades).toBe(candle.lastTradeId - candle.firstTradeId + 1);
      }),
    );
  });

  it("opens each minute where the one before closed, across midnight too", () => {
    fc.assert(
      fc.property(symbolNames, minutes, fc.integer({ min: 1, max: 29 }), (symbol, at, day) => {
        for (const openTime of [Math.max(at, LISTED_AT + MINUTE_MS), LISTED_AT + day * DAY_MS]) {
          const before = closed(symbol, "1m", openTime - MINUTE_MS);
          expect(closed(symbol, "1m", openTime).open).toBe(before.close);
        }
      }),
    );
  });

  it("sums minutes exactly into every timeframe", () => {
    fc.assert(
      fc.property(symbolNames, fc.constantFrom(...TIMEFRAMES), minutes, (symbol, timeframe, at) => {
        const length = timeframeMs(timeframe);
        const openTime = Math.floor(at / length) * length;
        const parts = Array.from({ length: length / MINUTE_MS }, (_, index) =>
          closed(symbol, "1m", openTime + index * MINUTE_MS),
        );
        const sum = (pick: (part: MarketCandle) => string) =>
          parts.reduce((total, part) => total.plus(pick(part)), new Decimal(0)).toFixed(8);
        expect(closed(symbol, timeframe, openTime)).toEqual({
          openTime,
          closeTime: openTime + length - 1,
          open: parts[0]!.open,
          high: Decimal.max(...parts.map(({ high }) => high)).toFixed(8),
          low: Decimal.min(...parts.map(({ low }) => low)).toFixed(8),
          close: parts.at(-1)!.close,
          volume: sum(({ volume }) => volume),
          quoteVolume: sum(({ quoteVolume }) => quoteVolume),
          trades: parts.reduce((total, { trades }) => total + trades, 0),
          takerVolume: sum(({ takerVolume }) => takerVolume),
          takerQuoteVolume: sum(({ takerQuoteVolume }) => takerQuoteVolume),
          firstTradeId: parts[0]!.firstTradeId,
          lastTradeId: parts.at(-1)!.lastTradeId,
        });
      }),
      { numRuns: 40 },
    );
  });

  it("lets every candle grow step by step into the closed one", () => {
    fc.assert(
      fc.property(symbolNames, fc.constantFrom("1m", "5m", "1h"), minutes, (symbol, name, at) => {
        const timeframe = name as Timeframe;
        const length = timeframeMs(timeframe);
        const openTime = Math.floor(at / length) * length;
        let before = market.candle({ symbol, timeframe, openTime }, openTime)!;
        expect(before).toMatchObject({ trades: 0, firstTradeId: -1, volume: "0.00000000" });
        for (let until = openTime + STEP_MS; until <= openTime + length; until += STEP_MS) {
          const now = market.candle({ symbol, timeframe, openTime }, until)!;
          expect(now.open).toBe(before.open);
          expect(Number(now.high)).toBeGreaterThanOrEqual(Number(before.high));
          expect(Number(now.low)).toBeLessThanOrEqual(Number(before.low));
          expect(now.trades > before.trades).toBe(market.traded(symbol, until));
          before = now;
        }
        expect(before).toEqual(closed(symbol, timeframe, openTime));
      }),
      { numRuns: 15 },
    );
  });

  it("has nothing before its listing and nothing from the future", () => {
    const key = { symbol: "BTCUSDT", timeframe: "1m" } as const;
    expect(market.candle({ ...key, openTime: LISTED_AT - MINUTE_MS }, NOW)).toBeNull();
    expect(market.candle({ ...key, openTime: LISTED_AT }, LISTED_AT - 1)).toBeNull();
    expect(market.candle({ ...key, openTime: LISTED_AT }, LISTED_AT)).not.toBeNull();
  });

  it.each(DEFAULT_SYMBOLS)(
    "moves %s by 0.08 to 0.2 %% a minute, calm hours and wild ones",
    (symbol) => {
      const hours = Array.from({ length: 20 * 24 }, (_, hour) => {
        const from = NOW - 20 * DAY_MS + hour * 60 * MINUTE_MS;
        const squares = Array.from({ length: 60 }, (_each, minute) => {
          const { open, close } = closed(symbol, "1m", from + minute * MINUTE_MS);
          return Math.log(Number(close) / Number(open)) ** 2;
        });
        return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / 60);
      });
      const overall = Math.sqrt(hours.reduce((sum, hour) => sum + hour ** 2, 0) / hours.length);
      expect(overall).toBeGreaterThan(0.0008);
      expect(overall).toBeLessThan(0.002);
      expect(Math.min(...hours)).toBeLessThan(0.0007);
      expect(Math.max(...hours)).toBeGreaterThan(0.0018);
    },
  );

  it("lets no minute foretell the next, nor a quarter of an hour the next one", () => {
    for (const timeframe of ["1m", "15m"] as const) {
      const length = timeframeMs(timeframe);
      const changes: number[] = [];
      for (let openTime = NOW - 10 * DAY_MS; openTime < NOW; openTime += length) {
        const { open, close } = closed("BTCUSDT", timeframe, openTime);
        changes.push(Math.log(Number(close) / Number(open)));
      }
      const square = changes.reduce((sum, change) => sum + change ** 2, 0);
      const product = changes.reduce((sum, change, i) => sum + change * (changes[i + 1] ?? 0), 0);
      expect(Math.abs(product / square)).toBeLessThan(0.15);
    }
  });

  it.each(DEFAULT_SYMBOLS)(
    "lets a 14 minute RSI of %s leave its extremes at least once an hour",
    (symbol) => {
      let gain = 0;
      let loss = 0;
      let before = 50;
      let returns = 0;
      for (let openTime = NOW - 10 * DAY_MS; openTime < NOW; openTime += MINUTE_MS) {
        const { open, close } = closed(symbol, "1m", openTime);
        const change = Number(close) - Number(open);
        gain = (gain * 13 + Math.max(change, 0)) / 14;
        loss = (loss * 13 + Math.max(-change, 0)) / 14;
        const rsi = (100 * gain) / (gain + loss);
        if ((before < 30 && rsi >= 30) || (before > 70 && rsi <= 70)) returns += 1;
        before = rsi;
      }
      expect(returns / 240).toBeGreaterThan(1);
    },
  );
});
