/** In what a real trade and its replay differ, and how much that is. */
import { Decimal, decimalText, type DecimalText } from "../../domain/money.ts";
import { isSameExit } from "./explain.ts";
import type { DriftTrade } from "./trades.ts";

export type DifferenceKind =
  | "entry-time"
  | "entry-price"
  | "amount"
  | "open"
  | "exit-time"
  | "exit-price"
  | "exit-reason"
  | "fees";

export interface Difference {
  readonly kind: DifferenceKind;
  /** Prices, amounts and fees are decimal text, times epoch ms, reasons codes; null while open. */
  readonly real: string | number | null;
  readonly replay: string | number | null;
  /** Real against replayed, percent with 4 decimals; of prices, amounts and fees alone. */
  readonly percent: DecimalText | null;
  /** What it is worth to the real result, quote currency; of prices and fees alone. */
  readonly quote: DecimalText | null;
}

const PERCENT_DECIMALS = 4;

/** Everything that is not the same to the last digit; empty for the same trade. */
export function differencesOf(real: DriftTrade, replay: DriftTrade): readonly Difference[] {
  const found: Difference[] = [];
  const note = <T extends string | number | null>(
    kind: DifferenceKind,
    one: T,
    other: T,
    worth: (one: T, other: T) => Worth = () => NOTHING,
  ) => {
    if (one !== other) found.push({ kind, real: one, replay: other, ...worth(one, other) });
  };
  const gain = (better: DecimalText, worse: DecimalText) => {
    const each = new Decimal(better).minus(worse).mul(real.amount);
    return decimalText(real.side === "long" ? each : each.neg());
  };
  note("entry-time", real.entryAt, replay.entryAt);
  note("entry-price", real.entryPrice, replay.entryPrice, (one, other) => ({
    percent: percentOf(one, other),
    quote: gain(other, one),
  }));
  note("amount", real.amount, replay.amount, (one, other) => ({
    percent: percentOf(one, other),
    quote: null,
  }));
  if (real.exit === null || replay.exit === null) {
    note("open", real.exit?.at ?? null, replay.exit?.at ?? null);
  } else {
    if (!isSameExit(real, replay)) note("exit-time", real.exit.at, replay.exit.at);
    note("exit-price", real.exit.price, replay.exit.price, (one, other) => ({
      percent: percentOf(one, other),
      quote: gain(one, other),
    }));
    note("exit-reason", real.exit.reason, replay.exit.reason);
  }
  note("fees", real.fees, replay.fees, (one, other) => ({
    percent: percentOf(one, other),
    quote: decimalText(new Decimal(other).minus(one)),
  }));
  return found;
}

type Worth = Pick<Difference, "percent" | "quote">;
const NOTHING: Worth = { percent: null, quote: null };

function percentOf(real: DecimalText, replay: DecimalText): DecimalText | null {
  if (Number(replay) === 0) return null;
  const share = new Decimal(real).div(replay).minus(1).mul(100);
  return decimalText(share.toDecimalPlaces(PERCENT_DECIMALS));
}
