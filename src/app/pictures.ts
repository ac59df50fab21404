/**
 * Pictures for answers. A picture is an addition: when none can be drawn, for whatever reason, the
 * answer goes without it, and the log says so once.
 */
import {
  backtestPicture,
  type BacktestChart,
  type BacktestLabels,
} from "../charts/backtest-chart.ts";
import { drawPicture } from "../charts/draw-picture.ts";
import { equityPicture, type EquityChartLabels } from "../charts/equity-chart.ts";
import type { EquityLines } from "../charts/equity-panes.ts";
import { marketPicture, type MarketChart, type MarketLabels } from "../charts/market-chart.ts";
import type { Audience, Picture } from "../charts/picture.ts";
import { tradePicture, type TradeChart, type TradeChartLabels } from "../charts/trade-chart.ts";
import { faultCode } from "../domain/fault.ts";
import type { Logger } from "../ports/logger.ts";
import type { Rasterizer } from "../ports/rasterizer.ts";

export type {
  Audience,
  BacktestChart,
  BacktestLabels,
  EquityChartLabels,
  EquityLines,
  MarketChart,
  MarketLabels,
  TradeChart,
  TradeChartLabels,
};
export type { DrawnTrade } from "../charts/trade-layers.ts";
export type { HeadFigure } from "../charts/picture.ts";

export interface PicturesParts {
  /** Null where no pictures are wanted. */
  readonly rasterizer: Rasterizer | null;
  readonly logger: Logger;
}

/** PNG, or null when there is to be none. */
export type Drawn = Uint8Array | null;

export class Pictures {
  readonly #parts: PicturesParts;
  readonly #told = new Set<string>();

  constructor(parts: PicturesParts) {
    this.#parts = parts;
  }

  market(chart: MarketChart, labels: MarketLabels, audience: Audience): Promise<Drawn> {
    return this.attempt(() => marketPicture(chart, labels, audience));
  }

  equity(lines: EquityLines, labels: EquityChartLabels, audience: Audience): Promise<Drawn> {
    return this.attempt(() => equityPicture(lines, labels, audience));
  }

  backtest(chart: BacktestChart, labels: BacktestLabels, audience: Audience): Promise<Drawn> {
    return this.attempt(() => backtestPicture(chart, labels, audience));
  }

  trade(chart: TradeChart, labels: TradeChartLabels, audience: Audience): Promise<Drawn> {
    return this.attempt(() => tradePicture(chart, labels, audience));
  }

  /** Never rejects. `describe` may look for what it shows first; null when there is nothing. */
  async attempt(describe: () => Picture | null | Promise<Picture | null>): Promise<Drawn> {
    const { rasterizer } = this.#parts;
    if (rasterizer === null) return null;
    try {
      const picture = await describe();
      return picture === null ? null : await rasterizer.png(drawPicture(picture));
    } catch (error) {
      this.#note(error);
      return null;
    }
  }

  /** What is lost when a picture's figures cannot be had: nothing but the picture. Never rejects. */
  async orNone<T>(look: () => Promise<T>): Promise<T | null> {
    if (this.#parts.rasterizer === null) return null;
    try {
      return await look();
    } catch (error) {
      this.#note(error);
      return null;
    }
  }

  #note(error: unknown): void {
    const code = faultCode(error);
    if (this.#told.has(code)) return;
    this.#told.add(code);
    this.#parts.logger.warn({ code, error }, "a picture could not be drawn; told once");
  }
}
