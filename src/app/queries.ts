/**
 * All that people can ask. Live figures come from the engine's snapshot, history from the read models;
 * both are asked for the actor's own things only. Sums are exact.
 */
import { Fault } from "../domain/fault.ts";
import { Decimal, decimalText, type DecimalText } from "../domain/money.ts";
import type { Pause } from "../domain/pause.ts";
import type { Run } from "../domain/strategy.ts";
import type { User } from "../domain/user.ts";
import type { Clock } from "../ports/clock.ts";
import type {
  DaemonStatus,
  EngineGateway,
  OpenPositionView,
  StrategyView,
  WhyReport,
} from "../ports/engine-gateway.ts";
import type {
  ProfitGrouping,
  ProfitRow,
  ProfitSummary,
  ReadModels,
  TradeDetails,
  TradePage,
} from "../ports/read-models.ts";
import { openPositions } from "./trading.ts";

export type {
  DaemonStatus,
  OpenPositionView,
  ProfitGrouping,
  ProfitRow,
  ProfitSummary,
  StrategyView,
  TradePage,
  WhyReport,
};
export type { ClauseReport } from "../ports/engine-gateway.ts";

const DAY_MS = 86_400_000;

export interface QueriesParts {
  readonly gateway: Pick<EngineGateway, "strategies" | "pauses" | "why" | "status">;
  readonly readModels: ReadModels;
  readonly clock: Clock;
}

export interface StrategyDetails {
  readonly view: StrategyView;
  /** Newest first, the current one included. */
  readonly runs: readonly Run[];
}

export interface TradeList extends TradePage {
  /** 1 for the newest trades. */
  readonly page: number;
  readonly pages: number;
}

export interface TradeReport extends TradeDetails {
  readonly number: number;
  /** Set while the position is open. */
  readonly position: OpenPositionView | null;
  /** Null when the strategy was deleted. */
  readonly strategyNumber: number | null;
}

/** Sums over the current runs of all strategies, in the quote asset. */
export interface Balance {
  readonly strategies: number;
  readonly startingBalance: DecimalText;
  /** Not invested. What a short sold, and as much again that backs it, is invested. */
  readonly free: DecimalText;
  /** Wallets and open positions marked to market. */
  readonly equity: DecimalText;
  readonly realisedPnl: DecimalText;
  readonly unrealisedPnl: DecimalText;
  readonly fees: DecimalText;
  /** Equity against the starting balances, percent with 4 decimals; null when there are none. */
  readonly returnPercent: DecimalText | null;
}

export interface ProfitReport {
  readonly today: ProfitSummary;
  readonly week: ProfitSummary;
  readonly month: ProfitSummary;
  readonly all: ProfitSummary;
  /** Of the positions open now. */
  readonly unrealisedPnl: DecimalText;
}

export interface StatusReport {
  readonly daemon: DaemonStatus;
  /** How many symbols are followed for everybody. */
  readonly symbolCount: number;
  readonly own: {
    readonly strategies: number;
    readonly active: number;
    readonly openPositions: number;
    readonly pauses: readonly Pause[];
  };
}

export class Queries {
  readonly #parts: QueriesParts;

  constructor(parts: QueriesParts) {
    this.#parts = parts;
  }

  /** By number. */
  strategies(actor: User): readonly StrategyView[] {
    const views = this.#parts.gateway.strategies(actor.id);
    return views.toSorted((a, b) => a.strategy.number - b.strategy.number);
  }

  /** Fault: not-found {what, number}. */
  async strategy(actor: User, number: number): Promise<StrategyDetails> {
    const view = this.strategies(actor).find((one) => one.strategy.number === number);
    if (view === undefined) throw new Fault("not-found", { what: "strategy", number });
    return { view, runs: await this.#parts.readModels.runs(actor.id, number) };
  }

  positions(actor: User): readonly OpenPositionView[] {
    return openPositions(this.#parts.gateway, actor);
  }

  /** A page past the end is the last page. */
  async trades(actor: User, page: number, pageRows: number): Promise<TradeList> {
    const ask = (offset: number): Promise<TradePage> =>
      this.#parts.readModels.trades({ ownerId: actor.id, limit: pageRows, offset });
    const asked = await ask((page - 1) * pageRows);
    const pages = Math.max(1, Math.ceil(asked.total / pageRows));
    if (page <= pages) return { ...asked, page, pages };
    return { ...(await ask((pages - 1) * pageRows)), page: pages, pages };
  }

  /** A closed trade or an open position by its number. Fault: not-found {what, number}. */
  async trade(actor: User, number: number): Promise<TradeReport> {
    const details = await this.#parts.readModels.tradeDetails(actor.id, number);
    const position = this.positions(actor).find((one) => one.position.number === number) ?? null;
    if (details === null && position === null) {
      throw new Fault("not-found", { what: "trade", number });
    }
    const { trade = null, orders = [], fills = [] } = details ?? {};
    const strategyId = trade?.strategyId ?? position?.position.strategyId;
    const owned = this.strategies(actor).find((view) => view.strategy.id === strategyId);
    const strategyNumber = owned?.strategy.number ?? null;
    return { number, trade, orders, fills, position: trade ? null : position, strategyNumber };
  }

  /** Closed trades of today (in the actor's time zone), 7 days, 30 days and ever. */
  async profit(actor: User): Promise<ProfitReport> {
    const now = this.#parts.clock.now();
    const since = (from?: number): Promise<ProfitSummary> =>
      this.#parts.readModels.profit(actor.id, from === undefined ? {} : { from });
    const [today, week, month, all] = await Promise.all([
      since(startOfDay(now, actor.timeZone)),
      since(now - 7 * DAY_MS),
      since(now - 30 * DAY_MS),
      since(),
    ]);
    const unrealisedPnl = sum(this.positions(actor).map((view) => view.unrealisedPnl ?? "0"));
    return { today, week, month, all, unrealisedPnl };
  }

  /** Closed trades by period, newest first, or by strategy, symbol or exit reason, best first. */
  async profitBy(
    actor: User,
    grouping: ProfitGrouping,
    limit: number,
  ): Promise<readonly ProfitRow[]> {
    const { timeZone } = actor;
    return this.#parts.readModels.profitBy(actor.id, grouping, { timeZone, limit });
  }

  balance(actor: User): Balance {
    const views = this.strategies(actor);
    const runs = views.map((view) => view.run);
    const startingBalance = sum(runs.map((run) => run.startingBalance));
    const equity = sum(views.map((view) => view.equity));
    return {
      strategies: views.length,
      startingBalance,
      free: sum(views.map(freeOf)),
      equity,
      realisedPnl: sum(runs.map((run) => run.realisedPnl)),
      unrealisedPnl: sum(views.map((view) => view.position?.unrealisedPnl ?? "0")),
      fees: sum(runs.map((run) => run.fees)),
      returnPercent: returnPercent(startingBalance, equity),
    };
  }

  /** Fault: not-found {what, number}. */
  why(actor: User, number: number): WhyReport {
    if (!this.strategies(actor).some((view) => view.strategy.number === number)) {
      throw new Fault("not-found", { what: "strategy", number });
    }
    return this.#parts.gateway.why(actor.id, number);
  }

  /** The service's health; which symbols others follow is shown to administrators only. */
  status(actor: User): StatusReport {
    const daemon = this.#parts.gateway.status();
    const views = this.strategies(actor);
    const ownSymbols = new Set(views.map((view) => view.strategy.symbol));
    const symbols = daemon.symbols.filter((one) => actor.role === "admin" || ownSymbols.has(one));
    return {
      daemon: { ...daemon, symbols },
      symbolCount: daemon.symbols.length,
      own: {
        strategies: views.length,
        active: views.filter((view) => view.strategy.active).length,
        openPositions: this.positions(actor).length,
        pauses: this.#parts.gateway.pauses(actor.id),
      },
    };
  }
}

/** A long has been paid out of the wallet; a short's proceeds lie in it, but are owed. */
function freeOf({ run, position }: StrategyView): DecimalText {
  if (position?.position.side !== "short") return run.balance;
  const { entryPrice, amount } = position.position;
  return decimalText(new Decimal(run.balance).minus(new Decimal(entryPrice).mul(amount).mul(2)));
}

function sum(values: readonly DecimalText[]): DecimalText {
  return decimalText(values.reduce((total, value) => total.plus(value), new Decimal(0)));
}

function returnPercent(start: DecimalText, equity: DecimalText): DecimalText | null {
  const base = new Decimal(start);
  if (base.isZero()) return null;
  return decimalText(new Decimal(equity).minus(base).div(base).mul(100).toDecimalPlaces(4));
}

function startOfDay(now: number, timeZone: string): number {
  const instant = Temporal.Instant.fromEpochMilliseconds(now);
  return instant.toZonedDateTimeISO(timeZone).startOfDay().epochMilliseconds;
}
