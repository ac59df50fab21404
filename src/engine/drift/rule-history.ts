/** Which rule a run followed when: the versions that ended are written down with their end. */
import type { Circumstance } from "../../domain/circumstance.ts";
import type { Strategy } from "../../domain/strategy.ts";
import type { RuleChange } from "../backtest.ts";

export interface RuleHistory {
  /** In force when the run began. */
  readonly ruleText: string;
  readonly changes: readonly RuleChange[];
  /** Of the first rule and of each change, in order. */
  readonly versions: readonly number[];
}

/** `circumstances`: of the strategy, oldest first. */
export function ruleHistory(
  strategy: Pick<Strategy, "id" | "ruleText" | "ruleVersion">,
  startedAt: number,
  circumstances: readonly Circumstance[],
): RuleHistory {
  const ended = circumstances.flatMap(({ kind, strategyId, at, ruleText, ruleVersion }) =>
    kind === "rule-changed" && strategyId === strategy.id && at >= startedAt && ruleText !== null
      ? [{ at, ruleText, version: ruleVersion ?? 0 }]
      : [],
  );
  const now = { ruleText: strategy.ruleText, version: strategy.ruleVersion };
  const rules = [...ended, now];
  return {
    ruleText: rules[0]?.ruleText ?? strategy.ruleText,
    changes: ended.map(({ at }, i) => ({ at, ruleText: (rules[i + 1] ?? now).ruleText })),
    versions: rules.map(({ version }) => version),
  };
}
