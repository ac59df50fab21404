/** What the Tab key offers: commands first, then what fits the option the cursor stands in. */
import type { Caller } from "../catalogue/command.ts";
import type { Catalogue } from "../catalogue/dispatcher.ts";
import { namesOf } from "../catalogue/command.ts";

/** In the shape readline wants: what could stand there, and the part of the line it would replace. */
export function completions(
  catalogue: Catalogue,
  caller: Caller,
  line: string,
): [string[], string] {
  const words = line.trimStart().split(/\s+/);
  const commands = catalogue.commands(caller.user.role);
  const last = words.at(-1) ?? "";
  if (words.length <= 1) {
    const slash = last.startsWith("/") || last === "" ? "/" : "";
    const names = commands.flatMap(namesOf).map((name) => `${slash}${name}`);
    return [names.filter((name) => name.startsWith(last)).toSorted(), last];
  }
  const name = (words[0] ?? "").replace(/^\//, "").toLowerCase();
  const found = commands.find((one) => namesOf(one).includes(name));
  const option = Object.keys(found?.options ?? {})[words.length - 2];
  if (option === undefined) return [[], last];
  const values = catalogue
    .suggest(name, option, last, caller)
    .map(({ value }) => String(value))
    .filter((value) => value.startsWith(last));
  return [values, last];
}
