/**
 * The market feed of Binance: six timeframes, each with its own connection (a further one only past
 * 1,024 symbols) that fails and recovers independently of the others. Together they stay below
 * Binance's limit of connections per address. Facts: binance-spot-api-docs, web-socket-streams.md.
 */
import { TIMEFRAMES } from "../../domain/timeframe.ts";
import type { ObservingClock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import type { ConnectionStatus, FeedEvent, MarketFeed } from "../../ports/market-feed.ts";
import { ConnectionBudget } from "./connection-budget.ts";
import { STREAMS_PER_CONNECTION } from "./plan.ts";
import { TimeframeFeed } from "./timeframe-feed.ts";
import { FEED_TIMINGS, systemTimers, type FeedTimings, type Timers } from "./timing.ts";

export interface BinanceFeedOptions {
  /** "wss://data-stream.binance.vision" or another base to which the documented paths are appended. */
  readonly wsUrl: string;
  readonly clock: ObservingClock;
  readonly logger: Logger;
  readonly timings?: Partial<FeedTimings>;
  /** In [0, 1), for jitter. */
  readonly random?: () => number;
  readonly timers?: Timers;
  readonly streamsPerConnection?: number;
}

export class BinanceFeed implements MarketFeed {
  readonly #timeframes: readonly TimeframeFeed[];
  #listener: ((event: FeedEvent) => void) | null = null;
  #symbols: ReadonlySet<string> = new Set();

  constructor(options: BinanceFeedOptions) {
    const { wsUrl, clock, logger, random = Math.random, timers = systemTimers } = options;
    const timings: FeedTimings = { ...FEED_TIMINGS, ...options.timings };
    const budget = new ConnectionBudget(timers);
    const streamsPerConnection = options.streamsPerConnection ?? STREAMS_PER_CONNECTION;
    this.#timeframes = TIMEFRAMES.map((timeframe, place) => {
      const modules = {
        clock,
        timers,
        random,
        budget,
        logger: logger.child({ timeframe }),
        listener: (event: FeedEvent) => this.#listener?.(event),
      };
      return new TimeframeFeed({ wsUrl, timeframe, timings, place, streamsPerConnection }, modules);
    });
  }

  start(listener: (event: FeedEvent) => void): void {
    this.#listener = listener;
    for (const timeframe of this.#timeframes) timeframe.follow(this.#symbols);
  }

  follow(symbols: readonly string[]): void {
    this.#symbols = new Set(symbols);
    if (this.#listener === null) return;
    for (const timeframe of this.#timeframes) timeframe.follow(this.#symbols);
  }

  status(): readonly ConnectionStatus[] {
    return this.#timeframes.map((timeframe) => timeframe.status());
  }

  /** Events of types we do not use, counted and dropped, since the start of the process. */
  ignoredEvents(): number {
    return this.#timeframes.reduce((sum, timeframe) => sum + timeframe.ignored, 0);
  }

  /** Closes all connections and resolves when they are closed; the feed may be started again. */
  async stop(): Promise<void> {
    this.#listener = null;
    await Promise.all(this.#timeframes.map((timeframe) => timeframe.stop()));
  }
}
