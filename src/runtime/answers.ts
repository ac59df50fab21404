/** What the engine's memory answers about one strategy, in the gateway's words. */
import { Fault } from "../domain/fault.ts";
import type { Engine } from "../engine/engine.ts";
import { pictureMove } from "../engine/trading/move.ts";
import type { StrategyState } from "../engine/trading/strategy-state.ts";
import { blocksOf, exitSectionsOf, sectionsOf } from "../engine/why.ts";
import type { MoveReport, WhyReport } from "../ports/engine-gateway.ts";

/** Fault: not-found {number}. */
export function findStrategy({ registry }: Engine, ownerId: string, number: number): StrategyState {
  const state = registry.owners.get(ownerId)?.strategies.get(number);
  if (state === undefined) throw new Fault("not-found", { number });
  return state;
}

/** `now`: epoch ms. */
export function whyReport(state: StrategyState, now: number): WhyReport {
  const { plan, strategy } = state;
  const closedUntil = plan?.group.closedUntil ?? Number.NEGATIVE_INFINITY;
  return {
    strategy,
    candleCloseTime: Number.isFinite(closedUntil) ? closedUntil - 1 : null,
    sections: plan === null ? [] : sectionsOf(plan),
    follows: exitSectionsOf(state),
    blocks: blocksOf(state, now),
  };
}

/** Faults: what stands in the way of a move, see EngineGateway. */
export function moveReport(state: StrategyState, now: number): MoveReport {
  const picture = pictureMove(state, now);
  const { number } = state.strategy;
  if (typeof picture === "string") throw new Fault(picture, { number });
  return picture;
}
