/**
 * A market fed from a given list of one-minute candles: recorded history, or whatever a test needs.
 * A minute shows its open price alone until it ends, then all of it, so each gives one forming frame
 * and one closing frame; minutes missing from the list are missing candles. What the list does not
 * say is filled plainly: the quote volume is volume times close, a minute with volume is one trade.
 */
import type { Candle } from "../../domain/candle.ts";
import { Fault } from "../../domain/fault.ts";
import { Decimal } from "../../domain/money.ts";
import { openTimeAt, timeframeMs } from "../../domain/timeframe.ts";
import { untraded, type CandleSum, type UnitScale } from "./candle-sum.ts";
import { listedSymbol, type ListedSymbol } from "./listed-symbol.ts";
import { STEP_MS, type Market } from "./market.ts";
import { MinuteMarket, type MinuteSource } from "./minute-market.ts";

const MINUTE_MS = timeframeMs("1m");
const WIRE_SCALE: UnitScale = { priceDecimals: 8, quantityDecimals: 8 };

/**
 * A market that plays these 1m candles, of any number of symbols and in any order.
 * Fault: simulator-candle-invalid {symbol, openTime, reason} for another timeframe, an open time off
 * the minute, a minute given twice, more than eight decimals or prices that contradict each other.
 */
export function scriptedMarket(candles: readonly Candle[]): Market {
  return new MinuteMarket(new ScriptedMinutes(candles));
}

class ScriptedMinutes implements MinuteSource {
  readonly symbols: readonly ListedSymbol[];
  private readonly books = new Map<string, Map<number, CandleSum>>();
  private readonly firsts = new Map<string, number>();

  constructor(candles: readonly Candle[]) {
    for (const candle of candles) this.add(candle);
    this.symbols = [...this.books.keys()].map(listedSymbol);
  }

  listedAt(symbol: string): number {
    return this.firsts.get(symbol) ?? Number.POSITIVE_INFINITY;
  }

  scale(): UnitScale {
    return WIRE_SCALE;
  }

  minute(symbol: string, openTime: number): CandleSum | null {
    return this.books.get(symbol)?.get(openTime) ?? null;
  }

  partOfMinute(symbol: string, openTime: number): CandleSum | null {
    const whole = this.minute(symbol, openTime);
    return whole === null ? null : untraded(whole.open);
  }

  traded(symbol: string, stepEnd: number): boolean {
    const minute = openTimeAt("1m", stepEnd - 1);
    const shows = stepEnd === minute + STEP_MS || stepEnd === minute + MINUTE_MS;
    return shows && this.minute(symbol, minute) !== null;
  }

  private add(candle: Candle): void {
    const { symbol, openTime } = candle;
    const book = this.books.get(symbol) ?? new Map<number, CandleSum>();
    this.books.set(symbol, book);
    if (candle.timeframe !== "1m") throw invalid(candle, "timeframe");
    if (openTime !== openTimeAt("1m", openTime)) throw invalid(candle, "open-time");
    if (book.has(openTime)) throw invalid(candle, "repeated");
    book.set(openTime, sumOf(candle));
    this.firsts.set(symbol, Math.min(openTime, this.listedAt(symbol)));
  }
}

function sumOf(candle: Candle): CandleSum {
  const open = Number(units(candle, candle.open));
  const high = Number(units(candle, candle.high));
  const low = Number(units(candle, candle.low));
  const close = Number(units(candle, candle.close));
  if (low > Math.min(open, close) || high < Math.max(open, close)) throw invalid(candle, "prices");
  if (!Number.isSafeInteger(high)) throw invalid(candle, "price-too-high");
  const volume = units(candle, candle.volume);
  if (volume === 0n) return { ...untraded(open), high, low, close };
  const tradeId = candle.openTime / MINUTE_MS;
  return {
    open,
    high,
    low,
    close,
    volume,
    quoteVolume: volume * BigInt(close),
    trades: 1,
    takerVolume: 0n,
    takerQuoteVolume: 0n,
    firstTradeId: tradeId,
    lastTradeId: tradeId,
  };
}

/** Decimal text counted in hundred millionths. */
function units(candle: Candle, text: string): bigint {
  const scaled = new Decimal(text).mul(1e8);
  if (!scaled.isInteger() || scaled.isNegative()) throw invalid(candle, "decimals");
  return BigInt(scaled.toFixed());
}

function invalid({ symbol, openTime }: Candle, reason: string): Fault {
  return new Fault("simulator-candle-invalid", { symbol, openTime, reason });
}
