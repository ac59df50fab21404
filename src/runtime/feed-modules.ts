/** What the feeds work with, built once by the daemon. */
import type { Timeframe } from "../domain/timeframe.ts";
import type { EngineEvent } from "../engine/event.ts";
import type { Clock } from "../ports/clock.ts";
import type { EngineStore } from "../ports/engine-store.ts";
import type { Logger } from "../ports/logger.ts";
import type { MarketData } from "../ports/market-data.ts";

/** What the feeds count; the metrics are one. */
export interface FeedCounts {
  countCandle(timeframe: Timeframe, source: "stream" | "backfill"): void;
  countGap(timeframe: Timeframe, candles: number): void;
  countDuplicate(timeframe: Timeframe): void;
}

export interface FeedModules {
  readonly data: MarketData;
  readonly store: EngineStore;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly counted: FeedCounts;
  readonly entryLatenessMs: number;
  readonly post: (event: EngineEvent) => void;
  /** Resolves after `ms` of real time, or at once when the daemon stops. */
  readonly wait: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
}
