/**
 * Who follows what: owners, their strategies, the markets and the plans. Joining and leaving keep the
 * plans' counts right and the graph free of what nobody needs.
 */
import { parseRule } from "../rules/parse.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { Rule } from "../domain/rule.ts";
import type { Strategy } from "../domain/strategy.ts";
import type { MarketGroup } from "./market/market-group.ts";
import { SymbolMarket } from "./market/symbol-market.ts";
import type { EngineSettings } from "./settings.ts";
import { Plan } from "./trading/plan.ts";
import { newOwner, type OwnerState, type StrategyState } from "./trading/strategy-state.ts";

/** Parsed rules kept at hand; past this all are forgotten and parsed again when needed. */
const MAX_PARSED_RULES = 10_000;

export class Registry {
  readonly owners = new Map<string, OwnerState>();
  readonly markets = new Map<string, SymbolMarket>();
  /** What the exchange said of symbols, followed or not. */
  readonly instruments = new Map<string, Instrument>();
  readonly #settings: EngineSettings;
  readonly #rules = new Map<string, Rule>();

  constructor(settings: EngineSettings) {
    this.#settings = settings;
  }

  owner(id: string): OwnerState {
    const known = this.owners.get(id);
    if (known !== undefined) return known;
    const owner = newOwner(id);
    this.owners.set(id, owner);
    return owner;
  }

  /** All strategies of all owners. */
  *states(): Generator<StrategyState> {
    for (const owner of this.owners.values()) yield* owner.strategies.values();
  }

  market(symbol: string): SymbolMarket {
    const known = this.markets.get(symbol);
    if (known !== undefined) return known;
    const market = new SymbolMarket(symbol, this.#settings.detailTimeframe);
    market.instrument = this.instruments.get(symbol) ?? null;
    this.markets.set(symbol, market);
    return market;
  }

  /** The plan of a rule text on a group; made when it is new. Faults: those of the rule language. */
  plan(ruleText: string, group: MarketGroup): Plan {
    const known = group.plans.get(ruleText);
    if (known !== undefined) return known;
    const key = `${group.market.symbol}|${group.timeframe}|${ruleText}`;
    const plan = new Plan(key, ruleText, this.#rule(ruleText, group), group);
    group.plans.set(ruleText, plan);
    // Where others use all its conditions already nothing is replayed: their truths now are its past.
    if (!group.graph.stale) plan.settle();
    return plan;
  }

  /** Makes the strategy follow the plan of its rule. */
  follow(state: StrategyState): void {
    const { strategy } = state;
    const plan = this.plan(
      strategy.ruleText,
      this.market(strategy.symbol).group(strategy.timeframe),
    );
    state.plan = plan;
    plan.followers.add(state);
    state.cohort?.plan.noteStray(state);
    count(plan, state, 1);
    plan.note(state);
  }

  /** Takes the strategy off its plan, which is returned: to be swept once it follows another. */
  unfollow(state: StrategyState): Plan | null {
    const { plan } = state;
    if (plan === null) return null;
    state.plan = null;
    plan.followers.delete(state);
    state.cohort?.plan.noteStray(state);
    count(plan, state, -1);
    plan.note(state);
    return plan;
  }

  /** Replaces a strategy's values (switched on or off, halted, renamed), keeping the counts right. */
  update(state: StrategyState, strategy: Strategy): void {
    if (state.plan !== null) count(state.plan, state, -1);
    state.strategy = strategy;
    if (state.plan !== null) count(state.plan, state, 1);
    state.plan?.note(state);
  }

  /** Drops a plan that nobody follows and that has nothing open, and a market without plans. */
  sweep(plan: Plan | null): void {
    if (plan?.idle !== true) return;
    plan.dispose();
    plan.group.plans.delete(plan.ruleText);
    const { market } = plan.group;
    const inUse = market.groups.some((group) => group.plans.size > 0);
    if (!inUse && market.cohorts.size === 0) this.markets.delete(market.symbol);
  }

  #rule(ruleText: string, group: MarketGroup): Rule {
    const key = `${group.timeframe}|${ruleText}`;
    const known = this.#rules.get(key);
    if (known !== undefined) return known;
    const rule = parseRule(ruleText, { timeframe: group.timeframe });
    if (this.#rules.size >= MAX_PARSED_RULES) this.#rules.clear();
    this.#rules.set(key, rule);
    return rule;
  }
}

function count(plan: Plan, { strategy }: StrategyState, by: 1 | -1): void {
  if (!strategy.active) return;
  plan.activeFollowers += by;
  if (strategy.judging === "live") plan.liveFollowers += by;
}
