/** Puts real trades beside replayed ones: the same side, the same signal, or one a candle away. */
import type { DriftTrade, RealTrade } from "./trades.ts";

export type Pair =
  | { readonly real: RealTrade; readonly replay: DriftTrade }
  | { readonly real: RealTrade; readonly replay: null }
  | { readonly real: null; readonly replay: DriftTrade };

/**
 * Every trade of both lists once, oldest first. `lengthMs`: of a candle. Two signals to the same side
 * are at least two candles apart, so that the tolerance never joins different ones.
 */
export function pairsOf(
  real: readonly RealTrade[],
  replayed: readonly DriftTrade[],
  lengthMs: number,
): readonly Pair[] {
  const partners = new Map<RealTrade, DriftTrade>();
  const free = new Set(replayed);
  const placeOf = ({ signalAt }: DriftTrade) => Math.floor(signalAt / lengthMs);
  const places = Map.groupBy(replayed, placeOf);
  for (const tolerance of [0, lengthMs]) {
    for (const one of real) {
      if (partners.has(one)) continue;
      const near = [0, -1, 1].flatMap((step) => places.get(placeOf(one) + step) ?? []);
      const fits = (other: DriftTrade) =>
        free.has(other) &&
        other.side === one.side &&
        Math.abs(other.signalAt - one.signalAt) <= tolerance;
      const partner = near.find(fits);
      if (partner === undefined) continue;
      partners.set(one, partner);
      free.delete(partner);
    }
  }
  const pairs: Pair[] = [
    ...real.map((one) => ({ real: one, replay: partners.get(one) ?? null })),
    ...[...free].map((replay) => ({ real: null, replay })),
  ];
  return pairs.toSorted((a, b) => startOf(a) - startOf(b));
}

/** When it began, in whichever began first. */
export function startOf({ real, replay }: Pair): number {
  return Math.min(real?.signalAt ?? Infinity, replay?.signalAt ?? Infinity);
}
