/**
 * Everything a step of the engine can ask for. Effects are values: nothing has happened until the
 * runtime commits them, all effects of a step in one transaction with the outbox rows among them.
 */
import type { Candle } from "../domain/candle.ts";
import type { Circumstance } from "../domain/circumstance.ts";
import type { Notice } from "../domain/notice.ts";
import type { Decision, Fill, LedgerEntry, Order, Position, Trade } from "../domain/order.ts";
import type { Pause } from "../domain/pause.ts";
import type { RuleVersion, Run, Strategy } from "../domain/strategy.ts";

export type Effect =
  /** Insert, or overwrite when it was revised. Also moves the watermark of (symbol, timeframe). */
  | { readonly kind: "save-candle"; readonly candle: Candle }
  /** Insert; the same id again is ignored. */
  | { readonly kind: "record-decision"; readonly decision: Decision }
  /** Insert or overwrite by id. */
  | { readonly kind: "save-strategy"; readonly strategy: Strategy }
  /** Insert; the same version again is ignored. */
  | { readonly kind: "record-rule-version"; readonly version: RuleVersion }
  | { readonly kind: "save-run"; readonly run: Run }
  | { readonly kind: "save-order"; readonly order: Order }
  | { readonly kind: "save-position"; readonly position: Position }
  | { readonly kind: "save-pause"; readonly pause: Pause }
  | { readonly kind: "delete-pause"; readonly ownerId: string; readonly scope: string }
  /** Insert; the same id again is ignored. */
  | { readonly kind: "record-fill"; readonly fill: Fill }
  | { readonly kind: "record-trade"; readonly trade: Trade }
  | { readonly kind: "post-ledger"; readonly entry: LedgerEntry }
  /** Insert; the same id again is ignored. */
  | { readonly kind: "record-circumstance"; readonly circumstance: Circumstance }
  /** Insert into the outbox; the same id again is ignored. */
  | { readonly kind: "notify"; readonly notice: Notice };
