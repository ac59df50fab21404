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

/** Candles that follow each other without a hole. */
export interface StoredStretch {
  /** Open time of the first and of the last one, epoch ms. */
  readonly from: number;
  readonly to: number;
}

export interface CandleStore {
  /** Stored candles of the range, oldest first, in pages of a few thousand. Fault: database-away. */
  pages(range: CandleRequest): AsyncIterable<readonly Candle[]>;
  /** The same as text, larger pages and cheaper to hand on: see domain/candle-lines. */
  lines(range: CandleRequest): AsyncIterable<string>;
  /** Which candles of the range are stored, oldest first, without reading them. */
  stretches(range: CandleRequest): Promise<readonly StoredStretch[]>;
  /** Inserts, or overwrites those of the same open time. All in one statement. */
  save(candles: readonly Candle[]): Promise<void>;
  /** Null when nothing is stored. */
  extent(symbol: string, timeframe: Timeframe): Promise<StoredExtent | null>;
}
