/**
 * Carrying out what people order. Each command answers item by item; what it changes becomes effects
 * of the same step. Numbers that are not the owner's are "not-found", whoever else has them.
 */
import { Decimal, decimalText } from "../../domain/money.ts";
import { runId, strategyId, type Run, type Strategy } from "../../domain/strategy.ts";
import type { Command, CommandItem, CommandResult, StrategyDraft } from "../command.ts";
import type { Registry } from "../registry.ts";
import { leaveMarket } from "./leaving.ts";
import { postDeposit } from "./ledger.ts";
import { movePosition } from "./move.ts";
import { cancelOrder, placeExit } from "./orders.ts";
import { pause, resume } from "./pausing.ts";
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
    case "move-position":
      return each(owner, [command.number], (state) => done(state, movePosition(turn, state)));
    case "delete-strategy":
      return each(owner, [command.number], (state) => remove(turn, registry, state, command));
    case "set-active":
      return each(owner, command.numbers, (state) =>
        setActive(turn, registry, state, command.active),
      );
    case "reset-strategies":
      return each(owner, command.numbers, (state) => reset(turn, registry, state, command));
    case "close-positions":
      return { items: command.numbers.map((number) => close(turn, registry, number, command)) };
    case "pause":
      pause(turn, owner, command);
      return { items: [] };
    case "resume":
      return { items: resume(turn, owner, command.scope) ? [] : [nothing(0, "not-found")] };
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
  recordVersion(turn, strategy);
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

/** Keeps the text that takes force now; earlier ones stay as they are. */
function recordVersion(turn: Turn, { id, ruleVersion, ruleText }: Strategy): void {
  const version = { strategyId: id, version: ruleVersion, ruleText, since: turn.at };
  turn.effects.push({ kind: "record-rule-version", version });
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
  if (ruleChanges) cancelOrder(turn, state, "entryOrder", "rule-changed");
  const left = ruleChanges ? registry.unfollow(state) : null;
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
  if (!ruleChanges) return done(state);
  recordVersion(turn, state.strategy);
  followOrHalt(turn, registry, state);
  // Not before: the market would be forgotten with its only rule, and its candles with it.
  registry.sweep(left);
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

/** Of a command that leaves the market: does the owner agree to a settlement? */
interface Consent {
  readonly settle?: boolean;
}

function reset(
  turn: Turn,
  registry: Registry,
  state: StrategyState,
  { settle = false }: Consent,
): CommandItem {
  const refusal = leaveMarket(turn, state, { reason: "reset", settle });
  if (refusal !== null) return done(state, refusal);
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

function remove(
  turn: Turn,
  registry: Registry,
  state: StrategyState,
  { settle = false }: Consent,
): CommandItem {
  const refusal = leaveMarket(turn, state, { reason: "manual", settle });
  if (refusal !== null) return done(state, refusal);
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
  registry.sweep(registry.unfollow(state));
  owner.strategies.delete(strategy.number);
  return done(state);
}

/** Closes one position; without a fresh price the order waits for the next one. */
function close(
  turn: Turn,
  registry: Registry,
  number: number,
  { ownerId, settle = false }: Consent & { readonly ownerId: string },
): CommandItem {
  const states = registry.owner(ownerId).strategies.values();
  const state = states.find(({ position }) => position?.number === number);
  if (state === undefined) return nothing(number, "not-found");
  const refusal = leaveMarket(turn, state, { reason: "manual", settle });
  if (refusal !== null) {
    placeExit(turn, state, "manual", turn.at);
    registry.market(state.strategy.symbol).waitingOrders.add(state);
  }
  const { strategy } = state;
  const outcome = refusal === null ? "done" : "waiting";
  return { number, outcome, strategy, positionNumber: number };
}

/** Wallet plus the open position at the price now, quote currency. */
export function equityOf(state: StrategyState): string {
  const { position, run } = state;
  if (position === null) return run.balance;
  const last = state.cohort?.plan.group.market.lastPrice?.price ?? position.entryPrice;
  const value = new Decimal(last).mul(position.amount);
  const balance = new Decimal(run.balance);
  return decimalText(position.side === "long" ? balance.plus(value) : balance.minus(value));
}
