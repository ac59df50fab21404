/**
 * What people are told. A notice is a fact with data; bots/text makes the sentence. It is written to
 * the outbox in the transaction of the fact it reports and delivered at least once, in order per person.
 */
import type { DecimalText } from "./money.ts";
import type { Trade, Position } from "./order.ts";
import type { Mode } from "./strategy.ts";
import type { Timeframe } from "./timeframe.ts";
import type { Platform } from "./user.ts";

/** Which strategy a notice is about; what a person needs to know it again. */
export interface StrategyFacts {
  readonly strategyNumber: number;
  readonly strategyName: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly mode: Mode;
}

export type NoticeBody =
  | (StrategyFacts & { readonly kind: "entry"; readonly position: Position })
  | (StrategyFacts & { readonly kind: "exit"; readonly trade: Trade })
  | (StrategyFacts & { readonly kind: "entry-blocked"; readonly code: string })
  | (StrategyFacts & { readonly kind: "strategy-halted"; readonly code: string })
  | (StrategyFacts & { readonly kind: "run-reset"; readonly run: number })
  | {
      readonly kind: "pause-over";
      /** What had been paused: "all", a symbol, or "#3". */
      readonly scope: string;
      /** Set when it was one strategy that still exists. */
      readonly strategy?: StrategyFacts;
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
      /** For a group or channel: how the service is, with nothing about anybody. */
      readonly kind: "service-status";
      readonly state: string;
      readonly reasons: readonly string[];
      readonly uptimeMs: number;
      readonly socketsUp: number;
      readonly sockets: number;
      /** The slowest connection's, ms; null when none has been measured. */
      readonly feedLagMs: number | null;
      readonly strategies: number;
      readonly activeStrategies: number;
      readonly openPositions: number;
      readonly analyses: number;
      /** Trades of everybody that closed since midnight of the chat's time zone. */
      readonly tradesToday: number;
    }
  | {
      /** A chat that its subscriber had subscribed gets no more messages: it cannot be written to. */
      readonly kind: "subscription-ended";
      readonly platform: Platform;
      readonly title: string;
      /** "forbidden" or "gone". */
      readonly reason: string;
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
