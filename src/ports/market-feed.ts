/**
 * Market data as it arrives. The feed keeps one connection per timeframe for all symbols in use,
 * reconnects by itself for ever, and says when it did; closing the hole is the runtime's business.
 */
import type { CandleFrame } from "../domain/candle.ts";
import type { Timeframe } from "../domain/timeframe.ts";

export type FeedEvent =
  | { readonly kind: "frame"; readonly frame: CandleFrame }
  /** The connection of a timeframe is up (again) with all symbols; what was missed lies before it. */
  | { readonly kind: "connected"; readonly timeframe: Timeframe; readonly at: number }
  | {
      readonly kind: "disconnected";
      readonly timeframe: Timeframe;
      readonly at: number;
      /** "closed 1006", "stalled", "server shutdown" … */
      readonly reason: string;
    };

export interface ConnectionStatus {
  readonly timeframe: Timeframe;
  readonly connected: boolean;
  readonly connectedAt: number | null;
  readonly symbols: number;
  readonly reconnects: number;
  readonly messages: number;
  /** Frames that could not be read, counted and dropped. */
  readonly malformed: number;
  readonly lastMessageAt: number | null;
  /** Ms from the exchange's event time to our receiving it, of the last frame; null before the first. */
  readonly lagMs: number | null;
  /** Why it was last lost, or null. */
  readonly lastReason: string | null;
}

export interface MarketFeed {
  /** Events arrive in the order received; the listener must not block. */
  start(listener: (event: FeedEvent) => void): void;
  /** Replaces the set of symbols on all six connections; frames may repeat around the change. */
  follow(symbols: readonly string[]): void;
  status(): readonly ConnectionStatus[];
  stop(): Promise<void>;
}
