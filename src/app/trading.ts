/** Acting on what runs: closing positions, stopping and resuming entries. */
import { Fault } from "../domain/fault.ts";
import type { Pause } from "../domain/pause.ts";
import type { User } from "../domain/user.ts";
import type { CommandItem } from "../engine/command.ts";
import type { Clock } from "../ports/clock.ts";
import type { EngineGateway, OpenPositionView } from "../ports/engine-gateway.ts";
import { requireRole } from "./require-role.ts";
import { cleanSymbol } from "./names.ts";
import type { OrderDesk } from "./order-desk.ts";

/** Longest pause with an end; without one it lasts until it is lifted. */
export const MAX_PAUSE_MS = 365 * 86_400_000;

export interface TradingParts {
  readonly gateway: Pick<EngineGateway, "strategies" | "pauses">;
  readonly desk: OrderDesk;
  readonly clock: Clock;
}

export class Trading {
  readonly #parts: TradingParts;

  constructor(parts: TradingParts) {
    this.#parts = parts;
  }

  /** The positions that `close` would close. Faults: not-found {what, number}, no-open-positions. */
  closable(actor: User, target: number | "all"): readonly OpenPositionView[] {
    requireRole(actor, "trader");
    const open = openPositions(this.#parts.gateway, actor);
    if (target === "all") {
      if (open.length === 0) throw new Fault("no-open-positions");
      return open;
    }
    const found = open.filter((view) => view.position.number === target);
    if (found.length === 0) throw new Fault("not-found", { what: "position", number: target });
    return found;
  }

  /**
   * Orders positions closed at market; faults as in `closable`. `settle`: those whose symbol the exchange
   * no longer trades at their last known price; without it they wait for a price.
   */
  async close(
    actor: User,
    target: number | "all",
    settle = false,
  ): Promise<readonly CommandItem[]> {
    const numbers = this.closable(actor, target).map((view) => view.position.number);
    const command = { kind: "close-positions", ownerId: actor.id, numbers, settle } as const;
    if (target === "all") return this.#parts.desk.submit(actor, command);
    const item = await this.#parts.desk.submitOne(actor, command, {
      what: "position",
      number: target,
    });
    return [item];
  }

  /** What is paused now, the widest scope first. */
  pauses(actor: User): readonly Pause[] {
    const pauses = this.#parts.gateway.pauses(actor.id);
    return pauses.toSorted((a, b) => narrowness(a) - narrowness(b));
  }

  /**
   * Stops entries; open positions stay managed. `scope` as people write it: "all", "3" or "#3", a symbol.
   * Faults: not-found {what, number}, no-strategy-on {symbol}, pause-too-long {maxMs}.
   */
  async pause(actor: User, scope: string, durationMs: number | null): Promise<Pause> {
    requireRole(actor, "trader");
    if (durationMs !== null && durationMs > MAX_PAUSE_MS) {
      throw new Fault("pause-too-long", { maxMs: MAX_PAUSE_MS });
    }
    const since = this.#parts.clock.now();
    const until = durationMs === null ? null : since + durationMs;
    const pause: Pause = { ownerId: actor.id, scope: this.#scope(actor, scope), since, until };
    await this.#parts.desk.submit(actor, {
      kind: "pause",
      ownerId: actor.id,
      scope: pause.scope,
      until,
    });
    return pause;
  }

  /**
   * Lifts the pause of one scope, or every pause when `scope` is null; resolves to the scopes lifted.
   * Fault: not-paused {scope}.
   */
  async resume(actor: User, scope: string | null): Promise<readonly string[]> {
    requireRole(actor, "trader");
    const paused = this.pauses(actor).map((pause) => pause.scope);
    const wanted = scope === null ? paused : [writtenScope(scope)];
    const lifted = wanted.filter((one) => paused.includes(one));
    if (lifted.length === 0) throw new Fault("not-paused", { scope: wanted[0] ?? "all" });
    for (const one of lifted) {
      await this.#parts.desk.submit(actor, { kind: "resume", ownerId: actor.id, scope: one });
    }
    return lifted;
  }

  #scope(actor: User, text: string): string {
    const scope = writtenScope(text);
    if (scope === "all") return scope;
    const strategies = this.#parts.gateway.strategies(actor.id).map((view) => view.strategy);
    if (scope.startsWith("#")) {
      const number = Number(scope.slice(1));
      if (strategies.some((strategy) => strategy.number === number)) return scope;
      throw new Fault("not-found", { what: "strategy", number });
    }
    if (strategies.some((strategy) => strategy.symbol === scope)) return scope;
    throw new Fault("no-strategy-on", { symbol: scope });
  }
}

/** The actor's open positions, oldest number first. */
export function openPositions(
  gateway: Pick<EngineGateway, "strategies">,
  actor: User,
): readonly OpenPositionView[] {
  return gateway
    .strategies(actor.id)
    .flatMap((view) => (view.position === null ? [] : [view.position]))
    .toSorted((a, b) => a.position.number - b.position.number);
}

/** Everything, then symbols, then single strategies. */
function narrowness({ scope }: Pause): number {
  if (scope === "all") return 0;
  return scope.startsWith("#") ? 2 : 1;
}

function writtenScope(text: string): string {
  const trimmed = text.trim();
  if (trimmed.toLowerCase() === "all") return "all";
  const number = /^#?(\d{1,9})$/.exec(trimmed)?.[1];
  return number === undefined ? cleanSymbol(trimmed) : `#${Number(number)}`;
}
