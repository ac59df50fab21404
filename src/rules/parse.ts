/**
 * From a rule's text to a rule, or to a RuleFault that says all that is wrong with it. Pure and
 * bounded: time is proportional to the text, and no text, however hostile, makes it throw anything
 * else. What is returned is in canonical form, so `parseRule(printRule(rule))` equals `rule`.
 */
import type { Rule } from "../domain/rule.ts";
import { ruleOf } from "./check-rule.ts";
import { Problems } from "./fault.ts";
import { RuleGrammar } from "./grammar.ts";
import type { RuleOptions } from "./rule-options.ts";
import { scanRule } from "./scan.ts";
import { noteSyntaxError } from "./syntax-problem.ts";
import type { Clause } from "./syntax.ts";

/**
 * Reads and checks a rule. Faults: RuleFault; its `problems` are every lexical problem, else the
 * first place where the grammar fails, else everything the checker objects to.
 */
export function parseRule(text: string, options: RuleOptions = {}): Rule {
  const problems = new Problems(text);
  const clauses = clausesIn(text, problems);
  problems.raise();
  const rule = ruleOf(clauses, problems, options);
  problems.raise();
  return rule;
}

/** One instance serves every text: making it analyses the grammar, and parsing is synchronous. */
const GRAMMAR = new RuleGrammar();

function clausesIn(text: string, problems: Problems): readonly Clause[] {
  const tokens = scanRule(text);
  GRAMMAR.input = tokens;
  const clauses = GRAMMAR.clauses();
  const [error] = GRAMMAR.errors;
  if (error === undefined) return clauses;
  noteSyntaxError(error, GRAMMAR.continuation, tokens, problems);
  return [];
}
