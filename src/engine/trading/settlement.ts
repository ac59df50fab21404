/**
 * What a fill makes of a strategy: a position opened, or closed into a trade, with the wallet, the
 * ledger, the order's final state and the message to the owner, all as effects of one step.
 */
import type { Instrument } from "../../domain/instrument.ts";
import { Decimal, decimalText } from "../../domain/money.ts";
import type { ExitReason, Fill, Order, Position, Trade } from "../../domain/order.ts";
import type { Run } from "../../domain/strategy.ts";
import { actionOf, type PaperFill } from "../fill-model.ts";
import { Cohort, cohortKey } from "./cohort.ts";
import { postFill } from "./ledger.ts";
import type { Plan } from "./plan.ts";
import type { StrategyState } from "./strategy-state.ts";
import { notify, type Turn } from "./turn.ts";

const PERCENT_DECIMALS = 4;

/** Settles a filled entry. `at`: when the market was at that price. Returns the cohort joined. */
export function openPosition(
  turn: Turn,
  state: StrategyState,
  done: { order: Order; fill: PaperFill; at: number; plan: Plan; instrument: Instrument },
): Cohort {
  const { order, plan, instrument, at } = done;
  const { strategy, owner } = state;
  const fill = recordFill(turn, order, done);
  const action = actionOf(order.side, "entry");
  const gain = postFill(turn, state.run, fill, { action, instrument });
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
    stake: decimalText(new Decimal(fill.price).mul(fill.amount)),
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
  saveRun(turn, state, { ...moneyAfter(state.run, gain, fill), orders: state.run.orders + 1 });
  turn.effects.push({ kind: "save-position", position: state.position });
  notify(turn, owner.id, `entry:${position.id}`, {
    kind: "entry",
    position: state.position,
    strategyName: strategy.name,
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
  done: {
    order: Order;
    fill: PaperFill;
    at: number;
    instrument: Instrument;
    /** Who takes it: nobody at the exchange when it is settled. */
    counterparty?: "exchange" | "external";
  },
): Trade {
  const { order, instrument, at, counterparty } = done;
  const fill = recordFill(turn, order, done);
  const action = actionOf(position.side, "exit");
  const gain = postFill(turn, state.run, fill, { action, instrument, counterparty });
  const reason = order.reason === "signal" ? "rule" : order.reason;
  const trade = tradeOf(position, fill, { reason, at, duringOutage: turn.outage });
  const cooldownMs = state.cohort?.plan.rule.protections.cooldownMs ?? 0;
  const best = state.cohort?.best ?? position.bestPrice;
  const run = moneyAfter(state.run, gain, fill);
  leaveCohort(state);
  state.position = null;
  state.exitOrder = null;
  state.plan?.note(state);
  saveRun(turn, state, {
    ...run,
    realisedPnl: decimalText(new Decimal(run.realisedPnl).plus(trade.pnl)),
    trades: run.trades + 1,
    wins: run.wins + (new Decimal(trade.pnl).gt(0) ? 1 : 0),
    orders: run.orders + 1,
    cooldownUntil: cooldownMs > 0 ? at + cooldownMs : run.cooldownUntil,
  });
  turn.counters.trades++;
  if (turn.outage) state.owner.exitsDuringOutage++;
  const closed = { ...position, bestPrice: best, closedAt: at };
  turn.effects.push({ kind: "save-position", position: closed }, { kind: "record-trade", trade });
  notify(turn, state.owner.id, `exit:${trade.id}`, {
    kind: "exit",
    trade,
    strategyName: state.strategy.name,
  });
  return trade;
}

function tradeOf(
  position: Position,
  fill: Fill,
  exit: { reason: ExitReason; at: number; duringOutage: boolean },
): Trade {
  const entry = new Decimal(position.entryPrice).mul(position.amount);
  const left = new Decimal(fill.price).mul(fill.amount);
  const gross = position.side === "long" ? left.minus(entry) : entry.minus(left);
  const fees = new Decimal(position.entryFee).plus(fill.fee);
  const pnl = gross.minus(fees);
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
    fees: decimalText(fees),
    pnl: decimalText(pnl),
    pnlPercent: decimalText(pnl.div(entry).mul(100).toDecimalPlaces(PERCENT_DECIMALS)),
    duringOutage: exit.duringOutage,
  };
}

function recordFill(
  turn: Turn,
  order: Order,
  done: { fill: PaperFill; at: number; instrument: Instrument },
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

function moneyAfter(run: Run, gain: string, fill: Fill): Run {
  return {
    ...run,
    balance: decimalText(new Decimal(run.balance).plus(gain)),
    fees: decimalText(new Decimal(run.fees).plus(fill.fee)),
  };
}

export function saveRun(turn: Turn, state: StrategyState, run: Run): void {
  state.run = run;
  turn.effects.push({ kind: "save-run", run });
}
