/**
 * Why a strategy does or does not trade: each clause of its rule on the last closed candle with the
 * values it compared, and what blocks an entry now.
 */
import type { Condition, Series } from "../domain/rule.ts";
import { clausesOf } from "../rules/clauses.ts";
import { printCondition } from "../rules/print.ts";
import type { ConditionGraph } from "./market/condition-graph.ts";
import { STALE_PRICE_MS } from "./settings.ts";
import type { Plan } from "./trading/plan.ts";
import { speaksOfPosition } from "./trading/position-condition.ts";
import { pauseOf, type StrategyState } from "./trading/strategy-state.ts";

export interface ClauseFigure {
  readonly text: string;
  readonly truth: boolean | null;
  readonly left: number | null;
  readonly right: number | null;
  readonly depth: number;
}

export interface WhySection {
  readonly title: string;
  readonly truth: boolean | null;
  readonly clauses: readonly ClauseFigure[];
}

/** The older rule an open position follows, as far as it judges its exit; null when it is the same. */
export function exitSectionsOf({ position, cohort, strategy }: StrategyState): {
  readonly positionNumber: number;
  readonly version: number;
  readonly sections: readonly WhySection[];
} | null {
  if (position === null || position.ruleText === strategy.ruleText) return null;
  const sections = cohort === null ? [] : sectionsOf(cohort.plan);
  return {
    positionNumber: position.number,
    version: position.ruleVersion,
    sections: sections.filter(({ title }) => title === `exit ${position.side}`),
  };
}

/** The rule's four parts, those that are written, on the last closed candle. */
export function sectionsOf(plan: Plan): readonly WhySection[] {
  const { rule, group } = plan;
  const parts: readonly (readonly [string, Condition | null])[] = [
    ["enter long", rule.enterLong],
    ["exit long", rule.exitLong],
    ["enter short", rule.enterShort],
    ["exit short", rule.exitShort],
  ];
  return parts.flatMap(([title, condition]) => {
    if (condition === null) return [];
    const clauses = clausesOf(condition).map((line) => figureOf(line, group.graph));
    return [{ title, truth: clauses[0]?.truth ?? null, clauses }];
  });
}

function figureOf(
  line: { readonly condition: Condition; readonly depth: number },
  graph: ConditionGraph,
): ClauseFigure {
  const { condition, depth } = line;
  const text = printCondition(condition);
  if (speaksOfPosition(condition)) return { text, truth: null, left: null, right: null, depth };
  const compares = condition.kind === "compare" || condition.kind === "cross";
  return {
    text,
    truth: truthOf(graph.condition(condition).value),
    left: compares ? valueOf(condition.left, graph) : null,
    right: compares ? valueOf(condition.right, graph) : null,
    depth,
  };
}

function valueOf(series: Series, graph: ConditionGraph): number | null {
  const { value } = graph.series(series);
  return Number.isNaN(value) ? null : value;
}

function truthOf(value: number): boolean | null {
  return Number.isNaN(value) ? null : value === 1;
}

/** What forbids an entry now. `now`: epoch ms. */
export function blocksOf(
  state: StrategyState,
  now: number,
): readonly { readonly code: string; readonly until: number | null }[] {
  const { strategy, owner, run, position, plan } = state;
  const market = plan?.group.market;
  const point = market?.tracker.point ?? null;
  const pause = pauseOf(state);
  const blocks: { code: string; until: number | null }[] = [];
  const block = (holds: boolean, code: string, until: number | null = null) => {
    if (holds) blocks.push({ code, until });
  };
  block(!strategy.active, "inactive");
  block(strategy.haltedBy !== null, "halted");
  block(owner.suspended, "suspended");
  block(pause !== null, "paused", pause?.until ?? null);
  block(run.cooldownUntil > now, "cooldown", run.cooldownUntil);
  block((plan?.warmupLeft ?? 0) > 0, "warming-up");
  block(position !== null, "in-position");
  block(point === null || now - point.time > STALE_PRICE_MS, "feed-stale");
  block(Number(run.balance) <= 0, "no-cash");
  return blocks;
}
