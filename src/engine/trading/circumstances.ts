/**
 * Writes down what besides the market decides how a strategy trades, so that its trades can later be
 * compared with a replay of the candles and every difference has a reason.
 */
import type { Circumstance } from "../../domain/circumstance.ts";
import type { Strategy } from "../../domain/strategy.ts";
import type { Command, CommandResult } from "../command.ts";
import type { Registry } from "../registry.ts";
import { execute } from "./commands.ts";
import type { Plan } from "./plan.ts";
import { recordCircumstance, type Turn } from "./turn.ts";

/** Carries out a command and writes down what it changed for the owner's strategies. */
export function executeNoted(turn: Turn, registry: Registry, command: Command): CommandResult {
  const { strategies } = registry.owner(command.ownerId);
  const before = new Map([...strategies].map(([number, { strategy }]) => [number, strategy]));
  const result = execute(turn, registry, command);
  for (const [number, state] of strategies) {
    const was = before.get(number);
    const isNewRule = was?.ruleVersion !== state.strategy.ruleVersion;
    if (isNewRule) state.plan?.unjudged.add(state);
    if (was !== undefined) recordChanges(turn, was, state.strategy);
  }
  return result;
}

function recordChanges(turn: Turn, was: Strategy, is: Strategy): void {
  const record = (kind: Circumstance["kind"], facts: Partial<Circumstance> = {}) =>
    recordCircumstance(turn, { kind, at: turn.at, strategyId: is.id, ...facts });
  if (was.ruleVersion !== is.ruleVersion) {
    record("rule-changed", { ruleVersion: was.ruleVersion, ruleText: was.ruleText });
  }
  if (was.judging !== is.judging) record("judging-changed");
  if (was.active !== is.active) record(is.active ? "switched-on" : "switched-off");
}

/** `closedAt`: first ms after the candle that is judged. */
export function recordFirstJudgements(turn: Turn, plan: Plan, closedAt: number): void {
  for (const state of plan.unjudged) {
    if (state.plan !== plan) continue;
    const { id, ruleVersion } = state.strategy;
    const facts = { strategyId: id, ruleVersion };
    recordCircumstance(turn, { kind: "judged", at: closedAt, ...facts });
  }
  plan.unjudged.clear();
}
