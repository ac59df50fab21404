/**
 * The catalogue as Discord's slash commands: real option types, choices, limits, completion, and
 * descriptions in every language there is. Aliases are commands of their own.
 */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
  type APIApplicationCommandBasicOption,
  type LocalizationMap,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from "discord.js";
import { descriptionKey, namesOf, type Command } from "../catalogue/command.ts";
import type { Option } from "../catalogue/option.ts";
import { LANGUAGES, text } from "../text/text.ts";
import { clippedLine } from "./render.ts";

/** Longest description of a command or option, and longest choice. */
export const MAX_DESCRIPTION_LENGTH = 100;
/** Longest text Discord lets a person type into an option. */
const MAX_TEXT_LENGTH = 6000;

type SlashCommand = RESTPostAPIChatInputApplicationCommandsJSONBody;

/** All of them, for PUT /applications/{id}/commands. */
export function slashCommands(commands: readonly Command[]): readonly SlashCommand[] {
  return commands.flatMap((one) => namesOf(one).map((name) => slashCommand(one, name)));
}

function slashCommand(one: Command, name: string): SlashCommand {
  const preset = one.aliases[name] ?? {};
  const open = Object.entries(one.options).filter(([option]) => !Object.hasOwn(preset, option));
  return {
    type: ApplicationCommandType.ChatInput,
    name,
    ...described(descriptionKey(one)),
    options: open.map(([option, spec]) => slashOption(option, spec)),
    integration_types: [
      ApplicationIntegrationType.GuildInstall,
      ApplicationIntegrationType.UserInstall,
    ],
    contexts:
      one.place === "private"
        ? [InteractionContextType.BotDM]
        : [
            InteractionContextType.Guild,
            InteractionContextType.BotDM,
            InteractionContextType.PrivateChannel,
          ],
  };
}

function slashOption(name: string, option: Option): APIApplicationCommandBasicOption {
  const head = { name, ...described(option.description), required: option.required };
  switch (option.type) {
    case "integer":
      return {
        ...head,
        type: ApplicationCommandOptionType.Integer,
        ...range(option),
        ...hints(option),
      };
    case "number":
      return {
        ...head,
        type: ApplicationCommandOptionType.Number,
        ...range(option),
        ...hints(option),
      };
    case "boolean":
      return { ...head, type: ApplicationCommandOptionType.Boolean };
    case "string":
    case "rest":
      return { ...head, type: ApplicationCommandOptionType.String, ...textForm(option) };
  }
}

function range({ min, max }: Option): { min_value?: number; max_value?: number } {
  return {
    ...(min === undefined ? {} : { min_value: min }),
    ...(max === undefined ? {} : { max_value: max }),
  };
}

/** Numbers have no choices in the catalogue, only suggestions. */
function hints(option: Option): { autocomplete?: true } {
  return option.suggest === undefined ? {} : { autocomplete: true };
}

function textForm(
  option: Option,
): { choices: { name: string; value: string }[] } | { autocomplete?: true; max_length?: number } {
  if (option.choices !== null) {
    return { choices: option.choices.map((value) => ({ name: value, value })) };
  }
  const { maxLength } = option;
  const limit = maxLength === undefined ? {} : { max_length: Math.min(maxLength, MAX_TEXT_LENGTH) };
  return { ...limit, ...hints(option) };
}

function described(key: string): {
  description: string;
  description_localizations: LocalizationMap;
} {
  const [base, ...others] = LANGUAGES;
  const known: readonly string[] = Object.values(Locale);
  const localised = others
    .filter((language) => known.includes(language))
    .map((language) => [language, description(language, key)]);
  return {
    description: description(base, key),
    description_localizations: Object.fromEntries(localised),
  };
}

function description(language: string, key: string): string {
  return clippedLine(text(language, key), MAX_DESCRIPTION_LENGTH);
}
