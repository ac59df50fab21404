/** The command menus of Telegram's apps, made from the catalogue: one for each place and language. */
import type { Api } from "grammy";
import type { Catalogue } from "../catalogue/dispatcher.ts";
import { descriptionKey } from "../catalogue/command.ts";
import { LANGUAGES, text, type Language } from "../text/text.ts";

/** Commands in one menu, and letters of a description, that Telegram takes. */
const MAX_COMMANDS = 100;
const MAX_DESCRIPTION_LENGTH = 256;

interface Entry {
  readonly command: string;
  readonly description: string;
}

/** In private what a trader may use; in groups what only looks and may be seen by others. */
export function menuOf(
  catalogue: Catalogue,
  place: "private" | "group",
  language: Language,
): readonly Entry[] {
  return catalogue
    .commands(place === "private" ? "trader" : "viewer")
    .filter((one) => place === "private" || one.place === "anywhere")
    .slice(0, MAX_COMMANDS)
    .map((one) => ({
      command: one.name,
      description: text(language, descriptionKey(one)).slice(0, MAX_DESCRIPTION_LENGTH),
    }));
}

const SCOPES = { private: "all_private_chats", group: "all_group_chats" } as const;

/** Registers all menus. The first language also serves those who use none of ours. */
export async function publishMenus(api: Api, catalogue: Catalogue): Promise<void> {
  for (const place of ["private", "group"] as const) {
    const scope = { type: SCOPES[place] } as const;
    await api.setMyCommands(menuOf(catalogue, place, LANGUAGES[0]), { scope });
    for (const language of LANGUAGES.slice(1)) {
      const commands = menuOf(catalogue, place, language);
      await api.setMyCommands(commands, { scope, language_code: language });
    }
  }
}
