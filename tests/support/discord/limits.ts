/** What Discord refuses in messages and commands, as strictly as the real one; with its error codes. */
import { Refusal, type LocalCommand } from "./shapes.ts";

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const EPHEMERAL = 64;
const SUPPRESS_EMBEDS = 4;
const SUPPRESS_NOTIFICATIONS = 4096;
const MAX_FILE_BYTES = 10 * 1024 * 1024;

export interface MessageBody {
  readonly content?: string | null;
  readonly components?: readonly unknown[];
  readonly flags?: number | null;
  readonly attachments?: readonly { readonly id?: string }[];
  readonly nonce?: string;
  readonly enforce_nonce?: boolean;
}

type Kind = "channel" | "interaction" | "edit";

const FLAGS: Readonly<Record<Kind, number>> = {
  channel: SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS,
  interaction: SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | EPHEMERAL,
  edit: SUPPRESS_EMBEDS,
};

/** Throws a Refusal 50035 or 50006. */
export function checkMessage(
  body: MessageBody,
  files: readonly { readonly bytes: Uint8Array }[],
  kind: Kind,
): void {
  const { content, components = [], flags = 0, attachments = [] } = body;
  if (content !== undefined && content !== null && Array.from(content).length > 2000) {
    refuse("content", "BASE_TYPE_MAX_LENGTH", "Must be 2000 or fewer in length.");
  }
  if (((flags ?? 0) & ~FLAGS[kind]) !== 0) refuse("flags", "MESSAGE_FLAGS", "Flag not allowed.");
  if (kind !== "edit" && !content && files.length === 0) {
    throw new Refusal(400, 50_006, "Cannot send an empty message");
  }
  if (files.some(({ bytes }) => bytes.length > MAX_FILE_BYTES)) {
    throw new Refusal(413, 40_005, "Request entity too large");
  }
  for (const [index] of files.entries()) {
    if (!attachments.some(({ id }) => id === String(index))) {
      refuse("attachments", "ATTACHMENT_NOT_LISTED", `files[${index}] is not listed.`);
    }
  }
  checkRows(components);
}

interface Row {
  readonly type?: number;
  readonly components?: readonly {
    readonly type?: number;
    readonly style?: number;
    readonly label?: string;
    readonly custom_id?: string;
  }[];
}

function checkRows(rows: readonly unknown[]): void {
  if (rows.length > 5) refuse("components", "BASE_TYPE_MAX_LENGTH", "Must be 5 or fewer.");
  const ids = new Set<string>();
  for (const row of rows as readonly Row[]) {
    const buttons = row.components ?? [];
    if (row.type !== 1 || buttons.length < 1 || buttons.length > 5) {
      refuse("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
    }
    for (const { type, style = 0, label = "", custom_id: id = "" } of buttons) {
      if (type !== 2 || style < 1 || style > 4)
        refuse("style", "BASE_TYPE_CHOICES", "Not a style.");
      if (label.length < 1 || label.length > 80)
        refuse("label", "BASE_TYPE_BAD_LENGTH", "1 to 80.");
      if (id.length < 1 || id.length > 100)
        refuse("custom_id", "BASE_TYPE_BAD_LENGTH", "1 to 100.");
      if (ids.has(id)) refuse("custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Duplicated.");
      ids.add(id);
    }
  }
}

/** Throws a Refusal for the first thing wrong with the list of all commands. */
export function checkCommands(commands: readonly LocalCommand[]): void {
  if (commands.length > 100) throw new Refusal(400, 30_032, "Maximum number of commands reached");
  const names = new Set(commands.map(({ name }) => name));
  if (names.size !== commands.length)
    refuse("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Twice.");
  for (const command of commands) checkCommand(command);
}

function checkCommand({ name, description, options = [], ...others }: LocalCommand): void {
  checkNames(name, description);
  if (options.length > 25) refuse("options", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer.");
  const { contexts, integration_types: types } = others;
  if (contexts?.length === 0 || types?.length === 0) refuse("contexts", "BASE_TYPE_MIN_LENGTH", "");
  let optional = false;
  let characters = name.length + description.length;
  for (const option of options) {
    checkNames(option.name, option.description);
    if (option.required === true && optional) {
      refuse(
        "options",
        "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
        "Required ones come first.",
      );
    }
    optional ||= option.required !== true;
    characters += option.name.length + option.description.length + checkChoices(option);
  }
  if (new Set(options.map((one) => one.name)).size !== options.length) {
    refuse("options", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Twice.");
  }
  if (characters > 8000) refuse("command", "APPLICATION_COMMAND_TOO_LARGE", "More than 8000.");
}

/** Characters its choices take. */
function checkChoices(option: NonNullable<LocalCommand["options"]>[number]): number {
  const choices = "choices" in option ? (option.choices ?? []) : [];
  const completes = "autocomplete" in option && option.autocomplete;
  if (completes && choices.length > 0) refuse("choices", "AUTOCOMPLETE_WITH_CHOICES", "Not both.");
  if (choices.length > 25) refuse("choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer.");
  checkSuggestions(choices, option.type);
  return choices.reduce((sum, one) => sum + one.name.length + String(one.value).length, 0);
}

/** Choices of an option, or what completion offers for it. */
export function checkSuggestions(
  choices: readonly { readonly name: string; readonly value: string | number }[],
  type: number,
): void {
  if (choices.length > 25) refuse("choices", "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer.");
  for (const { name, value } of choices) {
    if (name.length < 1 || name.length > 100) refuse("name", "BASE_TYPE_BAD_LENGTH", "1 to 100.");
    const wanted = type === 3 ? "string" : "number";
    if (typeof value !== wanted) refuse("value", "BASE_TYPE_BAD_TYPE", `Must be a ${wanted}.`);
    if (typeof value === "string" && (value.length < 1 || value.length > 100)) {
      refuse("value", "BASE_TYPE_BAD_LENGTH", "1 to 100.");
    }
  }
}

function checkNames(name: string, description: string): void {
  if (!NAME.test(name) || name !== name.toLowerCase()) {
    refuse("name", "APPLICATION_COMMAND_INVALID_NAME", `"${name}" is invalid.`);
  }
  if (description.length < 1 || description.length > 100) {
    refuse("description", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.");
  }
}

function refuse(field: string, code: string, message: string): never {
  throw new Refusal(400, 50_035, "Invalid Form Body", {
    [field]: { _errors: [{ code, message }] },
  });
}
