/**
 * What a picture shows of a backtest, as few numbers as it has pixels: made where the candles are, in
 * the backtest's own thread, so that the thread that trades never holds them.
 */
import { drawdownOf } from "../charts/equity-panes.ts";
import type { Columns, Line } from "../charts/picture.ts";
import { candleColumns, thinLine } from "../charts/thin.ts";
import { timeframeMs } from "../domain/timeframe.ts";
import type { BacktestRequest, BacktestResult } from "../engine/backtest.ts";

export interface BacktestSketch {
  readonly columns: Columns;
  /** Quote currency. */
  readonly equity: Line;
  /** The capital put into the coin at the first opening price. */
  readonly hold: Line;
  /** Percent, 0 or less. */
  readonly drawdown: Line;
}

/** A result with what its picture needs. */
export interface BacktestOutcome extends BacktestResult {
  readonly sketch: BacktestSketch;
}

/** Candles and points that a picture of 1,000 pixels can show apart. */
const MAX_COLUMNS = 300;
const MAX_POINTS = 700;

export function sketched(request: BacktestRequest, result: BacktestResult): BacktestOutcome {
  const { timeframe, capital } = request;
  const start = Number(capital);
  const tested = request.candles.slice(result.candles.history);
  const firstPrice = Number(tested[0]?.open);
  const { times, values } = result.equity;
  const hold = Float64Array.from(tested, ({ close }) => (start * Number(close)) / firstPrice);
  const sketch = {
    columns: candleColumns(tested, timeframeMs(timeframe), MAX_COLUMNS),
    equity: thinLine(times, values, MAX_POINTS),
    hold: thinLine(times, hold, MAX_POINTS),
    drawdown: thinLine(times, drawdownOf(values, start), MAX_POINTS),
  };
  return { ...result, sketch };
}
