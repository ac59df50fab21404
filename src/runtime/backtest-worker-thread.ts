/**
 * A backtest in a thread of its own. Entry point of the thread that backtest-worker.ts makes: gathers
 * candles, runs once, says what came of it.
 */
import { parentPort } from "node:worker_threads";
import type { Candle } from "../domain/candle.ts";
import { Fault } from "../domain/fault.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import { runBacktest } from "../engine/backtest.ts";
import type { BacktestOrder, BacktestReport } from "./backtest-worker-messages.ts";

const DETAIL: Timeframe = "1m";

const parent = parentPort;
if (parent !== null) {
  const report = (message: BacktestReport, buffers: ArrayBuffer[] = []) =>
    parent.postMessage(message, buffers);
  const lists: Partial<Record<Timeframe, Candle[]>> = {};
  parent.on("message", (order: BacktestOrder) => {
    if (order.kind === "page") {
      const { timeframe, candles } = order.page;
      const list = (lists[timeframe] ??= []);
      for (const candle of candles) list.push(candle);
      return;
    }
    run(order, lists, report);
    parent.close();
  });
}

function run(
  { terms }: Extract<BacktestOrder, { kind: "run" }>,
  lists: Partial<Record<Timeframe, Candle[]>>,
  report: (message: BacktestReport, buffers?: ArrayBuffer[]) => void,
): void {
  const { [terms.timeframe]: candles = [], [DETAIL]: detail = [], ...higher } = lists;
  try {
    const request = { ...terms, candles, detail, higher };
    const result = runBacktest(request, (done, total) => report({ kind: "progress", done, total }));
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
