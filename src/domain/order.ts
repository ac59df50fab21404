/**
 * Orders, fills, positions, trades. An order's life is the table TRANSITIONS: what is absent is an
 * error. `unknown` is not `rejected`: a time-out leaves the order in flight until a query answers.
 */
import type { DecimalText } from "./money.ts";
import type { Side } from "./rule.ts";
import type { Mode } from "./strategy.ts";
import type { Timeframe } from "./timeframe.ts";

export type OrderState =
  | "pending"
  | "submitted"
  | "open"
  | "partially_filled"
  | "filled"
  | "canceled"
  | "rejected"
  | "expired"
  | "unknown";

export const ORDER_TRANSITIONS: Readonly<Record<OrderState, readonly OrderState[]>> = {
  pending: ["submitted", "rejected", "canceled"],
  submitted: ["open", "partially_filled", "filled", "rejected", "canceled", "expired", "unknown"],
  open: ["partially_filled", "filled", "canceled", "expired", "unknown"],
  partially_filled: ["partially_filled", "filled", "canceled", "expired", "unknown"],
  unknown: ["open", "partially_filled", "filled", "canceled", "rejected", "expired"],
  filled: [],
  canceled: [],
  rejected: [],
  expired: [],
};

/**
 * Why a position was entered or left. settled: not sold at all, but written off the books at the last
 * known price, because the exchange no longer trades the symbol.
 */
export type ExitReason =
  | "rule"
  | "stop_loss"
  | "take_profit"
  | "trailing_stop"
  | "max_hold"
  | "liquidation"
  | "manual"
  | "reset"
  | "settled";

export type OrderPurpose = "entry" | "exit";

export interface Order {
  /** Content-made: the decision's id and the purpose. Repeating a decision repeats the id. */
  readonly id: string;
  readonly decisionId: string;
  readonly ownerId: string;
  readonly strategyId: string;
  readonly runId: string;
  readonly symbol: string;
  readonly mode: Mode;
  readonly purpose: OrderPurpose;
  readonly side: Side;
  /** Quote to spend on an entry; null on an exit, which closes the whole position. */
  readonly stake: DecimalText | null;
  /** Base amount; known at the fill for an entry. */
  readonly amount: DecimalText | null;
  readonly state: OrderState;
  readonly reason: ExitReason | "signal";
  /** A code when rejected, canceled or expired. */
  readonly refusal: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** An entry fills on the first candle of the strategy's timeframe that opens at this time or later. */
  readonly fillFrom: number;
  /** Rule version in force when it was decided. */
  readonly ruleVersion: number;
}

export interface Fill {
  /** `${orderId}.f1` on paper; the exchange's trade id live. */
  readonly id: string;
  readonly orderId: string;
  readonly runId: string;
  readonly price: DecimalText;
  readonly amount: DecimalText;
  /** In quote currency on paper. */
  readonly fee: DecimalText;
  readonly feeAsset: string;
  /** Market price before slippage. */
  readonly marketPrice: DecimalText;
  readonly at: number;
}

export interface Position {
  /** `${runId}.p${n}`; n is the position's number within the run. */
  readonly id: string;
  readonly runId: string;
  readonly strategyId: string;
  readonly ownerId: string;
  /** Per owner, shown in chat and kept by the trade it becomes: "trade 41". */
  readonly number: number;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly side: Side;
  readonly amount: DecimalText;
  readonly stake: DecimalText;
  readonly entryPrice: DecimalText;
  readonly entryFee: DecimalText;
  readonly openedAt: number;
  /**
   * Text and version of the rule it follows: its protections and exits come from there until it closes.
   * The one it was opened with, unless its owner moved it over to a later one.
   */
  readonly ruleText: string;
  readonly ruleVersion: number;
  /** Since when: `openedAt`, or the time it was moved. Prices from before do not reach its levels. */
  readonly ruleSince: number;
  readonly stopPrice: DecimalText | null;
  readonly takePrice: DecimalText | null;
  /** Best price since entry (highest for a long), saved so that a trailing stop survives a restart. */
  readonly bestPrice: DecimalText;
  readonly trailingStopPrice: DecimalText | null;
  /** Null while open. */
  readonly closedAt: number | null;
}

/** A closed round trip. */
export interface Trade {
  /** Equal to the position's id. */
  readonly id: string;
  readonly runId: string;
  readonly strategyId: string;
  readonly ownerId: string;
  readonly number: number;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly side: Side;
  readonly amount: DecimalText;
  readonly stake: DecimalText;
  readonly entryPrice: DecimalText;
  readonly entryAt: number;
  readonly exitPrice: DecimalText;
  readonly exitAt: number;
  readonly exitReason: ExitReason;
  /** Both fees, quote currency. */
  readonly fees: DecimalText;
  /** Net of both fees, quote currency. */
  readonly pnl: DecimalText;
  /** Net profit in percent of the stake, 4 decimals. */
  readonly pnlPercent: DecimalText;
  /** Decided from candles that were fetched after an outage. */
  readonly duringOutage: boolean;
}

/** One line of double-entry book-keeping; the lines of a transaction sum to zero per asset. */
export interface LedgerEntry {
  /** `${transactionId}.${line}` */
  readonly id: string;
  /** The fill, deposit or reset that caused it. */
  readonly transactionId: string;
  readonly runId: string;
  readonly ownerId: string;
  /** wallet: the run's own money. exchange, fees, external: the other side. */
  readonly account: "wallet" | "exchange" | "fees" | "external";
  readonly asset: string;
  readonly amount: DecimalText;
  readonly at: number;
}

/** A decision, unique by its id: the engine never takes the same one twice. */
export interface Decision {
  /** `${runId}:${symbol}:${closeTime}:${kind}` */
  readonly id: string;
  readonly runId: string;
  readonly strategyId: string;
  readonly ownerId: string;
  readonly symbol: string;
  readonly kind: string;
  /** Close time of the candle (or time of the price) it was taken on. */
  readonly candleCloseTime: number;
  readonly decidedAt: number;
  /** "ordered", or the code of what blocked it. */
  readonly outcome: string;
}
