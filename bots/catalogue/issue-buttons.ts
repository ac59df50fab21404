/** Gives the buttons of a draft their ids: each becomes a stored call, all of them in one step. */
import type { Button, Draft, IssuedButton, Reply } from "../views/reply.ts";
import type { Buttons } from "./buttons.ts";
import type { OptionSet } from "./option.ts";
import { toWords } from "./parse-words.ts";

export interface Issuing {
  readonly buttons: Buttons;
  /** The options of a command. */
  readonly optionsOf: (command: string) => OptionSet;
  /** Whose buttons they will be. */
  readonly ownerId: string;
  readonly lifeMs: number;
  /** The command that is answered, as words: a button that says the same is a refresh. */
  readonly said: string;
}

export async function issueButtons(draft: Draft, issuing: Issuing): Promise<Reply> {
  const { buttons: store, optionsOf, ownerId, lifeMs, said } = issuing;
  const rows = (draft.buttons ?? []).filter((row) => row.length > 0);
  const calls = rows.flat().map(({ command, args }) => {
    return { command, args, ownerId, once: false, confirmed: false };
  });
  const ids = (await store.issueAll(ownerId, calls, lifeMs)).values();
  const issued = ({ label, style, command, args, below = false }: Button): IssuedButton => {
    const words = toWords(command, args, optionsOf(command));
    const id = ids.next().value ?? "";
    const made = { id, label, style, words, confirms: false, repeats: words === said };
    return below ? { ...made, below } : made;
  };
  return { ...draft, buttons: rows.map((row) => row.map((button) => issued(button))) };
}
