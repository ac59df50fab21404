/** Pages of candles put together in the thread that tests on them. */
import type { CandlePage, CandleTextPage } from "../app/backtest-job.ts";
import type { Candle } from "../domain/candle.ts";
import { candlesOfLines } from "../domain/candle-lines.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { BacktestCandles } from "../engine/backtest-feed.ts";

const DETAIL: Timeframe = "1m";

export class CandleGathering {
  readonly #lists: Partial<Record<Timeframe, Candle[]>> = {};

  add(page: CandlePage | CandleTextPage): void {
    const candles = "lines" in page ? candlesOfLines(page.lines, page) : page.candles;
    const list = (this.#lists[page.timeframe] ??= []);
    for (const candle of candles) list.push(candle);
  }

  /** As a test of rules on a timeframe takes them. */
  of(timeframe: Timeframe): Pick<BacktestCandles, "candles" | "detail" | "higher"> {
    const { [timeframe]: candles = [], [DETAIL]: detail = [], ...higher } = this.#lists;
    return { candles, detail, higher };
  }
}
