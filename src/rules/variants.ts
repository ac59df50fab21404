/**
 * The rules a text with ranges stands for: all of them where they are few, else a part drawn at random,
 * always the same for the same text. Every one is checked as a rule somebody wrote.
 */
import { Fault } from "../domain/fault.ts";
import { randomIntegers } from "../domain/random-integers.ts";
import { middleIndex, picksAt, readRanges, valuesAt, withValues } from "./ranges.ts";

export interface VariantSet {
  /** Distinct rules in canonical form. */
  readonly ruleTexts: readonly string[];
  /** What stands in the ranges' places, for each rule. */
  readonly values: readonly (readonly string[])[];
  /** Index of the rule with every range's middle value: what an unoptimised guess would be. */
  readonly middle: number;
  /** Combinations the ranges allow; more than there are rules when these were drawn from them. */
  readonly combinations: number;
  /** The ranges as they were written. */
  readonly ranges: readonly string[];
}

const SEED = 20_261_122;

/**
 * `most`: rules wanted at most, at least 1. `canonical`: reads one rule's text, as runBacktest would,
 * and prints it. Faults: rule-without-range, those of `canonical`, RuleFault of a range.
 */
export function variantsOf(
  text: string,
  most: number,
  canonical: (ruleText: string) => string,
): VariantSet {
  const ranged = readRanges(text);
  if (ranged.ranges.length === 0) throw new Fault("rule-without-range");
  const { combinations } = ranged;
  const middle = middleIndex(ranged);
  const ruleAt = (index: number) => canonical(withValues(ranged, picksAt(ranged, index)));
  const rules = new Map<string, readonly string[]>();
  for (const index of chosen(combinations, most, middle)) {
    const ruleText = ruleAt(index);
    if (!rules.has(ruleText)) rules.set(ruleText, valuesAt(ranged, picksAt(ranged, index)));
  }
  const ruleTexts = [...rules.keys()];
  return {
    ruleTexts,
    values: [...rules.values()],
    middle: ruleTexts.indexOf(ruleAt(middle)),
    combinations,
    ranges: ranged.ranges.map(({ written }) => written),
  };
}

/** `most` distinct indexes below `total`, in order, `always` among them (Floyd's sampling). */
function chosen(total: number, most: number, always: number): readonly number[] {
  if (total <= most) return Array.from({ length: total }, (_, i) => i);
  const random = randomIntegers(SEED);
  const others = new Set<number>();
  for (let limit = total - most; limit < total - 1; limit++) {
    const index = random(limit + 1);
    others.add(others.has(index) ? limit : index);
  }
  const drawn = [...others].map((index) => (index < always ? index : index + 1));
  return [...drawn, always].toSorted((a, b) => a - b);
}
