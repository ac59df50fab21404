/**
 * Runs a search over variants in threads of its own, as many as the machine can spare: every thread
 * holds the candles and takes the next batch of rules when it is done with one. An abort ends all of
 * them at once, wherever they are.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { SweepJob, SweepWatch } from "../app/optimize-job.ts";
import { Fault } from "../domain/fault.ts";
import { batchesOf } from "../engine/sweep/sweep.ts";
import type { VariantFigures } from "../engine/sweep/variant-figures.ts";
import type { SweepOrder, SweepReport } from "./sweep-messages.ts";

/** Memory a thread may take before it is ended, MiB. */
const MAX_HEAP_MB = 1_024;
/** Every thread holds all candles, so more processors than this are not used. */
const MAX_THREADS = 4;

/** See RunSweep. `threads`: how many at most; by default all processors but the one that trades. */
export async function sweepInWorkers(
  { terms, ruleTexts, pages }: SweepJob,
  { signal, progress = () => {} }: SweepWatch = {},
  threads = Math.min(MAX_THREADS, Math.max(1, availableParallelism() - 1)),
): Promise<readonly VariantFigures[]> {
  signal?.throwIfAborted();
  const batches = batchesOf(ruleTexts, terms);
  const workers = batches.slice(0, threads).map(() => newWorker());
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  const failed = Promise.all(workers.map(failureOf));
  const work = feed(pages, workers, signal).then(() =>
    runBatches(workers, { batches, terms, progress }),
  );
  try {
    const figures = await Promise.race([aborted, failed, work]);
    const byRule = new Map(figures.map((one) => [one.ruleText, one]));
    return ruleTexts.flatMap((ruleText) => byRule.get(ruleText) ?? []);
  } finally {
    signal?.removeEventListener("abort", abort);
    for (const promise of [aborted, failed, work]) promise.catch(() => {});
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function newWorker(): Worker {
  return new Worker(new URL("./sweep-thread.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
}

async function feed(
  pages: SweepJob["pages"],
  workers: readonly Worker[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for await (const page of pages) {
    signal?.throwIfAborted();
    for (const worker of workers) send(worker, { kind: "page", page });
  }
}

interface Batches {
  readonly batches: readonly (readonly string[])[];
  readonly terms: SweepJob["terms"];
  readonly progress: NonNullable<SweepWatch["progress"]>;
}

/** Every worker takes batches from one queue until it is empty. Progress is in rules done, in part. */
async function runBatches(
  workers: readonly Worker[],
  { batches, terms, progress }: Batches,
): Promise<readonly VariantFigures[]> {
  const queue = batches.values();
  const done = new Map<Worker, number>();
  const figures: VariantFigures[] = [];
  // Every rule is tested on the same candles, so rules are the measure of the work.
  const total = batches.flat().length;
  const each = workers.map(async (worker) => {
    for (const ruleTexts of queue) {
      const before = done.get(worker) ?? 0;
      const note = (share: number) => {
        done.set(worker, before + share * ruleTexts.length);
        progress(
          [...done.values()].reduce((sum, one) => sum + one, 0),
          total,
        );
      };
      figures.push(...(await runBatch(worker, { kind: "batch", terms, ruleTexts }, note)));
      note(1);
    }
  });
  await Promise.all(each);
  return figures;
}

/** `note`: called with the share of the batch that is done. */
function runBatch(
  worker: Worker,
  order: Extract<SweepOrder, { kind: "batch" }>,
  note: (share: number) => void,
): Promise<readonly VariantFigures[]> {
  return new Promise((resolve, reject) => {
    const listen = (report: SweepReport) => {
      if (report.kind === "progress") {
        note(report.share);
        return;
      }
      worker.off("message", listen);
      if (report.kind === "figures") resolve(report.figures);
      else reject(new Fault(report.code, report.facts));
    };
    worker.on("message", listen);
    send(worker, order);
  });
}

/** Never settles while the thread lives. */
function failureOf(worker: Worker): Promise<never> {
  return new Promise((_resolve, reject) => {
    worker.once("error", (cause) => reject(new Fault("backtest-thread-ended", {}, { cause })));
    worker.once("exit", () => reject(new Fault("backtest-thread-ended")));
  });
}

function send(worker: Worker, order: SweepOrder): void {
  worker.postMessage(order, []);
}
