/** Makes what a command answered, or what must be asked, into a reply whose buttons have ids. */
import type { Block, Button, Draft, IssuedButton, OptionValues, Reply } from "../views/reply.ts";
import { choicePage } from "./choice-page.ts";
import { BUTTON_LIFE_MS, QUESTION_LIFE_MS, type Buttons } from "./buttons.ts";
import type { Call, Command, Question } from "./command.ts";
import type { Suggestion } from "./option.ts";
import { issueButtons, type Issuing } from "./issue-buttons.ts";
import { toWords } from "./parse-words.ts";

/** Under this name a button keeps the page it turns to; no option is called like it. */
export const PAGE = "?page";

/** What a button is unless it says otherwise. */
const SILENT = { style: "plain", words: "", confirms: false, repeats: false } as const;

/** A question for one option of a command. */
export interface Asking {
  readonly command: Command;
  /** What is known already. */
  readonly args: OptionValues;
  readonly option: string;
  readonly offers: readonly Suggestion[];
  readonly blocks: readonly Block[];
  readonly page: number;
}

/** Who is answered, and how they read. */
type Speaking = Pick<Call, "user" | "reader">;

export interface IssuerParts {
  readonly buttons: Buttons;
  readonly optionsOf: (command: string) => Command["options"];
}

export class Issuer {
  readonly #parts: IssuerParts;

  constructor(parts: IssuerParts) {
    this.#parts = parts;
  }

  /** `said` is the command that is being answered, as words. */
  reply(draft: Draft, call: Speaking, said: string): Promise<Reply> {
    return this.offer(draft, { ownerId: call.user.id, lifeMs: BUTTON_LIFE_MS, said });
  }

  /** The same for a message that may answer nothing. */
  offer(draft: Draft, life: Pick<Issuing, "ownerId" | "lifeMs" | "said">): Promise<Reply> {
    return issueButtons(draft, { ...this.#parts, ...life });
  }

  /** The question before a dangerous act. */
  async confirm(
    command: Command,
    question: Question,
    values: OptionValues,
    call: Call,
  ): Promise<Reply> {
    const { reader } = call;
    const ownerId = call.user.id;
    const args = question.args ?? values;
    const lifeMs = question.patient === true ? BUTTON_LIFE_MS : QUESTION_LIFE_MS;
    const yes = await this.#parts.buttons.issue(
      { command: command.name, args, ownerId, once: true, confirmed: true },
      lifeMs,
    );
    const word = reader.text("confirm-word");
    const first: IssuedButton = {
      ...SILENT,
      id: yes,
      label: reader.text(question.yes ?? "button-yes"),
      style: question.patient === true ? "primary" : "danger",
      words: `${toWords(command.name, args, command.options)} ${word}`,
      confirms: true,
    };
    const { buttons: more } = await this.reply(rowOf(question.more ?? []), call, "");
    const row = [first, ...more.flat(), await this.#cancel(call, yes, lifeMs)];
    const blocks = question.blocks ?? [{ kind: "text", text: question.text } as const];
    const tone = question.patient === true ? "neutral" : "warning";
    return { tone, blocks, buttons: [row] };
  }

  /** The question for an option that was left out. */
  async ask(asking: Asking, call: Call): Promise<Reply> {
    const { command, args, option, blocks } = asking;
    const { rows, page, pages } = choicePage(asking.offers, asking.page, call);
    const turns = [
      { to: page - 1, key: "button-previous" },
      { to: page + 1, key: "button-next" },
    ].filter(({ to }) => to >= 1 && to <= pages);
    const changes = [
      ...rows.flat().map(({ value }) => ({ [option]: value })),
      ...turns.map(({ to }) => ({ [PAGE]: to })),
    ];
    const ids = (await this.#store(command.name, args, { changes, call })).values();
    const next = (): string => ids.next().value ?? "";
    const choices = rows.map((row) =>
      row.map(({ label, value }) => ({ ...SILENT, id: next(), label, answer: String(value) })),
    );
    const last: IssuedButton[] = [
      ...turns.map(({ key }) => ({ ...SILENT, id: next(), label: call.reader.text(key) })),
      await this.#cancel(call, "question", BUTTON_LIFE_MS),
    ];
    return { tone: "neutral", blocks, buttons: [...choices, last] };
  }

  /** What shows how far a long command is, with a way to end it. */
  async progress(call: Speaking): Promise<(line: string) => Reply> {
    const label = call.reader.text("button-cancel");
    const cancel: Button = { label, command: "cancel", args: {}, style: "plain" };
    const { buttons } = await this.reply(rowOf([cancel]), call, "");
    return (line) => ({ tone: "neutral", blocks: [{ kind: "text", text: line }], buttons });
  }

  async #cancel(call: Call, yes: string, lifeMs: number): Promise<IssuedButton> {
    const stored = { command: "dismiss", args: { call: yes }, ownerId: call.user.id };
    const id = await this.#parts.buttons.issue({ ...stored, once: true, confirmed: false }, lifeMs);
    return { ...SILENT, id, label: call.reader.text("button-cancel") };
  }

  /** The command with each of the changes to its options, as ids. */
  #store(
    command: string,
    args: OptionValues,
    { changes, call }: { readonly changes: readonly OptionValues[]; readonly call: Speaking },
  ): Promise<readonly string[]> {
    const ownerId = call.user.id;
    const calls = changes.map((change) => {
      return { command, args: { ...args, ...change }, ownerId, once: false, confirmed: false };
    });
    return this.#parts.buttons.issueAll(ownerId, calls, BUTTON_LIFE_MS);
  }
}

function rowOf(buttons: readonly Button[]): Draft {
  return { tone: "neutral", blocks: [], buttons: [buttons] };
}
