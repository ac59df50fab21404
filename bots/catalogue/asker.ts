/**
 * The question for an option that was left out: a sentence, and where there is something to choose from,
 * a button for each. A button carries the command with this option filled in.
 */
import { RuleRefused } from "../../src/app/rule-refused.ts";
import { Fault } from "../../src/domain/fault.ts";
import type { Block, OptionValue, OptionValues, Reply } from "../views/reply.ts";
import type { Call, Command } from "./command.ts";
import type { Issuer } from "./issuer.ts";
import { OpenQuestions, type OpenQuestion } from "./open-questions.ts";
import type { Option, Suggestion } from "./option.ts";
import { validate } from "./validate.ts";

/** The first option that must be given and is not; null when the command is complete. */
export function missingOption(
  options: Command["options"],
  args: Readonly<Record<string, unknown>>,
): string | null {
  const all = Object.entries(options);
  return all.find(([name, one]) => one.required && !isGiven(args, name))?.[0] ?? null;
}

/** A command on its way, as far as questions care. */
export interface Incomplete {
  readonly command: Command;
  /** The options a person fills in; an alias sets the others. */
  readonly options: Command["options"];
  readonly preset: OptionValues;
  readonly args: Readonly<Record<string, unknown>>;
  /** Page of the choices. */
  readonly page?: number;
  /** The question that this answers. */
  readonly answers?: OpenQuestion;
}

export class Asker {
  readonly #questions: OpenQuestions;
  readonly #issuer: Issuer;

  constructor(questions: OpenQuestions, issuer: Issuer) {
    this.#questions = questions;
    this.#issuer = issuer;
  }

  /** The question for an option that is missing; null when it cannot be asked here. */
  async ask(request: Incomplete, missing: string, call: Call): Promise<Reply | null> {
    const { options, preset } = request;
    const known = knownIn(request);
    const args: Record<string, OptionValue | undefined> = validate(known, request.args);
    for (const [name, { check }] of Object.entries(known)) {
      const value = args[name];
      if (value !== undefined && check !== undefined) args[name] = await check(value);
    }
    const option = options[missing];
    return option === undefined
      ? null
      : this.#put({ ...request, args: { ...args, ...preset } }, missing, call);
  }

  /** After a refused answer, or a refused rule, the same is asked again, so that nothing is lost. */
  async again(request: Incomplete, error: unknown, call: Call): Promise<Reply | null> {
    const { options, args, answers } = request;
    const rest = Object.keys(options).find((name) => options[name]?.type === "rest");
    const option = answers?.option ?? (error instanceof RuleRefused ? rest : undefined);
    if (!(error instanceof Fault) || option === undefined || !OpenQuestions.canAnswer(call)) {
      this.#questions.close(call);
      return null;
    }
    const { [option]: _refused, ...others } = args;
    const left = { ...request, args: others };
    const values = { ...validate(knownIn(left), others), ...request.preset };
    return this.#put({ ...left, args: values, again: true }, option, call);
  }

  /** What somebody means who writes the words on a button. */
  async meant(
    question: OpenQuestion,
    option: Option,
    written: string,
    call: Call,
  ): Promise<string> {
    const offers = await offersOf(option, call, question.args);
    const wanted = written.toLowerCase();
    const chosen = offers?.find(({ label }) => label.toLowerCase() === wanted);
    return chosen === undefined ? written : String(chosen.value);
  }

  async #put(
    request: Incomplete & { readonly args: OptionValues; readonly again?: true },
    missing: string,
    call: Call,
  ): Promise<Reply | null> {
    const { command, args, page = 1 } = request;
    const option = command.options[missing];
    if (option === undefined) return null;
    const offers = await offersOf(option, call, args);
    if (offers?.length === 0 && option.none !== undefined) {
      const text = call.reader.text(option.none);
      return { tone: "neutral", blocks: [{ kind: "text", text }], buttons: [] };
    }
    const mayWrite = OpenQuestions.canAnswer(call);
    const choices = offers !== null && offers.length > 0;
    if (!choices && !mayWrite) return null;
    if (mayWrite) this.#questions.open(call, { command: command.name, args, option: missing });
    const blocks =
      request.again === true
        ? againBlocks(call, args)
        : questionBlocks(call, option, { known: args, mayWrite, choices });
    const asking = { command, args, option: missing, offers: offers ?? [], blocks, page };
    return this.#issuer.ask(asking, call);
  }
}

/** The options that were given. */
function knownIn({ options, args }: Incomplete): Command["options"] {
  return Object.fromEntries(Object.entries(options).filter(([name]) => isGiven(args, name)));
}

function isGiven(args: Readonly<Record<string, unknown>>, name: string): boolean {
  const value = Object.hasOwn(args, name) ? args[name] : undefined;
  return value !== undefined && value !== null && value !== "";
}

function againBlocks({ reader }: Call, values: OptionValues): readonly Block[] {
  const known = knownWords(values);
  const text = reader.text(known === "" ? "ask-again" : "ask-again-known", { known });
  return [{ kind: "text", text }];
}

/** What was given before, on one line. */
function knownWords(values: OptionValues): string {
  return Object.values(values)
    .filter((value) => value !== undefined)
    .map(String)
    .join(" · ");
}

/** All there is to choose from; null where people write what they like. */
async function offersOf(
  option: Option,
  call: Call,
  known: OptionValues,
): Promise<readonly Suggestion[] | null> {
  if (option.choices !== null) return option.choices.map((value) => ({ label: value, value }));
  if (option.offer !== undefined) return option.offer(call, known);
  return option.suggest?.(call) ?? null;
}

/** What is asked, with what is known already above it. */
function questionBlocks(
  call: Call,
  option: Option,
  form: { readonly known: OptionValues; readonly mayWrite: boolean; readonly choices: boolean },
): readonly Block[] {
  const { reader } = call;
  const topic = option.description.replace(/^option-/, "");
  const description = reader.text(option.description);
  const question = reader.textOr(`ask-${topic}`, "ask-option", { description });
  const known = knownWords(form.known);
  const head: Block[] = known === "" ? [] : [{ kind: "text", text: known }];
  const chosen = call.platform === "console" ? "ask-choose-word" : "ask-choose";
  const hint = form.choices ? chosen : "ask-write";
  return [
    ...head,
    { kind: "text", text: question },
    ...(form.mayWrite ? [{ kind: "text", text: reader.text(hint) } as const] : []),
  ];
}
