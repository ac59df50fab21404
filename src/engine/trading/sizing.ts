/**
 * How much an entry stakes, and where its stop and target lie: the one place where a rule's
 * percentages become money. All exact decimals on the exchange's grids.
 */
import type { Instrument } from "../../domain/instrument.ts";
import {
  ceilToStep,
  constantOf,
  Decimal,
  type DecimalText,
  decimalText,
  floorToStep,
} from "../../domain/money.ts";
import type { Protections, Side } from "../../domain/rule.ts";

/** Decimals of a stake in quote currency, Binance's asset precision. */
const QUOTE_DECIMALS = 8;

const ZERO = new Decimal(0);
const ONE = new Decimal(1);
const HUNDREDTH = new Decimal("0.01");

/** A short without a stop is closed when it has lost this share of its stake: its money is gone. */
const LIQUIDATION_PERCENT = "95";

/** Stake of an entry in quote currency, from the run's equity. */
export function stakeOf(size: Protections["size"], equity: Decimal): Decimal {
  const wanted =
    size.kind === "percent" ? equity.mul(shareOf(size.percent)) : constantOf(size.amount);
  const stake = wanted.lt(equity) ? wanted : equity;
  if (stake.isNeg()) return ZERO;
  return stake.toDecimalPlaces(QUOTE_DECIMALS, Decimal.ROUND_DOWN);
}

export interface ExitLevels {
  readonly stop: DecimalText | null;
  readonly stopReason: "stop_loss" | "liquidation";
  readonly take: DecimalText | null;
}

/** Stop and target of a position entered at `entryPrice`, each rounded to the tick away from it. */
export function exitLevels(
  side: Side,
  entryPrice: DecimalText,
  protections: Protections,
  instrument: Instrument,
): ExitLevels {
  const { stopLossPercent, takeProfitPercent } = protections;
  const liquidated = stopLossPercent === null && side === "short";
  const stopPercent = liquidated ? LIQUIDATION_PERCENT : stopLossPercent;
  const against = (percent: DecimalText) => percentAway(entryPrice, percent, side === "short");
  const inFavour = (percent: DecimalText) => percentAway(entryPrice, percent, side === "long");
  return {
    stop: stopPercent === null ? null : away(against(stopPercent), side === "short", instrument),
    stopReason: liquidated ? "liquidation" : "stop_loss",
    take:
      takeProfitPercent === null
        ? null
        : away(inFavour(takeProfitPercent), side === "long", instrument),
  };
}

/** Where a trailing stop stands when the best price is `best`; null until it has been armed. */
export function trailingStopPrice(
  position: { side: Side; entryPrice: DecimalText; best: DecimalText },
  trailing: NonNullable<Protections["trailingStop"]>,
  instrument: Instrument,
): DecimalText | null {
  const { side, entryPrice, best } = position;
  const armedAt = percentAway(entryPrice, trailing.afterPercent, side === "long");
  const armed = side === "long" ? armedAt.lte(best) : armedAt.gte(best);
  if (!armed) return null;
  const price = percentAway(best, trailing.distancePercent, side === "short");
  return away(price, side === "short", instrument);
}

function percentAway(price: DecimalText, percent: DecimalText, up: boolean): Decimal {
  const share = shareOf(percent);
  return (up ? ONE.plus(share) : ONE.minus(share)).mul(price);
}

/** "2.5" percent as 0.025. */
function shareOf(percent: DecimalText): Decimal {
  return constantOf(percent).mul(HUNDREDTH);
}

function away(price: Decimal, up: boolean, instrument: Instrument): DecimalText {
  const tick = constantOf(instrument.tickSize);
  return decimalText(up ? ceilToStep(price, tick) : floorToStep(price, tick));
}
