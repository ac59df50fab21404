/** The running engine as the application services see it: a queue for commands, a snapshot for views. */
import type { DecimalText } from "../domain/money.ts";
import type { ExitReason, Position } from "../domain/order.ts";
import type { Pause } from "../domain/pause.ts";
import type { Run, Strategy } from "../domain/strategy.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { Command, CommandResult } from "../engine/command.ts";
import type { ConnectionStatus } from "./market-feed.ts";

export interface OpenPositionView {
  readonly position: Position;
  readonly strategyNumber: number;
  readonly strategyName: string;
  /** Newest price seen, or null before the first. */
  readonly lastPrice: DecimalText | null;
  /** Net of the entry fee and of the fee an exit now would cost; quote currency. */
  readonly unrealisedPnl: DecimalText | null;
  readonly unrealisedPercent: DecimalText | null;
  /** Version of the strategy's rule now, when the position follows another; else null. */
  readonly newerVersion: number | null;
  /** Price and time it may be settled at, because the exchange no longer trades its symbol; else null. */
  readonly settlement: { readonly price: DecimalText; readonly at: number } | null;
}

/** What protects a position; null where nothing does. */
export interface LevelsView {
  readonly stop: DecimalText | null;
  readonly take: DecimalText | null;
  readonly trailing: DecimalText | null;
  /** When it is left at the latest, epoch ms. */
  readonly until: number | null;
}

/** What moving an open position over to its strategy's present rule would change. */
export interface MoveReport {
  readonly position: Position;
  /** Of the rule it would follow. */
  readonly version: number;
  readonly last: { readonly price: DecimalText; readonly at: number };
  readonly before: LevelsView;
  readonly after: LevelsView;
  /** The new level that the price is beyond already: the position would leave at the next price. */
  readonly reached: ExitReason | null;
}

export interface StrategyView {
  readonly strategy: Strategy;
  readonly run: Run;
  readonly position: OpenPositionView | null;
  /** Wallet plus the open position marked to market. */
  readonly equity: DecimalText;
  /** Closed candles still missing before it may trade; 0 when warm. */
  readonly warmupLeft: number;
  /** Total time active, ms. */
  readonly activeMs: number;
}

/** One clause of a rule on the last closed candle. */
export interface ClauseReport {
  /** As the printer writes it, for example "rsi(14) < 30". */
  readonly text: string;
  /** Null while an indicator warms up. */
  readonly truth: boolean | null;
  /** Values of both sides where it is a comparison or a crossing. */
  readonly left: number | null;
  readonly right: number | null;
  /** Depth in the tree of and/or/not, for indenting. */
  readonly depth: number;
}

export interface WhyReport {
  readonly strategy: Strategy;
  /** Close time of the candle it speaks of, epoch ms; null before the first. */
  readonly candleCloseTime: number | null;
  readonly sections: readonly {
    /** "enter long", "exit short" … */
    readonly title: string;
    readonly truth: boolean | null;
    readonly clauses: readonly ClauseReport[];
  }[];
  /** Set while its position follows an older version of the rule, which judges the exits. */
  readonly follows: {
    readonly positionNumber: number;
    readonly version: number;
    readonly sections: WhyReport["sections"];
  } | null;
  /** Codes of what blocks an entry now: inactive, paused, cooldown, warming-up, in-position, feed-stale, halted, suspended, no-cash. */
  readonly blocks: readonly { readonly code: string; readonly until: number | null }[];
}

export type DaemonState = "starting" | "running" | "degraded" | "stopped";

export interface DaemonStatus {
  readonly state: DaemonState;
  /** Why degraded: "socket-down 4h", "database-away", "event-loop-slow" … empty when running. */
  readonly reasons: readonly string[];
  readonly startedAt: number;
  readonly uptimeMs: number;
  readonly totalAnalyses: number;
  readonly tradesExecuted: number;
  readonly strategies: {
    readonly total: number;
    readonly active: number;
    readonly byTimeframe: Readonly<Record<Timeframe, number>>;
  };
  readonly openPositions: number;
  readonly symbols: readonly string[];
  readonly connections: readonly ConnectionStatus[];
  readonly outbox: { readonly pending: number; readonly oldestAt: number | null };
}

export interface EngineGateway {
  /** Resolves once the effects are committed. Faults: engine-stopped, engine-busy, and the command's own. */
  execute(command: Command): Promise<CommandResult>;
  strategies(ownerId: string): readonly StrategyView[];
  pauses(ownerId: string): readonly Pause[];
  /** Fault: not-found {number}. */
  why(ownerId: string, number: number): WhyReport;
  /**
   * Faults: not-found {number}, rule-followed, no-position, rule-unreadable, position-leaving,
   * move-needs-price, each {number}.
   */
  moveReport(ownerId: string, number: number): MoveReport;
  status(): DaemonStatus;
  /** Stops and starts the engine inside the process, restoring from storage. */
  restart(): Promise<void>;
  /** Re-reads strategies from storage. */
  reload(): Promise<{ readonly strategies: number }>;
}
