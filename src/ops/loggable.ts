/**
 * Facts made fit for a log line, by allow-list: plain values, plain objects and arrays, exact
 * decimals, dates, and of an error only name, code, facts, message and causes. Anything else (a
 * client, a request, a context) may carry a token in any property, so only its class name is
 * written. Sizes are bounded.
 */
import { Decimal } from "../domain/money.ts";
import { Fault } from "../domain/fault.ts";
import type { LogFacts } from "../ports/logger.ts";
import type { Scrub } from "./scrub.ts";

export interface LoggableOptions {
  readonly scrub: Scrub;
  /** Stacks are for debugging only: they are long and repeat messages. */
  readonly stacks: boolean;
}

const MAX_DEPTH = 5;
const MAX_ITEMS = 50;
const MAX_TEXT = 2_000;

/** Keys that every line has of its own; a fact of that name gets an underscore behind it. */
const RESERVED: readonly string[] = ["level", "time", "msg"];

/** A copy of the facts that is safe to serialise. */
export function loggable(facts: LogFacts, options: LoggableOptions): Record<string, unknown> {
  const entries = Object.entries(plain(facts, options, 0));
  return Object.fromEntries(
    entries.map(([key, value]) => [RESERVED.includes(key) ? `${key}_` : key, value]),
  );
}

function plain(value: object, options: LoggableOptions, depth: number): Record<string, unknown> {
  const entries = Object.entries(value).slice(0, MAX_ITEMS);
  return Object.fromEntries(entries.map(([key, item]) => [key, fit(item, options, depth + 1)]));
}

function fit(value: unknown, options: LoggableOptions, depth: number): unknown {
  if (typeof value === "string") return cut(value, options);
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "function" || typeof value === "symbol") return `[${typeof value}]`;
  if (typeof value !== "object" || value === null) return value;
  return depth > MAX_DEPTH ? "[…]" : fitObject(value, options, depth);
}

function fitObject(value: object, options: LoggableOptions, depth: number): unknown {
  if (value instanceof Error) return fitError(value, options, depth);
  if (Array.isArray(value)) {
    return value.slice(0, MAX_ITEMS).map((item: unknown) => fit(item, options, depth + 1));
  }
  if (value instanceof Date || Decimal.isDecimal(value)) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return plain(value, options, depth);
  return `[${value.constructor.name}]`;
}

function fitError(error: Error, options: LoggableOptions, depth: number): unknown {
  const { name, message, stack, cause } = error;
  const code: unknown = "code" in error ? error.code : undefined;
  return {
    name,
    ...(typeof code === "string" || typeof code === "number" ? { code } : {}),
    ...(error instanceof Fault ? { facts: plain(error.facts, options, depth) } : {}),
    message: cut(message, options),
    ...(cause === undefined ? {} : { cause: fit(cause, options, depth + 1) }),
    ...(error instanceof AggregateError ? { errors: fit(error.errors, options, depth + 1) } : {}),
    ...(options.stacks && stack !== undefined ? { stack: cut(stack, options) } : {}),
  };
}

/** Scrubbed before it is cut, so that no half of a secret is left at the edge. */
function cut(text: string, { scrub }: LoggableOptions): string {
  const scrubbed = scrub(text);
  return scrubbed.length > MAX_TEXT ? `${scrubbed.slice(0, MAX_TEXT)}…` : scrubbed;
}
