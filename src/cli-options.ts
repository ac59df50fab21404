/** Options of the command line tools: read, checked, and refused in the words of a fault. */
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { Fault } from "./domain/fault.ts";
import { Decimal, type DecimalText } from "./domain/money.ts";
import { isTimeframe, TIMEFRAMES, type Timeframe } from "./domain/timeframe.ts";

export type Given = Readonly<Record<string, string | boolean | undefined>>;

const NUMBER = /^\d{1,15}(?:\.\d{1,18})?$/;
const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2})?Z?)?$/;
const EPOCH_MS = /^\d{12,14}$/;

/** Faults: option-unknown {option}, option-invalid {option, expected}. */
export function readOptions(
  options: ParseArgsOptionsConfig,
  positionals: number,
): { given: Given; words: readonly string[] } {
  try {
    const read = parseArgs({ options, allowPositionals: true, strict: true });
    const [extra] = read.positionals.slice(positionals);
    if (extra !== undefined) throw new Fault("option-unknown", { option: extra });
    const given: Record<string, string | boolean | undefined> = {};
    for (const [name, value] of Object.entries(read.values)) {
      if (!Array.isArray(value)) given[name] = value;
    }
    return { given, words: read.positionals };
  } catch (error) {
    if (error instanceof Fault || !(error instanceof TypeError)) throw error;
    const option = /'(--?[^' =]+)/.exec(error.message)?.[1] ?? "options";
    if (error.message.startsWith("Unknown")) throw new Fault("option-unknown", { option });
    throw new Fault("option-invalid", { option, expected: "followed by a value" });
  }
}

/** Fault: option-missing {option}. */
export function requiredText(given: Given, name: string): string {
  const value = textOf(given, name);
  if (value === undefined) throw new Fault("option-missing", { option: `--${name}` });
  return value;
}

export function textOf(given: Given, name: string): string | undefined {
  const value = given[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Faults: option-missing {option}, option-invalid {option, expected}. */
export function timeframeOf(given: Given): Timeframe {
  const text = requiredText(given, "timeframe");
  if (isTimeframe(text)) return text;
  throw new Fault("option-invalid", { option: "--timeframe", expected: TIMEFRAMES.join(", ") });
}

/** A number from `least` to `most` as it was written. Fault: option-invalid {option, expected}. */
export function decimalOf(
  given: Given,
  name: string,
  range: { least: string; most: string },
): DecimalText | undefined {
  const text = textOf(given, name);
  if (text === undefined) return undefined;
  const fits =
    NUMBER.test(text) && new Decimal(text).gte(range.least) && new Decimal(text).lte(range.most);
  if (fits) return text;
  const expected = `a number from ${range.least} to ${range.most}`;
  throw new Fault("option-invalid", { option: `--${name}`, expected });
}

/** A date, a moment in UTC, or epoch ms, as epoch ms. Fault: option-invalid {option, expected}. */
export function momentOf(given: Given, name: string): number | undefined {
  const text = textOf(given, name);
  if (text === undefined) return undefined;
  if (EPOCH_MS.test(text)) return Number(text);
  const utc = text.length > 10 && !text.endsWith("Z") ? `${text}Z` : text;
  const time = DATE.test(text) ? Date.parse(utc) : NaN;
  if (!Number.isNaN(time)) return time;
  const expected = "a date like 2026-01-31 or 2026-01-31T12:00 (UTC)";
  throw new Fault("option-invalid", { option: `--${name}`, expected });
}

/** A file as its user meant it: npm runs scripts in the package's folder, whoever calls. */
export function filePath(path: string, calledFrom: string | undefined): string {
  return calledFrom === undefined || existsSync(path) ? path : resolve(calledFrom, path);
}
