/**
 * The one way from a person to a command, for words, filled-in options and buttons alike: rate limit,
 * role, place, values, the question before a dangerous act, the act, and errors as sentences. Platforms
 * only translate into it and out of it. It never throws.
 */
import { requireRole } from "../../src/app/require-role.ts";
import { Fault } from "../../src/domain/fault.ts";
import { roleAllows, type Platform, type Role, type User } from "../../src/domain/user.ts";
import { faultView } from "../views/faults.ts";
import type { Button, Draft, Reply } from "../views/reply.ts";
import { Reader } from "../views/reader.ts";
import { Asker, missingOption } from "./asker.ts";
import { NOTICE_BUTTON_LIFE_MS, type Buttons } from "./buttons.ts";
import { fitting } from "./choice-page.ts";
import {
  checkCommands,
  namesOf,
  type Call,
  type Caller,
  type Command,
  type Watch,
} from "./command.ts";
import { Issuer, PAGE } from "./issuer.ts";
import { LongCommands, withdrawn } from "./long-commands.ts";
import { OpenQuestions, type OpenQuestion } from "./open-questions.ts";
import type { Suggestion } from "./option.ts";
import { assignWords, splitCommand, toWords } from "./parse-words.ts";
import { DEFAULT_RATE, RateLimit, type RateSettings } from "./rate-limit.ts";
import { askedFor, given, open, type Found, type Request } from "./request.ts";
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

export class Catalogue {
  readonly #parts: CatalogueParts;
  readonly #rate: RateLimit;
  readonly #byName: ReadonlyMap<string, Found>;
  readonly #questions: OpenQuestions;
  readonly #long = new LongCommands();
  readonly #issuer: Issuer;
  readonly #asker: Asker;

  constructor(parts: CatalogueParts) {
    checkCommands(parts.commands);
    this.#parts = parts;
    this.#rate = new RateLimit(parts.rate ?? DEFAULT_RATE);
    this.#questions = new OpenQuestions(parts.machineNow ?? parts.now);
    this.#byName = new Map(
      parts.commands.flatMap((command) => [
        [command.name, { command, preset: {} }] as const,
        ...Object.entries(command.aliases).map(
          ([alias, preset]) => [alias, { command, preset }] as const,
        ),
      ]),
    );
    const optionsOf = (command: string) => this.#byName.get(command)?.command.options ?? {};
    this.#issuer = new Issuer({ buttons: parts.buttons, optionsOf });
    this.#asker = new Asker(this.#questions, this.#issuer);
  }

  /** Commands for menus and help: what `role` may use, in the order they are listed. */
  commands(role: Role): readonly Command[] {
    return this.#parts.commands.filter((one) => one.group !== null && roleAllows(role, one.role));
  }

  /**
   * A line as typed: "/close 3", or the answer to an open question. Text that is neither gets a hint.
   * `watch` is shown how far a long command is.
   */
  async say(line: string, caller: Caller, watch: Watch = UNWATCHED): Promise<Reply> {
    const question = line.trimStart().startsWith("/") ? null : this.#questions.of(caller);
    if (question !== null) {
      const request = (call: Call) => this.#answered(question, line.trim(), call);
      return this.#answer(question.command, caller, { request, watch });
    }
    const spoken = splitCommand(line);
    return this.run(spoken?.name ?? line, spoken?.words ?? "", caller, watch);
  }

  /** True when plain words of a person are the answer to something they were asked. */
  awaits(caller: Caller): boolean {
    return this.#questions.of(caller) !== null;
  }

  /** A command by name with words ("3 yes") or filled-in options ({ position: "3" }). */
  async run(name: string, input: Input, caller: Caller, watch: Watch = UNWATCHED): Promise<Reply> {
    const request = () => this.#understand(name, input, caller);
    return this.#answer(name, caller, { request, watch });
  }

  /** A button, by the id it was issued with. */
  async press(id: string, caller: Caller, watch: Watch = UNWATCHED): Promise<Reply> {
    const request = async (): Promise<Request> => {
      const call = await this.#parts.buttons.press(id, caller.user.id);
      const found = this.#byName.get(call.command);
      if (found === undefined) throw new Fault("button-expired");
      const { command: name, confirmed } = call;
      const { [PAGE]: page = 1, ...args } = call.args;
      return { ...found, name, preset: {}, args: given(args), confirmed, page: Number(page) };
    };
    return this.#answer("button", caller, { request, watch });
  }

  /** Closes the open question of a person here and ends their long commands, whose names it returns. */
  cancel(caller: Caller): { readonly question: boolean; readonly ended: readonly string[] } {
    const question = this.#questions.close(caller);
    return { question, ended: this.#long.cancel(caller.user.id) };
  }

  /** Values that would fit an option, for completion while typing; at most 25. */
  suggest(name: string, option: string, typed: string, caller: Caller): readonly Suggestion[] {
    const found = this.#byName.get(name);
    if (found === undefined || !roleAllows(caller.user.role, found.command.role)) return [];
    const spec = Object.hasOwn(found.command.options, option)
      ? found.command.options[option]
      : undefined;
    return spec === undefined ? [] : fitting(spec, typed, caller).slice(0, MAX_SUGGESTIONS);
  }

  /** Makes a message to `user` that answers nothing; only buttons that they may use stay on it. */
  async offer(draft: Draft, user: User): Promise<Reply> {
    const usable = ({ command }: Button): boolean => {
      const needed = this.#byName.get(command)?.command.role;
      return needed !== undefined && roleAllows(user.role, needed);
    };
    const buttons = (draft.buttons ?? []).map((row) => row.filter((button) => usable(button)));
    const life = { ownerId: user.id, lifeMs: NOTICE_BUTTON_LIFE_MS, said: "" };
    return this.#issuer.offer({ ...draft, buttons }, life);
  }

  async #answer(
    name: string,
    caller: Caller,
    { request, watch }: { request: (call: Call) => Promise<Request>; watch: Watch },
  ): Promise<Reply> {
    const before = this.#questions.of(caller);
    const under = { command: name };
    const { call, end } = this.#call(caller, under, watch);
    let asked: Request | null = null;
    try {
      this.#throttle(caller);
      asked = await request(call);
      under.command = asked.command.name;
      const reply = await this.#execute(asked, call);
      // Any command ends an open question, but for the one it asked itself.
      if (this.#questions.of(caller) === before) this.#questions.close(caller);
      return reply;
    } catch (error) {
      if (call.signal.aborted) return withdrawn(call, under);
      if (!(error instanceof Fault)) {
        this.#parts.reportUnexpected(error, {
          command: asked?.name ?? name.slice(0, MAX_NAME_SHOWN),
        });
      }
      const again = asked === null ? null : await this.#asker.again(askedFor(asked), error, call);
      const refusal = faultView(call.reader, error, this.#usageFor(error, name, again !== null));
      if (asked === null || again === null) return { ...refusal, buttons: [] };
      return { ...refusal, blocks: [...refusal.blocks, ...again.blocks], buttons: again.buttons };
    } finally {
      end();
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

  /** A command that was asked about, with what the person wrote as the option that was missing. */
  async #answered(question: OpenQuestion, written: string, call: Call): Promise<Request> {
    const { command: name, args, option } = question;
    const found = this.#byName.get(name);
    const spec = found?.command.options[option];
    if (found === undefined || spec === undefined) throw this.#unknown(name, call);
    const meant = await this.#asker.meant(question, spec, written, call);
    const all = { ...given(args), [option]: meant };
    return { ...found, name, preset: {}, args: all, confirmed: false, answers: question };
  }

  /** The words before a final "yes" (in the caller's language, too), or null when there is none. */
  #trailingYes(words: string, caller: Caller): string | null {
    const parts = words.trimEnd().split(/\s+/);
    const last = parts.at(-1)?.toLowerCase() ?? "";
    if (last !== "yes" && last !== this.#reader(caller).text("confirm-word")) return null;
    return words.trimEnd().slice(0, -last.length);
  }

  async #execute(request: Request, call: Call): Promise<Reply> {
    const { command, preset } = request;
    requireRole(call.user, command.role);
    if (command.place === "private" && call.place !== "private") throw new Fault("private-only");
    const missing = missingOption(open(request), request.args);
    if (missing !== null) {
      const reply = await this.#asker.ask(askedFor(request), missing, call);
      if (reply !== null) return reply;
    }
    const values = { ...validate(open(request), request.args), ...preset };
    if (!request.confirmed) {
      const question = (await command.confirm?.(values, call)) ?? null;
      if (question !== null) return this.#issuer.confirm(command, question, values, call);
    }
    const said = toWords(command.name, values, command.options);
    return this.#issuer.reply(await command.run(values, call), call, said);
  }

  #reader(caller: Caller): Reader {
    const { now, quoteAsset } = this.#parts;
    return new Reader(caller.user, { now: now(), quoteAsset });
  }

  #call(
    caller: Caller,
    under: { readonly command: string },
    watch: Watch,
  ): { call: Call; end: () => void } {
    const base = { ...caller, reader: this.#reader(caller), pageRows: PAGE_ROWS[caller.platform] };
    const show = () => this.#issuer.progress(base);
    const report = (error: unknown) => this.#parts.reportUnexpected(error, under);
    const { progress, signal, end } = this.#long.start({ caller, under, watch, show, report });
    return { call: { ...base, progress, signal }, end };
  }

  #unknown(name: string, caller: Caller): Fault {
    const names = this.commands(caller.user.role).flatMap(namesOf);
    return new Fault("unknown-command", {
      name: name.slice(0, MAX_NAME_SHOWN),
      suggestion: nearest(name, names),
    });
  }

  #usageFor(error: unknown, name: string, asksAgain: boolean): string | null {
    const wrongWords =
      error instanceof Fault &&
      (error.code.startsWith("option-") || error.code === "too-many-words");
    const found = this.#byName.get(name.trim().toLowerCase());
    return wrongWords && !asksAgain && found !== undefined
      ? usage(found.command, name.trim().toLowerCase())
      : null;
  }
}

const UNWATCHED: Watch = () => undefined;
