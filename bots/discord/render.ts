/**
 * A reply as Discord messages: the headline first, since that is what a notification shows; tables and
 * rules in code blocks that fit a phone; buttons that carry nothing but an opaque id. All text is
 * escaped here, and nobody is ever mentioned.
 */
import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
} from "discord.js";
import { isAddress, plainLine } from "../views/plain.ts";
import type { Block, Image, IssuedButton, Reply, TextFile, Tone } from "../views/reply.ts";
import { layoutTable, PHONE_WIDTH } from "../views/table.ts";
import { codeText, escapedInside, escapedLine, escapedText } from "./markdown.ts";
import { splitSections, type Section } from "./split.ts";

export type ButtonRow = APIActionRowComponent<APIButtonComponentWithCustomId>;

/** One message. */
export interface DiscordMessage {
  readonly content: string;
  readonly components: readonly ButtonRow[];
  readonly files: readonly Attachment[];
}

export interface Attachment {
  readonly name: string;
  readonly data: Buffer;
  readonly contentType: string;
  /** For those who cannot see it; null where the name says it all. */
  readonly description: string | null;
}

/** What pressing a button does to its message: an answer is replaced, a notice stays. */
export type ButtonKind = "answer" | "notice";

const PREFIXES: Readonly<Record<ButtonKind, string>> = { answer: "a:", notice: "n:" };

const MAX_BUTTONS_PER_ROW = 5;
const MAX_ROWS = 5;
const MAX_LABEL_LENGTH = 80;
/** Longest description of a picture. */
const MAX_ALT_LENGTH = 1024;

const TONE_ICONS: Readonly<Record<Tone, string>> = {
  neutral: "",
  good: "🟢",
  bad: "🔴",
  warning: "⚠️",
  error: "⛔",
};

const STYLES = {
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
  plain: ButtonStyle.Secondary,
} as const satisfies Record<IssuedButton["style"], ButtonStyle>;

/** At least one message; buttons and files are on the last. */
export function renderMessages(reply: Reply, kind: ButtonKind): readonly DiscordMessage[] {
  const sections = reply.blocks.flatMap((block, index) =>
    sectionsOf(block, index === 0 ? TONE_ICONS[reply.tone] : ""),
  );
  const contents = splitSections(sections);
  return contents.map((content, index) => {
    const last = index === contents.length - 1;
    return {
      content,
      components: last ? rowsOf(reply.buttons, kind) : [],
      files: last ? filesOf(reply) : [],
    };
  });
}

/** The stored call a custom id stands for, or null for one that is not ours. */
export function pressedButton(
  customId: string,
): { readonly id: string; readonly kind: ButtonKind } | null {
  const prefix = customId.slice(0, 2);
  const kind = (["answer", "notice"] as const).find((one) => PREFIXES[one] === prefix);
  return kind === undefined ? null : { id: customId.slice(prefix.length), kind };
}

function filesOf({ image, file }: Reply): readonly Attachment[] {
  return [
    ...(image === undefined ? [] : [picture(image)]),
    ...(file === undefined ? [] : [document(file)]),
  ];
}

function picture({ png, alt }: Image): Attachment {
  const description = clippedLine(alt, MAX_ALT_LENGTH);
  return { name: "picture.png", data: Buffer.from(png), contentType: "image/png", description };
}

function document({ name, content }: TextFile): Attachment {
  return { name, data: Buffer.from(content), contentType: "text/plain", description: null };
}

function sectionsOf(block: Block, icon: string): readonly Section[] {
  const mark = (line: string, own = icon): string => (own === "" ? line : `${own} ${line}`);
  switch (block.kind) {
    case "title":
      return text([mark(`**${escapedInside(block.text)}**`, block.icon ?? icon)]);
    case "text":
      return text(mark(escapedText(block.text)).split("\n"));
    case "fields":
      return fieldSections(block.rows);
    case "table":
      return code(layoutTable(block.table, PHONE_WIDTH).map(codeText));
    case "code":
      return code(codeText(block.text).split("\n"));
    case "link":
      return text([escapedLine(block.label), address(block.url)]);
    case "list":
      return text(
        block.items.map((item) => `${"  ".repeat(item.depth)}- ${escapedLine(item.text)}`),
      );
  }
}

/** In angle brackets an address is a link without a preview, and nothing in it is markup. */
function address(url: string): string {
  return isAddress(url) ? `<${url}>` : escapedLine(url);
}

/** Aligned where every line fits a phone, else lines that may wrap. */
function fieldSections(rows: readonly (readonly [string, string])[]): readonly Section[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length));
  const aligned = rows.map(
    ([name, value]) => `${plainLine(name).padEnd(width)} ${plainLine(value)}`,
  );
  if (aligned.every((line) => line.length <= PHONE_WIDTH)) return code(aligned.map(codeText));
  return text(rows.map(([name, value]) => `**${escapedInside(name)}** ${escapedInside(value)}`));
}

function text(lines: readonly string[]): readonly Section[] {
  return [{ kind: "text", lines }];
}

/** A code block without a visible character would not be shown as one. */
function code(lines: readonly string[]): readonly Section[] {
  return lines.some((line) => line.trim() !== "") ? [{ kind: "code", lines }] : [];
}

function rowsOf(rows: Reply["buttons"], kind: ButtonKind): readonly ButtonRow[] {
  const wide = rows.flatMap((row) => inRows(row));
  const fitting = wide.length <= MAX_ROWS ? wide : inRows(rows.flat()).slice(0, MAX_ROWS);
  return fitting.map((row) => ({
    type: ComponentType.ActionRow,
    components: row.map((button) => buttonOf(button, kind)),
  }));
}

function inRows(buttons: readonly IssuedButton[]): readonly (readonly IssuedButton[])[] {
  const count = Math.ceil(buttons.length / MAX_BUTTONS_PER_ROW);
  return Array.from({ length: count }, (_, row) =>
    buttons.slice(row * MAX_BUTTONS_PER_ROW, (row + 1) * MAX_BUTTONS_PER_ROW),
  );
}

function buttonOf(button: IssuedButton, kind: ButtonKind): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: STYLES[button.style],
    label: clippedLine(button.label, MAX_LABEL_LENGTH),
    custom_id: `${PREFIXES[button.below === true ? "notice" : kind]}${button.id}`,
  };
}

/** One plain line of at most `length` UTF-16 units, no character torn apart; never empty. */
export function clippedLine(line: string, length: number): string {
  const plain = plainLine(line).trim();
  if (plain.length <= length) return plain === "" ? "…" : plain;
  return `${plain.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/u, "")}…`;
}
