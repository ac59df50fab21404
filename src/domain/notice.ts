/**
 * What people are told. A notice is a fact with data; bots/text makes the sentence. It is written to
 * the outbox in the transaction of the fact it reports and delivered at least once, in order per person.
 */
import type { Trade, Position } from "./order.ts";

export type NoticeBody =
  | { readonly kind: "entry"; readonly position: Position; readonly strategyName: string }
  | {
      readonly kind: "exit";
      readonly trade: Trade;
      readonly strategyName: string;
    }
  | {
      readonly kind: "entry-blocked";
      readonly strategyNumber: number;
      readonly strategyName: string;
      readonly symbol: string;
      readonly code: string;
    }
  | {
      readonly kind: "strategy-halted";
      readonly strategyNumber: number;
      readonly strategyName: string;
      readonly code: string;
    }
  | {
      readonly kind: "pause-over";
      /** What had been paused: "all", a symbol, or "#3". */
      readonly scope: string;
    }
  | {
      readonly kind: "run-reset";
      readonly strategyNumber: number;
      readonly strategyName: string;
      readonly run: number;
    }
  | {
      /** After a restart or an outage: what happened in between. */
      readonly kind: "recovery-receipt";
      readonly from: number;
      readonly until: number;
      readonly candlesReplayed: number;
      readonly openPositions: number;
      readonly exitsDuringOutage: number;
      readonly entriesMissed: number;
    }
  | { readonly kind: "feed-degraded"; readonly reasons: readonly string[] }
  | { readonly kind: "feed-healed"; readonly downMs: number }
  | {
      readonly kind: "status-report";
      readonly uptimeMs: number;
      readonly socketsUp: number;
      readonly sockets: number;
      readonly activeStrategies: number;
      readonly analyses: number;
      readonly trades: number;
    };

export type NoticeKind = NoticeBody["kind"];

export interface Notice {
  /** Content-made and unique: the same fact is told once. */
  readonly id: string;
  readonly ownerId: string;
  readonly at: number;
  readonly body: NoticeBody;
}
