/** Why a trade differs from its replay, or has none: facts are asked one after the other. */
import { Decimal } from "../../domain/money.ts";
import type { ExitReason } from "../../domain/order.ts";
import { actionOf, slippedPrice } from "../fill-model.ts";
import {
  absenceIn,
  firstIndex,
  FRESH_MS,
  heldAt,
  offAt,
  REFUSALS,
  revisionIn,
  signalOf,
  UNEXPLAINED,
  warmingAt,
  type Cause,
  type DriftFacts,
} from "./causes.ts";
import type { Deed, DriftTrade, RealTrade } from "./trades.ts";

const MINUTE_MS = 60_000;
/** Ordered, whether the market was there to take it or not. */
const BY_HAND: readonly ExitReason[] = ["manual", "reset", "settled"];
const WATCHED: readonly ExitReason[] = [
  "stop_loss",
  "take_profit",
  "trailing_stop",
  "max_hold",
  "liquidation",
];

interface Both {
  readonly real: RealTrade;
  readonly replay: DriftTrade;
}

/** Null when both were entered at the same price and time. */
export function entryCause(facts: DriftFacts, { real, replay }: Both): Cause | null {
  const isSame = real.entryAt === replay.entryAt && real.entryPrice === replay.entryPrice;
  if (isSame) return null;
  if (real.ruleVersion !== replay.ruleVersion) {
    return { code: "rule-changed", ruleVersion: real.ruleVersion };
  }
  const ordered = real.entry?.order.createdAt ?? real.signalAt;
  if (ordered < real.signalAt) return { code: "forming" };
  const absence = absenceIn(facts, real.signalAt - 1, real.entryAt);
  if (absence !== null) return absence;
  if (real.entryAt > real.signalAt) return { code: "late", ms: real.entryAt - real.signalAt };
  if (slips(facts, real, real.entry, replay.entryPrice)) return { code: "slippage" };
  return revisionIn(facts, real.signalAt - facts.lengthMs, real.entryAt) ?? UNEXPLAINED;
}

/** Null when both left at the same price and time for the same reason, or are open. */
export function exitCause(facts: DriftFacts, both: Both): Cause | null {
  const { real, replay } = both;
  const { exit } = real;
  const other = replay.exit;
  if (isSameExit(real, replay)) return null;
  if (exit !== null && BY_HAND.includes(exit.reason)) return { code: "manual" };
  if (real.ruleVersion !== replay.ruleVersion) {
    return { code: "rule-changed", ruleVersion: real.ruleVersion };
  }
  const first = Math.min(exit?.at ?? Infinity, other?.at ?? Infinity);
  const trails = exit?.reason === "trailing_stop" || other?.reason === "trailing_stop";
  // A best price that was not seen moves a trailing stop long after.
  const from = trails ? real.entryAt : first - MINUTE_MS;
  const until = exit?.at === first ? first : first + MINUTE_MS;
  const absence = absenceIn(facts, from, until);
  if (absence !== null) return absence;
  if (real.duringOutage) return { code: "unseen" };
  return (
    formingExit(facts, real) ??
    lateExit(real) ??
    sameButSlipped(facts, both) ??
    withinMinute(both) ??
    revisionIn(facts, from - facts.lengthMs, until) ??
    UNEXPLAINED
  );
}

/**
 * Both left alike, or are both open. A stop or target is reached within a minute, and a replay knows the
 * minute alone: the same price in the same minute is the same.
 */
export function isSameExit({ exit }: DriftTrade, { exit: other }: DriftTrade): boolean {
  if (exit === null || other === null) return exit === other;
  if (exit.price !== other.price || exit.reason !== other.reason) return false;
  return exit.at === other.at || (isWatched(exit.reason) && isSameMinute(exit, other));
}

/** Why a real trade is not in the replay. */
export function onlyRealCause(
  facts: DriftFacts,
  real: RealTrade,
  replayed: readonly DriftTrade[],
): Cause {
  const ordered = real.entry?.order.createdAt ?? real.signalAt;
  if (ordered < real.signalAt) return { code: "forming" };
  const held = heldAt(facts, replayed, real);
  if (held !== null) return { code: "earlier", from: held.signalAt };
  if (cools(facts, replayed, real.signalAt)) return { code: "earlier" };
  return revisionIn(facts, real.signalAt - facts.lengthMs, real.signalAt) ?? UNEXPLAINED;
}

/** The replay had left just before, and waited as the rule says. */
function cools({ cooldownMs }: DriftFacts, replayed: readonly DriftTrade[], time: number): boolean {
  const end = firstIndex(replayed.length, (i) => (replayed[i]?.entryAt ?? 0) > time);
  const exit = replayed[end - 1]?.exit ?? null;
  return exit !== null && exit.at + cooldownMs > time;
}

/** Why a replayed trade was not made in reality. */
export function onlyReplayCause(
  facts: DriftFacts,
  replay: DriftTrade,
  real: readonly RealTrade[],
): Cause {
  const { signalAt } = replay;
  const signal = signalOf(facts, replay);
  if (signal !== null) {
    const order = facts.orders.get(signal.id);
    const code = signal.outcome === "ordered" ? (order?.refusal ?? null) : signal.outcome;
    const lateMs = Math.max(signal.decidedAt, order?.updatedAt ?? 0) - signalAt;
    const cause = code === null ? null : refusalCause(facts, code, { signalAt, lateMs });
    if (cause !== null) return cause;
  }
  const holding = heldAt(facts, real, replay);
  if (holding !== null) return { code: "earlier", trade: holding.number };
  return (
    offAt(facts, signalAt) ??
    warmingAt(facts, signalAt) ??
    absenceIn(facts, signalAt - 1, signalAt + FRESH_MS) ??
    revisionIn(facts, signalAt - facts.lengthMs, signalAt) ??
    UNEXPLAINED
  );
}

function refusalCause(
  facts: DriftFacts,
  code: string,
  { signalAt, lateMs }: { signalAt: number; lateMs: number },
): Cause | null {
  if (code === "missed") {
    return absenceIn(facts, signalAt - 1, signalAt + FRESH_MS) ?? { code: "late", ms: lateMs };
  }
  // A replay has the same rule: only an exit it did not make can have started the wait.
  if (code === "cooldown") return { code: "earlier" };
  if (code === "manual" || code === "reset") return { code: "manual" };
  const known = REFUSALS.find((one) => one === code);
  return known === undefined ? null : { code: known };
}

/** A rule's exit that was decided before its candle had closed. */
function formingExit(
  { lengthMs, judgesForming }: DriftFacts,
  { exit, leaving }: RealTrade,
): Cause | null {
  if (!judgesForming || exit?.reason !== "rule" || leaving === null) return null;
  return leaving.order.fillFrom % lengthMs === 0 ? null : { code: "forming" };
}

function lateExit({ exit, leaving }: RealTrade): Cause | null {
  if (exit?.reason !== "rule" || leaving === null) return null;
  const ms = Math.max(leaving.order.createdAt, exit.at) - leaving.order.fillFrom;
  return exit.at > leaving.order.fillFrom || ms > FRESH_MS ? { code: "late", ms } : null;
}

function sameButSlipped(facts: DriftFacts, { real, replay }: Both): Cause | null {
  const { exit } = real;
  const other = replay.exit;
  if (exit === null || other === null) return null;
  if (exit.at !== other.at || exit.reason !== other.reason) return null;
  return slips(facts, real, real.leaving, other.price) ? { code: "slippage" } : null;
}

/** The same market price comes to the replayed one with the slippage of now. */
function slips(facts: DriftFacts, real: RealTrade, deed: Deed | null, replayed: string): boolean {
  if (deed === null) return false;
  const { slippage, instrument } = facts;
  const action = actionOf(real.side, deed.order.purpose);
  const terms = { slippage, tickSize: instrument.tickSize };
  return slippedPrice(action, deed.fill.marketPrice, terms).eq(new Decimal(replayed));
}

/**
 * The way of prices inside a minute decided: which of two levels came first, or how far a trailing stop
 * had followed. Only a trailing stop carries that beyond the minute.
 */
function withinMinute({ real, replay }: Both): Cause | null {
  const reasons = [real.exit?.reason, replay.exit?.reason];
  if (reasons.includes("trailing_stop")) return { code: "within-minute" };
  if (real.exit === null || replay.exit === null || !isSameMinute(real.exit, replay.exit)) {
    return null;
  }
  const [one, other] = [real.exit.reason, replay.exit.reason];
  const isOpen = one !== other || one === "max_hold";
  return isOpen && (isWatched(one) || isWatched(other)) ? { code: "within-minute" } : null;
}

/** Done by watching prices, between closes. */
export function isWatched(reason: ExitReason): boolean {
  return WATCHED.includes(reason);
}

export function isSameMinute(one: { readonly at: number }, other: { readonly at: number }) {
  return Math.floor(one.at / MINUTE_MS) === Math.floor(other.at / MINUTE_MS);
}
