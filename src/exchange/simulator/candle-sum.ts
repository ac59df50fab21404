/**
 * Candles in whole units: prices counted in ticks, quantities in steps, quote amounts in tick times
 * step. Joining minutes into longer candles is exact integer arithmetic; text appears at the end.
 */
import { closeTimeOf } from "../../domain/timeframe.ts";
import type { CandleKey, MarketCandle } from "./market.ts";

/** Prices fit a double exactly; volumes of a day need not, hence bigint. */
export interface CandleSum {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: bigint;
  readonly quoteVolume: bigint;
  readonly trades: number;
  readonly takerVolume: bigint;
  readonly takerQuoteVolume: bigint;
  /** -1 while there was no trade. */
  readonly firstTradeId: number;
  readonly lastTradeId: number;
}

/** How many decimals one unit of price and of quantity stands for. */
export interface UnitScale {
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
}

const WIRE_DECIMALS = 8;

/** The candle that spans both, either of which may be absent. */
export function joined(earlier: CandleSum | null, later: CandleSum | null): CandleSum | null {
  if (earlier === null || later === null) return earlier ?? later;
  return {
    open: earlier.open,
    high: Math.max(earlier.high, later.high),
    low: Math.min(earlier.low, later.low),
    close: later.close,
    volume: earlier.volume + later.volume,
    quoteVolume: earlier.quoteVolume + later.quoteVolume,
    trades: earlier.trades + later.trades,
    takerVolume: earlier.takerVolume + later.takerVolume,
    takerQuoteVolume: earlier.takerQuoteVolume + later.takerQuoteVolume,
    firstTradeId: earlier.trades > 0 ? earlier.firstTradeId : later.firstTradeId,
    lastTradeId: later.trades > 0 ? later.lastTradeId : earlier.lastTradeId,
  };
}

/** A candle in which nothing was traded: all four prices are `price`. */
export function untraded(price: number): CandleSum {
  return {
    open: price,
    high: price,
    low: price,
    close: price,
    volume: 0n,
    quoteVolume: 0n,
    trades: 0,
    takerVolume: 0n,
    takerQuoteVolume: 0n,
    firstTradeId: -1,
    lastTradeId: -1,
  };
}

/** The candle as text. */
export function candleText(key: CandleKey, sum: CandleSum, scale: UnitScale): MarketCandle {
  const { priceDecimals, quantityDecimals } = scale;
  const quoteDecimals = priceDecimals + quantityDecimals;
  return {
    openTime: key.openTime,
    closeTime: closeTimeOf(key.timeframe, key.openTime),
    open: unitsText(sum.open, priceDecimals),
    high: unitsText(sum.high, priceDecimals),
    low: unitsText(sum.low, priceDecimals),
    close: unitsText(sum.close, priceDecimals),
    volume: unitsText(sum.volume, quantityDecimals),
    quoteVolume: unitsText(sum.quoteVolume, quoteDecimals),
    trades: sum.trades,
    takerVolume: unitsText(sum.takerVolume, quantityDecimals),
    takerQuoteVolume: unitsText(sum.takerQuoteVolume, quoteDecimals),
    firstTradeId: sum.firstTradeId,
    lastTradeId: sum.lastTradeId,
  };
}

/**
 * `units` times ten to the minus `decimals`, written with eight decimals. Finer units than the wire
 * shows are cut off, as the exchange does.
 */
export function unitsText(units: number | bigint, decimals: number): string {
  const digits = units.toString().padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  const fraction = digits.slice(point, point + WIRE_DECIMALS).padEnd(WIRE_DECIMALS, "0");
  return `${digits.slice(0, point)}.${fraction}`;
}
