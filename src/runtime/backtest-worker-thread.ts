/**
 * A backtest in a thread of its own. Entry point of the thread that backtest-worker.ts makes: gathers
 * candles, runs once, says what came of it.
 */
import { parentPort } from "node:worker_threads";
import { sketched } from "../app/backtest-sketch.ts";
import { Fault } from "../domain/fault.ts";
import { runBacktest } from "../engine/backtest.ts";
import { CandleGathering } from "./candle-gathering.ts";
import type { BacktestOrder, BacktestReport } from "./backtest-worker-messages.ts";

const parent = parentPort;
if (parent !== null) {
  const report = (message: BacktestReport, buffers: ArrayBuffer[] = []) =>
    parent.postMessage(message, buffers);
  const candles = new CandleGathering();
  parent.on("message", (order: BacktestOrder) => {
    if (order.kind === "page") {
      candles.add(order.page);
      return;
    }
    run(order, candles, report);
    parent.close();
  });
}

function run(
  { terms }: Extract<BacktestOrder, { kind: "run" }>,
  candles: CandleGathering,
  report: (message: BacktestReport, buffers?: ArrayBuffer[]) => void,
): void {
  try {
    const request = { ...terms, ...candles.of(terms.timeframe) };
    const progress = (done: number, total: number) => report({ kind: "progress", done, total });
    const result = sketched(request, runBacktest(request, progress));
    const { times, values } = result.equity;
    report({ kind: "result", result }, [owned(times), owned(values)]);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    report({ kind: "fault", code: error.code, facts: error.facts });
  }
}

/** The buffer of an array that has one to itself, to be handed over instead of copied. */
function owned(column: Float64Array): ArrayBuffer {
  const { buffer } = column;
  if (buffer instanceof ArrayBuffer) return buffer;
  throw new TypeError("a column of the equity shares its memory");
}
