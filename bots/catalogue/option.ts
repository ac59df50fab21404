/**
 * The options of a command: what each platform offers to fill in, and what the handler then receives,
 * typed. Builders: int, num, string, choice, rest, boolean, each `.req` or `.opt`.
 */
import type { OptionValue, OptionValues } from "../views/reply.ts";
import type { Caller } from "./command.ts";

export type OptionType = "integer" | "number" | "string" | "boolean" | "rest";

/** Longest text of a `string` option; `rest` takes what is left of a message. */
const MAX_STRING_LENGTH = 100;
export const MAX_REST_LENGTH = 4096;

export interface Suggestion {
  /** What a person reads. */
  readonly label: string;
  readonly value: string | number;
}

export interface OptionLimits {
  readonly min?: number;
  readonly max?: number;
  readonly maxLength?: number;
  /** Values that would fit what was typed so far, best first. They are hints, not the only values. */
  readonly suggest?: (caller: Caller) => readonly Suggestion[];
  /** What is offered when it is asked for, where finding that out takes time; else `suggest`. */
  readonly offer?: (caller: Caller, known: OptionValues) => Promise<readonly Suggestion[]>;
  /** Key of what is said instead of asking when there is nothing to offer. */
  readonly none?: string;
  /** Looks at a value before the command is complete: as it is kept, or the command's own fault. */
  readonly check?: (value: OptionValue) => OptionValue | Promise<OptionValue>;
}

export interface Option<
  T extends OptionValue = OptionValue,
  Present extends boolean = boolean,
> extends OptionLimits {
  readonly type: OptionType;
  /** Key of its description. */
  readonly description: string;
  /** True when a person must give it. */
  readonly required: boolean;
  /** True when the handler always receives a value: it is required or has a default. */
  readonly present: Present;
  readonly default: T | undefined;
  /** The only values allowed. */
  readonly choices: readonly string[] | null;
}

export type OptionSet = Readonly<Record<string, Option>>;

type ValueOf<O> =
  O extends Option<infer T, infer Present> ? (Present extends true ? T : T | undefined) : never;

/** What the handler receives for a set of options. */
export type Values<O extends OptionSet> = { readonly [Name in keyof O]: ValueOf<O[Name]> };

interface Builder<T extends OptionValue> {
  /** An option that must be given. */
  req(description: string, limits?: OptionLimits): Option<T, true>;
  /** One that may be left out; a default stands in for it. */
  opt(description: string, limits: OptionLimits & { readonly default: T }): Option<T, true>;
  opt(description: string, limits?: OptionLimits): Option<T, false>;
}

export const int: Builder<number> = builder("integer");
export const num: Builder<number> = builder("number");
export const string: Builder<string> = builder("string", { maxLength: MAX_STRING_LENGTH });
export const boolean: Builder<boolean> = builder("boolean");
/** The rest of the message as it stands; can only be the last option. */
export const rest: Builder<string> = builder("rest", { maxLength: MAX_REST_LENGTH });

/** One of a few words. */
export function choice<const C extends string>(choices: readonly C[]): Builder<C> {
  return builder<C>("string", { maxLength: MAX_STRING_LENGTH }, choices);
}

function builder<T extends OptionValue>(
  type: OptionType,
  defaults: OptionLimits = {},
  choices: readonly string[] | null = null,
): Builder<T> {
  const build = <Present extends boolean>(
    description: string,
    limits: OptionLimits & { readonly default?: T | undefined },
    [required, present]: readonly [boolean, Present],
  ): Option<T, Present> => ({
    ...defaults,
    ...limits,
    type,
    description,
    required,
    present,
    default: limits.default,
    choices,
  });
  function opt(
    description: string,
    limits: OptionLimits & { readonly default: T },
  ): Option<T, true>;
  function opt(description: string, limits?: OptionLimits): Option<T, false>;
  function opt(
    description: string,
    limits: OptionLimits & { readonly default?: T } = {},
  ): Option<T> {
    return build<boolean>(description, limits, [false, limits.default !== undefined]);
  }
  return {
    req: (description, limits = {}) =>
      build(description, { ...limits, default: undefined }, [true, true]),
    opt,
  };
}
