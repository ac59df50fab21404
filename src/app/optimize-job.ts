/** What a search over variants run outside this thread is given and gives back. */
import type { BacktestTerms } from "../engine/backtest-engine.ts";
import type { VariantFigures } from "../engine/sweep/variant-figures.ts";
import type { BacktestJob } from "./backtest-job.ts";

export interface SweepJob {
  readonly terms: Omit<BacktestTerms, "candles" | "detail" | "higher">;
  /** In canonical form. */
  readonly ruleTexts: readonly string[];
  /** The own timeframe's, the longer ones the rules read, and 1m where there are any. */
  readonly pages: BacktestJob["pages"];
}

export interface SweepWatch {
  /** Ends it; its reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Rules done so far, in part too, and in all. */
  readonly progress?: ((done: number, total: number) => void) | undefined;
}

/** In the order of the rules. Faults: those of sweepBatch, backtest-thread-ended, those of the pages. */
export type RunSweep = (job: SweepJob, watch: SweepWatch) => Promise<readonly VariantFigures[]>;
