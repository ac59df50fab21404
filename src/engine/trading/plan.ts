/**
 * A plan is one distinct rule on one symbol and timeframe, compiled into the shared graph, with all
 * strategies that follow it. It is judged once per candle for all of them; only when an entry's truth
 * turns from false to true, or an open cohort's exit holds, are strategies looked at one by one.
 */
import { floatOf } from "../../domain/money.ts";
import type { Rule, Side } from "../../domain/rule.ts";
import { ruleMemory } from "../../rules/memory.ts";
import type { MarketGroup } from "../market/market-group.ts";
import { FALSE, type Node, TRUE, UNKNOWN } from "../market/node.ts";
import { MIN_WARMUP_CANDLES } from "../settings.ts";
import type { Cohort } from "./cohort.ts";
import { compilePositionCondition, type PositionCondition } from "./position-condition.ts";
import type { StrategyState } from "./strategy-state.ts";

interface SidePlan {
  readonly enter: Node | null;
  readonly exit: PositionCondition | null;
  /** Truth of the entry on the last closed candle. */
  was: number;
}

export class Plan {
  readonly key: string;
  readonly ruleText: string;
  readonly rule: Rule;
  readonly group: MarketGroup;
  /** Closed candles of the own timeframe before it may trade. */
  readonly warmup: number;
  readonly followers = new Set<StrategyState>();
  /** Followers that could enter: switched on, with no position and no entry under way. */
  readonly free = new Set<StrategyState>();
  /** Followers this rule is new to: they have not been judged by it yet. */
  readonly unjudged = new Set<StrategyState>();
  /** Followers that are switched on, and those of them that judge live. */
  activeFollowers = 0;
  liveFollowers = 0;
  lastLiveJudgementAt = 0;
  readonly cohorts = new Map<string, Cohort>();
  /** Strategies that hold a position under this plan while their rule is another by now. */
  readonly strays = new Set<StrategyState>();
  readonly #sides: Record<Side, SidePlan>;

  constructor(key: string, ruleText: string, rule: Rule, group: MarketGroup) {
    this.key = key;
    this.ruleText = ruleText;
    this.rule = rule;
    this.group = group;
    let warmup = MIN_WARMUP_CANDLES;
    for (const [timeframe, memory] of ruleMemory(rule, group.timeframe)) {
      group.market.group(timeframe).need(memory.replay);
      if (timeframe === group.timeframe) warmup = Math.max(warmup, memory.warmup);
    }
    this.warmup = warmup;
    this.#sides = {
      long: this.#compile("long"),
      short: this.#compile("short"),
    };
  }

  /** Keeps `free` right after a follower changed. */
  note(state: StrategyState): void {
    const { strategy, position, entryOrder } = state;
    const isFree = strategy.active && position === null && entryOrder === null;
    if (isFree && this.followers.has(state)) this.free.add(state);
    else this.free.delete(state);
  }

  /** Marks a strategy whose open position follows this plan as a stray, or not any more. */
  noteStray(state: StrategyState): void {
    if (state.plan === this) this.strays.delete(state);
    else this.strays.add(state);
  }

  /** Somebody wants it judged on the forming candle. */
  get judgedLive(): boolean {
    if (this.liveFollowers > 0) return true;
    for (const { strategy } of this.strays) if (strategy.judging === "live") return true;
    return false;
  }

  get judged(): boolean {
    return this.activeFollowers > 0 || this.cohorts.size > 0;
  }

  /** Nobody follows it and nothing is open under it, or waits to be put under watch. */
  get idle(): boolean {
    return this.followers.size === 0 && this.cohorts.size === 0 && this.strays.size === 0;
  }

  get warmupLeft(): number {
    return Math.max(0, this.warmup - this.group.series.length);
  }

  /** Truth of the entry now: 1, 0 or NaN. */
  entryTruth(side: Side): number {
    return this.#sides[side].enter?.value ?? FALSE;
  }

  /** The entry has just turned from false to true. */
  entryFires(side: Side): boolean {
    const { enter, was } = this.#sides[side];
    return enter !== null && enter.value === TRUE && was === FALSE;
  }

  /** Remembers this closed candle's truths as the past of the next one. */
  settle(): void {
    this.#sides.long.was = this.#sides.long.enter?.value ?? FALSE;
    this.#sides.short.was = this.#sides.short.enter?.value ?? FALSE;
  }

  /** `close`: price of the judged candle; `closedAt`: first ms after it. */
  exitHolds(cohort: Cohort, close: number, closedAt: number): boolean {
    const exit = this.#sides[cohort.side].exit;
    if (exit === null) return false;
    const entry = floatOf(cohort.entryPrice);
    const gain = cohort.side === "long" ? close - entry : entry - close;
    const facts = { profitPercent: (100 * gain) / entry, heldMs: closedAt - cohort.openedAt };
    return exit.truth(facts) === TRUE;
  }

  /** Gives its nodes back to the graph. */
  dispose(): void {
    for (const side of [this.#sides.long, this.#sides.short]) {
      if (side.enter !== null) this.group.graph.release(side.enter);
      for (const node of side.exit?.nodes ?? []) this.group.graph.release(node);
    }
  }

  #compile(side: Side): SidePlan {
    const graph = this.group.graph;
    const enter = side === "long" ? this.rule.enterLong : this.rule.enterShort;
    const exit = side === "long" ? this.rule.exitLong : this.rule.exitShort;
    return {
      enter: enter === null ? null : graph.retain(graph.condition(enter)),
      exit: exit === null ? null : compilePositionCondition(exit, graph),
      was: UNKNOWN,
    };
  }
}
