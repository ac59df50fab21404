/**
 * What people are told. A notice is a fact with data; bots/text makes the sentence. It is written to
 * the outbox in the transaction of the fact it reports and delivered at least once, in order per person.
 */
import type { DecimalText } from "./money.ts";
import type { Trade, Position } from "./order.ts";
import type { Platform } from "./user.ts";

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
    }
  | {
      /** The trades that closed in from <= exit < until; money in quote currency. */
      readonly kind: "daily-report";
      readonly from: number;
      readonly until: number;
      readonly trades: number;
      readonly wins: number;
      readonly pnl: DecimalText;
      readonly fees: DecimalText;
      readonly best: DecimalText | null;
      readonly worst: DecimalText | null;
      readonly activeStrategies: number;
      readonly openPositions: number;
    }
  | {
      /** Instead of many notices that could not be delivered in time. */
      readonly kind: "digest";
      /** Times of the oldest and the newest of them. */
      readonly from: number;
      readonly until: number;
      readonly counts: readonly { readonly kind: NoticeKind; readonly count: number }[];
      /** Sum over the exits among them, quote currency. */
      readonly pnl: DecimalText;
    }
  /** An administrator's words to everybody. */
  | { readonly kind: "broadcast"; readonly text: string }
  | {
      /** Another account reaches the same person now. */
      readonly kind: "account-linked";
      readonly platform: Platform;
      /** Whose it is there; absent in notices of an earlier version. */
      readonly account?: { readonly externalId: string; readonly name: string };
    };

export type NoticeKind = NoticeBody["kind"];

export interface Notice {
  /** Content-made and unique: the same fact is told once. */
  readonly id: string;
  readonly ownerId: string;
  readonly at: number;
  readonly body: NoticeBody;
  /** Set on the way out, by what the person wishes; unset, the notice sounds as its kind does. */
  readonly silent?: boolean;
}
