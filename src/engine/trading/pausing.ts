/** Pauses: entries stop for a while or until they are resumed; positions stay managed. */
import type { Strategy } from "../../domain/strategy.ts";
import type { Registry } from "../registry.ts";
import type { OwnerState } from "./strategy-state.ts";
import { factsOf, notify, type Turn } from "./turn.ts";

/** Stops the entries of a scope; `until` null is until it is lifted. */
export function pause(
  turn: Turn,
  owner: OwnerState,
  { scope, until }: { readonly scope: string; readonly until: number | null },
): void {
  const paused = { ownerId: owner.id, scope, since: turn.at, until };
  owner.pauses.set(scope, paused);
  turn.effects.push({ kind: "save-pause", pause: paused });
}

/** Lifts the pause of a scope; false when there is none. */
export function resume(turn: Turn, owner: OwnerState, scope: string): boolean {
  if (!owner.pauses.delete(scope)) return false;
  turn.effects.push({ kind: "delete-pause", ownerId: owner.id, scope });
  return true;
}

/** Ends the pauses whose time has come and tells their owners. */
export function endPauses(turn: Turn, registry: Registry): void {
  for (const owner of registry.owners.values()) {
    for (const { scope, until } of owner.pauses.values()) {
      if (until === null || until > turn.at) continue;
      owner.pauses.delete(scope);
      turn.effects.push({ kind: "delete-pause", ownerId: owner.id, scope });
      const strategy = strategyIn(owner, scope);
      notify(turn, owner.id, `pause-over:${scope}:${until}`, {
        kind: "pause-over",
        scope,
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
