/**
 * Putting back what was stored: the same path at the first start, after kill -9 and on a reload. What
 * cannot be understood halts its own strategy and nothing else.
 */
import type { Instrument } from "../domain/instrument.ts";
import type { Order, Position } from "../domain/order.ts";
import type { Pause } from "../domain/pause.ts";
import type { Run, Strategy } from "../domain/strategy.ts";
import type { Effect } from "./effect.ts";
import type { Engine } from "./engine.ts";
import type { KnownPrice, SymbolMarket } from "./market/symbol-market.ts";
import type { Registry } from "./registry.ts";
import { followOrHalt } from "./trading/commands.ts";
import { joinCohort } from "./trading/settlement.ts";
import type { StrategyState } from "./trading/strategy-state.ts";
import type { Plan } from "./trading/plan.ts";
import { halt, type Turn } from "./trading/turn.ts";

export interface StoredState {
  readonly strategies: readonly Strategy[];
  readonly runs: readonly Run[];
  /** With `bestPrice` brought up to the newest stored price. */
  readonly openPositions: readonly Position[];
  readonly openOrders: readonly Order[];
  readonly pauses: readonly Pause[];
  readonly suspendedOwners: readonly string[];
  readonly strategyNumbers: ReadonlyMap<string, number>;
  readonly positionNumbers: ReadonlyMap<string, number>;
  readonly tradesEver: number;
  /** The newest stored price of symbols with open positions. */
  readonly lastPrices?: ReadonlyMap<string, KnownPrice>;
}

/** Fills a new engine from storage; effects are those of strategies that had to be halted. */
export function restore(engine: Engine, stored: StoredState, at: number): readonly Effect[] {
  const { registry, settings, counters } = engine;
  const effects: Effect[] = [];
  const turn: Turn = { at, effects, outage: false, settings, counters };
  counters.trades = stored.tradesEver;
  for (const [id, number] of stored.strategyNumbers) registry.owner(id).lastStrategyNumber = number;
  for (const [id, number] of stored.positionNumbers) registry.owner(id).lastPositionNumber = number;
  for (const id of stored.suspendedOwners) registry.owner(id).suspended = true;
  for (const pause of stored.pauses) registry.owner(pause.ownerId).pauses.set(pause.scope, pause);
  const runs = new Map(stored.runs.map((run) => [run.id, run]));
  const positions = new Map(stored.openPositions.map((position) => [position.runId, position]));
  for (const strategy of stored.strategies) {
    const run = runs.get(`${strategy.id}.r${strategy.run}`);
    if (run === undefined) continue;
    const state = stateOf(registry, strategy, run);
    state.position = positions.get(run.id) ?? null;
    followOrHalt(turn, registry, state);
    if (state.position === null) continue;
    // Kept until its instrument is known, also when nobody follows it any more.
    planOfPosition(turn, registry, state, state.position)?.noteStray(state);
  }
  for (const [symbol, price] of stored.lastPrices ?? []) {
    const market = registry.markets.get(symbol);
    if (market !== undefined) market.storedPrice = price;
  }
  for (const order of stored.openOrders) putBack(registry, order);
  return effects;
}

/** Puts restored positions of a symbol under watch, once its instrument is known. */
export function watchRestored(
  turn: Turn,
  registry: Registry,
  market: SymbolMarket,
  instrument: Instrument,
): void {
  for (const state of registry.states()) {
    const { position, cohort, strategy } = state;
    if (position === null || cohort !== null || strategy.symbol !== market.symbol) continue;
    const plan = planOfPosition(turn, registry, state, position);
    if (plan !== null) joinCohort(state, plan, position, instrument);
  }
  market.rebound();
}

/**
 * What can be told of a symbol that the exchange forgot before this start; null when nobody follows it.
 * No filters: nothing is ordered on it any more.
 */
export function unlisted(registry: Registry, symbol: string): Instrument | null {
  const state = [...registry.states()].find(({ strategy }) => strategy.symbol === symbol);
  if (state === undefined) return null;
  const { quoteAsset } = state.run;
  const baseAsset = symbol.endsWith(quoteAsset) ? symbol.slice(0, -quoteAsset.length) : symbol;
  const off = {
    tickSize: "0",
    stepSize: "0",
    minQuantity: "0",
    maxQuantity: "0",
    minNotional: "0",
  };
  return { symbol, baseAsset, quoteAsset, status: "DELISTED", ...off };
}

/** The plan a position was opened under; a rule that cannot be read any more halts its strategy. */
function planOfPosition(
  turn: Turn,
  registry: Registry,
  state: StrategyState,
  position: Position,
): Plan | null {
  try {
    return registry.plan(position.ruleText, groupOf(registry, state));
  } catch {
    halt(turn, state, "rule-unreadable");
    return null;
  }
}

function stateOf(registry: Registry, strategy: Strategy, run: Run): StrategyState {
  const owner = registry.owner(strategy.ownerId);
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
  owner.strategies.set(strategy.number, state);
  owner.lastStrategyNumber = Math.max(owner.lastStrategyNumber, strategy.number);
  return state;
}

function groupOf(registry: Registry, { strategy }: StrategyState) {
  return registry.market(strategy.symbol).group(strategy.timeframe);
}

function putBack(registry: Registry, order: Order): void {
  for (const state of registry.owner(order.ownerId).strategies.values()) {
    if (state.run.id !== order.runId) continue;
    if (order.purpose === "entry") state.entryOrder = order;
    else state.exitOrder = order;
    state.plan?.note(state);
    registry.market(order.symbol).waitingOrders.add(state);
  }
}
