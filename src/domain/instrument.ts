/**
 * What the exchange says may be traded and in which units. Filter values are exact decimal text;
 * "0" switches a rule off (binance-spot-api-docs, filters.md).
 */
import type { DecimalText } from "./money.ts";

export interface Instrument {
  readonly symbol: string;
  readonly baseAsset: string;
  readonly quoteAsset: string;
  /** "TRADING" lets orders through; HALT, BREAK, CANCEL_ONLY and END_OF_DAY do not. */
  readonly status: string;
  readonly tickSize: DecimalText;
  readonly stepSize: DecimalText;
  readonly minQuantity: DecimalText;
  readonly maxQuantity: DecimalText;
  readonly minNotional: DecimalText;
}
