/** One step of the engine while it is being made: its time, its effects so far, its counters. */
import type { Circumstance } from "../../domain/circumstance.ts";
import type { NoticeBody, StrategyFacts } from "../../domain/notice.ts";
import type { Strategy } from "../../domain/strategy.ts";
import type { Effect } from "../effect.ts";
import type { EngineSettings } from "../settings.ts";
import type { StrategyState } from "./strategy-state.ts";

export interface Counters {
  /** Judgements of a strategy on a candle. */
  analyses: number;
  /** Closed trades, ever. */
  trades: number;
  revisions: number;
  entriesMissed: number;
}

export interface Turn {
  /** Epoch ms of the event. */
  readonly at: number;
  readonly effects: Effect[];
  readonly settings: EngineSettings;
  readonly counters: Counters;
  /** Candles of this step were missed when they happened: no entry is made, exits are marked. */
  readonly outage: boolean;
}

/** Tells the owner; `fact` makes the notice's id, so that one fact is told once. */
export function notify(turn: Turn, ownerId: string, fact: string, body: NoticeBody): void {
  const notice = { id: `${ownerId}:${fact}`, ownerId, at: turn.at, body };
  turn.effects.push({ kind: "notify", notice });
}

/** How a notice names a strategy. */
export function factsOf({ number, name, symbol, timeframe, mode }: Strategy): StrategyFacts {
  return { strategyNumber: number, strategyName: name, symbol, timeframe, mode };
}

/** What there is to say of a circumstance; the rest follows. */
type Said = Pick<Circumstance, "kind" | "at"> & Partial<Omit<Circumstance, "id">>;

/** Writes down what will explain how trading went; the same fact again is ignored. */
export function recordCircumstance(turn: Turn, said: Said): void {
  const whole = { strategyId: null, symbol: null, until: null, ruleVersion: null, ruleText: null };
  const { kind, at, strategyId = null, symbol = null } = said;
  const id = `${strategyId ?? symbol ?? "all"}:${kind}:${at}`;
  turn.effects.push({ kind: "record-circumstance", circumstance: { ...whole, ...said, id } });
}

/**
 * Runs what concerns one strategy alone. If it throws, its effects are taken back, the strategy is
 * switched off and halted, and its owner is told; the others go on.
 */
export function alone(turn: Turn, state: StrategyState, action: () => void): void {
  const before = turn.effects.length;
  try {
    action();
  } catch (error) {
    turn.effects.length = before;
    halt(turn, state, error instanceof Error ? error.name : "unknown-error");
  }
}

/** Stops a strategy's entries for good, until its owner edits, resets or switches it on again. */
export function halt(turn: Turn, state: StrategyState, code: string): void {
  const { strategy } = state;
  if (strategy.haltedBy !== null) return;
  state.strategy = { ...strategy, haltedBy: code };
  turn.effects.push({ kind: "save-strategy", strategy: state.strategy });
  recordCircumstance(turn, { kind: "halted", at: turn.at, strategyId: strategy.id });
  notify(turn, strategy.ownerId, `halted:${strategy.id}:${turn.at}`, {
    kind: "strategy-halted",
    ...factsOf(strategy),
    code,
  });
}
