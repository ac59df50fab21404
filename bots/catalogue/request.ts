/** One command on its way through the dispatcher. */
import type { OptionValues } from "../views/reply.ts";
import type { Incomplete } from "./asker.ts";
import type { Command } from "./command.ts";
import type { OpenQuestion } from "./open-questions.ts";

export interface Found {
  readonly command: Command;
  /** Options that the alias sets. */
  readonly preset: OptionValues;
}

export interface Request extends Found {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly confirmed: boolean;
  /** Page of the choices for an option that is missing. */
  readonly page?: number;
  /** The question that this answers. */
  readonly answers?: OpenQuestion;
}

/** The options a person still fills in. */
export function open({ command, preset }: Found): Command["options"] {
  const entries = Object.entries(command.options);
  return Object.fromEntries(entries.filter(([name]) => !Object.hasOwn(preset, name)));
}

export function askedFor(request: Request): Incomplete {
  return { ...request, options: open(request) };
}

/** Stored values without those that were left out. */
export function given(args: OptionValues): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}
