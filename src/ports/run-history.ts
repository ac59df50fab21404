/** All that storage knows of one run of a strategy: what a comparison with a replay starts from. */
import type { Circumstance } from "../domain/circumstance.ts";
import type { Decision, Fill, Order, Position, Trade } from "../domain/order.ts";
import type { Strategy } from "../domain/strategy.ts";

/** Every list is oldest first. */
export interface RunRecords {
  /**
   * First ms after the newest candle the engine has judged, of the strategy's timeframe and of one
   * minute; null when there is none. The lists are at least as new.
   */
  readonly judgedUntil: { readonly own: number | null; readonly minute: number | null };
  readonly trades: readonly Trade[];
  /** Closed ones and the one that is open. */
  readonly positions: readonly Position[];
  readonly orders: readonly Order[];
  readonly fills: readonly Fill[];
  /** Signals to enter, with what came of them. */
  readonly signals: readonly Decision[];
  /** Of the strategy, its symbol, and everything, since `since`. */
  readonly circumstances: readonly Circumstance[];
}

export interface RunHistory {
  /** Records of the strategy's current run. `since`: epoch ms from which circumstances matter. */
  records(strategy: Strategy, since: number): Promise<RunRecords>;
}
