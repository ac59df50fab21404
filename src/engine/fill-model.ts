/**
 * At what price and for how much a paper order is done. The same for live paper trading and for
 * backtests: market orders only, filled worse than the price seen by the slippage, on the tick grid,
 * amounts cut down to the lot grid, the taker fee on top in quote currency.
 */
import type { Instrument } from "../domain/instrument.ts";
import {
  ceilToStep,
  constantOf,
  Decimal,
  type DecimalText,
  decimalText,
  floorToStep,
  quotientToStep,
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

/** A fill with its money as numbers: price times amount, exact, and the fee. */
export interface PricedFill {
  readonly fill: PaperFill;
  readonly worth: Decimal;
  readonly fee: Decimal;
}

/** Binance counts money in no finer units than this many decimals. */
const ASSET_DECIMALS = 8;

const ONE = new Decimal(1);

export type Refusal = "below-min-notional" | "below-min-quantity" | "no-cash";

/** Buying is done dearer, selling cheaper than `market`, then away from us to the tick. */
export function slippedPrice(
  action: "buy" | "sell",
  market: DecimalText,
  terms: { slippage: DecimalText; tickSize: DecimalText },
): Decimal {
  const tick = constantOf(terms.tickSize);
  const slippage = constantOf(terms.slippage);
  const seen = new Decimal(market);
  const buys = action === "buy";
  const slipped = slippage.isZero()
    ? seen
    : seen.mul(buys ? ONE.plus(slippage) : ONE.minus(slippage));
  return buys
    ? ceilToStep(asMoney(slipped, Decimal.ROUND_UP), tick)
    : floorToStep(asMoney(slipped), tick);
}

/** What the order of a position's opening or closing does at the exchange. */
export function actionOf(side: Side, purpose: "entry" | "exit"): "buy" | "sell" {
  return (side === "long") === (purpose === "entry") ? "buy" : "sell";
}

/** Spends up to `stake` (quote), fee on top, on the lot grid; or says which filter refuses. */
export function fillEntry(
  order: { side: Side; stake: Decimal; cash: Decimal },
  market: DecimalText,
  instrument: Instrument,
  terms: FillTerms,
): PricedFill | Refusal {
  const price = slippedPrice(actionOf(order.side, "entry"), market, { ...terms, ...instrument });
  const stake = affordable(order.stake, order.cash, terms);
  if (stake.lte(0)) return "no-cash";
  const wanted = quotientToStep(stake, price, constantOf(instrument.stepSize));
  const largest = constantOf(instrument.maxQuantity);
  const amount = largest.isZero() || wanted.lte(largest) ? wanted : largest;
  const smallest = constantOf(instrument.minQuantity);
  if (amount.lte(0) || amount.lt(smallest)) return "below-min-quantity";
  const priced = paperFill(price, amount, market, terms);
  if (priced.worth.lt(constantOf(instrument.minNotional))) return "below-min-notional";
  return priced;
}

/** The stake, or as much of it as leaves enough of the cash for the fee. */
function affordable(stake: Decimal, cash: Decimal, terms: FillTerms): Decimal {
  const withFee = constantOf(terms.fee).plus(ONE);
  return withFee.mul(stake).lte(cash) ? stake : cash.div(withFee);
}

/** Closes the whole position; an exit is never refused. */
export function fillExit(
  position: { side: Side; amount: DecimalText },
  market: DecimalText,
  instrument: Instrument,
  terms: FillTerms,
): PricedFill {
  const price = slippedPrice(actionOf(position.side, "exit"), market, { ...terms, ...instrument });
  return paperFill(price, new Decimal(position.amount), market, terms);
}

function paperFill(
  price: Decimal,
  amount: Decimal,
  market: DecimalText,
  terms: FillTerms,
): PricedFill {
  const worth = price.mul(amount);
  const fee = asMoney(worth.mul(constantOf(terms.fee)), Decimal.ROUND_UP);
  const fill = {
    price: decimalText(price),
    amount: decimalText(amount),
    fee: decimalText(fee),
    marketPrice: market,
  };
  return { fill, worth, fee };
}

function asMoney(
  value: Decimal,
  rounding: typeof Decimal.ROUND_UP | typeof Decimal.ROUND_DOWN = Decimal.ROUND_DOWN,
): Decimal {
  return value.toDecimalPlaces(ASSET_DECIMALS, rounding);
}
