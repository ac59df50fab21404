/**
 * What can make reality differ from a replay, and the recorded facts that are asked for it. A cause is
 * only named when a fact speaks for it; everything else is unexplained.
 */
import type { Circumstance } from "../../domain/circumstance.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { DecimalText } from "../../domain/money.ts";
import type { Decision, Order } from "../../domain/order.ts";
import type { DriftTrade } from "./trades.ts";

/** Signals and orders that came to nothing have codes of their own; these are shown as they are. */
export const REFUSALS = [
  "paused",
  "suspended",
  "halted",
  "market-closed",
  "below-min-notional",
  "below-min-quantity",
  "no-cash",
  "switched-off",
  "rule-changed",
] as const;

export type CauseCode =
  | (typeof REFUSALS)[number]
  /** Closed by hand, or with its run. */
  | "manual"
  /** The engine was not running; prices did not come; a candle was revised. */
  | "away"
  | "unseen"
  | "revised"
  /** Decided or filled later than the candle's close. */
  | "late"
  /** Judged on the forming candle, which no replay knows. */
  | "forming"
  /** The rule's history was not there yet. */
  | "warming-up"
  /** Other settings than now were in force. */
  | "fee"
  | "slippage"
  /** Within one minute a replay knows only open, high, low and close. */
  | "within-minute"
  /** Follows from an earlier difference: other money, or a position that only one of both held. */
  | "earlier"
  | "unexplained";

export interface Cause {
  readonly code: CauseCode;
  /** Of an absence, epoch ms. */
  readonly from?: number;
  readonly until?: number;
  /** How late, ms. */
  readonly ms?: number;
  /** The real trade it follows from. */
  readonly trade?: number;
  readonly ruleVersion?: number;
}

/** What is known of the run besides its trades. */
export interface DriftFacts {
  readonly startedAt: number;
  /** 1 is the strategy's first: it had to load its history. */
  readonly run: number;
  readonly lengthMs: number;
  /** At any time of the run: that cannot be replayed. */
  readonly judgesForming: boolean;
  /** The longest of the rule's versions, ms. */
  readonly cooldownMs: number;
  readonly instrument: Instrument;
  /** In force now, and in the replay. */
  readonly fee: DecimalText;
  readonly slippage: DecimalText;
  /** By candle, oldest first. */
  readonly signals: readonly Decision[];
  /** Of signals to enter, by decision. */
  readonly orders: ReadonlyMap<string, Order>;
  readonly circumstances: readonly Circumstance[];
}

/** Later than this after a candle's opening its opening price is not to be had any more, ms. */
export const FRESH_MS = 5_000;

export const UNEXPLAINED: Cause = { code: "unexplained" };

/** The absence, of the engine or of prices, that touches from <= t <= until; null when there is none. */
export function absenceIn(facts: DriftFacts, from: number, until: number): Cause | null {
  let found: Circumstance | null = null;
  for (const one of facts.circumstances) {
    if (one.kind !== "away" && one.kind !== "unseen") continue;
    if (one.at > until || (one.until ?? one.at) < from) continue;
    if (found === null || one.kind === "away") found = one;
  }
  if (found === null || (found.kind !== "away" && found.kind !== "unseen")) return null;
  return { code: found.kind, from: found.at, until: found.until ?? found.at };
}

/** A candle within the range came again with other prices. */
export function revisionIn(facts: DriftFacts, from: number, until: number): Cause | null {
  const touches = ({ kind, at, until: end }: Circumstance) =>
    kind === "revised" && at <= until && (end ?? at) >= from;
  return facts.circumstances.some(touches) ? { code: "revised" } : null;
}

/** Since when it had been switched off at that time; null when it was on. */
export function offAt(facts: DriftFacts, time: number): Cause | null {
  let off: Circumstance | null = null;
  for (const one of facts.circumstances) {
    if (one.kind === "switched-off" && one.at <= time) off = one;
    if (one.kind !== "switched-on") continue;
    if (one.at < time) off = null;
    else if (off !== null) return { code: "switched-off", from: off.at, until: one.at };
  }
  return off === null ? null : { code: "switched-off", from: off.at };
}

/** Until when the rule in force then had not been judged yet; null when it had. */
export function warmingAt(facts: DriftFacts, time: number): Cause | null {
  const edits = facts.circumstances.filter(
    ({ kind, at }) => kind === "rule-changed" && at <= time && at >= facts.startedAt,
  );
  const since = edits.at(-1)?.at ?? (facts.run === 1 ? facts.startedAt : null);
  if (since === null) return null;
  const later = facts.circumstances.filter(({ at }) => at > since);
  const judged = later.find(({ kind }) => kind === "judged");
  if (judged !== undefined) {
    return judged.at <= time ? null : { code: "warming-up", from: since, until: judged.at };
  }
  // What a start after that has put back was warm, and is not written down.
  const wasRestored = later.some(({ kind }) => kind === "away");
  return edits.length === 0 || wasRestored ? null : { code: "warming-up", from: since };
}

/** The newest signal to enter on that side, from a candle that ended at `signalAt` or just before. */
export function signalOf(facts: DriftFacts, { signalAt, side }: DriftTrade): Decision | null {
  const before = facts.signals.slice(...near(facts, signalAt));
  const kind = `enter-${side}`;
  return before.findLast((one) => one.kind === kind && one.candleCloseTime < signalAt) ?? null;
}

/** Where the signals of the candle that ended at `time` and of the one before it lie. */
function near({ signals, lengthMs }: DriftFacts, time: number): [number, number] {
  const before = (limit: number) =>
    firstIndex(signals.length, (i) => (signals[i]?.candleCloseTime ?? 0) >= limit);
  return [before(time - lengthMs), before(time)];
}

/** The first index of a sorted list from which on `isPast` holds; `length` when it never does. */
export function firstIndex(length: number, isPast: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isPast(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The trade that was held when a candle ending at `signalAt` was judged, and forbade an entry. One that
 * leaves by that same close forbids all but a reversal: to the other side, by its own rule, at once.
 */
export function heldAt<T extends DriftTrade>(
  facts: DriftFacts,
  trades: readonly T[],
  entry: DriftTrade,
): T | null {
  const { signalAt } = entry;
  const reverses = ({ side, ruleVersion, exit }: T): boolean =>
    side !== entry.side &&
    exit?.reason === "rule" &&
    ruleVersion === entry.ruleVersion &&
    facts.cooldownMs === 0;
  const holds = (trade: T): boolean => {
    const { entryAt, exit } = trade;
    if (entryAt > signalAt) return false;
    if (exit === null || exit.at > signalAt) return true;
    return exit.at === signalAt && entryAt < signalAt && !reverses(trade);
  };
  // One is held at a time: the newest that had begun, or the one it followed at that moment.
  const end = firstIndex(trades.length, (i) => (trades[i]?.entryAt ?? 0) > signalAt);
  return trades.slice(Math.max(0, end - 2), end).find(holds) ?? null;
}
