/** What is asked from the exchange rather than pushed by it. */
import type { Candle } from "../domain/candle.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { Timeframe } from "../domain/timeframe.ts";

export interface CandleRequest {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Open time of the first wanted candle, inclusive, epoch ms. */
  readonly from: number;
  /** Open time of the last wanted candle, inclusive, epoch ms. */
  readonly to: number;
}

export interface MarketData {
  /**
   * Closed candles in order, page by page (at most 1,000 each); the still forming one is never among
   * them. Waits as the exchange's limits demand.
   * Faults: exchange-unreachable, exchange-banned {until}, exchange-refused {code, message}.
   */
  closedCandles(request: CandleRequest, signal?: AbortSignal): AsyncIterable<readonly Candle[]>;
  /** Faults: as above, and unknown-symbol {symbol}. */
  instrument(symbol: string): Promise<Instrument>;
  /** The exchange's clock, epoch ms. */
  serverTime(): Promise<number>;
  /** Share of the request weight in use, and when a ban ends (epoch ms) if there is one. */
  limits(): {
    readonly usedWeight: number;
    readonly weightLimit: number;
    readonly bannedUntil: number | null;
  };
}
