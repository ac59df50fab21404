/** How a command is typed, on one line: "/close <position|all>". */
import type { Command } from "./command.ts";
import type { Option } from "./option.ts";

/** More choices than this are named by the option alone. */
const MAX_CHOICES_SHOWN = 4;

export function usage(one: Command, name = one.name): string {
  const preset = one.aliases[name] ?? {};
  const options = Object.entries(one.options).filter(([option]) => !Object.hasOwn(preset, option));
  return [`/${name}`, ...options.map(([option, spec]) => placeholder(option, spec))].join(" ");
}

function placeholder(name: string, option: Option): string {
  const few = option.choices !== null && option.choices.length <= MAX_CHOICES_SHOWN;
  const inside = few ? (option.choices ?? []).join("|") : name;
  const shown = option.type === "rest" ? `${inside}…` : inside;
  return option.required ? `<${shown}>` : `[${shown}]`;
}
