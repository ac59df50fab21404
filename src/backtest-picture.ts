/** The picture of a backtest as a file: the same that people get in chat, in English and UTC. */
import { writeFile } from "node:fs/promises";
import { audienceOf, backtestChart, backtestLabels } from "../bots/views/pictures.ts";
import { Reader } from "../bots/views/reader.ts";
import { sketched } from "./app/backtest-sketch.ts";
import { backtestPicture } from "./charts/backtest-chart.ts";
import { drawPicture } from "./charts/draw-picture.ts";
import { Fault } from "./domain/fault.ts";
import type { BacktestRequest, BacktestResult } from "./engine/backtest.ts";
import { SharpRasterizer } from "./raster/sharp-rasterizer.ts";

/** Faults: picture-unavailable {reason}; file-unwritable {file, reason}. */
export async function saveBacktestPicture(
  file: string,
  request: BacktestRequest,
  result: BacktestResult,
): Promise<void> {
  const { instrument } = request;
  const reader = new Reader(
    { language: "en", timeZone: "UTC" },
    { now: result.metrics.until, quoteAsset: instrument.quoteAsset },
  );
  const answer = { result: sketched(request, result), instrument, complete: true };
  const labels = backtestLabels(reader, answer);
  const picture = backtestPicture(backtestChart(answer), labels, audienceOf(reader));
  const png = await new SharpRasterizer().png(drawPicture(picture));
  try {
    await writeFile(file, png);
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new Fault("file-unwritable", { file, reason }, { cause: error });
  }
}
