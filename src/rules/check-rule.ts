/**
 * The checker's top: which clauses a rule must have, and the limits of the whole. It notes every
 * problem it sees and goes on, so that one answer lists them all.
 */
import type { Condition, Rule, Side } from "../domain/rule.ts";
import { conditionOf } from "./check-condition.ts";
import { protectionsOf } from "./check-protections.ts";
import { TEXT_START } from "./fault.ts";
import type { Problems } from "./fault.ts";
import { junctionOf, measure } from "./form.ts";
import { MAX_DEPTH, MAX_NODES, MAX_RULE_LENGTH, MAX_WARMUP_CANDLES } from "./limits.ts";
import { conditionMemory } from "./memory.ts";
import { printRule } from "./print.ts";
import type { RuleOptions } from "./rule-options.ts";
import type { Clause, ConditionClause } from "./syntax.ts";

/** The rule that the clauses make; meaningless as soon as anything was noted in `problems`. */
export function ruleOf(clauses: readonly Clause[], problems: Problems, options: RuleOptions): Rule {
  const written = clauses.filter((clause) => clause.kind === "condition");
  noteMissingEntries(written, problems);
  const condition = (action: ConditionClause["action"], side: Side): Condition | null => {
    const scope = { problems, inExit: action === "exit", timeframe: options.timeframe ?? null };
    const parts = clausesFor(written, action, side).map((clause) => {
      if (clause.condition.depth <= MAX_DEPTH) return conditionOf(clause.condition, scope);
      problems.add("rule-too-deep", clause.condition.at, { limit: MAX_DEPTH });
      return null;
    });
    return junctionOf(
      "or",
      parts.filter((part) => part !== null),
    );
  };
  const rule: Rule = {
    enterLong: condition("enter", "long"),
    exitLong: condition("exit", "long"),
    enterShort: condition("enter", "short"),
    exitShort: condition("exit", "short"),
    protections: protectionsOf(clauses, problems, options),
  };
  if (problems.isEmpty) noteExcess(rule, written, problems, options);
  return rule;
}

const clausesFor = (
  clauses: readonly ConditionClause[],
  action: ConditionClause["action"],
  side: Side,
): readonly ConditionClause[] =>
  clauses.filter((clause) => clause.action === action && clause.side === side);

function noteMissingEntries(clauses: readonly ConditionClause[], problems: Problems): void {
  if (clauses.length === 0) problems.add("rule-no-entry", TEXT_START);
  for (const { action, side, at } of clauses) {
    if (action === "enter" || clausesFor(clauses, "enter", side).length > 0) continue;
    problems.add("rule-exit-without-entry", at, { expected: `enter ${side}` });
  }
}

/** Checks a finished rule against the limits that only its canonical form shows. */
function noteExcess(
  rule: Rule,
  clauses: readonly ConditionClause[],
  problems: Problems,
  options: RuleOptions,
): void {
  const own = options.timeframe ?? "1m";
  let nodes = 0;
  for (const [action, side, condition] of conditionsOf(rule)) {
    const at = clausesFor(clauses, action, side)[0]?.at ?? TEXT_START;
    const size = measure(condition);
    if (size.depth > MAX_DEPTH) problems.add("rule-too-deep", at, { limit: MAX_DEPTH });
    if (nodes <= MAX_NODES && nodes + size.nodes > MAX_NODES) {
      problems.add("rule-too-many-nodes", at, { limit: MAX_NODES });
    }
    nodes += size.nodes;
    const warmups = [...conditionMemory(condition, own).values()].map((need) => need.warmup);
    if (Math.max(...warmups) > MAX_WARMUP_CANDLES) {
      problems.add("rule-warmup-too-long", at, { limit: MAX_WARMUP_CANDLES });
    }
  }
  const { length } = printRule(rule, options);
  if (length > MAX_RULE_LENGTH) {
    problems.add("rule-too-long", TEXT_START, { found: String(length), limit: MAX_RULE_LENGTH });
  }
}

function conditionsOf(rule: Rule): [ConditionClause["action"], Side, Condition][] {
  const all = [
    ["enter", "long", rule.enterLong],
    ["exit", "long", rule.exitLong],
    ["enter", "short", rule.enterShort],
    ["exit", "short", rule.exitShort],
  ] as const;
  return all.flatMap(([action, side, condition]) =>
    condition === null ? [] : [[action, side, condition]],
  );
}
