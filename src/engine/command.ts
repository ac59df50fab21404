/**
 * Everything people can order from the engine. Commands are checked by src/app (who may, is it sane)
 * and queued; the engine executes them between market events and answers with a value.
 */
import type { DecimalText } from "../domain/money.ts";
import type { Judging, Strategy } from "../domain/strategy.ts";
import type { Timeframe } from "../domain/timeframe.ts";

/** A strategy to be made; the engine gives it its number. */
export interface StrategyDraft {
  readonly name: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Canonical rule text: parsed, checked and printed before it gets here. */
  readonly ruleText: string;
  readonly template: string | null;
  readonly judging: Judging;
  readonly active: boolean;
  readonly startingBalance: DecimalText;
}

/** Of commands that leave the market. */
interface Leaving {
  readonly ownerId: string;
  /**
   * The owner agrees that a position whose symbol the exchange no longer trades is settled at its last
   * known price. Without it such a command answers "price-stale" or "not-traded".
   */
  readonly settle?: boolean;
}

export type Command =
  | {
      readonly kind: "create-strategies";
      readonly ownerId: string;
      readonly drafts: readonly StrategyDraft[];
    }
  | {
      readonly kind: "edit-strategy";
      readonly ownerId: string;
      readonly number: number;
      readonly name: string | null;
      readonly ruleText: string | null;
      readonly judging: Judging | null;
    }
  /** Lets the open position follow the strategy's present rule instead of the one it was opened with. */
  | { readonly kind: "move-position"; readonly ownerId: string; readonly number: number }
  /** Closes an open position at market, then removes the strategy; its history stays. */
  | ({ readonly kind: "delete-strategy"; readonly number: number } & Leaving)
  /** Switching off keeps an open position managed by its stops. */
  | {
      readonly kind: "set-active";
      readonly ownerId: string;
      readonly numbers: readonly number[];
      readonly active: boolean;
    }
  /** Closes an open position at market and starts a new run with a fresh wallet. */
  | ({ readonly kind: "reset-strategies"; readonly numbers: readonly number[] } & Leaving)
  /** Position numbers as shown to the owner. */
  | ({ readonly kind: "close-positions"; readonly numbers: readonly number[] } & Leaving)
  | {
      readonly kind: "pause";
      readonly ownerId: string;
      /** "all", a symbol, or "#3". */
      readonly scope: string;
      readonly until: number | null;
    }
  | { readonly kind: "resume"; readonly ownerId: string; readonly scope: string }
  /** A suspended user's strategies stop entering and keep their stops. */
  | { readonly kind: "suspend-owner"; readonly ownerId: string; readonly suspended: boolean };

/** What became of one thing a command named. */
export interface CommandItem {
  /** Strategy or position number. */
  readonly number: number;
  /** "done", "unchanged", or a fault code such as "not-found". */
  readonly outcome: string;
  readonly strategy: Strategy | null;
  /** Number of a position that stays open under its stops, or is being closed; null when none. */
  readonly positionNumber: number | null;
}

export interface CommandResult {
  readonly items: readonly CommandItem[];
}
