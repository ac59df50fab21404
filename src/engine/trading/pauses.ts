/** Pauses whose time has come: taken off, and their owners told. */
import type { Strategy } from "../../domain/strategy.ts";
import type { Registry } from "../registry.ts";
import type { OwnerState } from "./strategy-state.ts";
import { factsOf, notify, type Turn } from "./turn.ts";

/** Ends the pauses whose time has come and tells their owners. */
export function endPauses(turn: Turn, registry: Registry): void {
  for (const owner of registry.owners.values()) {
    for (const pause of owner.pauses.values()) {
      if (pause.until === null || pause.until > turn.at) continue;
      owner.pauses.delete(pause.scope);
      turn.effects.push({ kind: "delete-pause", ownerId: owner.id, scope: pause.scope });
      const strategy = strategyIn(owner, pause.scope);
      notify(turn, owner.id, `pause-over:${pause.scope}:${pause.until}`, {
        kind: "pause-over",
        scope: pause.scope,
        ...(strategy === undefined ? {} : { strategy: factsOf(strategy) }),
      });
    }
  }
}

/** The strategy that a scope such as "#3" stands for. */
function strategyIn(owner: OwnerState, scope: string): Strategy | undefined {
  const number = /^#(\d+)$/.exec(scope)?.[1];
  return number === undefined ? undefined : owner.strategies.get(Number(number))?.strategy;
}
