/**
 * The engine's own storage. `commit` is the only way it writes: fenced by the lease, one transaction,
 * exactly once even when the answer to COMMIT was lost.
 */
import type { Candle } from "../domain/candle.ts";
import type { DecimalText } from "../domain/money.ts";
import type { Order, Position } from "../domain/order.ts";
import type { Pause } from "../domain/pause.ts";
import type { Run, Strategy } from "../domain/strategy.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { Effect } from "../engine/effect.ts";

export interface Watermark {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Open time of the newest stored closed candle, epoch ms. */
  readonly openTime: number;
}

/** What a start restores. */
export interface EngineRecords {
  /** All strategies that are not deleted. */
  readonly strategies: readonly Strategy[];
  /** The current run of each. */
  readonly runs: readonly Run[];
  readonly openPositions: readonly Position[];
  /** Orders in a state that is not final. */
  readonly openOrders: readonly Order[];
  readonly pauses: readonly Pause[];
  readonly watermarks: readonly Watermark[];
  /** Highest strategy number ever given to an owner. */
  readonly strategyNumbers: ReadonlyMap<string, number>;
  /** Highest position number ever given to an owner. */
  readonly positionNumbers: ReadonlyMap<string, number>;
  /** Closed trades per current run are in Run; this is the total ever, for the status. */
  readonly tradesEver: number;
  /** Time of the newest committed step, epoch ms, or null on an empty database. */
  readonly lastCommitAt: number | null;
  /** Rows that could not be understood, by table and id: their strategies are left out and reported. */
  readonly damaged: readonly {
    readonly table: string;
    readonly id: string;
    readonly code: string;
  }[];
}

export interface Extremes {
  readonly low: DecimalText;
  readonly high: DecimalText;
}

export interface EngineStore {
  load(): Promise<EngineRecords>;
  /** Stored candles with from <= openTime <= to, oldest first. */
  candles(
    symbol: string,
    timeframe: Timeframe,
    range: { from: number; to: number },
  ): Promise<readonly Candle[]>;
  /** Lowest and highest price of those candles; null when none is stored. */
  extremes(
    symbol: string,
    timeframe: Timeframe,
    range: { from: number; to: number },
  ): Promise<Extremes | null>;
  /**
   * Writes the effects of one or more steps. `at` is the time of the newest event among them.
   * Retries while the database is away; faults: lease-lost (somebody else owns the engine: stop).
   */
  commit(effects: readonly Effect[], at: number): Promise<void>;
}
