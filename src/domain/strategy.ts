/**
 * A strategy is a rule with a symbol, a timeframe, an owner and a mode. A run is one life of it from
 * reset to reset, with its own wallet, trades and statistics; old runs are kept for ever.
 */
import type { DecimalText } from "./money.ts";
import type { Timeframe } from "./timeframe.ts";

export type Mode = "paper";
/** closed: judged once when its candle closes. live: also on the forming candle, at the timeframe's cadence. */
export type Judging = "closed" | "live";

export interface Strategy {
  /** `${ownerId}.s${number}`: content-made, unique in the database. */
  readonly id: string;
  readonly ownerId: string;
  /** What its owner types: 1, 2, 3 … per owner, never reused. */
  readonly number: number;
  readonly name: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** The canonical text of the rule. */
  readonly ruleText: string;
  /** Counts edits of the rule; a position keeps the version it was opened with. */
  readonly ruleVersion: number;
  /** Key of the built-in template it was adopted from, or null. */
  readonly template: string | null;
  readonly mode: Mode;
  readonly judging: Judging;
  readonly active: boolean;
  /** Why the engine stopped it (a fault code), or null. */
  readonly haltedBy: string | null;
  readonly deletedAt: number | null;
  readonly createdAt: number;
  /** Time spent active before `activeSince`, ms. */
  readonly activeMs: number;
  /** Epoch ms since when it is active now, or null. */
  readonly activeSince: number | null;
  /** The current run's number: 1, 2, 3 … */
  readonly run: number;
}

/** One text a strategy's rule has had; versions count from 1 and are never overwritten. */
export interface RuleVersion {
  readonly strategyId: string;
  readonly version: number;
  /** Canonical. */
  readonly ruleText: string;
  /** When it took force, epoch ms. */
  readonly since: number;
}

export interface Run {
  /** `${strategyId}.r${number}` */
  readonly id: string;
  readonly strategyId: string;
  readonly ownerId: string;
  readonly number: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly quoteAsset: string;
  readonly startingBalance: DecimalText;
  /** Quote currency in the wallet now; the sum of the run's ledger entries. */
  readonly balance: DecimalText;
  readonly realisedPnl: DecimalText;
  readonly fees: DecimalText;
  readonly trades: number;
  readonly wins: number;
  /** Orders placed so far: numbers orders of the run. */
  readonly orders: number;
  /** No entry before this time, epoch ms; 0 when none. */
  readonly cooldownUntil: number;
  /** Close time of the last candle that made a signal, by kind: never twice for one candle. */
  readonly lastSignalAt: number;
}

export const strategyId = (ownerId: string, number: number): string => `${ownerId}.s${number}`;
export const runId = (strategy: string, number: number): string => `${strategy}.r${number}`;
