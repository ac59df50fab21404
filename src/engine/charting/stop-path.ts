/**
 * How the stop of a position moved and how far the price went for and against it, from candles, with
 * the arithmetic of live trading. Within a candle the order of its prices is not known: a stop is shown
 * where it stood when the candle had closed. Of a position that was moved to another rule the stop is
 * shown from then on, by that rule.
 */
import type { Candle } from "../../domain/candle.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { Decimal, type DecimalText } from "../../domain/money.ts";
import type { Protections, Side } from "../../domain/rule.ts";
import { timeframeMs } from "../../domain/timeframe.ts";
import { exitLevels, trailingStopPrice } from "../trading/sizing.ts";

export interface HeldPosition {
  readonly side: Side;
  readonly entryPrice: DecimalText;
  readonly openedAt: number;
  /** Since when its protections are in force. */
  readonly ruleSince: number;
  /** The last price it saw for certain: its exit, or the present one; null when there is none. */
  readonly last: { readonly at: number; readonly price: DecimalText } | null;
  /** When it was closed, or until when it is looked at. */
  readonly until: number;
  readonly protections: Protections;
}

/** A price that was reached, and what it meant, percent of the entry price, before fees. */
export interface Excursion {
  readonly at: number;
  readonly price: number;
  readonly percent: number;
}

export interface PositionPath {
  /** The stop in force from each time on; empty without one. */
  readonly stops: readonly { readonly at: number; readonly price: number }[];
  readonly target: number | null;
  /** Farthest in favour and against (MFE and MAE). */
  readonly best: Excursion;
  readonly worst: Excursion;
}

/** `candles`: those that overlap the time it was held, oldest first. */
export function positionPath(
  position: HeldPosition,
  candles: readonly Candle[],
  instrument: Instrument,
): PositionPath {
  const { side, entryPrice, openedAt, ruleSince, until, protections } = position;
  const { stop, take } = exitLevels(side, entryPrice, protections, instrument);
  const stops = stop === null ? [] : [{ at: ruleSince, price: Number(stop) }];
  const start = { at: openedAt, price: Number(entryPrice), percent: 0 };
  let [best, worst] = [start, start];
  let bestText = entryPrice;
  for (const { high, low, openTime, timeframe } of candles) {
    const closedAt = openTime + timeframeMs(timeframe);
    // Of a candle that had begun before the entry, or that outlived the exit, nobody knows which
    // of its prices the position saw.
    if (openTime < openedAt || closedAt > until + 1) continue;
    const [good, bad] = side === "long" ? [high, low] : [low, high];
    const at = openTime + timeframeMs(timeframe) / 2;
    best = farther(best, { at, price: good }, position, 1);
    worst = farther(worst, { at, price: bad }, position, -1);
    if (openTime < ruleSince) continue;
    if (gainOf(Number(good), position) > gainOf(Number(bestText), position)) bestText = good;
    const trailing =
      protections.trailingStop === null
        ? null
        : trailingStopPrice(
            { side, entryPrice, best: bestText },
            protections.trailingStop,
            instrument,
          );
    const nearest = nearer(side, trailing, stop);
    if (nearest !== null && stops.at(-1)?.price !== Number(nearest) && closedAt < until) {
      stops.push({ at: closedAt, price: Number(nearest) });
    }
  }
  const { last } = position;
  if (last !== null) {
    best = farther(best, last, position, 1);
    worst = farther(worst, last, position, -1);
  }
  return { stops, target: take === null ? null : Number(take), best, worst };
}

function farther(
  known: Excursion,
  { at, price }: { at: number; price: DecimalText },
  position: HeldPosition,
  sign: 1 | -1,
): Excursion {
  const percent = gainOf(Number(price), position);
  return percent * sign > known.percent * sign ? { at, price: Number(price), percent } : known;
}

function gainOf(price: number, { side, entryPrice }: HeldPosition): number {
  const change = 100 * (price / Number(entryPrice) - 1);
  return side === "long" ? change : -change;
}

/** The stop that is reached first. */
function nearer(
  side: Side,
  one: DecimalText | null,
  other: DecimalText | null,
): DecimalText | null {
  if (one === null || other === null) return one ?? other;
  const higher = Decimal.max(one, other);
  return side === "long" ? higher.toString() : Decimal.min(one, other).toString();
}
