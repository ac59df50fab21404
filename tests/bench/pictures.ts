/**
 * How soon a picture is there: a backtest of a year of 15m candles, with and without the minutes within
 * them, from the question to the PNG, and what of that the trading thread spends on the drawing.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { backtestChart, backtestLabels } from "../../bots/views/pictures.ts";
import { Reader } from "../../bots/views/reader.ts";
import type { CandlePage } from "../../src/app/backtest-job.ts";
import type { BacktestOutcome } from "../../src/app/backtest-sketch.ts";
import { backtestPicture } from "../../src/charts/backtest-chart.ts";
import { drawPicture } from "../../src/charts/draw-picture.ts";
import type { Candle } from "../../src/domain/candle.ts";
import { SharpRasterizer } from "../../src/raster/sharp-rasterizer.ts";
import { TEMPLATES } from "../../src/rules/templates.ts";
import { runBacktestInWorker } from "../../src/runtime/backtest-worker.ts";
import { randomCandles, summed } from "../support/candle-lists.ts";
import { BTCUSDT } from "../support/engine-world.ts";
import { type Figure, median } from "./figure.ts";

const YEAR_MINUTES = 525_600;
const SEED = 20_261_122;
const VOLATILITY = 0.0015;
const ROUNDS = 5;
const PAGE_CANDLES = 2_000;
const READER = { language: "en", timeZone: "Europe/Paris" };

export async function benchPictures(): Promise<readonly Figure[]> {
  const minutes = randomCandles(SEED, YEAR_MINUTES, { volatility: VOLATILITY });
  const quarters = summed(minutes, "15m");
  const raster = new SharpRasterizer();
  const first = await pictured(raster, quarters, []);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const runs = [];
  for (let i = 0; i < ROUNDS; i++) runs.push(await pictured(raster, quarters, []));
  delay.disable();
  const detailed = [];
  for (let i = 0; i < ROUNDS; i++) detailed.push(await pictured(raster, quarters, minutes));
  return [
    row("picture_first", first.png, "first PNG of a process: library, font, picture"),
    row(
      "picture_png",
      median(runs.map(({ png }) => png)),
      "a backtest's drawing as PNG, in libvips' threads",
    ),
    row(
      "picture_drawing",
      median(runs.map(({ drawing }) => drawing)),
      "its SVG, in the trading thread",
    ),
    row(
      "picture_backtest_15m_year",
      median(runs.map(({ total }) => total)),
      "35,040 candles in a worker thread, figures, picture",
    ),
    row(
      "picture_backtest_15m_year_detailed",
      median(detailed.map(({ total }) => total)),
      "the same with 525,600 minutes within them",
    ),
    row("loop_delay_p99_with_pictures", delay.percentile(99) / 1e6 - 1, "without the minutes"),
  ];
}

const row = (name: string, value: number, meaning: string): Figure => ({
  name,
  value,
  unit: "ms",
  meaning,
});

/** Milliseconds of the parts and of the whole. */
async function pictured(
  raster: SharpRasterizer,
  quarters: readonly Candle[],
  minutes: readonly Candle[],
): Promise<{ drawing: number; png: number; total: number }> {
  const begun = performance.now();
  const template = TEMPLATES.find(({ key }) => key === "rsi-reversal-15m");
  const terms = {
    ruleText: template?.ruleText ?? "",
    timeframe: "15m" as const,
    instrument: BTCUSDT,
    capital: "10000",
    fee: "0.001",
    slippage: "0",
  };
  const result = await runBacktestInWorker({ terms, pages: pagesOf(quarters, minutes) });
  const tested = performance.now();
  const svg = drawingOf(result);
  const drawn = performance.now();
  await raster.png(svg);
  const done = performance.now();
  return { drawing: drawn - tested, png: done - drawn, total: done - begun };
}

function drawingOf(result: BacktestOutcome): string {
  const reader = new Reader(READER, { now: result.metrics.until, quoteAsset: "USDT" });
  const answer = { result, instrument: BTCUSDT, complete: true };
  const labels = backtestLabels(reader, answer);
  return drawPicture(backtestPicture(backtestChart(answer), labels, READER));
}

async function* pagesOf(
  quarters: readonly Candle[],
  minutes: readonly Candle[],
): AsyncGenerator<CandlePage> {
  for (const candles of [quarters, minutes]) {
    for (let i = 0; i < candles.length; i += PAGE_CANDLES) {
      // A page from the database comes in a turn of its own.
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      const page = candles.slice(i, i + PAGE_CANDLES);
      yield { timeframe: page[0]?.timeframe ?? "15m", candles: page };
    }
  }
}
