/**
 * The deepest fall of an equity curve from its highest value so far, and how long it took to be made
 * good. Depth counts as a share of the peak, so that falls at different sizes compare.
 */
import type { Beginning, EquityCurve } from "./equity-curve.ts";

export interface Drawdown {
  /** Share of the peak that was lost, percent. */
  readonly percent: number;
  /** The same in quote currency. */
  readonly amount: number;
  /** When the peak was reached, epoch ms. */
  readonly peakAt: number;
  /** When the lowest value was reached, epoch ms. */
  readonly troughAt: number;
  /** When the curve was back at the peak's value, epoch ms; null when it never was. */
  readonly recoveredAt: number | null;
  /** From the peak to the recovery, or to the end of the curve, ms. */
  readonly durationMs: number;
}

/** The deepest drawdown; of equally deep ones the first. Null when the curve never fell. */
export function maxDrawdown(curve: EquityCurve, beginning: Beginning): Drawdown | null {
  const { times, values } = curve;
  let peak = beginning.equity;
  let peakAt = beginning.at;
  let worst = { peak, peakAt, index: -1, share: 0 };
  for (let i = 0; i < values.length; i++) {
    const equity = values[i] ?? 0;
    if (equity >= peak) {
      peak = equity;
      peakAt = times[i] ?? 0;
    }
    const share = peak > 0 ? (peak - equity) / peak : 0;
    if (share > worst.share) worst = { peak, peakAt, index: i, share };
  }
  const { index, share } = worst;
  if (index < 0) return null;
  const recovered = recoveryAfter(curve, index, worst.peak);
  const end = recovered ?? times.at(-1) ?? worst.peakAt;
  return {
    percent: 100 * share,
    amount: worst.peak - (values[index] ?? 0),
    peakAt: worst.peakAt,
    troughAt: times[index] ?? 0,
    recoveredAt: recovered,
    durationMs: end - worst.peakAt,
  };
}

function recoveryAfter({ times, values }: EquityCurve, index: number, peak: number): number | null {
  for (let i = index; i < values.length; i++) {
    if ((values[i] ?? 0) >= peak) return times[i] ?? null;
  }
  return null;
}
