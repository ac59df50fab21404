/** Questions that storage answers. Every one is scoped by owner. */
import type { DecimalText } from "../domain/money.ts";
import type { Fill, Order, Position, Trade } from "../domain/order.ts";
import type { Run } from "../domain/strategy.ts";

export interface TradeQuery {
  readonly ownerId: string;
  readonly strategyNumber?: number;
  readonly from?: number;
  readonly until?: number;
  readonly limit: number;
  readonly offset: number;
}

export interface TradePage {
  readonly trades: readonly (Trade & {
    readonly strategyNumber: number;
    readonly strategyName: string;
  })[];
  readonly total: number;
}

/** Sums over closed trades; money in quote currency. */
export interface ProfitSummary {
  readonly trades: number;
  readonly wins: number;
  readonly pnl: DecimalText;
  readonly fees: DecimalText;
  readonly stake: DecimalText;
  readonly best: DecimalText | null;
  readonly worst: DecimalText | null;
}

export interface ProfitRow extends ProfitSummary {
  /** "2026-11-22", "2026-W47", "2026-11", a symbol, an exit reason, or a strategy number. */
  readonly key: string;
  readonly label: string;
}

export type ProfitGrouping = "day" | "week" | "month" | "strategy" | "symbol" | "exit-reason";

export interface TradeDetails {
  readonly trade: Trade | null;
  /** The position as it is stored, also when it is a trade by now; null when it is not known. */
  readonly opened: Position | null;
  readonly orders: readonly Order[];
  readonly fills: readonly Fill[];
}

export interface ReadModels {
  trades(query: TradeQuery): Promise<TradePage>;
  /** By the owner's position/trade number; null when the owner has none of it. */
  tradeDetails(ownerId: string, number: number): Promise<TradeDetails | null>;
  profit(ownerId: string, range: { from?: number; until?: number }): Promise<ProfitSummary>;
  /** Newest or best first; periods are cut in `timeZone`. */
  profitBy(
    ownerId: string,
    grouping: ProfitGrouping,
    options: { timeZone: string; limit: number; from?: number },
  ): Promise<readonly ProfitRow[]>;
  /** All runs of one strategy, newest first. */
  runs(ownerId: string, strategyNumber: number): Promise<readonly Run[]>;
  /** Row counts and sizes of every table, for operators. */
  databaseInfo(): Promise<
    readonly { readonly table: string; readonly rows: number; readonly bytes: number }[]
  >;
}
