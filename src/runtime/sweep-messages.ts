/**
 * What a program and the threads of a search say to each other: pages of candles to every thread, then
 * batches of rules, one at a time to whoever is free; back come progress and each batch's figures.
 */
import type { CandlePage, CandleTextPage } from "../app/backtest-job.ts";
import type { SweepJob } from "../app/optimize-job.ts";
import type { FaultFacts } from "../domain/fault.ts";
import type { VariantFigures } from "../engine/sweep/variant-figures.ts";

export type SweepOrder =
  | { readonly kind: "page"; readonly page: CandlePage | CandleTextPage }
  | {
      readonly kind: "batch";
      readonly terms: SweepJob["terms"];
      readonly ruleTexts: readonly string[];
    };

export type SweepReport =
  | { readonly kind: "progress"; readonly share: number }
  | { readonly kind: "figures"; readonly figures: readonly VariantFigures[] }
  | { readonly kind: "fault"; readonly code: string; readonly facts: FaultFacts };
