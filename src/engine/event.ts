/**
 * Everything that can happen to the engine, in one closed union. Time arrives inside: the engine has
 * no clock. Candles reach it complete and in order per symbol and timeframe; holes are mended before
 * (runtime/feeds), and what is mended is marked.
 */
import type { Candle, CandleFrame } from "../domain/candle.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { Command, CommandResult } from "./command.ts";
import type { Effect } from "./effect.ts";

export type EngineEvent =
  /** A push of the stream: prices of the forming candle, or its close. */
  | {
      readonly kind: "frame";
      readonly frame: CandleFrame;
      /** First frame after the stream was interrupted: what lay between was not seen. */
      readonly afterGap: boolean;
      /**
       * Closed candles of a timeframe longer than the detail timeframe: their prices count too,
       * because no finer candles are there for them (a backtest on partly recorded history).
       */
      readonly pricesToo?: boolean;
    }
  /**
   * Candles missed while a connection or the whole process was away, of one symbol and any
   * timeframes, each list in order. Stops are executed, entries are not made late.
   */
  | {
      readonly kind: "backfill";
      readonly symbol: string;
      readonly candles: readonly Candle[];
      readonly at: number;
    }
  /** History that ends at the last known closed candle: rebuilds the indicators, decides nothing. */
  | {
      readonly kind: "warm-up";
      readonly symbol: string;
      readonly timeframe: Timeframe;
      readonly candles: readonly Candle[];
      /** The exchange has nothing older. */
      readonly complete: boolean;
    }
  | { readonly kind: "instrument"; readonly instrument: Instrument }
  /** The exchange knows the symbol no more. */
  | { readonly kind: "delisted"; readonly symbol: string }
  | { readonly kind: "command"; readonly command: Command; readonly at: number }
  /** Time passes: pauses end, waits are given up. */
  | { readonly kind: "tick"; readonly at: number }
  /** Recovery is complete: owners are told what happened between `from` and `until`. */
  | {
      readonly kind: "recovered";
      readonly from: number;
      readonly until: number;
      readonly candlesReplayed: number;
    };

export interface Step {
  readonly effects: readonly Effect[];
  /** The answer to a command; null for every other event. */
  readonly result: CommandResult | null;
}

/** History the engine needs and does not hold yet. */
export interface HistoryNeed {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Closed candles, counted back from the newest. */
  readonly candles: number;
}
