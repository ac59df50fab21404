/**
 * A market made of minutes: candles of every timeframe are exact sums of one-minute candles, and
 * the forming one is the sum of the whole minutes so far and the part of the present minute. Sums
 * of hours and the present candles' beginnings are kept, because they are asked for all the time.
 */
import { openTimeAt, timeframeMs } from "../../domain/timeframe.ts";
import { candleText, joined, type CandleSum, type UnitScale } from "./candle-sum.ts";
import type { ListedSymbol } from "./listed-symbol.ts";
import type { CandleKey, Market, MarketCandle } from "./market.ts";

const MINUTE_MS = timeframeMs("1m");
const HOUR_MS = timeframeMs("1h");

/** Where the minutes come from. All times are epoch ms; a minute is named by its open time. */
export interface MinuteSource {
  readonly symbols: readonly ListedSymbol[];
  listedAt(symbol: string): number;
  scale(symbol: string): UnitScale;
  /** The whole minute, or null if the market has none then. */
  minute(symbol: string, openTime: number): CandleSum | null;
  /** What the minute shows at `until`, a moment inside it. */
  partOfMinute(symbol: string, openTime: number, until: number): CandleSum | null;
  traded(symbol: string, stepEnd: number): boolean;
}

/** The sum of the whole minutes from a candle's open time to `upTo`. */
interface Beginning {
  readonly openTime: number;
  readonly upTo: number;
  readonly sum: CandleSum | null;
}

export class MinuteMarket implements Market {
  readonly symbols: readonly ListedSymbol[];
  private readonly source: MinuteSource;
  private readonly hours = new Map<string, Map<number, CandleSum | null>>();
  private readonly beginnings = new Map<string, Beginning>();

  constructor(source: MinuteSource) {
    this.source = source;
    this.symbols = source.symbols;
  }

  listedAt(symbol: string): number {
    return this.source.listedAt(symbol);
  }

  traded(symbol: string, stepEnd: number): boolean {
    return this.source.traded(symbol, stepEnd);
  }

  candle(key: CandleKey, until: number): MarketCandle | null {
    if (key.openTime > until) return null;
    const closed = until >= key.openTime + timeframeMs(key.timeframe);
    const sum = closed ? this.whole(key) : this.forming(key, until);
    return sum === null ? null : candleText(key, sum, this.source.scale(key.symbol));
  }

  private whole({ symbol, timeframe, openTime }: CandleKey): CandleSum | null {
    const end = openTime + timeframeMs(timeframe);
    if (timeframeMs(timeframe) < HOUR_MS) return this.minutes(symbol, openTime, end);
    let sum: CandleSum | null = null;
    for (let hour = openTime; hour < end; hour += HOUR_MS) {
      sum = joined(sum, this.hour(symbol, hour));
    }
    return sum;
  }

  private forming(key: CandleKey, until: number): CandleSum | null {
    const minute = openTimeAt("1m", until);
    const beginning = this.beginning(key, minute);
    return joined(beginning, this.source.partOfMinute(key.symbol, minute, until));
  }

  private beginning(key: CandleKey, upTo: number): CandleSum | null {
    const slot = `${key.symbol} ${key.timeframe}`;
    const known = this.beginnings.get(slot);
    const useful = known?.openTime === key.openTime && known.upTo <= upTo;
    const from = useful ? known : { openTime: key.openTime, upTo: key.openTime, sum: null };
    if (useful && from.upTo === upTo) return from.sum;
    const sum = joined(from.sum, this.minutes(key.symbol, from.upTo, upTo));
    this.beginnings.set(slot, { openTime: key.openTime, upTo, sum });
    return sum;
  }

  private hour(symbol: string, openTime: number): CandleSum | null {
    const known = this.hours.get(symbol) ?? new Map<number, CandleSum | null>();
    this.hours.set(symbol, known);
    let sum = known.get(openTime);
    if (sum === undefined) {
      sum = this.minutes(symbol, openTime, openTime + HOUR_MS);
      known.set(openTime, sum);
    }
    return sum;
  }

  private minutes(symbol: string, from: number, to: number): CandleSum | null {
    let sum: CandleSum | null = null;
    for (let minute = from; minute < to; minute += MINUTE_MS) {
      sum = joined(sum, this.source.minute(symbol, minute));
    }
    return sum;
  }
}
