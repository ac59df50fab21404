/**
 * Carrying out what people order. Each command answers item by item; what it changes becomes effects
 * of the same step. Numbers that are not the owner's are "not-found", whoever else has them.
 */
import { Decimal, decimalText } from "../../domain/money.ts";
import { runId, strategyId, type Run, type Strategy } from "../../domain/strategy.ts";
import type { Command, CommandItem, CommandResult, StrategyDraft } from "../command.ts";
import type { SymbolMarket } from "../market/symbol-market.ts";
import type { Registry } from "../registry.ts";
import { STALE_PRICE_MS } from "../settings.ts";
import { postDeposit } from "./ledger.ts";
import { cancelOrder, exitNow, placeExit } from "./orders.ts";
import type { OwnerState, StrategyState } from "./strategy-state.ts";
import { factsOf, halt, notify, type Turn } from "./turn.ts";

/** Carries out one command. Throws only on a programmer's error. */
export function execute(turn: Turn, registry: Registry, command: Command): CommandResult {
  const owner = registry.owner(command.ownerId);
  switch (command.kind) {
    case "create-strategies":
      return { items: command.drafts.map((draft) => create(turn, registry, owner, draft)) };
    case "edit-strategy":
      return each(owner, [command.number], (state) => edit(turn, registry, state, command));
    case "delete-strategy":
      return each(owner, [command.number], (state) => remove(turn, registry, state));
    case "set-active":
      return each(owner, command.numbers, (state) =>
        setActive(turn, registry, state, command.active),
      );
    case "reset-strategies":
      return each(owner, command.numbers, (state) => reset(turn, registry, state));
    case "close-positions":
      return { items: command.numbers.map((number) => close(turn, registry, owner, number)) };
    case "pause": {
      const { scope, until } = command;
      const pause = { ownerId: owner.id, scope, since: turn.at, until };
      owner.pauses.set(scope, pause);
      turn.effects.push({ kind: "save-pause", pause });
      return { items: [] };
    }
    case "resume":
      return resume(turn, owner, command.scope);
    case "suspend-owner":
      owner.suspended = command.suspended;
      return { items: [] };
  }
}

function each(
  owner: OwnerState,
  numbers: readonly number[],
  action: (state: StrategyState) => CommandItem,
): CommandResult {
  const items = numbers.map((number) => {
    const state = owner.strategies.get(number);
    return state === undefined ? nothing(number, "not-found") : action(state);
  });
  return { items };
}

function nothing(number: number, outcome: string): CommandItem {
  return { number, outcome, strategy: null, positionNumber: null };
}

function done(state: StrategyState, outcome = "done"): CommandItem {
  const { strategy, position } = state;
  return { number: strategy.number, outcome, strategy, positionNumber: position?.number ?? null };
}

function create(
  turn: Turn,
  registry: Registry,
  owner: OwnerState,
  draft: StrategyDraft,
): CommandItem {
  const number = owner.lastStrategyNumber + 1;
  owner.lastStrategyNumber = number;
  const { startingBalance, active, ...given } = draft;
  const strategy: Strategy = {
    ...given,
    id: strategyId(owner.id, number),
    ownerId: owner.id,
    number,
    ruleVersion: 1,
    mode: "paper",
    active,
    haltedBy: null,
    deletedAt: null,
    createdAt: turn.at,
    activeMs: 0,
    activeSince: active ? turn.at : null,
    run: 1,
  };
  turn.effects.push({ kind: "save-strategy", strategy });
  const quoteAsset = registry.market(draft.symbol).instrument?.quoteAsset ?? "USDT";
  const run = startRun(turn, strategy, { startingBalance, quoteAsset });
  const state: StrategyState = {
    owner,
    strategy,
    run,
    plan: null,
    position: null,
    cohort: null,
    entryOrder: null,
    exitOrder: null,
  };
  owner.strategies.set(number, state);
  followOrHalt(turn, registry, state);
  return done(state);
}

/** Follows the plan of its rule; a rule that cannot be read halts the strategy. */
export function followOrHalt(turn: Turn, registry: Registry, state: StrategyState): void {
  try {
    registry.follow(state);
  } catch {
    halt(turn, state, "rule-unreadable");
  }
}

function startRun(
  turn: Turn,
  strategy: Strategy,
  wallet: { startingBalance: string; quoteAsset: string },
): Run {
  const run: Run = {
    id: runId(strategy.id, strategy.run),
    strategyId: strategy.id,
    ownerId: strategy.ownerId,
    number: strategy.run,
    startedAt: turn.at,
    endedAt: null,
    quoteAsset: wallet.quoteAsset,
    startingBalance: wallet.startingBalance,
    balance: wallet.startingBalance,
    realisedPnl: "0",
    fees: "0",
    trades: 0,
    wins: 0,
    orders: 0,
    cooldownUntil: 0,
    lastSignalAt: 0,
  };
  turn.effects.push({ kind: "save-run", run });
  postDeposit(turn, run);
  return run;
}

function edit(
  turn: Turn,
  registry: Registry,
  state: StrategyState,
  change: Extract<Command, { kind: "edit-strategy" }>,
): CommandItem {
  const { strategy } = state;
  const ruleChanges = change.ruleText !== null && change.ruleText !== strategy.ruleText;
  if (ruleChanges) {
    cancelOrder(turn, state, "entryOrder", "rule-changed");
    registry.unfollow(state);
  }
  registry.update(state, {
    ...strategy,
    name: change.name ?? strategy.name,
    judging: change.judging ?? strategy.judging,
    ruleText: change.ruleText ?? strategy.ruleText,
    ruleVersion: strategy.ruleVersion + (ruleChanges ? 1 : 0),
    template: ruleChanges ? null : strategy.template,
    haltedBy: ruleChanges ? null : strategy.haltedBy,
  });
  turn.effects.push({ kind: "save-strategy", strategy: state.strategy });
  if (ruleChanges) followOrHalt(turn, registry, state);
  return done(state);
}

function setActive(
  turn: Turn,
  registry: Registry,
  state: StrategyState,
  active: boolean,
): CommandItem {
  const { strategy } = state;
  if (strategy.active === active && strategy.haltedBy === null) return done(state, "unchanged");
  if (!active) cancelOrder(turn, state, "entryOrder", "switched-off");
  registry.update(state, {
    ...strategy,
    active,
    haltedBy: active ? null : strategy.haltedBy,
    activeMs: strategy.activeMs + activeSpan(strategy, turn.at),
    activeSince: active ? turn.at : null,
  });
  turn.effects.push({ kind: "save-strategy", strategy: state.strategy });
  if (active && state.plan === null) followOrHalt(turn, registry, state);
  return done(state);
}

function activeSpan(strategy: Strategy, until: number): number {
  return strategy.activeSince === null ? 0 : Math.max(0, until - strategy.activeSince);
}

/** Closes at the price now; false when there is a position and no fresh price to close it at. */
function leaveMarket(turn: Turn, state: StrategyState, reason: "manual" | "reset"): boolean {
  cancelOrder(turn, state, "entryOrder", reason);
  if (state.position === null) return true;
  const market = state.cohort?.plan.group.market;
  const deal = market === undefined ? null : freshDeal(turn, market);
  if (market === undefined || deal === null) return false;
  exitNow(turn, state, market, { ...deal, reason });
  market.rebound();
  return state.position === null;
}

function freshDeal(turn: Turn, market: SymbolMarket): { price: string; at: number } | null {
  const point = market.tracker.point;
  if (point === null || turn.at - point.time > STALE_PRICE_MS) return null;
  return { price: point.last, at: Math.max(turn.at, point.time) };
}

function reset(turn: Turn, registry: Registry, state: StrategyState): CommandItem {
  if (!leaveMarket(turn, state, "reset")) return done(state, "price-stale");
  const { strategy, run } = state;
  turn.effects.push({ kind: "save-run", run: { ...run, endedAt: turn.at } });
  registry.update(state, { ...strategy, run: run.number + 1, haltedBy: null });
  turn.effects.push({ kind: "save-strategy", strategy: state.strategy });
  state.run = startRun(turn, state.strategy, run);
  if (state.plan === null) followOrHalt(turn, registry, state);
  notify(turn, strategy.ownerId, `reset:${state.run.id}`, {
    kind: "run-reset",
    ...factsOf(strategy),
    run: state.run.number,
  });
  return done(state);
}

function remove(turn: Turn, registry: Registry, state: StrategyState): CommandItem {
  if (!leaveMarket(turn, state, "manual")) return done(state, "price-stale");
  const { strategy, run, owner } = state;
  turn.effects.push({ kind: "save-run", run: { ...run, endedAt: turn.at } });
  registry.update(state, {
    ...strategy,
    active: false,
    activeMs: strategy.activeMs + activeSpan(strategy, turn.at),
    activeSince: null,
    deletedAt: turn.at,
  });
  turn.effects.push({ kind: "save-strategy", strategy: state.strategy });
  registry.unfollow(state);
  owner.strategies.delete(strategy.number);
  return done(state);
}

/** Closes one position; without a fresh price the order waits for the next one. */
function close(turn: Turn, registry: Registry, owner: OwnerState, number: number): CommandItem {
  for (const state of owner.strategies.values()) {
    if (state.position?.number !== number) continue;
    const left = leaveMarket(turn, state, "manual");
    if (!left) {
      placeExit(turn, state, "manual", turn.at);
      registry.market(state.strategy.symbol).waitingOrders.add(state);
    }
    const { strategy } = state;
    return { number, outcome: left ? "done" : "waiting", strategy, positionNumber: number };
  }
  return nothing(number, "not-found");
}

function resume(turn: Turn, owner: OwnerState, scope: string): CommandResult {
  if (!owner.pauses.delete(scope)) return { items: [nothing(0, "not-found")] };
  turn.effects.push({ kind: "delete-pause", ownerId: owner.id, scope });
  return { items: [] };
}

/** Wallet plus the open position at the price now, quote currency. */
export function equityOf(state: StrategyState): string {
  const { position, run } = state;
  if (position === null) return run.balance;
  const last = state.cohort?.plan.group.market.tracker.point?.last ?? position.entryPrice;
  const value = new Decimal(last).mul(position.amount);
  const balance = new Decimal(run.balance);
  return decimalText(position.side === "long" ? balance.plus(value) : balance.minus(value));
}
