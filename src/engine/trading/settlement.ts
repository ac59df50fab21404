/**
 * What a fill makes of a strategy: a position opened, or closed into a trade, with the wallet, the
 * ledger, the order's final state and the message to the owner, all as effects of one step.
 */
import type { Instrument } from "../../domain/instrument.ts";
import { Decimal, decimalText } from "../../domain/money.ts";
import type { ExitReason, Fill, Order, Position, Trade } from "../../domain/order.ts";
import type { Run } from "../../domain/strategy.ts";
import { actionOf, type PricedFill } from "../fill-model.ts";
import { Cohort, cohortKey } from "./cohort.ts";
import { postFill } from "./ledger.ts";
import type { Plan } from "./plan.ts";
import type { StrategyState } from "./strategy-state.ts";
import { factsOf, notify, type Turn } from "./turn.ts";

const PERCENT_DECIMALS = 4;
/** Half a unit of the last of these decimals, in percent; and how many of them are the whole. */
const HALF_UNIT = new Decimal("0.00005");
const HALF_UNITS = 2_000_000;

/** Settles a filled entry. `at`: when the market was at that price. Returns the cohort joined. */
export function openPosition(
  turn: Turn,
  state: StrategyState,
  done: PricedFill & { order: Order; at: number; plan: Plan; instrument: Instrument },
): Cohort {
  const { order, plan, instrument, at, worth, fee } = done;
  const { strategy, owner } = state;
  const fill = recordFill(turn, order, done);
  const action = actionOf(order.side, "entry");
  const gain = postFill(turn, state.run, fill, { action, instrument, worth, fee });
  const number = owner.lastPositionNumber + 1;
  const position: Position = {
    id: `${state.run.id}.p${number}`,
    runId: state.run.id,
    strategyId: strategy.id,
    ownerId: owner.id,
    number,
    symbol: strategy.symbol,
    timeframe: strategy.timeframe,
    side: order.side,
    amount: fill.amount,
    stake: decimalText(worth),
    entryPrice: fill.price,
    entryFee: fill.fee,
    openedAt: at,
    ruleText: plan.ruleText,
    ruleVersion: order.ruleVersion,
    ruleSince: at,
    bestPrice: fill.price,
    stopPrice: null,
    takePrice: null,
    trailingStopPrice: null,
    closedAt: null,
  };
  const cohort = joinCohort(state, plan, position, instrument);
  const { stopPrice, takePrice, trailingStop: trailingStopPrice } = cohort;
  state.position = { ...position, stopPrice, takePrice, trailingStopPrice };
  owner.lastPositionNumber = number;
  state.entryOrder = null;
  saveRun(turn, state, { ...moneyAfter(state.run, gain, fee), orders: state.run.orders + 1 });
  turn.effects.push({ kind: "save-position", position: state.position });
  notify(turn, owner.id, `entry:${position.id}`, {
    kind: "entry",
    ...factsOf(strategy),
    position: state.position,
  });
  return cohort;
}

/** Puts an open position under the watch it shares with its like. */
export function joinCohort(
  state: StrategyState,
  plan: Plan,
  position: Position,
  instrument: Instrument,
): Cohort {
  const key = cohortKey(plan.key, position);
  const known = plan.cohorts.get(key);
  const cohort = known ?? new Cohort(key, plan, position, instrument);
  plan.cohorts.set(key, cohort);
  plan.group.market.cohorts.add(cohort);
  cohort.members.add(state);
  state.cohort = cohort;
  plan.noteStray(state);
  return cohort;
}

/** Takes a strategy out of its cohort; an empty cohort is dropped. */
export function leaveCohort(state: StrategyState): void {
  const cohort = state.cohort;
  if (cohort === null) return;
  state.cohort = null;
  cohort.plan.strays.delete(state);
  cohort.members.delete(state);
  if (cohort.members.size > 0) return;
  cohort.plan.cohorts.delete(cohort.key);
  cohort.plan.group.market.cohorts.delete(cohort);
}

/** Settles a filled exit: the position becomes a trade. */
export function closePosition(
  turn: Turn,
  state: StrategyState,
  position: Position,
  done: PricedFill & {
    order: Order;
    at: number;
    instrument: Instrument;
    /** Who takes it: nobody at the exchange when it is settled. */
    counterparty?: "exchange" | "external";
  },
): Trade {
  const { order, instrument, at, worth, fee, counterparty } = done;
  const fill = recordFill(turn, order, done);
  const action = actionOf(position.side, "exit");
  const gain = postFill(turn, state.run, fill, { action, instrument, worth, fee, counterparty });
  const reason = order.reason === "signal" ? "rule" : order.reason;
  const result = resultOf(position, done);
  const trade = tradeOf(position, fill, { ...result, reason, at, duringOutage: turn.outage });
  const cooldownMs = state.cohort?.plan.rule.protections.cooldownMs ?? 0;
  const best = state.cohort?.best ?? position.bestPrice;
  const run = moneyAfter(state.run, gain, fee);
  leaveCohort(state);
  state.position = null;
  state.exitOrder = null;
  state.plan?.note(state);
  saveRun(turn, state, {
    ...run,
    realisedPnl: decimalText(result.pnl.plus(run.realisedPnl)),
    trades: run.trades + 1,
    wins: run.wins + (result.pnl.gt(0) ? 1 : 0),
    orders: run.orders + 1,
    cooldownUntil: cooldownMs > 0 ? at + cooldownMs : run.cooldownUntil,
  });
  turn.counters.trades++;
  if (turn.outage) state.owner.exitsDuringOutage++;
  const closed = { ...position, bestPrice: best, closedAt: at };
  turn.effects.push({ kind: "save-position", position: closed }, { kind: "record-trade", trade });
  notify(turn, state.owner.id, `exit:${trade.id}`, {
    kind: "exit",
    ...factsOf(state.strategy),
    trade,
  });
  return trade;
}

/** What was won or lost: in money, net of both fees, and in percent of what was staked. */
interface Result {
  readonly fees: Decimal;
  readonly pnl: Decimal;
  readonly percent: Decimal;
}

function resultOf(position: Position, { worth, fee }: PricedFill): Result {
  const entry = new Decimal(position.entryPrice).mul(position.amount);
  const gross = position.side === "long" ? worth.minus(entry) : entry.minus(worth);
  const fees = fee.plus(position.entryFee);
  const pnl = gross.minus(fees);
  return { fees, pnl, percent: percentOf(pnl, entry) };
}

function tradeOf(
  position: Position,
  fill: Fill,
  exit: Result & { reason: ExitReason; at: number; duringOutage: boolean },
): Trade {
  return {
    id: position.id,
    runId: position.runId,
    strategyId: position.strategyId,
    ownerId: position.ownerId,
    number: position.number,
    symbol: position.symbol,
    timeframe: position.timeframe,
    side: position.side,
    amount: position.amount,
    stake: position.stake,
    entryPrice: position.entryPrice,
    entryAt: position.openedAt,
    exitPrice: fill.price,
    exitAt: exit.at,
    exitReason: exit.reason,
    fees: decimalText(exit.fees),
    pnl: decimalText(exit.pnl),
    pnlPercent: decimalText(exit.percent),
    duringOutage: exit.duringOutage,
  };
}

/**
 * Rounded half away from zero, as Decimal does, without writing out the whole quotient first: cut to
 * half units it says all that the rounding asks for.
 */
function percentOf(part: Decimal, whole: Decimal): Decimal {
  const halves = part.mul(HALF_UNITS).divToInt(whole);
  return halves.mul(HALF_UNIT).toDecimalPlaces(PERCENT_DECIMALS, Decimal.ROUND_HALF_UP);
}

function recordFill(
  turn: Turn,
  order: Order,
  done: { fill: PricedFill["fill"]; at: number; instrument: Instrument },
): Fill {
  const fill: Fill = {
    id: `${order.id}.f1`,
    orderId: order.id,
    runId: order.runId,
    ...done.fill,
    feeAsset: done.instrument.quoteAsset,
    at: done.at,
  };
  const filled: Order = { ...order, state: "filled", amount: fill.amount, updatedAt: turn.at };
  turn.effects.push({ kind: "save-order", order: filled }, { kind: "record-fill", fill });
  return fill;
}

function moneyAfter(run: Run, gain: Decimal, fee: Decimal): Run {
  return {
    ...run,
    balance: decimalText(gain.plus(run.balance)),
    fees: decimalText(fee.plus(run.fees)),
  };
}

export function saveRun(turn: Turn, state: StrategyState, run: Run): void {
  state.run = run;
  turn.effects.push({ kind: "save-run", run });
}
