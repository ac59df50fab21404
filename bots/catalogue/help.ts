/** Help, a person's own settings, and the command behind every Cancel button. */
import type { App } from "../../src/app/app.ts";
import { Fault } from "../../src/domain/fault.ts";
import { roleAllows } from "../../src/domain/user.ts";
import {
  commandHelpView,
  helpView,
  indicatorHelpView,
  ruleHelpView,
  type HelpEntry,
} from "../views/help.ts";
import { Reader } from "../views/reader.ts";
import type { Button } from "../views/reply.ts";
import { settingsView } from "../views/settings.ts";
import type { Buttons } from "./buttons.ts";
import {
  command,
  descriptionKey,
  namesOf,
  type Call,
  type Caller,
  type Command,
} from "./command.ts";
import { OpenQuestions } from "./open-questions.ts";
import { choice, rest, string } from "./option.ts";
import { usage } from "./usage.ts";
import { nearest } from "./validate.ts";

export interface HelpParts {
  /** The commands a role may use, for help to list. */
  readonly listed: (role: "viewer" | "trader" | "admin") => readonly Command[];
  readonly buttons: Buttons;
  /** Ends what a person was asked here, and their long commands, whose names it returns. */
  readonly cancel: (caller: Caller) => { question: boolean; ended: readonly string[] };
}

export function helpCommands(app: App, parts: HelpParts): readonly Command[] {
  return [helping(app, parts), setting(app), cancelling(parts), dismissing(parts)];
}

function helping(app: App, parts: HelpParts): Command {
  return command({
    name: "help",
    group: "general",
    role: "viewer",
    aliases: { start: {} },
    options: { topic: string.opt("option-topic") },
    run: ({ topic }, call) => {
      const { user, reader } = call;
      const commands = parts.listed(user.role);
      const wanted = topic?.trim().toLowerCase().replace(/^\//, "");
      if (wanted === undefined) {
        const entries = commands.map((one) => entryOf(one));
        return helpView(reader, entries, firstSteps(app, call));
      }
      if (wanted === "rules") return ruleHelpView(reader);
      if (wanted === "indicators") return indicatorHelpView(reader);
      return commandHelpView(reader, entryOf(commandNamed(commands, wanted)));
    },
  });
}

/** Who may trade and does not yet is one tap away from it. */
function firstSteps(app: App, call: Call): readonly Button[] {
  const { user, reader } = call;
  if (!roleAllows(user.role, "trader") || app.queries.strategies(user).length > 0) return [];
  const count = app.strategies.templates.length;
  const adopt = reader.text("button-adopt-all", { count });
  const write = {
    label: reader.text("button-new"),
    command: "new",
    args: {},
    style: "plain",
  } as const;
  return [
    { label: adopt, command: "adopt", args: { template: "all" }, style: "primary" },
    { label: reader.text("button-choose"), command: "adopt", args: {}, style: "plain" },
    // Where plain words do not reach us a rule is written with the command itself.
    ...(OpenQuestions.canAnswer(call) ? [write] : []),
  ];
}

function commandNamed(commands: readonly Command[], wanted: string): Command {
  const found = commands.find((one) => namesOf(one).includes(wanted));
  if (found !== undefined) return found;
  const suggestion = nearest(wanted, commands.flatMap(namesOf));
  throw new Fault("unknown-command", { name: wanted.slice(0, 32), suggestion });
}

function entryOf(one: Command): HelpEntry {
  return {
    group: one.group ?? "general",
    name: one.name,
    usage: usage(one),
    description: descriptionKey(one),
    aliases: Object.keys(one.aliases).map((alias) => usage(one, alias)),
    options: Object.entries(one.options).map(([name, option]) => ({
      name,
      description: option.description,
      required: option.required,
      choices: option.choices,
    })),
  };
}

function setting(app: App): Command {
  return command({
    name: "settings",
    group: "general",
    role: "viewer",
    aliases: { show_config: {} },
    options: {
      setting: choice(["timezone", "language", "name"]).opt("option-setting"),
      value: rest.opt("option-value", { maxLength: 100 }),
    },
    run: async ({ setting: which, value }, { user, reader }) => {
      if (which !== undefined && value === undefined) {
        throw new Fault("option-missing", { option: "value" });
      }
      const change = {
        timezone: () => app.accounts.setTimeZone(user, value ?? ""),
        language: () => app.accounts.setLanguage(user, value ?? ""),
        name: () => app.accounts.rename(user, value ?? ""),
      };
      const changed = which === undefined ? user : await change[which]();
      // The answer is already in the language and time zone that were chosen.
      const { now, quoteAsset } = reader;
      return settingsView(
        new Reader(changed, { now, quoteAsset }),
        changed,
        app.accounts.languages,
      );
    },
  });
}

/** Ends what goes on: a question that is open, a backtest that runs. */
function cancelling({ cancel }: HelpParts): Command {
  return command({
    name: "cancel",
    group: "general",
    role: "viewer",
    run: (_values, call) => {
      const { question, ended } = cancel(call);
      const commands = ended.map((name) => `/${name}`).join(", ");
      const other = question ? "dismissed" : "nothing-to-cancel";
      const text = call.reader.text(ended.length > 0 ? "cancelled" : other, { commands });
      return { tone: "neutral", blocks: [{ kind: "text", text }] };
    },
  });
}

/** Cancel: the question's yes becomes worthless. */
function dismissing({ buttons }: HelpParts): Command {
  return command({
    name: "dismiss",
    group: null,
    role: "viewer",
    options: { call: string.req("option-call") },
    run: async ({ call }, { user, reader }) => {
      await buttons.discard(call, user.id);
      return { tone: "neutral", blocks: [{ kind: "text", text: reader.text("dismissed") }] };
    },
  });
}
