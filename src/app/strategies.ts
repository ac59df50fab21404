/**
 * Making and changing strategies: an actor sees and changes their own alone, only what was drafted
 * properly reaches the engine, and nobody keeps more than the limit.
 */
import { Fault } from "../domain/fault.ts";
import type { DecimalText } from "../domain/money.ts";
import type { Judging, Strategy } from "../domain/strategy.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { User } from "../domain/user.ts";
import type { Command, CommandItem, StrategyDraft } from "../engine/command.ts";
import type { EngineGateway, StrategyView } from "../ports/engine-gateway.ts";
import { TEMPLATES, type Template } from "../rules/templates.ts";
import { requireRole } from "./require-role.ts";
import type { Drafting } from "./drafting.ts";
import { cleanName } from "./names.ts";
import type { OrderDesk } from "./order-desk.ts";

export interface StrategySettings {
  /** Used when a person adopts a template without naming a symbol. */
  readonly defaultSymbol: string;
  readonly maxStrategiesPerUser: number;
}

export interface StrategiesParts {
  readonly gateway: Pick<EngineGateway, "strategies">;
  readonly drafting: Drafting;
  readonly desk: OrderDesk;
  readonly settings: StrategySettings;
}

/** What `/toggle` is aimed at. */
export type ToggleTarget = number | Timeframe | "all";

export interface TogglePlan {
  readonly numbers: readonly number[];
  readonly active: boolean;
}

export interface StrategyEdit {
  readonly name?: string;
  readonly ruleText?: string;
  readonly judging?: Judging;
}

/** The end of a run, by a reset or with its strategy. */
export interface Ending {
  /** As it was before; its run is the one that ended. */
  readonly before: Strategy;
  /** As it is now: after a reset with the next run. */
  readonly after: Strategy | null;
  /** Number of the position that was closed for it, or null when none was open. */
  readonly closedPosition: number | null;
  /** It was settled at this last known price. */
  readonly settledAt: DecimalText | null;
}

export interface Adoption {
  readonly strategies: readonly Strategy[];
  /** Templates left out because the person already runs them on this symbol. */
  readonly skipped: number;
}

export class Strategies {
  readonly #parts: StrategiesParts;
  /** The last creation of each owner: creations queue behind it, so that none outruns the limit. */
  readonly #creating = new Map<string, Promise<unknown>>();

  constructor(parts: StrategiesParts) {
    this.#parts = parts;
  }

  get templates(): readonly Template[] {
    return TEMPLATES;
  }

  /** A template by its key, in any case. Fault: unknown-template {template}. */
  template(key: string): Template {
    const found = TEMPLATES.find((one) => one.key === key.trim().toLowerCase());
    if (found === undefined) throw new Fault("unknown-template", { template: key.slice(0, 40) });
    return found;
  }

  /** Fault: not-found {what, number}. */
  find(actor: User, number: number): StrategyView {
    const view = this.#views(actor).find((one) => one.strategy.number === number);
    if (view === undefined) throw new Fault("not-found", { what: "strategy", number });
    return view;
  }

  /**
   * Makes a strategy, switched on and judged on closed candles unless asked otherwise. Faults: name-empty, unknown-symbol, symbol-not-trading,
   * wrong-quote-asset, too-many-strategies, and those of the rule language.
   */
  async create(
    actor: User,
    request: {
      readonly name: string;
      readonly symbol: string;
      readonly timeframe: Timeframe;
      readonly ruleText: string;
      readonly judging?: Judging;
      readonly active?: boolean;
    },
  ): Promise<Strategy> {
    requireRole(actor, "trader");
    const { timeframe, judging = "closed", active = true } = request;
    const ruleText = this.#parts.drafting.canonical(request.ruleText, timeframe);
    const name = cleanName(request.name);
    const symbol = await this.#parts.drafting.tradable(request.symbol);
    const draft = this.#parts.drafting.draft({ name, symbol, timeframe, ruleText, template: null });
    return first(await this.#add(actor, () => [{ ...draft, judging, active }]));
  }

  /** A second strategy with the same rule, on the same symbol or another. Faults as in `create`. */
  async copy(actor: User, number: number, symbol: string | null): Promise<Strategy> {
    requireRole(actor, "trader");
    const { strategy } = this.find(actor, number);
    const target = await this.#parts.drafting.tradable(symbol ?? strategy.symbol);
    const draft = this.#parts.drafting.draft({ ...strategy, symbol: target, template: null });
    return first(await this.#add(actor, () => [{ ...draft, judging: strategy.judging }]));
  }

  /**
   * Adopts one template by key, or all that the actor does not run on the symbol yet.
   * Faults: unknown-template {template}, already-adopted {number}, all-adopted {symbol}, and those
   * of `create`.
   */
  async adopt(actor: User, key: string, symbol: string | null): Promise<Adoption> {
    requireRole(actor, "trader");
    const wanted = key.trim().toLowerCase() === "all" ? TEMPLATES : [this.template(key)];
    const target = await this.#parts.drafting.tradable(
      symbol ?? this.#parts.settings.defaultSymbol,
    );
    const strategies = await this.#add(actor, () => {
      const taken = this.#adopted(actor, target);
      const missing = wanted.filter((one) => !taken.has(one.key));
      if (missing.length === 0) throw adoptedAlready(wanted, taken, target);
      return missing.map((one) =>
        this.#parts.drafting.draft({ ...one, name: one.title, symbol: target, template: one.key }),
      );
    });
    return { strategies, skipped: wanted.length - strategies.length };
  }

  /** Changes name, rule or judging; an open position keeps the rule it was opened with. */
  async edit(actor: User, number: number, edit: StrategyEdit): Promise<CommandItem> {
    requireRole(actor, "trader");
    const { strategy } = this.find(actor, number);
    const { name, ruleText, judging } = edit;
    return this.#submitOne(actor, number, {
      kind: "edit-strategy",
      ownerId: actor.id,
      number,
      name: name === undefined ? null : cleanName(name),
      ruleText:
        ruleText === undefined
          ? null
          : this.#parts.drafting.canonical(ruleText, strategy.timeframe),
      judging: judging ?? null,
    });
  }

  /**
   * Closes an open position at market and removes the strategy; its history stays.
   * `settle`: at the last known price, when the exchange no longer trades the symbol.
   * Faults: not-found {what, number}, price-stale {number} when there is no price to close at,
   * not-traded {number} when there will be none and `settle` was not said, or it is too early for it.
   */
  async delete(actor: User, number: number, settle = false): Promise<Ending> {
    const command = { kind: "delete-strategy", ownerId: actor.id, number, settle } as const;
    return this.#end(actor, command, number);
  }

  /** Closes an open position at market and starts the next run with a fresh wallet. Faults as above. */
  async reset(actor: User, number: number, settle = false): Promise<Ending> {
    const numbers = [number];
    const command = { kind: "reset-strategies", ownerId: actor.id, numbers, settle } as const;
    return this.#end(actor, command, number);
  }

  /**
   * What a toggle would do: one strategy flips; a group is switched on unless all of it is on already.
   * Faults: not-found {what, number}, no-strategies {timeframe}.
   */
  planToggle(actor: User, target: ToggleTarget, wanted: boolean | null): TogglePlan {
    requireRole(actor, "trader");
    const strategies = this.#toggled(actor, target);
    const active = wanted ?? !strategies.every((strategy) => strategy.active);
    return { numbers: strategies.map((strategy) => strategy.number), active };
  }

  /** Switches strategies on or off; off keeps an open position managed by its stops. */
  async setActive(actor: User, plan: TogglePlan): Promise<readonly CommandItem[]> {
    return this.#parts.desk.submit(actor, { kind: "set-active", ownerId: actor.id, ...plan });
  }

  #toggled(actor: User, target: ToggleTarget): readonly Strategy[] {
    if (typeof target === "number") return [this.find(actor, target).strategy];
    const strategies = this.#views(actor)
      .map((view) => view.strategy)
      .filter((strategy) => target === "all" || strategy.timeframe === target);
    if (strategies.length === 0) throw new Fault("no-strategies", { timeframe: target });
    return strategies;
  }

  async #end(actor: User, command: Command, number: number): Promise<Ending> {
    requireRole(actor, "trader");
    const { strategy, position } = this.find(actor, number);
    const item = await this.#submitOne(actor, number, command);
    const closedPosition = position?.position.number ?? null;
    const settledAt = position?.settlement?.price ?? null;
    return { before: strategy, after: item.strategy, closedPosition, settledAt };
  }

  #submitOne(actor: User, number: number, command: Command): Promise<CommandItem> {
    return this.#parts.desk.submitOne(actor, command, { what: "strategy", number });
  }

  #views(actor: User): readonly StrategyView[] {
    return this.#parts.gateway.strategies(actor.id);
  }

  #adopted(actor: User, symbol: string): ReadonlyMap<string, number> {
    const strategies = this.#views(actor).map((view) => view.strategy);
    return new Map(
      strategies
        .filter((strategy) => strategy.symbol === symbol && strategy.template !== null)
        .map((strategy) => [strategy.template ?? "", strategy.number]),
    );
  }

  /** `drafts` is called when it is this creation's turn, so that it sees what the one before made. */
  async #add(actor: User, drafts: () => readonly StrategyDraft[]): Promise<readonly Strategy[]> {
    const before = this.#creating.get(actor.id) ?? Promise.resolve();
    const mine = before.then(() => this.#submitDrafts(actor, drafts()));
    const settled = mine.catch(() => undefined);
    this.#creating.set(actor.id, settled);
    try {
      return await mine;
    } finally {
      if (this.#creating.get(actor.id) === settled) this.#creating.delete(actor.id);
    }
  }

  async #submitDrafts(actor: User, drafts: readonly StrategyDraft[]): Promise<readonly Strategy[]> {
    const limit = this.#parts.settings.maxStrategiesPerUser;
    const count = this.#views(actor).length;
    if (count + drafts.length > limit) {
      throw new Fault("too-many-strategies", { limit, count, wanted: drafts.length });
    }
    const items = await this.#parts.desk.submit(actor, {
      kind: "create-strategies",
      ownerId: actor.id,
      drafts,
    });
    const failed = items.find((item) => item.strategy === null);
    if (failed !== undefined) throw new Fault(failed.outcome, { number: failed.number });
    return items.flatMap((item) => (item.strategy === null ? [] : [item.strategy]));
  }
}

function adoptedAlready(
  wanted: readonly Template[],
  taken: ReadonlyMap<string, number>,
  symbol: string,
): Fault {
  const [only] = wanted;
  if (wanted.length > 1 || only === undefined) return new Fault("all-adopted", { symbol });
  return new Fault("already-adopted", { number: taken.get(only.key) ?? null });
}

function first(strategies: readonly Strategy[]): Strategy {
  const [strategy] = strategies;
  if (strategy === undefined) throw new Fault("engine-answered-nothing");
  return strategy;
}
