/** What a backtest run outside this thread is given and gives back: the seam between app and runtime. */
import type { Candle } from "../domain/candle.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { BacktestProgress, BacktestRequest } from "../engine/backtest.ts";
import type { BacktestOutcome } from "./backtest-sketch.ts";

/** Candles of one timeframe, oldest first; pages of several timeframes may be mixed. */
export interface CandlePage {
  readonly timeframe: Timeframe;
  readonly candles: readonly Candle[];
}

/** The same as text: see domain/candle-lines. */
export interface CandleTextPage {
  readonly timeframe: Timeframe;
  readonly symbol: string;
  readonly lines: string;
}

export interface BacktestJob {
  readonly terms: Omit<BacktestRequest, "candles" | "detail" | "higher">;
  /** The own timeframe's, the longer ones the rule reads, and 1m where there are any. */
  readonly pages: AsyncIterable<CandlePage | CandleTextPage>;
}

export interface BacktestWatch {
  /** Ends it; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  readonly progress?: BacktestProgress | undefined;
}

/** Faults: those of runBacktest, backtest-thread-ended, and those of reading the pages. */
export type RunBacktest = (job: BacktestJob, watch: BacktestWatch) => Promise<BacktestOutcome>;
