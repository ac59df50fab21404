/**
 * What a program and the thread of a backtest say to each other: terms, then pages of candles, then
 * "run"; back come reports of progress and at last the result or the fault.
 */
import type { BacktestJob, CandlePage, CandleTextPage } from "../app/backtest-job.ts";
import type { BacktestOutcome } from "../app/backtest-sketch.ts";
import type { FaultFacts } from "../domain/fault.ts";

export type BacktestOrder =
  | { readonly kind: "page"; readonly page: CandlePage | CandleTextPage }
  | { readonly kind: "run"; readonly terms: BacktestJob["terms"] };

export type BacktestReport =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "result"; readonly result: BacktestOutcome }
  | { readonly kind: "fault"; readonly code: string; readonly facts: FaultFacts };
