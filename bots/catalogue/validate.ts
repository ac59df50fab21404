/**
 * From texts or platform options to the typed values a handler receives. Platforms do check some of
 * this themselves, but people can send anything: nothing is trusted here.
 */
import { closest, distance } from "fastest-levenshtein";
import { Fault } from "../../src/domain/fault.ts";
import type { OptionValue, OptionValues } from "../views/reply.ts";
import type { Option, OptionSet } from "./option.ts";

const MAX_SHOWN_LENGTH = 40;

/**
 * Faults: option-missing {option}, option-unknown {option}, and for a bad value, each with
 * {option, value}: option-integer, option-number, option-boolean, option-choice {choices, suggestion},
 * option-min {min}, option-max {max}, option-too-long {limit}.
 */
export function validate(options: OptionSet, raw: Readonly<Record<string, unknown>>): OptionValues {
  const unknown = Object.keys(raw).find((name) => !Object.hasOwn(options, name));
  if (unknown !== undefined) {
    throw new Fault("option-unknown", { option: unknown.slice(0, MAX_SHOWN_LENGTH) });
  }
  const values = Object.entries(options).map(([name, option]) => {
    const given = Object.hasOwn(raw, name) ? raw[name] : undefined;
    return [name, value(name, option, given)] as const;
  });
  return Object.fromEntries(values);
}

function value(name: string, option: Option, given: unknown): OptionValue | undefined {
  if (given === undefined || given === null || given === "") {
    if (option.required) throw new Fault("option-missing", { option: name });
    return option.default;
  }
  const text = asWritten(name, given);
  switch (option.type) {
    case "integer":
      return ranged(name, option, asNumber(name, text, /^#?([+-]?\d{1,15})$/, "option-integer"));
    case "number":
      return ranged(
        name,
        option,
        asNumber(name, text, /^([+-]?\d{1,15}(?:\.\d{1,12})?)%?$/, "option-number"),
      );
    case "boolean":
      return asBoolean(name, text);
    case "string":
    case "rest":
      return asText(name, option, text);
  }
}

function asWritten(name: string, given: unknown): string {
  if (typeof given === "string") return given;
  if (typeof given === "number" || typeof given === "boolean") return String(given);
  throw new Fault("option-unknown", { option: name });
}

function asNumber(name: string, text: string, form: RegExp, code: string): number {
  const match = form.exec(text.trim());
  if (match === null) throw bad(code, name, text);
  return Number(match[1]);
}

function ranged(name: string, option: Option, given: number): number {
  const { min, max } = option;
  if (min !== undefined && given < min) throw bad("option-min", name, String(given), { min });
  if (max !== undefined && given > max) throw bad("option-max", name, String(given), { max });
  return given;
}

const YES = ["true", "yes", "on", "1"];
const NO = ["false", "no", "off", "0"];

function asBoolean(name: string, text: string): boolean {
  const word = text.trim().toLowerCase();
  if (YES.includes(word)) return true;
  if (NO.includes(word)) return false;
  throw bad("option-boolean", name, text);
}

function asText(name: string, option: Option, text: string): string {
  const limit = option.maxLength ?? Infinity;
  if (text.length > limit) throw bad("option-too-long", name, text, { limit });
  if (option.choices === null) return text;
  const word = text.trim().toLowerCase();
  const match = option.choices.find((one) => one.toLowerCase() === word);
  if (match !== undefined) return match;
  const near = nearest(word, option.choices);
  throw bad("option-choice", name, text, { choices: option.choices.join(", "), suggestion: near });
}

function bad(
  code: string,
  option: string,
  given: string,
  facts: Readonly<Record<string, string | number | null>> = {},
): Fault {
  return new Fault(code, { option, value: given.slice(0, MAX_SHOWN_LENGTH), ...facts });
}

/** The word most like `word`, when a typing slip could explain it; null otherwise. */
export function nearest(word: string, words: readonly string[]): string | null {
  const typed = word.slice(0, MAX_SHOWN_LENGTH);
  if (typed === "" || words.length === 0) return null;
  const candidate = closest(typed, words);
  // Two letters that changed places count as two slips.
  const slips = Math.max(typed.length > 3 ? 2 : 1, Math.floor(typed.length / 3));
  return distance(typed, candidate) <= slips ? candidate : null;
}
