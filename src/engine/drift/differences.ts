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
  const note = (kind: DifferenceKind, of: Pick<Difference, "real" | "replay">, worth = NOTHING) => {
    if (of.real !== of.replay) found.push({ kind, ...of, ...worth });
  };
  const direction = real.side === "long" ? 1 : -1;
  note("entry-time", { real: real.entryAt, replay: replay.entryAt });
  note(
    "entry-price",
    { real: real.entryPrice, replay: replay.entryPrice },
    {
      percent: percentOf(real.entryPrice, replay.entryPrice),
      quote: worthOf(replay.entryPrice, real.entryPrice, { amount: real.amount, direction }),
    },
  );
  note(
    "amount",
    { real: real.amount, replay: replay.amount },
    {
      percent: percentOf(real.amount, replay.amount),
      quote: null,
    },
  );
  if (real.exit === null || replay.exit === null) {
    note("open", { real: real.exit?.at ?? null, replay: replay.exit?.at ?? null });
  } else {
    if (!isSameExit(real, replay)) {
      note("exit-time", { real: real.exit.at, replay: replay.exit.at });
    }
    note(
      "exit-price",
      { real: real.exit.price, replay: replay.exit.price },
      {
        percent: percentOf(real.exit.price, replay.exit.price),
        quote: worthOf(real.exit.price, replay.exit.price, { amount: real.amount, direction }),
      },
    );
    note("exit-reason", { real: real.exit.reason, replay: replay.exit.reason });
  }
  note(
    "fees",
    { real: real.fees, replay: replay.fees },
    {
      percent: percentOf(real.fees, replay.fees),
      quote: decimalText(new Decimal(replay.fees).minus(real.fees)),
    },
  );
  return found;
}

const NOTHING: Pick<Difference, "percent" | "quote"> = { percent: null, quote: null };

function percentOf(real: DecimalText, replay: DecimalText): DecimalText | null {
  if (Number(replay) === 0) return null;
  const share = new Decimal(real).div(replay).minus(1).mul(100);
  return decimalText(share.toDecimalPlaces(PERCENT_DECIMALS));
}

function worthOf(
  better: DecimalText,
  worse: DecimalText,
  { amount, direction }: { amount: DecimalText; direction: number },
): DecimalText {
  return decimalText(new Decimal(better).minus(worse).mul(amount).mul(direction));
}
