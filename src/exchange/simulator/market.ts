/**
 * What the simulated exchange asks its market, random or scripted: any candle of any timeframe as it
 * stood at any moment. A market never depends on what was asked before, and the forming candle
 * always grows into the closed one. Numbers are decimal text with eight decimals, as on the wire.
 */
import type { DecimalText } from "../../domain/money.ts";
import type { Timeframe } from "../../domain/timeframe.ts";
import type { ListedSymbol } from "./listed-symbol.ts";

/** Trading is resolved in steps of this length, which is also the pace of the kline streams. */
export const STEP_MS = 2000;

export interface CandleKey {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Epoch ms. */
  readonly openTime: number;
}

/** All a kline frame or row says. Trade ids are -1 while there was no trade. */
export interface MarketCandle {
  readonly openTime: number;
  readonly closeTime: number;
  readonly open: DecimalText;
  readonly high: DecimalText;
  readonly low: DecimalText;
  readonly close: DecimalText;
  readonly volume: DecimalText;
  readonly quoteVolume: DecimalText;
  readonly trades: number;
  readonly takerVolume: DecimalText;
  readonly takerQuoteVolume: DecimalText;
  readonly firstTradeId: number;
  readonly lastTradeId: number;
}

export interface Market {
  readonly symbols: readonly ListedSymbol[];
  /** Open time of the symbol's first minute, epoch ms. */
  listedAt(symbol: string): number;
  /** The candle as it stands at `until` (epoch ms), or null when there is none (yet, or at all). */
  candle(key: CandleKey, until: number): MarketCandle | null;
  /** Whether the symbol's candles changed in the two-second step that ends at `stepEnd`. */
  traded(symbol: string, stepEnd: number): boolean;
}
