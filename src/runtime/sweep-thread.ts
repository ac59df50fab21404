/**
 * One thread of a search. Entry point of the threads that sweep-workers.ts makes: gathers candles once,
 * then runs every batch of rules it is given.
 */
import { parentPort } from "node:worker_threads";
import { Fault } from "../domain/fault.ts";
import { sweepBatch } from "../engine/sweep/sweep.ts";
import { CandleGathering } from "./candle-gathering.ts";
import type { SweepOrder, SweepReport } from "./sweep-messages.ts";

const parent = parentPort;
if (parent !== null) {
  const report = (message: SweepReport) => parent.postMessage(message, []);
  const gathering = new CandleGathering();
  parent.on("message", (order: SweepOrder) => {
    if (order.kind === "page") gathering.add(order.page);
    else run(order, gathering, report);
  });
}

function run(
  { terms, ruleTexts }: Extract<SweepOrder, { kind: "batch" }>,
  gathering: CandleGathering,
  report: (message: SweepReport) => void,
): void {
  try {
    const request = { ...terms, ...gathering.of(terms.timeframe) };
    const figures = sweepBatch(request, ruleTexts, (done, total) =>
      report({ kind: "progress", share: done / total }),
    );
    report({ kind: "figures", figures });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    report({ kind: "fault", code: error.code, facts: error.facts });
  }
}
