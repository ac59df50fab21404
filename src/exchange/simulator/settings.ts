/**
 * The exchange's times and limits (binance-spot-api-docs, web-socket-streams.md and rest-api.md, July
 * 2026), all of which a test may change. Times that follow the exchange's clock are virtual; those
 * between two ends of a socket are real.
 */

export interface SimulatorTimings {
  /** Virtual ms from the end of a candle to its closing frame, drawn between the two. */
  readonly closeDelayMs: { readonly least: number; readonly most: number };
  /** Virtual ms after which the exchange ends a connection. */
  readonly connectionLifeMs: number;
  /** Real ms between pings. */
  readonly pingEveryMs: number;
  /** Real ms within which a ping must be answered. */
  readonly pongTimeoutMs: number;
  /** Real ms between two looks at the clock, when it runs by itself. */
  readonly tickMs: number;
}

export const DEFAULT_TIMINGS: SimulatorTimings = {
  closeDelayMs: { least: 50, most: 400 },
  connectionLifeMs: 24 * 3_600_000,
  pingEveryMs: 20_000,
  pongTimeoutMs: 60_000,
  tickMs: 10,
};

export interface SimulatorLimits {
  /** Messages, pings and pongs from a client in any second. */
  readonly messagesPerSecond: number;
  readonly streamsPerConnection: number;
  /** New connections in any five minutes. */
  readonly connectionAttempts: number;
  /** Request weight per clock minute. */
  readonly weightPerMinute: number;
  /** Refusals in one clock minute (429) after which the next request is a ban (418). */
  readonly refusalsBeforeBan: number;
  /** Bytes waiting for a slow reader before it is cut off. */
  readonly bufferedBytes: number;
}

export const DEFAULT_LIMITS: SimulatorLimits = {
  messagesPerSecond: 5,
  streamsPerConnection: 1024,
  connectionAttempts: 300,
  weightPerMinute: 6000,
  refusalsBeforeBan: 10,
  bufferedBytes: 64 * 1024 * 1024,
};

/** Window of the limit on new connections, real ms. */
export const CONNECTION_WINDOW_MS = 5 * 60_000;
/** Window of the limit on incoming messages, real ms. */
export const MESSAGE_WINDOW_MS = 1000;
