/**
 * The candles of a backtest from a file. What would make the result a lie is refused; what is harmless
 * (holes, lines told twice) is taken and reported.
 */
import type { Candle } from "../domain/candle.ts";
import { Fault } from "../domain/fault.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import { CandleCheck, type CandleFindings } from "./candle-check.ts";
import { type FileProgress, readCandleFile } from "./candle-file.ts";

export interface LoadedCandles {
  /** Oldest first, each open time once. */
  readonly candles: readonly Candle[];
  readonly findings: CandleFindings;
}

/**
 * Reads it whole. Faults: those of readCandleFile; candles-contradict {file, line, at} for an open
 * time with two different candles; candles-out-of-order {file, line, at}; file-empty {file}.
 */
export async function loadCandleFile(
  file: string,
  of: { symbol: string; timeframe: Timeframe },
  progress?: FileProgress,
): Promise<LoadedCandles> {
  const check = new CandleCheck(of.timeframe);
  const candles: Candle[] = [];
  for await (const page of readCandleFile(file, of, progress)) {
    for (const { candle, line } of page) {
      const place = check.take(candle);
      const facts = { file, line, at: new Date(candle.openTime).toISOString() };
      if (place === "revised") throw new Fault("candles-contradict", facts);
      if (place === "unordered") throw new Fault("candles-out-of-order", facts);
      if (place === "next") candles.push(candle);
    }
  }
  if (candles.length === 0) throw new Fault("file-empty", { file });
  return { candles, findings: check.findings };
}
