/**
 * Reality beside its replay, trade by trade: what differed, why, and what it came to. The differences of
 * all trades add up to the difference of both results, each under one cause; what no fact explains
 * stands under "unexplained".
 */
import { Decimal, decimalText, type DecimalText } from "../../domain/money.ts";
import { firstIndex, UNEXPLAINED, type Cause, type CauseCode, type DriftFacts } from "./causes.ts";
import { differencesOf, type Difference } from "./differences.ts";
import { entryCause, exitCause, isWatched, onlyRealCause, onlyReplayCause } from "./explain.ts";
import { pairsOf, startOf, type Pair } from "./pairs.ts";
import type { DriftTrade, RealTrade } from "./trades.ts";

/** Decimals of quote currency. */
const QUOTE_DECIMALS = 8;

/**
 * same: to the last digit. scaled: only its size differs, because an earlier trade left other money.
 * different: made by both, not alike. only-real and only-replay: made by one of them.
 */
export type DriftStatus = "same" | "scaled" | "different" | "only-real" | "only-replay";

export interface DriftRow {
  readonly status: DriftStatus;
  /** Close of the signal's candle, epoch ms. */
  readonly at: number;
  readonly real: DriftTrade | null;
  readonly replay: DriftTrade | null;
  readonly differences: readonly Difference[];
  /** Empty for the same trade. */
  readonly causes: readonly Cause[];
  /** Real less replayed result, quote currency. */
  readonly difference: DecimalText;
  /** The same by cause; sums to `difference`. */
  readonly shares: readonly DriftShare[];
}

export interface DriftShare {
  readonly code: CauseCode;
  readonly quote: DecimalText;
}

export interface DriftComparison {
  readonly rows: readonly DriftRow[];
  readonly counts: Readonly<Record<DriftStatus, number>>;
  readonly realPnl: DecimalText;
  readonly replayPnl: DecimalText;
  readonly difference: DecimalText;
  /** Largest first; sums to `difference`. */
  readonly byCause: readonly (DriftShare & { readonly trades: number })[];
}

/** Both lists oldest first; see `realTrades` and `replayedTrades`. */
export function compareTrades(
  real: readonly RealTrade[],
  replayed: readonly DriftTrade[],
  facts: DriftFacts,
): DriftComparison {
  const pairs = pairsOf(real, replayed, facts.lengthMs);
  const context = { real, replayed, facts, made: earnings(real), replayMade: earnings(replayed) };
  const rows = pairs.map((pair) => rowOf(pair, context));
  const counts = { same: 0, scaled: 0, different: 0, "only-real": 0, "only-replay": 0 };
  for (const { status } of rows) counts[status]++;
  const realPnl = sum(real.map(({ pnl }) => pnl));
  const replayPnl = sum(replayed.map(({ pnl }) => pnl));
  return {
    rows,
    counts,
    realPnl: decimalText(realPnl),
    replayPnl: decimalText(replayPnl),
    difference: decimalText(realPnl.minus(replayPnl)),
    byCause: causesOf(rows),
  };
}

interface Context {
  readonly real: readonly RealTrade[];
  readonly replayed: readonly DriftTrade[];
  readonly facts: DriftFacts;
  /** Of trades closed until then. */
  readonly made: (time: number) => Decimal;
  readonly replayMade: (time: number) => Decimal;
}

function rowOf(pair: Pair, context: Context): DriftRow {
  const { real, replay } = pair;
  if (real === null) {
    const cause = onlyReplayCause(context.facts, replay, context.real);
    return alone(pair, "only-replay", { cause, quote: new Decimal(replay.pnl).neg() });
  }
  if (replay === null) {
    const cause = onlyRealCause(context.facts, real, context.replayed);
    return alone(pair, "only-real", { cause, quote: new Decimal(real.pnl) });
  }
  return together({ real, replay }, context);
}

function alone(pair: Pair, status: DriftStatus, of: { cause: Cause; quote: Decimal }): DriftRow {
  const difference = decimalText(of.quote);
  return {
    status,
    at: startOf(pair),
    ...pair,
    differences: [],
    causes: [of.cause],
    difference,
    shares: [{ code: of.cause.code, quote: difference }],
  };
}

function together(both: { real: RealTrade; replay: DriftTrade }, context: Context): DriftRow {
  const { real, replay } = both;
  const { facts } = context;
  const differences = differencesOf(real, replay);
  const difference = new Decimal(real.pnl).minus(replay.pnl);
  const row = { at: startOf(both), ...both, differences, difference: decimalText(difference) };
  const entry = entryCause(facts, both);
  const exit = followsEntry(both, entry) ? null : exitCause(facts, both);
  const ratio = hasOtherMoney(both, context) ? new Decimal(real.stake).div(replay.stake) : null;
  if (entry === null && exit === null) {
    if (differences.length === 0) return { ...row, status: "same", causes: [], shares: [] };
    const cause = ratio === null ? sizeCause(facts, real) : ({ code: "earlier" } as const);
    const shares = [{ code: cause.code, quote: row.difference }];
    return { ...row, status: ratio === null ? "different" : "scaled", causes: [cause], shares };
  }
  const bySize = ratio === null ? null : asMoney(ratio.minus(1).mul(replay.pnl));
  const left = difference.minus(bySize ?? 0);
  const byEntry = entry === null ? null : exit === null ? left : entryWorth(both);
  const shares = [
    ...shareOf(entry, byEntry),
    ...shareOf(exit, left.minus(byEntry ?? 0)),
    ...shareOf(bySize === null ? null : { code: "earlier" }, bySize),
  ];
  const causes = [entry, exit].filter((cause) => cause !== null);
  return { ...row, status: "different", causes: distinct(causes), shares };
}

/** A quotient has no end: what is cut off stays with the trade's own cause. */
function asMoney(value: Decimal): Decimal {
  return value.toDecimalPlaces(QUOTE_DECIMALS);
}

function shareOf(cause: Cause | null, quote: Decimal | null): readonly DriftShare[] {
  if (cause === null || quote === null) return [];
  return [{ code: cause.code, quote: decimalText(quote) }];
}

/** A stop or target lies where the entry put it: with another entry it is done at another price. */
function followsEntry({ real, replay }: Both, entry: Cause | null): boolean {
  if (entry === null || real.exit === null || replay.exit === null) return false;
  return real.exit.reason === replay.exit.reason && isWatched(real.exit.reason);
}

interface Both {
  readonly real: RealTrade;
  readonly replay: DriftTrade;
}

/** What the other entry price alone did to the result. */
function entryWorth({ real, replay }: Both): Decimal {
  const worse = new Decimal(replay.entryPrice).minus(real.entryPrice).mul(real.amount);
  return real.side === "long" ? worse : worse.neg();
}

/** The wallets had not made the same before this trade. */
function hasOtherMoney({ real, replay }: Both, { made, replayMade }: Context): boolean {
  return !made(real.entryAt).eq(replayMade(replay.entryAt));
}

/** What closed trades had made until any time. */
function earnings(trades: readonly DriftTrade[]): (time: number) => Decimal {
  const closed = trades.flatMap(({ exit, pnl }) => (exit === null ? [] : [{ at: exit.at, pnl }]));
  let total = new Decimal(0);
  const steps = closed
    .toSorted((a, b) => a.at - b.at)
    .map(({ at, pnl }) => ({ at, total: (total = total.plus(pnl)) }));
  return (time) => {
    const end = firstIndex(steps.length, (i) => (steps[i]?.at ?? 0) > time);
    return steps[end - 1]?.total ?? new Decimal(0);
  };
}

/** Entered and left alike with the same money, and yet not the same: fees take from the stake too. */
function sizeCause({ fee }: DriftFacts, { entry }: RealTrade): Cause {
  if (entry === null) return UNEXPLAINED;
  const { price, amount, fee: paid } = entry.fill;
  const now = new Decimal(price)
    .mul(amount)
    .mul(fee)
    .toDecimalPlaces(QUOTE_DECIMALS, Decimal.ROUND_UP);
  return now.eq(paid) ? UNEXPLAINED : { code: "fee" };
}

function distinct(causes: readonly Cause[]): readonly Cause[] {
  return causes.filter((cause, i) => causes.findIndex(({ code }) => code === cause.code) === i);
}

function causesOf(rows: readonly DriftRow[]): DriftComparison["byCause"] {
  const found = new Map<CauseCode, { quote: Decimal; rows: Set<DriftRow> }>();
  for (const row of rows) {
    for (const { code, quote } of row.shares) {
      const known = found.get(code) ?? { quote: new Decimal(0), rows: new Set() };
      found.set(code, { quote: known.quote.plus(quote), rows: known.rows.add(row) });
    }
  }
  return [...found]
    .toSorted(([, a], [, b]) => b.quote.abs().cmp(a.quote.abs()))
    .map(([code, { quote, rows: of }]) => ({ code, quote: decimalText(quote), trades: of.size }));
}

function sum(values: readonly DecimalText[]): Decimal {
  return values.reduce((total, value) => total.plus(value), new Decimal(0));
}
