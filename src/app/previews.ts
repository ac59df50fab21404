/**
 * Indicators to look at: those that charts know and rules do not, on the newest closed candles of any
 * symbol. Nothing is stored and nothing trades on them.
 */
import {
  CHART_INDICATORS,
  chartIndicator,
  type ChartIndicator,
} from "../charts/catalogue-indicators.ts";
import type { Candle } from "../domain/candle.ts";
import { Fault } from "../domain/fault.ts";
import { openTimeAt, timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import type { User } from "../domain/user.ts";
import type { MarketData } from "../ports/market-data.ts";
import { requireRole } from "./require-role.ts";
import { cleanSymbol } from "./names.ts";

/** Candles an indicator is computed on. */
export const PREVIEW_CANDLES = 200;
/** Newest values that are shown. */
export const PREVIEW_VALUES = 32;
/** Candles between the two values that are compared. */
export const PREVIEW_STEP = 10;

export interface PreviewOutput {
  readonly name: string;
  /** At the newest closed candle; null where there is no value. */
  readonly last: number | null;
  /** PREVIEW_STEP candles before. */
  readonly before: number | null;
  /** The newest PREVIEW_VALUES, oldest first. */
  readonly recent: readonly (number | null)[];
}

export interface Preview {
  readonly indicator: ChartIndicator;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** When the newest candle closed: first ms after it, epoch ms. */
  readonly closedAt: number;
  readonly outputs: readonly PreviewOutput[];
  readonly close: PreviewOutput;
}

export interface PreviewsParts {
  readonly market: Pick<MarketData, "instrument" | "closedCandles" | "serverTime">;
  readonly settings: { readonly defaultSymbol: string };
}

export class Previews {
  readonly indicators: readonly ChartIndicator[] = CHART_INDICATORS;
  readonly #parts: PreviewsParts;

  constructor(parts: PreviewsParts) {
    this.#parts = parts;
  }

  /**
   * `symbol` null takes the default. Faults: unknown-chart-indicator {name}, unknown-symbol {symbol},
   * no-candles {symbol, timeframe}, and those of the exchange.
   */
  async preview(
    actor: User,
    name: string,
    of: { readonly symbol: string | null; readonly timeframe: Timeframe },
  ): Promise<Preview> {
    requireRole(actor, "viewer");
    const indicator = this.indicators.find((one) => one.name === name);
    if (indicator === undefined) throw new Fault("unknown-chart-indicator", { name });
    const { market, settings } = this.#parts;
    const { timeframe } = of;
    const { symbol } = await market.instrument(cleanSymbol(of.symbol ?? settings.defaultSymbol));
    const candles = await this.#newest(symbol, timeframe);
    const last = candles.at(-1);
    if (last === undefined) throw new Fault("no-candles", { symbol, timeframe });
    const values = chartIndicator(name, [], candles);
    const closes = candles.map(({ close }) => Number(close));
    return {
      indicator,
      symbol,
      timeframe,
      closedAt: last.openTime + timeframeMs(timeframe),
      outputs: [...values].map(([output, all]) => outputOf(output, all)),
      close: outputOf("close", closes),
    };
  }

  async #newest(symbol: string, timeframe: Timeframe): Promise<readonly Candle[]> {
    const { market } = this.#parts;
    const lengthMs = timeframeMs(timeframe);
    const to = openTimeAt(timeframe, await market.serverTime()) - lengthMs;
    const from = to - (PREVIEW_CANDLES - 1) * lengthMs;
    const candles: Candle[] = [];
    for await (const page of market.closedCandles({ symbol, timeframe, from, to })) {
      candles.push(...page);
    }
    return candles;
  }
}

function outputOf(name: string, values: readonly (number | null)[]): PreviewOutput {
  return {
    name,
    last: values.at(-1) ?? null,
    before: values.at(-1 - PREVIEW_STEP) ?? null,
    recent: values.slice(-PREVIEW_VALUES),
  };
}
