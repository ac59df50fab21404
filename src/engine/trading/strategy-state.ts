/** What the engine holds in memory of a strategy and of its owner. */
import type { Order, Position } from "../../domain/order.ts";
import type { Pause } from "../../domain/pause.ts";
import type { Run, Strategy } from "../../domain/strategy.ts";
import type { Cohort } from "./cohort.ts";
import type { Plan } from "./plan.ts";

export interface StrategyState {
  readonly owner: OwnerState;
  strategy: Strategy;
  run: Run;
  /** Null when its rule could not be read: the strategy is halted. */
  plan: Plan | null;
  position: Position | null;
  cohort: Cohort | null;
  /** Orders waiting for a price. An exit is filled before an entry (a reversal). */
  entryOrder: Order | null;
  exitOrder: Order | null;
}

export interface OwnerState {
  readonly id: string;
  readonly strategies: Map<number, StrategyState>;
  readonly pauses: Map<string, Pause>;
  suspended: boolean;
  lastStrategyNumber: number;
  lastPositionNumber: number;
  /** Since the last receipt. */
  exitsDuringOutage: number;
  entriesMissed: number;
}

export function newOwner(id: string): OwnerState {
  return {
    id,
    strategies: new Map(),
    pauses: new Map(),
    suspended: false,
    lastStrategyNumber: 0,
    lastPositionNumber: 0,
    exitsDuringOutage: 0,
    entriesMissed: 0,
  };
}

/** The owner's pause that covers a strategy, the one that ends last; null when none does. */
export function pauseOf(state: StrategyState): Pause | null {
  const { owner, strategy } = state;
  let longest: Pause | null = null;
  for (const scope of ["all", strategy.symbol, `#${strategy.number}`]) {
    const pause = owner.pauses.get(scope);
    if (pause === undefined) continue;
    if (longest === null || endOf(pause) > endOf(longest)) longest = pause;
  }
  return longest;
}

function endOf(pause: Pause): number {
  return pause.until ?? Number.POSITIVE_INFINITY;
}
