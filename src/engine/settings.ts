/** What the engine is told once, at its making. Every number has a name and a unit. */
import type { DecimalText } from "../domain/money.ts";
import { TIMEFRAMES, type Timeframe } from "../domain/timeframe.ts";

export interface EngineSettings {
  /** Taker fee as a share: "0.001" is 0.1 %. */
  readonly fee: DecimalText;
  /** Share by which a market order is filled worse than the price seen. */
  readonly slippage: DecimalText;
  /** Candles whose pushes move prices and stops. A backtest without 1m candles names a longer one. */
  readonly detailTimeframe: Timeframe;
  /** An entry signal older than this is missed, not executed late, ms. */
  readonly entryLatenessMs: number;
  /** An opening price seen within this time of the opening is what a waiting order is filled at, ms. */
  readonly freshOpenMs: number;
  /** How often a strategy that judges live looks at the forming candle, ms. */
  readonly liveCadenceMs: Readonly<Record<Timeframe, number>>;
}

/** 31,248 analyses a day for one live strategy on each timeframe. */
export const LIVE_CADENCE_MS: Readonly<Record<Timeframe, number>> = {
  "1m": 5_000,
  "5m": 10_000,
  "15m": 30_000,
  "1h": 60_000,
  "4h": 120_000,
  "1d": 300_000,
};

export const ENGINE_DEFAULTS: EngineSettings = {
  fee: "0.001",
  slippage: "0.0005",
  detailTimeframe: "1m",
  entryLatenessMs: 15_000,
  freshOpenMs: 5_000,
  liveCadenceMs: LIVE_CADENCE_MS,
};

/** No strategy trades before this many closed candles, however short its indicators are. */
export const MIN_WARMUP_CANDLES = 50;

/** How long a judgement waits for another timeframe's close at the same instant, ms. */
export const BOUNDARY_PATIENCE_MS = 10_000;

/** A price older than this is not traded on by hand, ms. */
export const STALE_PRICE_MS = 120_000;

/**
 * How long the last price of a symbol that is not traded must lie back before a position may be settled
 * at it, ms: a short interruption of trading is waited out.
 */
export const SETTLE_AFTER_MS = 3_600_000;

/** Timeframes from the longest, the order in which closes at one instant are taken. */
export const LONGEST_FIRST: readonly Timeframe[] = TIMEFRAMES.toReversed();
