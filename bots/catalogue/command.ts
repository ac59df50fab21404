/**
 * A command, said once for every platform: its name, who may use it where, its options, whether it
 * asks before it acts, and what it does. Rules that both Telegram and Discord impose are checked when
 * the catalogue is built.
 */
import type { SeenChat } from "../../src/app/subscriptions.ts";
import { Fault } from "../../src/domain/fault.ts";
import type { Platform, Role, User } from "../../src/domain/user.ts";
import type { Block, Button, Draft, OptionValues, Reply } from "../views/reply.ts";
import type { Reader } from "../views/reader.ts";
import type { OptionSet, Values } from "./option.ts";

export const GROUPS = ["strategies", "trading", "figures", "service", "people", "general"] as const;
export type Group = (typeof GROUPS)[number];

/** Where something was said: among others, or to us alone. */
export type Place = "private" | "group";

/** Who is calling, from where. */
export interface Caller {
  readonly user: User;
  readonly platform: Platform;
  readonly place: Place;
  /** The group or channel, where it is one that messages can be sent to. */
  readonly chat?: CallerChat;
  /** Looks for a group or channel of this platform by what a person calls it; null when there is none. */
  readonly findChat?: (text: string) => Promise<CallerChat | null>;
}

/** A group or channel that somebody speaks in. */
export interface CallerChat extends Omit<SeenChat, "platform" | "title"> {
  /** What it is called; some platforms have to be asked. Never rejects. */
  readonly title: () => Promise<string>;
}

/** What a handler gets besides the option values. */
export interface Call extends Caller {
  readonly reader: Reader;
  /** Rows that make one page on the caller's platform. */
  readonly pageRows: number;
  /**
   * Says how far a long command is, in one plain line. The first call makes the command one that the
   * person can cancel and that holds nobody up.
   */
  readonly progress: (text: string) => void;
  /** Aborted when the person cancels. */
  readonly signal: AbortSignal;
}

/** Is shown how far a long command is, as often as that changes; platforms slow it down. */
export type Watch = (progress: Reply) => void;

/** What must be answered with yes before the command runs. */
export interface Question {
  /** Plain text. */
  readonly text: string;
  /** Options as they were understood, when the yes must mean exactly these. */
  readonly args?: OptionValues;
  /** Shown instead of the text alone. */
  readonly blocks?: readonly Block[];
  /** Key of what stands on the button that says yes. */
  readonly yes?: string;
  /** Beside yes and Cancel. */
  readonly more?: readonly Button[];
  /** Nothing is lost by a late yes: it is good for a day. */
  readonly patient?: boolean;
}

interface CommandHead {
  /** Lower case letters, digits and "_": what both platforms allow. */
  readonly name: string;
  /** Null hides it from help and menus: it is reached by buttons. */
  readonly group: Group | null;
  readonly role: Role;
  /** "private": refused in groups. */
  readonly place: "anywhere" | "private";
  /** Other names, each with options it presets. */
  readonly aliases: Readonly<Record<string, OptionValues>>;
  readonly options: OptionSet;
}

export interface Command extends CommandHead {
  /** Null when it never asks; resolves to null when it need not ask this time. */
  readonly confirm: ((values: OptionValues, call: Call) => Promise<Question | null>) | null;
  readonly run: (values: OptionValues, call: Call) => Promise<Draft>;
}

export interface CommandSpec<O extends OptionSet> {
  readonly name: string;
  readonly group: Group | null;
  readonly role: Role;
  readonly place?: "anywhere" | "private";
  readonly aliases?: Readonly<Record<string, OptionValues>>;
  readonly options?: O;
  readonly confirm?: (values: Values<O>, call: Call) => Question | null | Promise<Question | null>;
  readonly run: (values: Values<O>, call: Call) => Draft | Promise<Draft>;
}

/** Makes a command. Its description is the text `command-<name>`. */
export function command<const O extends OptionSet = Readonly<Record<string, never>>>(
  spec: CommandSpec<O>,
): Command {
  const { name, group, role, place = "anywhere", aliases = {}, confirm } = spec;
  const options: OptionSet = spec.options ?? {};
  const typed = (values: OptionValues): Values<O> => {
    if (fits<O>(options, values)) return values;
    throw new Fault("bad-command", { command: name, reason: "called with unchecked values" });
  };
  return {
    name,
    group,
    role,
    place,
    aliases,
    options,
    confirm: confirm ? async (values, call) => confirm(typed(values), call) : null,
    run: async (values, call) => spec.run(typed(values), call),
  };
}

/** The dispatcher has validated values against these very options; what must be there is. */
function fits<O extends OptionSet>(options: OptionSet, values: OptionValues): values is Values<O> {
  return Object.entries(options).every(([name, { present }]) => {
    return !present || values[name] !== undefined;
  });
}

/** Its name and the other ones it answers to. */
export function namesOf(one: Command): readonly string[] {
  return [one.name, ...Object.keys(one.aliases)];
}

/** Key of a command's description. */
export function descriptionKey(one: Command): string {
  return `command-${one.name}`;
}

const NAME = /^[a-z][a-z0-9_]{0,31}$/;
const MAX_COMMANDS = 100;
const MAX_OPTIONS = 25;
const MAX_CHOICES = 25;

/** Throws bad-command {command, reason} for what one of the platforms would refuse. */
export function checkCommands(commands: readonly Command[]): void {
  const names = commands.flatMap(namesOf);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) refuse(twice, "the name is taken");
  if (names.length > MAX_COMMANDS) refuse(names[MAX_COMMANDS] ?? "", "too many commands");
  for (const name of names) if (!NAME.test(name)) refuse(name, "the name is not allowed");
  for (const one of commands) checkOptions(one);
}

function checkOptions(one: Command): void {
  const options = Object.entries(one.options);
  if (options.length > MAX_OPTIONS) refuse(one.name, "too many options");
  for (const [index, [name, option]] of options.entries()) {
    if (!NAME.test(name)) refuse(one.name, `option name ${name}`);
    if ((option.choices?.length ?? 0) > MAX_CHOICES) refuse(one.name, `choices of ${name}`);
    const before = options[index - 1]?.[1];
    if (before?.type === "rest") refuse(one.name, `${name} after the rest of the message`);
    if (before?.required === false && option.required) refuse(one.name, `${name} must come first`);
  }
}

function refuse(name: string, reason: string): never {
  throw new Fault("bad-command", { command: name, reason });
}
