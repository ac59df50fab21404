/** Makes what a command answered, or what must be asked, into a reply whose buttons have ids. */
import type { Block, Button, Draft, IssuedButton, OptionValues, Reply } from "../views/reply.ts";
import { choicePage } from "./choice-page.ts";
import { BUTTON_LIFE_MS, QUESTION_LIFE_MS, type Buttons } from "./buttons.ts";
import type { Call, Command, Question } from "./command.ts";
import type { Suggestion } from "./option.ts";
import { toWords } from "./parse-words.ts";

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
  async reply(draft: Draft, call: Call, said: string): Promise<Reply> {
    const rows = (draft.buttons ?? []).filter((row) => row.length > 0);
    const buttons = await Promise.all(
      rows.map((row) => Promise.all(row.map((button) => this.#button(button, call, said)))),
    );
    return { ...draft, buttons };
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
    const more = await Promise.all((question.more ?? []).map((one) => this.#button(one, call, "")));
    const row = [first, ...more, await this.#cancel(call, yes, lifeMs)];
    const blocks = question.blocks ?? [{ kind: "text", text: question.text } as const];
    const tone = question.patient === true ? "neutral" : "warning";
    return { tone, blocks, buttons: [row] };
  }

  /** The question for an option that was left out. */
  async ask(asking: Asking, call: Call): Promise<Reply> {
    const { command, args, option, blocks } = asking;
    const ownerId = call.user.id;
    const issue = (change: OptionValues, page?: number): Promise<string> => {
      const made = { command: command.name, args: { ...args, ...change }, ownerId };
      const paged = page === undefined ? made : { ...made, page };
      return this.#parts.buttons.issue({ ...paged, once: false, confirmed: false }, BUTTON_LIFE_MS);
    };
    const { rows, page, pages } = choicePage(asking.offers, asking.page, call);
    const choice = async ({ label, value }: Suggestion): Promise<IssuedButton> => ({
      ...SILENT,
      id: await issue({ [option]: value }),
      label,
      answer: String(value),
    });
    const turn = async (to: number, key: string): Promise<readonly IssuedButton[]> =>
      to < 1 || to > pages
        ? []
        : [{ ...SILENT, id: await issue({}, to), label: call.reader.text(key) }];
    const last = [
      ...(await turn(page - 1, "button-previous")),
      ...(await turn(page + 1, "button-next")),
      await this.#cancel(call, "question", BUTTON_LIFE_MS),
    ];
    const choices = await Promise.all(rows.map((row) => Promise.all(row.map(choice))));
    return { tone: "neutral", blocks, buttons: [...choices, last] };
  }

  /** What shows how far a long command is, with a way to end it. */
  async progress(call: Speaking): Promise<(line: string) => Reply> {
    const label = call.reader.text("button-cancel");
    const cancel: Button = { label, command: "cancel", args: {}, style: "plain" };
    const buttons = [[await this.#button(cancel, call, "")]];
    return (line) => ({ tone: "neutral", blocks: [{ kind: "text", text: line }], buttons });
  }

  async #cancel(call: Call, yes: string, lifeMs: number): Promise<IssuedButton> {
    const stored = { command: "dismiss", args: { call: yes }, ownerId: call.user.id };
    const id = await this.#parts.buttons.issue({ ...stored, once: true, confirmed: false }, lifeMs);
    return { ...SILENT, id, label: call.reader.text("button-cancel") };
  }

  async #button(button: Button, call: Speaking, said: string): Promise<IssuedButton> {
    const { label, style, command, args, below = false } = button;
    const ownerId = call.user.id;
    const id = await this.#parts.buttons.issue(
      { command, args, ownerId, once: false, confirmed: false },
      BUTTON_LIFE_MS,
    );
    const words = toWords(command, args, this.#parts.optionsOf(command));
    const made = { id, label, style, words, confirms: false, repeats: words === said };
    return below ? { ...made, below } : made;
  }
}
