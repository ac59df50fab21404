/**
 * A rule as the engine sees it: what the text a user writes means. Produced by src/rules (parser and
 * checker), printed back by the canonical printer, compiled by engine/market into the shared graph.
 */
import type { DecimalText } from "./money.ts";
import type { Timeframe } from "./timeframe.ts";

export type Side = "long" | "short";

export type PriceField = "open" | "high" | "low" | "close" | "volume" | "hl2" | "hlc3" | "ohlc4";

/** A number on every candle. NaN while it warms up; a comparison with NaN is never true. */
export type Series =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "price"; readonly field: PriceField }
  | {
      readonly kind: "indicator";
      readonly name: string;
      /** Complete: defaults are filled in by the checker. */
      readonly params: readonly number[];
      /** For indicators that read a series; null for those that read whole candles. */
      readonly source: Series | null;
      readonly output: string;
    }
  /** `x[n]`: the value n closed candles ago. */
  | { readonly kind: "offset"; readonly operand: Series; readonly candles: number }
  /** `x@4h`: the value on the last closed candle of another timeframe. Never nested. */
  | { readonly kind: "at"; readonly operand: Series; readonly timeframe: Timeframe }
  | { readonly kind: "negate"; readonly operand: Series }
  | {
      readonly kind: "arithmetic";
      readonly operator: "+" | "-" | "*" | "/";
      readonly left: Series;
      readonly right: Series;
    }
  /** Unrealised profit of the open position in percent of its entry price, before fees (`6` is 6 %). Exits only. */
  | { readonly kind: "profit" }
  /** Time the position has been open, in ms. Exits only; compared with durations such as `12h`. */
  | { readonly kind: "held" };

export type Condition =
  | {
      readonly kind: "compare";
      readonly operator: "<" | "<=" | ">" | ">=";
      readonly left: Series;
      readonly right: Series;
    }
  /** above: was at or below one candle ago and is above now; below mirrored. */
  | {
      readonly kind: "cross";
      readonly direction: "above" | "below";
      readonly left: Series;
      readonly right: Series;
    }
  /** Moved strictly that way on each of the last `candles` candles. */
  | {
      readonly kind: "trend";
      readonly direction: "rising" | "falling";
      readonly operand: Series;
      readonly candles: number;
    }
  | { readonly kind: "and"; readonly operands: readonly Condition[] }
  | { readonly kind: "or"; readonly operands: readonly Condition[] }
  | { readonly kind: "not"; readonly operand: Condition };

/** Percentages are exact text: "2" means 2 %. */
export interface Protections {
  readonly stopLossPercent: DecimalText | null;
  readonly takeProfitPercent: DecimalText | null;
  /** Follows the best price at `distancePercent`, once profit has reached `afterPercent` ("0": at once). */
  readonly trailingStop: {
    readonly distancePercent: DecimalText;
    readonly afterPercent: DecimalText;
  } | null;
  readonly maxHoldMs: number | null;
  /** No entry for this long after a position closed. */
  readonly cooldownMs: number;
  /** Stake of an entry: a share of the run's equity, or a fixed sum in quote currency. */
  readonly size:
    | { readonly kind: "percent"; readonly percent: DecimalText }
    | { readonly kind: "quote"; readonly amount: DecimalText };
}

export interface Rule {
  readonly enterLong: Condition | null;
  readonly exitLong: Condition | null;
  readonly enterShort: Condition | null;
  readonly exitShort: Condition | null;
  readonly protections: Protections;
}
