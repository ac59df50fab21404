/**
 * What people look at as a picture: a market with what a rule reads there and the trades made there,
 * and a single trade from its signal to its end. Only the actor's own strategies and trades.
 */
import type { MarketChart } from "../charts/market-chart.ts";
import { candleColumns } from "../charts/thin.ts";
import type { TradeChart } from "../charts/trade-chart.ts";
import type { DrawnTrade } from "../charts/trade-layers.ts";
import type { Candle } from "../domain/candle.ts";
import { Fault, faultCode } from "../domain/fault.ts";
import type { Position } from "../domain/order.ts";
import type { Strategy } from "../domain/strategy.ts";
import { openTimeAt, timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import type { User } from "../domain/user.ts";
import type { Clock } from "../ports/clock.ts";
import type { EngineGateway } from "../ports/engine-gateway.ts";
import type { ReadModels } from "../ports/read-models.ts";
import { ruleMemory } from "../rules/memory.ts";
import { parseRule } from "../rules/parse.ts";
import type { CandleParts } from "./candle-supply.ts";
import { chartCandles } from "./chart-candles.ts";
import { marketLines, namedIndicators, type NamedIndicators } from "./chart-rule.ts";
import { cleanSymbol } from "./names.ts";
import type { TradeReport } from "./queries.ts";
import { requireRole } from "./require-role.ts";
import { tradeChart } from "./trade-sketch.ts";
import type { MarketData } from "../ports/market-data.ts";

export interface ChartsParts extends CandleParts {
  readonly market: Pick<MarketData, "instrument" | "closedCandles" | "serverTime">;
  readonly gateway: Pick<EngineGateway, "strategies">;
  readonly readModels: Pick<ReadModels, "trades" | "tradeDetails">;
  readonly clock: Clock;
  readonly settings: { readonly defaultSymbol: string };
}

export interface MarketWish {
  /** A symbol, or the number of one of the actor's strategies; null takes the default symbol. */
  readonly what: string | null;
  /** Null takes the strategy's, or 1h. */
  readonly timeframe: Timeframe | null;
  /** Indicators by name; null takes those of a strategy of the actor that trades there. */
  readonly indicators: string | null;
}

export interface MarketSheet {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly chart: MarketChart;
  /** Whose rule and trades are shown. */
  readonly strategy: Strategy | null;
  /** Newest shown candle; prices as the exchange wrote them. */
  readonly last: Candle;
  readonly first: Candle;
  readonly high: number;
  readonly low: number;
  readonly complete: boolean;
}

/** Candles that a phone shows apart. */
export const SHOWN_CANDLES = 120;
const DEFAULT_TIMEFRAME: Timeframe = "1h";
/** Candles shown where no rule says how many it needs. */
const LEAST_HISTORY = 50;
/** Trades on one chart; the newest ones. */
const MAX_TRADES = 200;
/** Trades whose stop and target are looked up. */
const MAX_LEVELS = 30;

export class Charts {
  readonly #parts: ChartsParts;

  constructor(parts: ChartsParts) {
    this.#parts = parts;
  }

  /**
   * Faults: not-found {what, number}, unknown-symbol {symbol}, chart-indicator {text},
   * chart-too-many-indicators {limit}, no-candles {symbol, timeframe}, those of the exchange.
   */
  async market(actor: User, wish: MarketWish): Promise<MarketSheet> {
    requireRole(actor, "viewer");
    const { symbol, timeframe, strategy } = await this.#place(actor, wish);
    const { rule, own } = this.#indicators(wish, timeframe, strategy);
    const lengthMs = timeframeMs(timeframe);
    const to = openTimeAt(timeframe, await this.#now()) - lengthMs;
    const from = to - (SHOWN_CANDLES - 1) * lengthMs;
    const memory = rule === null ? new Map() : ruleMemory(rule, timeframe);
    const lists: Partial<Record<Timeframe, readonly Candle[]>> = {};
    let complete = true;
    for (const one of new Set<Timeframe>([timeframe, ...memory.keys()])) {
      const history = Math.max(LEAST_HISTORY, memory.get(one)?.replay ?? 0);
      const begin = openTimeAt(one, from) - history * timeframeMs(one);
      const range = { symbol, timeframe: one, from: Math.max(0, begin), to };
      const got = await chartCandles(this.#parts, range);
      lists[one] = got.candles;
      complete &&= got.complete;
    }
    const { [timeframe]: candles = [], ...higher } = lists;
    const shown = candles.filter(({ openTime }) => openTime >= from);
    const [first, last] = [shown[0], shown.at(-1)];
    if (first === undefined || last === undefined) {
      throw new Fault("no-candles", { symbol, timeframe });
    }
    const lines = await marketLines({ rule, own, timeframe, candles, higher, shown: shown.length });
    const trades = strategy === null ? [] : await this.#trades(actor, strategy, first.openTime);
    const columns = candleColumns(shown, lengthMs, SHOWN_CANDLES);
    const chart = { columns, ...lines, trades };
    const [high, low] = [Math.max(...columns.high), Math.min(...columns.low)];
    return { symbol, timeframe, chart, strategy, first, last, high, low, complete };
  }

  /** The picture of a trade; null when there are no candles of its time. Faults: the exchange's. */
  async trade(actor: User, report: TradeReport): Promise<TradeChart | null> {
    requireRole(actor, "viewer");
    const opened = report.opened ?? report.position?.position ?? null;
    if (opened === null) return null;
    const instrument = await this.#parts.market.instrument(opened.symbol);
    const now = await this.#now();
    return tradeChart({ report, opened, instrument, now }, async (range) => {
      const { candles } = await chartCandles(this.#parts, range);
      return candles;
    });
  }

  async #place(
    actor: User,
    { what, timeframe, indicators }: MarketWish,
  ): Promise<{ symbol: string; timeframe: Timeframe; strategy: Strategy | null }> {
    const { gateway, market, settings } = this.#parts;
    const own = gateway
      .strategies(actor.id)
      .map(({ strategy }) => strategy)
      .toSorted((a, b) => a.number - b.number);
    const digits = /^#?(\d{1,9})$/.exec(what?.trim() ?? "")?.[1];
    if (digits !== undefined) {
      const strategy = own.find(({ number }) => number === Number(digits));
      if (strategy === undefined) {
        throw new Fault("not-found", { what: "strategy", number: Number(digits) });
      }
      const chosen = timeframe ?? strategy.timeframe;
      const fits = chosen === strategy.timeframe && indicators === null;
      return { symbol: strategy.symbol, timeframe: chosen, strategy: fits ? strategy : null };
    }
    const { symbol } = await market.instrument(cleanSymbol(what ?? settings.defaultSymbol));
    const chosen = timeframe ?? DEFAULT_TIMEFRAME;
    const there = own.filter((one) => one.symbol === symbol && one.timeframe === chosen);
    const strategy = there.find(({ active }) => active) ?? there[0] ?? null;
    return { symbol, timeframe: chosen, strategy: indicators === null ? strategy : null };
  }

  #indicators(
    { indicators }: MarketWish,
    timeframe: Timeframe,
    strategy: Strategy | null,
  ): NamedIndicators {
    if (indicators !== null) return namedIndicators(indicators, timeframe);
    if (strategy === null) return { rule: null, own: [] };
    return { rule: parseRule(strategy.ruleText, { timeframe }), own: [] };
  }

  /** The exchange's time; without it our own must do. */
  async #now(): Promise<number> {
    const { market, clock } = this.#parts;
    try {
      return await market.serverTime();
    } catch (error) {
      if (faultCode(error) !== "exchange-unreachable") throw error;
      return clock.now();
    }
  }

  async #trades(actor: User, strategy: Strategy, from: number): Promise<readonly DrawnTrade[]> {
    const { readModels, gateway } = this.#parts;
    const query = { ownerId: actor.id, strategyNumber: strategy.number, from };
    const { trades } = await readModels.trades({ ...query, limit: MAX_TRADES, offset: 0 });
    const looked = await Promise.all(
      trades.slice(0, MAX_LEVELS).map(({ number }) => readModels.tradeDetails(actor.id, number)),
    );
    const opened = new Map(
      looked.flatMap((one) => (one?.opened ? [[one.opened.id, one.opened]] : [])),
    );
    const closed = trades.map((trade) => ({
      side: trade.side,
      entryAt: trade.entryAt,
      entryPrice: Number(trade.entryPrice),
      exit: { at: trade.exitAt, price: Number(trade.exitPrice), won: Number(trade.pnl) > 0 },
      ...levelsOf(opened.get(trade.id) ?? null),
    }));
    const views = gateway.strategies(actor.id);
    const position = views.find((view) => view.strategy.id === strategy.id)?.position?.position;
    if (position === undefined) return closed;
    const { side, openedAt: entryAt } = position;
    const entryPrice = Number(position.entryPrice);
    return [...closed, { side, entryAt, entryPrice, exit: null, ...levelsOf(position) }];
  }
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}

function levelsOf(position: Position | null): { stop: number | null; target: number | null } {
  return {
    stop: numberOf(position?.trailingStopPrice ?? position?.stopPrice ?? null),
    target: numberOf(position?.takePrice ?? null),
  };
}
