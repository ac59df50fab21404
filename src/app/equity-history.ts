/**
 * How a person's paper money went: the starting balances of the current runs and every trade closed in
 * them, with the open positions at the present price as the last point. What holding the coin would have
 * made of the same money is told where there is one coin.
 */
import { drawdownOf, type EquityLines } from "../charts/equity-panes.ts";
import type { Line } from "../charts/picture.ts";
import { thinLine } from "../charts/thin.ts";
import { Fault } from "../domain/fault.ts";
import type { Strategy } from "../domain/strategy.ts";
import { openTimeAt, timeframeMs, TIMEFRAMES } from "../domain/timeframe.ts";
import type { User } from "../domain/user.ts";
import type { Clock } from "../ports/clock.ts";
import type { EngineGateway, StrategyView } from "../ports/engine-gateway.ts";
import type { ReadModels, TradePage } from "../ports/read-models.ts";
import type { CandleParts } from "./candle-supply.ts";
import { chartCandles } from "./chart-candles.ts";
import { requireRole } from "./require-role.ts";

export interface EquityHistoryParts extends CandleParts {
  readonly gateway: Pick<EngineGateway, "strategies">;
  readonly readModels: Pick<ReadModels, "trades">;
  readonly clock: Clock;
}

export interface EquitySheet {
  /** Null when all strategies are added up. */
  readonly strategy: Strategy | null;
  readonly strategies: number;
  /** The one coin that is traded; null when there are several. */
  readonly symbol: string | null;
  readonly lines: EquityLines;
  readonly from: number;
  readonly until: number;
  readonly trades: number;
  /** Quote currency. */
  readonly end: number;
  readonly returnPercent: number;
  /** The deepest fall, percent, 0 or less. */
  readonly deepestPercent: number;
  readonly holdPercent: number | null;
}

/** The newest trades that are looked at. */
const MAX_TRADES = 20_000;
const PAGE_ROWS = 1_000;
const MAX_POINTS = 700;
/** Candles that are enough for the line of holding. */
const HOLD_CANDLES = 400;

export class EquityHistory {
  readonly #parts: EquityHistoryParts;

  constructor(parts: EquityHistoryParts) {
    this.#parts = parts;
  }

  /** `number` null adds up all strategies. Fault: not-found {what, number}; no-equity. */
  async equity(actor: User, number: number | null): Promise<EquitySheet> {
    requireRole(actor, "viewer");
    const { gateway, clock } = this.#parts;
    const all = gateway.strategies(actor.id);
    const views = number === null ? all : all.filter((one) => one.strategy.number === number);
    const [first] = views;
    if (first === undefined) {
      throw number === null
        ? new Fault("no-equity")
        : new Fault("not-found", { what: "strategy", number });
    }
    const until = clock.now();
    const from = Math.min(until - 1, ...views.map(({ run }) => run.startedAt));
    const trades = await this.#trades(actor, views, number);
    const start = sum(views.map(({ run }) => Number(run.startingBalance)));
    const end = sum(views.map(({ equity }) => Number(equity)));
    const curve = curveOf(trades, { from, until, start, end });
    const symbols = new Set(views.map(({ strategy }) => strategy.symbol));
    const symbol = symbols.size === 1 ? first.strategy.symbol : null;
    const hold = symbol === null ? null : await this.#hold(symbol, { from, until, start });
    const drawdown = drawdownOf(curve.values, start);
    const held = hold?.values.at(-1);
    return {
      strategy: number === null ? null : first.strategy,
      strategies: views.length,
      symbol,
      lines: {
        equity: thinLine(curve.times, curve.values, MAX_POINTS),
        drawdown: thinLine(curve.times, drawdown, MAX_POINTS),
        hold,
        start,
      },
      from,
      until,
      trades: trades.length,
      end,
      returnPercent: percentOf(end, start),
      deepestPercent: drawdown.reduce((deepest, value) => Math.min(deepest, value), 0),
      holdPercent: held === undefined ? null : percentOf(held, start),
    };
  }

  /** Closed in the current runs, oldest first. */
  async #trades(
    actor: User,
    views: readonly StrategyView[],
    number: number | null,
  ): Promise<TradePage["trades"]> {
    const runs = new Set(views.map(({ run }) => run.id));
    // Trades that close meanwhile would shift the pages.
    const until = this.#parts.clock.now() + 1;
    const from = Math.min(...views.map(({ run }) => run.startedAt));
    const only = number === null ? {} : { strategyNumber: number };
    const trades: TradePage["trades"][number][] = [];
    for (let offset = 0; offset < MAX_TRADES; offset += PAGE_ROWS) {
      const query = { ownerId: actor.id, ...only, from, until, limit: PAGE_ROWS, offset };
      const page = await this.#parts.readModels.trades(query);
      trades.push(...page.trades.filter(({ runId }) => runs.has(runId)));
      if (page.trades.length < PAGE_ROWS) break;
    }
    return trades.toReversed();
  }

  /** Null without candles of that time. */
  async #hold(
    symbol: string,
    { from, until, start }: { from: number; until: number; start: number },
  ): Promise<Line | null> {
    const enough = (ms: number) => (until - from) / ms <= HOLD_CANDLES;
    const timeframe = TIMEFRAMES.find((one) => enough(timeframeMs(one))) ?? "1d";
    const lengthMs = timeframeMs(timeframe);
    const to = openTimeAt(timeframe, until) - lengthMs;
    const range = { symbol, timeframe, from: openTimeAt(timeframe, from), to };
    if (range.from > to) return null;
    const { candles } = await chartCandles(this.#parts, range);
    const price = Number(candles[0]?.open);
    if (!(price > 0)) return null;
    return {
      times: [from, ...candles.map(({ openTime }) => openTime + lengthMs)],
      values: [start, ...candles.map(({ close }) => (start * Number(close)) / price)],
    };
  }
}

interface Ends {
  readonly from: number;
  readonly until: number;
  readonly start: number;
  readonly end: number;
}

/** A step at each exit; at the end what the open positions are worth now. */
function curveOf(trades: TradePage["trades"], { from, until, start, end }: Ends) {
  const times = new Float64Array(trades.length + 2);
  const values = new Float64Array(trades.length + 2);
  let equity = start;
  [times[0], values[0]] = [from, start];
  for (const [i, { exitAt, pnl }] of trades.entries()) {
    equity += Number(pnl);
    [times[i + 1], values[i + 1]] = [exitAt, equity];
  }
  [times[trades.length + 1], values[trades.length + 1]] = [until, end];
  return { times, values };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function percentOf(end: number, start: number): number {
  return start === 0 ? 0 : 100 * (end / start - 1);
}
