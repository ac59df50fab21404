/**
 * From a signal to an order and from an order to its fill. An order decided at a candle's close is
 * filled at the opening price of the next one; decided later than that, at the next price seen.
 */
import { Decimal, decimalText } from "../../domain/money.ts";
import type { ExitReason, Order } from "../../domain/order.ts";
import type { Side } from "../../domain/rule.ts";
import { fillEntry, fillExit } from "../fill-model.ts";
import type { SymbolMarket } from "../market/symbol-market.ts";
import { closePosition, openPosition, saveRun } from "./settlement.ts";
import { stakeOf } from "./sizing.ts";
import type { StrategyState } from "./strategy-state.ts";
import { factsOf, notify, type Turn } from "./turn.ts";

export interface Deal {
  readonly price: string;
  /** When the market was there, epoch ms. */
  readonly at: number;
}

/**
 * Places the entry of a signal. `closedAt`: first ms after the candle that gave it; `fillFrom`: when
 * the order may be filled at the earliest.
 */
export function placeEntry(
  turn: Turn,
  state: StrategyState,
  side: Side,
  when: { closedAt: number; fillFrom: number },
): void {
  const { closedAt, fillFrom } = when;
  const id = recordSignal(turn, state, side, { closedAt, outcome: "ordered" });
  state.entryOrder = newOrder(turn, state, {
    id,
    side,
    purpose: "entry",
    reason: "signal",
    fillFrom,
  });
  state.plan?.note(state);
  saveRun(turn, state, { ...state.run, lastSignalAt: closedAt - 1 });
  turn.effects.push({ kind: "save-order", order: state.entryOrder });
}

/** Places the exit of an open position; a second one while the first waits is not placed. */
export function placeExit(
  turn: Turn,
  state: StrategyState,
  reason: ExitReason,
  closedAt: number,
): Order | null {
  const { position } = state;
  if (position === null) return null;
  if (state.exitOrder !== null) return state.exitOrder;
  const { side } = position;
  const id = recordDecision(turn, state, {
    id: `${position.id}:${reason}`,
    kind: `exit-${side}`,
    closedAt,
    outcome: "ordered",
  });
  const fillFrom = turn.outage ? turn.at : closedAt;
  state.exitOrder = newOrder(turn, state, { id, side, purpose: "exit", reason, fillFrom });
  turn.effects.push({ kind: "save-order", order: state.exitOrder });
  return state.exitOrder;
}

/**
 * An entry signal and what came of it: "ordered", or the code of what blocked it, which is the answer to
 * "why no trade?". Returns the decision's id.
 */
export function recordSignal(
  turn: Turn,
  state: StrategyState,
  side: Side,
  signal: { closedAt: number; outcome: string },
): string {
  const kind = `enter-${side}`;
  const id = `${state.run.id}:${state.strategy.symbol}:${signal.closedAt - 1}:${kind}`;
  return recordDecision(turn, state, { id, kind, ...signal });
}

/** Fills what waits for a price: the exit first, so that a reversal enters with its money. */
export function fillWaiting(
  turn: Turn,
  state: StrategyState,
  market: SymbolMarket,
  deal: Deal,
): void {
  if (state.exitOrder !== null)
    fillExitOrder(turn, state, market, { ...deal, order: state.exitOrder });
  if (state.entryOrder !== null) fillEntryOrder(turn, state, market, deal);
}

/** Leaves the market at once: a stop, a target, or a hand. Cancels whatever waited. */
export function exitNow(
  turn: Turn,
  state: StrategyState,
  market: SymbolMarket,
  deal: Deal & { reason: ExitReason },
): void {
  cancelOrder(turn, state, "exitOrder", "overtaken");
  const order = placeExit(turn, state, deal.reason, deal.at);
  if (order !== null) fillExitOrder(turn, state, market, { ...deal, order });
}

/** Takes back an order that waits. */
export function cancelOrder(
  turn: Turn,
  state: StrategyState,
  which: "entryOrder" | "exitOrder",
  refusal: string,
): void {
  const order = state[which];
  if (order === null) return;
  state[which] = null;
  state.plan?.note(state);
  const canceled: Order = { ...order, state: "canceled", refusal, updatedAt: turn.at };
  turn.effects.push({ kind: "save-order", order: canceled });
}

/** An entry that could not be filled before an outage is not made up for afterwards. */
export function expireEntry(turn: Turn, state: StrategyState): void {
  if (state.entryOrder === null) return;
  cancelOrder(turn, state, "entryOrder", "missed");
  countMissedEntry(turn, state);
}

/** For the owner's receipt. */
export function countMissedEntry(turn: Turn, state: StrategyState): void {
  state.owner.entriesMissed++;
  turn.counters.entriesMissed++;
}

function fillExitOrder(
  turn: Turn,
  state: StrategyState,
  market: SymbolMarket,
  deal: Deal & { order: Order },
): void {
  const { instrument } = market;
  const { position } = state;
  if (position === null || instrument === null) return;
  const priced = fillExit(position, deal.price, instrument, turn.settings);
  closePosition(turn, state, position, { order: deal.order, ...priced, at: deal.at, instrument });
}

function fillEntryOrder(turn: Turn, state: StrategyState, market: SymbolMarket, deal: Deal): void {
  const { instrument } = market;
  const { entryOrder: order, plan, run } = state;
  if (order === null || plan === null || instrument === null || state.position !== null) return;
  const cash = new Decimal(run.balance);
  const stake = stakeOf(plan.rule.protections.size, cash);
  const wanted = { side: order.side, stake, cash };
  const priced = fillEntry(wanted, deal.price, instrument, turn.settings);
  const staked = { ...order, stake: decimalText(stake) };
  if (typeof priced === "string") {
    refuseEntry(turn, state, staked, priced);
    return;
  }
  openPosition(turn, state, { order: staked, ...priced, at: deal.at, plan, instrument });
}

function refuseEntry(turn: Turn, state: StrategyState, order: Order, code: string): void {
  state.entryOrder = null;
  state.plan?.note(state);
  const rejected: Order = { ...order, state: "rejected", refusal: code, updatedAt: turn.at };
  turn.effects.push({ kind: "save-order", order: rejected });
  notify(turn, state.owner.id, `blocked:${order.id}`, {
    kind: "entry-blocked",
    ...factsOf(state.strategy),
    code,
  });
}

function recordDecision(
  turn: Turn,
  state: StrategyState,
  decision: { id: string; kind: string; closedAt: number; outcome: string },
): string {
  const { strategy } = state;
  turn.effects.push({
    kind: "record-decision",
    decision: {
      id: decision.id,
      runId: state.run.id,
      strategyId: strategy.id,
      ownerId: strategy.ownerId,
      symbol: strategy.symbol,
      kind: decision.kind,
      candleCloseTime: decision.closedAt - 1,
      decidedAt: turn.at,
      outcome: decision.outcome,
    },
  });
  return decision.id;
}

function newOrder(
  turn: Turn,
  state: StrategyState,
  of: {
    id: string;
    side: Side;
    purpose: "entry" | "exit";
    reason: ExitReason | "signal";
    fillFrom: number;
  },
): Order {
  const { strategy, run, position } = state;
  return {
    id: `${of.id}:${of.purpose}`,
    decisionId: of.id,
    ownerId: strategy.ownerId,
    strategyId: strategy.id,
    runId: run.id,
    symbol: strategy.symbol,
    mode: strategy.mode,
    purpose: of.purpose,
    side: of.side,
    stake: null,
    amount: of.purpose === "exit" ? (position?.amount ?? null) : null,
    state: "submitted",
    reason: of.reason,
    refusal: null,
    createdAt: turn.at,
    updatedAt: turn.at,
    fillFrom: of.fillFrom,
    ruleVersion: (of.purpose === "exit" ? position : strategy)?.ruleVersion ?? 0,
  };
}
