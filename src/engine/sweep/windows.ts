/**
 * Walk-forward: the tested candles in consecutive windows, each with a part to choose on (in-sample)
 * and after it a part nobody has looked at when choosing (out-of-sample).
 */
import { Fault } from "../../domain/fault.ts";

/** Candles [from, until) by index into the whole list. */
export interface Part {
  readonly side: "inSample" | "outOfSample";
  readonly from: number;
  readonly until: number;
}

export const WINDOWS = 4;
const IN_SAMPLE_SHARE = 0.7;
/** Candles of the shorter part of a window, below which it can say nothing. */
const MIN_PART_CANDLES = 20;

/**
 * The parts of all windows, one after the other without holes: in-sample first, then out-of-sample, of
 * each. `first`: index of the first tested candle; `end`: after the last. Fault: optimize-too-short
 * {candles, least}.
 */
export function partsOf(first: number, end: number, windows: number = WINDOWS): readonly Part[] {
  const candles = end - first;
  const least = Math.ceil((MIN_PART_CANDLES * windows) / (1 - IN_SAMPLE_SHARE));
  if (candles < least) throw new Fault("optimize-too-short", { candles, least });
  return Array.from({ length: windows }, (_, i): Part[] => {
    const from = first + Math.floor((candles * i) / windows);
    const until = first + Math.floor((candles * (i + 1)) / windows);
    const cut = from + Math.floor(IN_SAMPLE_SHARE * (until - from));
    return [
      { side: "inSample", from, until: cut },
      { side: "outOfSample", from: cut, until },
    ];
  }).flat();
}
