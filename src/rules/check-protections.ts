/**
 * Checks stop, take, trail, max, cooldown and size: each at most once and within its bounds.
 * Percentages and stakes stay exact text from the rule to the order.
 */
import { Decimal, decimalText } from "../domain/money.ts";
import type { DecimalText } from "../domain/money.ts";
import type { Protections } from "../domain/rule.ts";
import type { Problems } from "./fault.ts";
import { MAX_DURATION_MS, PERCENT_BOUNDS, STAKE_BOUNDS } from "./limits.ts";
import { durationText } from "./print-values.ts";
import type { RuleOptions } from "./rule-options.ts";
import type { Amount, Clause, Literal } from "./syntax.ts";

export const DEFAULT_PROTECTIONS: Protections = {
  stopLossPercent: null,
  takeProfitPercent: null,
  trailingStop: null,
  maxHoldMs: null,
  cooldownMs: 0,
  size: { kind: "percent", percent: "100" },
};

/** The word for "whatever the symbol is quoted in". */
export const ANY_QUOTE = "quote";

export function protectionsOf(
  clauses: readonly Clause[],
  problems: Problems,
  options: RuleOptions,
): Protections {
  const seen = new Set<string>();
  let protections = DEFAULT_PROTECTIONS;
  for (const clause of clauses) {
    if (clause.kind === "condition") continue;
    if (seen.has(clause.kind)) problems.add("rule-duplicate-clause", clause.at);
    seen.add(clause.kind);
    protections = { ...protections, ...protectionOf(clause, problems, options) };
  }
  return protections;
}

function protectionOf(
  clause: Exclude<Clause, { kind: "condition" }>,
  problems: Problems,
  options: RuleOptions,
): Partial<Protections> {
  switch (clause.kind) {
    case "stop":
      return { stopLossPercent: percentOf("stop", clause.amount, problems) };
    case "take":
      return { takeProfitPercent: percentOf("take", clause.amount, problems) };
    case "trail": {
      const distancePercent = percentOf("trail", clause.amount, problems);
      const { after } = clause;
      const afterPercent = after === null ? "0" : percentOf("after", after, problems);
      return { trailingStop: { distancePercent, afterPercent } };
    }
    case "max":
      return { maxHoldMs: durationOf(clause.duration, 1000, problems) };
    case "cooldown":
      return { cooldownMs: durationOf(clause.duration, 0, problems) };
    case "size":
      return { size: sizeOf(clause.amount, problems, options) };
  }
}

function percentOf(
  bounds: keyof typeof PERCENT_BOUNDS,
  amount: Amount,
  problems: Problems,
): DecimalText {
  const [least, most] = PERCENT_BOUNDS[bounds];
  const value = new Decimal(amount.number.text);
  if (value.lt(least) || value.gt(most)) {
    problems.add("rule-percent-range", amount.at, { expected: `${least}..${most}` });
  }
  return decimalText(value);
}

/** Whole seconds from `leastMs` to MAX_DURATION_MS, in ms. */
export function durationOf(literal: Literal, leastMs: number, problems: Problems): number {
  const { value } = literal;
  if (value < leastMs || value > MAX_DURATION_MS || value % 1000 !== 0) {
    const expected = `${durationText(leastMs)}..${durationText(MAX_DURATION_MS)}`;
    problems.add("rule-duration-range", literal.at, { expected });
  }
  return value;
}

function sizeOf(amount: Amount, problems: Problems, options: RuleOptions): Protections["size"] {
  if (amount.unit.text === "%") {
    return { kind: "percent", percent: percentOf("size", amount, problems) };
  }
  const { quoteAsset } = options;
  const asset = amount.unit.text;
  if (quoteAsset !== undefined && asset !== ANY_QUOTE && asset !== quoteAsset.toLowerCase()) {
    problems.add("rule-quote-asset", amount.unit.at, { expected: quoteAsset });
  }
  const [least, most] = STAKE_BOUNDS;
  const value = new Decimal(amount.number.text);
  if (value.lt(least) || value.gt(most)) {
    problems.add("rule-amount-range", amount.number.at, { expected: `${least}..${most}` });
  }
  return { kind: "quote", amount: decimalText(value) };
}
