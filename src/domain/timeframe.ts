/**
 * The six timeframes Vigie follows, their lengths and their boundaries.
 * Binance opens every candle at a multiple of its length since the Unix epoch (UTC).
 */

export const TIMEFRAMES = ["1m", "5m", "15m", "1h", "4h", "1d"] as const;
export type Timeframe = (typeof TIMEFRAMES)[number];

const MINUTE_MS = 60_000;

const LENGTH_MS: Record<Timeframe, number> = {
  "1m": MINUTE_MS,
  "5m": 5 * MINUTE_MS,
  "15m": 15 * MINUTE_MS,
  "1h": 60 * MINUTE_MS,
  "4h": 240 * MINUTE_MS,
  "1d": 1440 * MINUTE_MS,
};

/** Length of a candle in milliseconds. */
export function timeframeMs(timeframe: Timeframe): number {
  return LENGTH_MS[timeframe];
}

/** True for one of the six names; narrows text that came from outside. */
export function isTimeframe(text: string): text is Timeframe {
  return (TIMEFRAMES as readonly string[]).includes(text);
}

/** Open time (epoch ms) of the candle that contains `time`. */
export function openTimeAt(timeframe: Timeframe, time: number): number {
  return Math.floor(time / LENGTH_MS[timeframe]) * LENGTH_MS[timeframe];
}

/** Last millisecond that belongs to the candle opened at `openTime`, as Binance writes it. */
export function closeTimeOf(timeframe: Timeframe, openTime: number): number {
  return openTime + LENGTH_MS[timeframe] - 1;
}
