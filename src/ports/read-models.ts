/** Questions that storage answers. What is about people is scoped by owner. */
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

/** One version of a rule and the closed trades whose positions followed it last. */
export interface RuleVersionResult extends ProfitSummary {
  readonly version: number;
  readonly ruleText: string;
  /** When it took force, epoch ms. */
  readonly since: number;
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
  /** How many trades of everybody closed at `from` or later, epoch ms: for the service's own status. */
  tradesOfAll(from: number): Promise<number>;
  /** Every version of a strategy's rule with what it earned, newest first. */
  ruleVersions(ownerId: string, strategyNumber: number): Promise<readonly RuleVersionResult[]>;
  /** Row counts and sizes of every table, for operators. */
  databaseInfo(): Promise<
    readonly { readonly table: string; readonly rows: number; readonly bytes: number }[]
  >;
}
