/**
 * The one way from a person to a command, for words, filled-in options and buttons alike: rate limit,
 * role, place, values, the question before a dangerous act, the act, and errors as sentences. Platforms
 * only translate into it and out of it. It never throws.
 */
import { requireRole } from "../../src/app/require-role.ts";
import { Fault } from "../../src/domain/fault.ts";
import { roleAllows, type Platform, type Role, type User } from "../../src/domain/user.ts";
import { faultView } from "../views/faults.ts";
import type { Button, Draft, IssuedButton, OptionValues, Reply } from "../views/reply.ts";
import { Reader } from "../views/reader.ts";
import {
  BUTTON_LIFE_MS,
  NOTICE_BUTTON_LIFE_MS,
  QUESTION_LIFE_MS,
  type Buttons,
} from "./buttons.ts";
import {
  checkCommands,
  namesOf,
  type Call,
  type Caller,
  type Command,
  type Question,
} from "./command.ts";
import { issueButtons, type Issuing } from "./issue-buttons.ts";
import type { Suggestion } from "./option.ts";
import { assignWords, splitCommand, toWords } from "./parse-words.ts";
import { DEFAULT_RATE, RateLimit, type RateSettings } from "./rate-limit.ts";
import { usage } from "./usage.ts";
import { nearest, validate } from "./validate.ts";

/** Words typed by a person, or options as a platform filled them in. */
export type Input = string | Readonly<Record<string, unknown>>;

export interface CatalogueParts {
  readonly commands: readonly Command[];
  readonly buttons: Buttons;
  readonly now: () => number;
  /** The time people live in, which a replayed market's is not: rates and expiries follow it. */
  readonly machineNow?: () => number;
  /** The asset money is counted in. */
  readonly quoteAsset: string;
  readonly rate?: RateSettings;
  /** Told of every error that is not a Fault; people get a general sentence. */
  readonly reportUnexpected: (error: unknown, facts: { readonly command: string }) => void;
}

/** Rows of one page: a phone's screen, or a terminal's. */
const PAGE_ROWS: Readonly<Record<Platform, number>> = { console: 50, telegram: 10, discord: 10 };
/** Suggestions a platform shows at once. */
const MAX_SUGGESTIONS = 25;
/** Longest piece of an unknown command that is repeated. */
const MAX_NAME_SHOWN = 32;

interface Found {
  readonly command: Command;
  /** Options that the alias sets. */
  readonly preset: OptionValues;
}

/** One command on its way through the dispatcher. */
interface Request extends Found {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly confirmed: boolean;
}

export class Catalogue {
  readonly #parts: CatalogueParts;
  readonly #rate: RateLimit;
  readonly #byName: ReadonlyMap<string, Found>;

  constructor(parts: CatalogueParts) {
    checkCommands(parts.commands);
    this.#parts = parts;
    this.#rate = new RateLimit(parts.rate ?? DEFAULT_RATE);
    this.#byName = new Map(
      parts.commands.flatMap((command) => [
        [command.name, { command, preset: {} }] as const,
        ...Object.entries(command.aliases).map(
          ([alias, preset]) => [alias, { command, preset }] as const,
        ),
      ]),
    );
  }

  /** Commands for menus and help: what `role` may use, in the order they are listed. */
  commands(role: Role): readonly Command[] {
    return this.#parts.commands.filter((one) => one.group !== null && roleAllows(role, one.role));
  }

  /** A line as typed: "/close 3". Text that is no command gets a hint. */
  async say(line: string, caller: Caller): Promise<Reply> {
    const spoken = splitCommand(line);
    return this.run(spoken?.name ?? line, spoken?.words ?? "", caller);
  }

  /** A command by name with words ("3 yes") or filled-in options ({ position: "3" }). */
  async run(name: string, input: Input, caller: Caller): Promise<Reply> {
    return this.#answer(name, caller, () => this.#understand(name, input, caller));
  }

  /** A button, by the id it was issued with. */
  async press(id: string, caller: Caller): Promise<Reply> {
    return this.#answer("button", caller, async () => {
      const call = await this.#parts.buttons.press(id, caller.user.id);
      const found = this.#byName.get(call.command);
      if (found === undefined) throw new Fault("button-expired");
      const { command: name, args, confirmed } = call;
      return { ...found, name, preset: {}, args: given(args), confirmed };
    });
  }

  /** Values that would fit an option, for completion while typing; at most 25. */
  suggest(name: string, option: string, typed: string, caller: Caller): readonly Suggestion[] {
    const found = this.#byName.get(name);
    if (found === undefined || !roleAllows(caller.user.role, found.command.role)) return [];
    const spec = Object.hasOwn(found.command.options, option)
      ? found.command.options[option]
      : undefined;
    const choices = (spec?.choices ?? []).map((value) => ({ label: value, value }));
    const offered = [...choices, ...(spec?.suggest?.(caller) ?? [])];
    const wanted = typed.trim().toLowerCase();
    const fits = ({ label, value }: Suggestion): boolean =>
      String(value).toLowerCase().startsWith(wanted) || label.toLowerCase().includes(wanted);
    return offered.filter(fits).slice(0, MAX_SUGGESTIONS);
  }

  /** Makes a message to `user` that answers nothing; only buttons that they may use stay on it. */
  async offer(draft: Draft, user: User): Promise<Reply> {
    const usable = ({ command }: Button): boolean => {
      const needed = this.#byName.get(command)?.command.role;
      return needed !== undefined && roleAllows(user.role, needed);
    };
    const buttons = (draft.buttons ?? []).map((row) => row.filter((button) => usable(button)));
    const life = { ownerId: user.id, lifeMs: NOTICE_BUTTON_LIFE_MS, said: "" };
    return this.#issue({ ...draft, buttons }, life);
  }

  async #answer(name: string, caller: Caller, request: () => Promise<Request>): Promise<Reply> {
    const call = this.#call(caller);
    let asked: Request | null = null;
    try {
      this.#throttle(caller);
      asked = await request();
      return await this.#execute(asked, call);
    } catch (error) {
      if (!(error instanceof Fault)) {
        this.#parts.reportUnexpected(error, {
          command: asked?.name ?? name.slice(0, MAX_NAME_SHOWN),
        });
      }
      return { ...faultView(call.reader, error, this.#usageFor(error, name)), buttons: [] };
    }
  }

  #throttle(caller: Caller): void {
    // The terminal is its owner's own; scripts are piped into it.
    if (caller.platform === "console") return;
    const { now, machineNow = now } = this.#parts;
    const waitMs = this.#rate.take(caller.user.id, machineNow());
    if (waitMs > 0) throw new Fault("rate-limited", { waitMs: Math.max(1000, waitMs) });
  }

  async #understand(name: string, input: Input, caller: Caller): Promise<Request> {
    const wanted = name.trim().toLowerCase();
    const found = this.#byName.get(wanted);
    if (found === undefined || found.command.group === null) throw this.#unknown(wanted, caller);
    // Refused before its options are looked at: nobody learns the shape of what they may not use.
    requireRole(caller.user, found.command.role);
    if (typeof input !== "string") return { ...found, name: wanted, args: input, confirmed: false };
    const answer = found.command.confirm === null ? null : this.#trailingYes(input, caller);
    const args = assignWords(answer ?? input, open(found));
    return { ...found, name: wanted, args, confirmed: answer !== null };
  }

  /** The words before a final "yes" (in the caller's language, too), or null when there is none. */
  #trailingYes(words: string, caller: Caller): string | null {
    const parts = words.trimEnd().split(/\s+/);
    const last = parts.at(-1)?.toLowerCase() ?? "";
    if (last !== "yes" && last !== this.#call(caller).reader.text("confirm-word")) return null;
    return words.trimEnd().slice(0, -last.length);
  }

  async #execute(request: Request, call: Call): Promise<Reply> {
    const { command, preset } = request;
    requireRole(call.user, command.role);
    if (command.place === "private" && call.place !== "private") throw new Fault("private-only");
    const values = { ...validate(open(request), request.args), ...preset };
    if (!request.confirmed) {
      const question = (await command.confirm?.(values, call)) ?? null;
      if (question !== null) return this.#ask(command, question, values, call);
    }
    const said = toWords(command.name, values, command.options);
    const draft = await command.run(values, call);
    return this.#issue(draft, { ownerId: call.user.id, lifeMs: BUTTON_LIFE_MS, said });
  }

  async #ask(
    command: Command,
    question: Question,
    values: OptionValues,
    call: Call,
  ): Promise<Reply> {
    const { buttons } = this.#parts;
    const { reader } = call;
    const ownerId = call.user.id;
    const args = question.args ?? values;
    const yes = await buttons.issue(
      { command: command.name, args, ownerId, once: true, confirmed: true },
      QUESTION_LIFE_MS,
    );
    const no = await buttons.issue(
      { command: "dismiss", args: { call: yes }, ownerId, once: true, confirmed: false },
      QUESTION_LIFE_MS,
    );
    const word = reader.text("confirm-word");
    const words = `${toWords(command.name, args, command.options)} ${word}`;
    const row: IssuedButton[] = [
      {
        ...SILENT,
        id: yes,
        label: reader.text("button-yes"),
        style: "danger",
        words,
        confirms: true,
      },
      { ...SILENT, id: no, label: reader.text("button-cancel") },
    ];
    return { tone: "warning", blocks: [{ kind: "text", text: question.text }], buttons: [row] };
  }

  #issue(draft: Draft, life: Pick<Issuing, "ownerId" | "lifeMs" | "said">): Promise<Reply> {
    const { buttons } = this.#parts;
    const optionsOf = (name: string) => this.#byName.get(name)?.command.options ?? {};
    return issueButtons(draft, { ...life, buttons, optionsOf });
  }

  #call(caller: Caller): Call {
    const { now, quoteAsset } = this.#parts;
    const reader = new Reader(caller.user, { now: now(), quoteAsset });
    return { ...caller, reader, pageRows: PAGE_ROWS[caller.platform] };
  }

  #unknown(name: string, caller: Caller): Fault {
    const names = this.commands(caller.user.role).flatMap(namesOf);
    return new Fault("unknown-command", {
      name: name.slice(0, MAX_NAME_SHOWN),
      suggestion: nearest(name, names),
    });
  }

  #usageFor(error: unknown, name: string): string | null {
    const wrongWords =
      error instanceof Fault &&
      (error.code.startsWith("option-") || error.code === "too-many-words");
    const found = this.#byName.get(name.trim().toLowerCase());
    return wrongWords && found !== undefined
      ? usage(found.command, name.trim().toLowerCase())
      : null;
  }
}

/** What a button is unless it says otherwise. */
const SILENT = { style: "plain", words: "", confirms: false, repeats: false } as const;

/** The options a person still fills in. */
function open({ command, preset }: Found): Command["options"] {
  const entries = Object.entries(command.options);
  return Object.fromEntries(entries.filter(([name]) => !Object.hasOwn(preset, name)));
}

/** Stored values without those that were left out. */
function given(args: OptionValues): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}
