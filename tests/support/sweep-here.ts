/** The real search over variants, in this thread. */
import type { RunSweep } from "../../src/app/optimize-job.ts";
import { batchesOf, sweepBatch } from "../../src/engine/sweep/sweep.ts";
import { CandleGathering } from "../../src/runtime/candle-gathering.ts";

export const sweepHere: RunSweep = async ({ terms, ruleTexts, pages }, { progress }) => {
  const gathering = new CandleGathering();
  for await (const page of pages) gathering.add(page);
  const request = { ...terms, ...gathering.of(terms.timeframe) };
  const figures = batchesOf(ruleTexts, terms).flatMap((batch) =>
    sweepBatch(request, batch, progress),
  );
  return ruleTexts.map((text) => figures.find(({ ruleText }) => ruleText === text)!);
};
