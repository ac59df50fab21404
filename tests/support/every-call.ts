/** Every name of every command with its options filled in, for tests that must leave none out. */
import { namesOf, type Command } from "../../bots/catalogue/command.ts";
import type { Option } from "../../bots/catalogue/option.ts";
import { toWords } from "../../bots/catalogue/parse-words.ts";

export type FilledIn = Readonly<Record<string, string | number | boolean>>;

export interface FilledCall {
  readonly name: string;
  readonly values: FilledIn;
  /** The same as one would type it. */
  readonly words: string;
}

/** Each once with what it needs, and once with all it takes; what is `wanted` by an option's name goes first. */
export function everyCall(commands: readonly Command[], wanted: FilledIn): readonly FilledCall[] {
  return commands.flatMap((one) =>
    namesOf(one).flatMap((name) => {
      const preset = one.aliases[name] ?? {};
      const open = Object.entries(one.options).filter(([option]) => !Object.hasOwn(preset, option));
      const needed = open.filter(([, option]) => option.required);
      const rounds = needed.length === open.length ? [open] : [needed, open];
      return rounds.map((options) => {
        const values = Object.fromEntries(
          options.map(([option, spec]) => [option, wanted[option] ?? anyValue(spec)]),
        );
        return { name, values, words: toWords(name, values, Object.fromEntries(open)) };
      });
    }),
  );
}

function anyValue(option: Option): string | number | boolean {
  if (option.choices !== null) return option.choices[0] ?? "";
  if (option.type === "boolean") return true;
  return option.type === "integer" || option.type === "number" ? (option.min ?? 1) : "1";
}
