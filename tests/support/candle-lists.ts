/** Lists of candles for tests: from random bars, summed to longer timeframes, cut and compared. */
import type { Candle } from "../../src/domain/candle.ts";
import { Decimal } from "../../src/domain/money.ts";
import type { Trade } from "../../src/domain/order.ts";
import { openTimeAt, timeframeMs, type Timeframe } from "../../src/domain/timeframe.ts";
import { type BarShape, START } from "./engine-world.ts";
import { randomBars } from "./random-market.ts";

export const SYMBOL = "BTCUSDT";

/** Bars as candles of one timeframe, one after the other from `from`. */
export function candlesOf(
  bars: readonly BarShape[],
  timeframe: Timeframe = "1m",
  from = START,
): Candle[] {
  const length = timeframeMs(timeframe);
  let last = bars[0]?.open ?? 100;
  return bars.map(({ open = last, close, high, low, volume = 1 }, i) => {
    last = close;
    return {
      symbol: SYMBOL,
      timeframe,
      openTime: from + i * length,
      open: String(open),
      high: String(high ?? Math.max(open, close)),
      low: String(low ?? Math.min(open, close)),
      close: String(close),
      volume: String(volume),
    };
  });
}

/** `count` random candles of a timeframe. */
export function randomCandles(
  seed: number,
  count: number,
  of: { timeframe?: Timeframe; from?: number; volatility?: number } = {},
): Candle[] {
  return candlesOf(randomBars(seed, count, of.volatility), of.timeframe, of.from);
}

/** The longer candles that shorter ones add up to; the last one may be a part. */
export function summed(candles: readonly Candle[], timeframe: Timeframe): Candle[] {
  const groups = Map.groupBy(candles, ({ openTime }) => openTimeAt(timeframe, openTime));
  return [...groups].map(([openTime, parts]) => ({
    symbol: parts[0]!.symbol,
    timeframe,
    openTime,
    open: parts[0]!.open,
    high: String(Math.max(...parts.map(({ high }) => Number(high)))),
    low: String(Math.min(...parts.map(({ low }) => Number(low)))),
    close: parts.at(-1)!.close,
    volume: parts.reduce((sum, { volume }) => sum.plus(volume), new Decimal(0)).toFixed(),
  }));
}

/** What two ways of trading must agree on. */
export function essence(trades: readonly Trade[]) {
  return trades.map((trade) => {
    const { side, entryAt, entryPrice, exitAt, exitPrice } = trade;
    const { amount, fees, pnl, pnlPercent, exitReason } = trade;
    return {
      side,
      entryAt,
      entryPrice,
      exitAt,
      exitPrice,
      amount,
      fees,
      pnl,
      pnlPercent,
      exitReason,
    };
  });
}
