/**
 * Runs backtests outside the daemon's thread, so that no candle waits for one. Candles are handed over
 * page by page; an abort ends the thread at once, wherever it is.
 */
import { Worker } from "node:worker_threads";
import type { BacktestJob, BacktestWatch } from "../app/backtest-job.ts";
import type { BacktestOutcome } from "../app/backtest-sketch.ts";
import { Fault } from "../domain/fault.ts";
import type { BacktestOrder, BacktestReport } from "./backtest-worker-messages.ts";

/** Memory a backtest may take before its thread is ended, MiB. */
const MAX_HEAP_MB = 1_024;

/** See RunBacktest. */
export async function runBacktestInWorker(
  { terms, pages }: BacktestJob,
  { signal, progress }: BacktestWatch = {},
): Promise<BacktestOutcome> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL("./backtest-worker-thread.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  const send = (order: BacktestOrder) => worker.postMessage(order);
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal?.reason);
  signal?.addEventListener("abort", abort, { once: true });
  const result = resultOf(worker, progress);
  try {
    const feeding = feed(pages, send, signal).then(() => send({ kind: "run", terms }));
    return await Promise.race([aborted, Promise.all([result, feeding]).then(([done]) => done)]);
  } finally {
    signal?.removeEventListener("abort", abort);
    result.catch(() => {});
    await worker.terminate();
  }
}

async function feed(
  pages: BacktestJob["pages"],
  send: (order: BacktestOrder) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  for await (const page of pages) {
    signal?.throwIfAborted();
    send({ kind: "page", page });
  }
}

function resultOf(worker: Worker, progress: BacktestWatch["progress"]): Promise<BacktestOutcome> {
  return new Promise((resolve, reject) => {
    worker.on("message", (report: BacktestReport) => {
      switch (report.kind) {
        case "progress":
          progress?.(report.done, report.total);
          break;
        case "result":
          resolve(report.result);
          break;
        case "fault":
          reject(new Fault(report.code, report.facts));
          break;
      }
    });
    worker.once("error", (cause) => {
      reject(new Fault("backtest-thread-ended", {}, { cause }));
    });
    worker.once("exit", () => reject(new Fault("backtest-thread-ended")));
  });
}
