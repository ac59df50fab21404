/**
 * Numbers marked as ranges in a rule's text, `rsi({7..21}) < {20..40:5}`: a text that stands for many
 * rules. A range is the least value, the most and after ":" the step, which is 1 unless given; both ends
 * are included. A unit may follow each number inside ({1%..4%:0.5}, {4h..1d:4h}) or the braces ({1..4}%).
 * What is put in a range's place is text again, to be read by the ordinary parser.
 */
import { Decimal, decimalText } from "../domain/money.ts";
import { bracesIn } from "./braces.ts";
import { Problems, type RuleFaultCode, type Span, TEXT_START } from "./fault.ts";
import { MAX_COMBINATIONS, MAX_RANGES, MAX_RANGE_VALUES, MAX_RULE_LENGTH } from "./limits.ts";
import { durationText } from "./print-values.ts";

export interface NumberRange {
  readonly at: Span;
  /** As it stands in the text, braces included. */
  readonly written: string;
  /** What can stand in its place, from the least to the most. */
  readonly values: readonly string[];
}

/** A text with its ranges, in the order of the text. */
export interface RangedText {
  readonly text: string;
  readonly ranges: readonly NumberRange[];
  /** Of one value from each range: the product of their counts. */
  readonly combinations: number;
}

/** Faults: RuleFault with every range that is none, and rule-too-long. No range is no fault. */
export function readRanges(text: string): RangedText {
  const problems = new Problems(text);
  if (text.length > MAX_RULE_LENGTH) {
    problems.add("rule-too-long", TEXT_START, {
      found: String(text.length),
      limit: MAX_RULE_LENGTH,
    });
    problems.raise();
  }
  const places = bracesIn(text);
  const extra = places[MAX_RANGES];
  if (extra !== undefined) problems.add("rule-range-count", extra, { limit: MAX_RANGES });
  const ranges: NumberRange[] = [];
  let combinations = 1;
  for (const at of places.slice(0, MAX_RANGES)) {
    const written = text.slice(at.offset, at.offset + at.length);
    const values = valuesOf(written);
    if (typeof values === "string") {
      problems.add(values, at, values === "rule-range-values" ? { limit: MAX_RANGE_VALUES } : {});
      continue;
    }
    ranges.push({ at, written, values });
    combinations *= values.length;
    if (combinations <= MAX_COMBINATIONS) continue;
    problems.add("rule-range-combinations", at, { limit: MAX_COMBINATIONS });
    break;
  }
  problems.raise();
  return { text, ranges, combinations };
}

/** The text with a value in each range's place; `picks`: an index into the values of each range. */
export function withValues(ranged: RangedText, picks: readonly number[]): string {
  const { text, ranges } = ranged;
  const values = valuesAt(ranged, picks);
  let written = "";
  let end = 0;
  for (const [i, { at }] of ranges.entries()) {
    written += text.slice(end, at.offset) + (values[i] ?? "");
    end = at.offset + at.length;
  }
  return written + text.slice(end);
}

/** The values picked, in the order of the ranges. */
export function valuesAt({ ranges }: RangedText, picks: readonly number[]): readonly string[] {
  return ranges.map(({ values }, i) => values[picks[i] ?? 0] ?? "");
}

/** The picks of one combination: the last range changes fastest. `index` from 0. */
export function picksAt({ ranges }: RangedText, index: number): readonly number[] {
  const picks: number[] = [];
  let left = index;
  for (const { values } of ranges.toReversed()) {
    picks.push(left % values.length);
    left = Math.floor(left / values.length);
  }
  return picks.toReversed();
}

/** The combination of every range's middle value, the lower one of two. */
export function middleIndex({ ranges }: RangedText): number {
  return ranges.reduce(
    (index, { values }) => index * values.length + ((values.length - 1) >> 1),
    0,
  );
}

/** A number with at most 15 and 8 digits around the point, and its unit. */
const NUMBER = String.raw`(-?\d{1,15}(?:\.\d{1,8})?)\s*(%|[smhd])?`;
const FORM = new RegExp(
  String.raw`^\{\s*${NUMBER}\s*\.\.\s*${NUMBER}\s*(?::\s*${NUMBER}\s*)?\}$`,
  "i",
);
const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

interface Limits {
  readonly least: Decimal;
  readonly most: Decimal;
  readonly step: Decimal;
  readonly print: (value: Decimal) => string;
}

function valuesOf(written: string): readonly string[] | RuleFaultCode {
  const limits = limitsOf(written);
  if (typeof limits === "string") return limits;
  const { least, most, step, print } = limits;
  if (most.lt(least)) return "rule-range-order";
  if (step.lte(0)) return "rule-range-step";
  const count = most.minus(least).div(step).floor().plus(1);
  if (count.gt(MAX_RANGE_VALUES)) return "rule-range-values";
  return Array.from({ length: count.toNumber() }, (_, i) => print(step.mul(i).plus(least)));
}

/** Numbers and percentages as they are; durations in ms. */
function limitsOf(written: string): Limits | RuleFaultCode {
  const found = FORM.exec(written);
  if (found === null) return "rule-range-form";
  const [, from = "", fromUnit = "", to = "", toUnit = "", by, byUnit = fromUnit] = found;
  const units = [fromUnit, toUnit, byUnit].map((unit) => unit.toLowerCase());
  if (new Set(units.map(kindOf)).size > 1) return "rule-range-unit";
  const isWhole = !from.includes(".") && !to.includes(".");
  // 0.1..0.9 by ones would be 0.1 alone, which nobody means.
  if (by === undefined && !isWhole) return "rule-range-step";
  const [least, most, step] = [from, to, by ?? "1"].map((number, i) =>
    new Decimal(number).mul(UNIT_MS[units[i] ?? ""] ?? 1),
  );
  if (least === undefined || most === undefined || step === undefined) return "rule-range-form";
  const kind = kindOf(units[0] ?? "");
  if (kind === "duration") {
    return { least, most, step, print: (value) => durationText(value.toNumber()) };
  }
  const unit = kind === "percent" ? "%" : "";
  return { least, most, step, print: (value) => `${decimalText(value)}${unit}` };
}

function kindOf(unit: string): "number" | "percent" | "duration" {
  if (unit === "") return "number";
  return unit === "%" ? "percent" : "duration";
}
