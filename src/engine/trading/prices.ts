/**
 * What a price does: fills orders that wait for it and reaches stops and targets. An update that
 * stays inside the symbol's bounds costs a few comparisons, however many positions are open.
 */
import { floatOf } from "../../domain/money.ts";
import type { PriceUpdate } from "../market/price-tracker.ts";
import type { SymbolMarket } from "../market/symbol-market.ts";
import type { Cohort } from "./cohort.ts";
import { exitNow, expireEntry, fillWaiting } from "./orders.ts";
import type { StrategyState } from "./strategy-state.ts";
import { alone, type Turn } from "./turn.ts";

/** Shows the stops a candle that newer prices have overtaken. */
export function takeOvertaken(turn: Turn, market: SymbolMarket, update: PriceUpdate): void {
  const until = update.openTime;
  for (const cohort of market.cohorts) {
    if (cohort.since <= until) fire(turn, market, cohort, update);
  }
  market.rebound();
}

/** Takes a price update of the symbol. */
export function takePrice(turn: Turn, market: SymbolMarket, update: PriceUpdate): void {
  if (market.waitingOrders.size > 0) fillOrders(turn, market, update);
  if (!market.watches) return;
  const touches =
    floatOf(update.low) <= market.fallBound ||
    floatOf(update.high) >= market.riseBound ||
    update.time >= market.deadline ||
    (update.jumped && reachesAtOpen(market, update));
  if (!touches) return;
  for (const cohort of market.cohorts) fire(turn, market, cohort, update);
  market.rebound();
}

/** Shows a position just opened what its first candle has done so far, and widens the bounds. */
export function watchCohort(
  turn: Turn,
  state: StrategyState,
  market: SymbolMarket,
  update: PriceUpdate,
): void {
  if (state.cohort !== null) fire(turn, market, state.cohort, update);
  market.rebound();
}

function reachesAtOpen(market: SymbolMarket, update: PriceUpdate): boolean {
  const first = floatOf(update.first);
  return first <= market.fallBound || first >= market.riseBound;
}

function fire(turn: Turn, market: SymbolMarket, cohort: Cohort, update: PriceUpdate): void {
  const trigger = cohort.check(update);
  if (trigger === null) return;
  const at = trigger.atFirst ? update.firstAt : update.time;
  for (const state of cohort.members) {
    alone(turn, state, () =>
      exitNow(turn, state, market, { price: trigger.price, at, reason: trigger.reason }),
    );
  }
}

function fillOrders(turn: Turn, market: SymbolMarket, update: PriceUpdate): void {
  for (const state of market.waitingOrders) {
    const fillFrom = (state.exitOrder ?? state.entryOrder)?.fillFrom;
    if (fillFrom === undefined) {
      market.waitingOrders.delete(state);
      continue;
    }
    if (turn.outage) {
      if (update.openTime >= fillFrom) alone(turn, state, () => expireEntry(turn, state));
      continue;
    }
    const atOpen = update.jumped && update.firstAt >= fillFrom;
    if (!atOpen && update.time < fillFrom) continue;
    market.waitingOrders.delete(state);
    if (turn.at - fillFrom > turn.settings.entryLatenessMs) expireEntry(turn, state);
    // An opening price that was not seen at the opening could not have been had.
    const fresh = update.time - update.firstAt <= turn.settings.freshOpenMs;
    const deal =
      atOpen && fresh
        ? { price: update.first, at: Math.max(update.firstAt, fillFrom) }
        : { price: update.last, at: update.time };
    alone(turn, state, () => fillWaiting(turn, state, market, deal));
    market.rebound();
  }
}
