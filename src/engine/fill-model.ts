/**
 * At what price and for how much a paper order is done. The same for live paper trading and for
 * backtests: market orders only, filled worse than the price seen by the slippage, on the tick grid,
 * amounts cut down to the lot grid, the taker fee on top in quote currency.
 */
import type { Instrument } from "../domain/instrument.ts";
import {
  ceilToStep,
  Decimal,
  type DecimalText,
  decimalText,
  floorToStep,
} from "../domain/money.ts";
import type { Side } from "../domain/rule.ts";

export interface FillTerms {
  readonly fee: DecimalText;
  readonly slippage: DecimalText;
}

export interface PaperFill {
  readonly price: DecimalText;
  readonly amount: DecimalText;
  readonly fee: DecimalText;
  readonly marketPrice: DecimalText;
}

/** Binance counts money in no finer units than this many decimals. */
const ASSET_DECIMALS = 8;

export type Refusal = "below-min-notional" | "below-min-quantity" | "no-cash";

/** Buying is done dearer, selling cheaper than `market`, then away from us to the tick. */
export function slippedPrice(
  action: "buy" | "sell",
  market: DecimalText,
  terms: { slippage: DecimalText; tickSize: DecimalText },
): Decimal {
  const tick = new Decimal(terms.tickSize);
  const slippage = new Decimal(terms.slippage);
  return action === "buy"
    ? ceilToStep(asMoney(new Decimal(market).mul(slippage.plus(1)), Decimal.ROUND_UP), tick)
    : floorToStep(asMoney(new Decimal(market).mul(new Decimal(1).minus(slippage))), tick);
}

/** What the order of a position's opening or closing does at the exchange. */
export function actionOf(side: Side, purpose: "entry" | "exit"): "buy" | "sell" {
  return (side === "long") === (purpose === "entry") ? "buy" : "sell";
}

/** Spends up to `stake` (quote), fee on top, on the lot grid; or says which filter refuses. */
export function fillEntry(
  order: { side: Side; stake: DecimalText; cash: DecimalText },
  market: DecimalText,
  instrument: Instrument,
  terms: FillTerms,
): PaperFill | Refusal {
  const price = slippedPrice(actionOf(order.side, "entry"), market, { ...terms, ...instrument });
  const affordable = new Decimal(order.cash).div(new Decimal(terms.fee).plus(1));
  const stake = Decimal.min(order.stake, affordable);
  if (stake.lte(0)) return "no-cash";
  const wanted = floorToStep(stake.div(price), new Decimal(instrument.stepSize));
  const largest = new Decimal(instrument.maxQuantity);
  const amount = largest.isZero() ? wanted : Decimal.min(wanted, largest);
  if (amount.lte(0) || amount.lt(instrument.minQuantity)) return "below-min-quantity";
  if (amount.mul(price).lt(instrument.minNotional)) return "below-min-notional";
  return paperFill(price, amount, market, terms);
}

/** Closes the whole position; an exit is never refused. */
export function fillExit(
  position: { side: Side; amount: DecimalText },
  market: DecimalText,
  instrument: Instrument,
  terms: FillTerms,
): PaperFill {
  const price = slippedPrice(actionOf(position.side, "exit"), market, { ...terms, ...instrument });
  return paperFill(price, new Decimal(position.amount), market, terms);
}

function paperFill(
  price: Decimal,
  amount: Decimal,
  market: DecimalText,
  terms: FillTerms,
): PaperFill {
  return {
    price: decimalText(price),
    amount: decimalText(amount),
    fee: decimalText(asMoney(price.mul(amount).mul(terms.fee), Decimal.ROUND_UP)),
    marketPrice: market,
  };
}

function asMoney(
  value: Decimal,
  rounding: typeof Decimal.ROUND_UP | typeof Decimal.ROUND_DOWN = Decimal.ROUND_DOWN,
): Decimal {
  return value.toDecimalPlaces(ASSET_DECIMALS, rounding);
}
