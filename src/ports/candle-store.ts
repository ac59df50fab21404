/**
 * Stored candles for everything that is not the engine: backtests, charts, tools. Writing here decides
 * nothing and moves no watermark; the engine's own candles are written by its commits.
 */
import type { Candle } from "../domain/candle.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { CandleRequest } from "./market-data.ts";

export interface StoredExtent {
  /** Open time of the oldest and of the newest stored candle, epoch ms. */
  readonly oldest: number;
  readonly newest: number;
  readonly candles: number;
}

export interface CandleStore {
  /** Stored candles of the range, oldest first, in pages of a few thousand. Fault: database-away. */
  pages(range: CandleRequest): AsyncIterable<readonly Candle[]>;
  /** Inserts, or overwrites those of the same open time. All in one statement. */
  save(candles: readonly Candle[]): Promise<void>;
  /** Null when nothing is stored. */
  extent(symbol: string, timeframe: Timeframe): Promise<StoredExtent | null>;
}
