/**
 * A reply as Telegram shows it: blocks as HTML, tables as wide as a narrow phone, buttons as a keyboard
 * under the last message. What a button carries is opaque and fits the 64 bytes there are.
 */
import type { InlineKeyboardButton } from "grammy/types";
import { plainLine } from "../views/plain.ts";
import type { Block, IssuedButton, Reply, TextFile, Tone } from "../views/reply.ts";
import { layoutTable, PHONE_WIDTH } from "../views/table.ts";
import { MAX_CAPTION_LENGTH, MAX_MESSAGE_LENGTH, paginate, type Part } from "./markup.ts";

/** Longer labels are clipped: phones show less than this in any case. */
const MAX_LABEL_LENGTH = 64;
/** Telegram shows at most this many buttons side by side. */
const MAX_BUTTONS_PER_ROW = 8;

const TONE_ICONS: Readonly<Record<Tone, string>> = {
  neutral: "",
  good: "✅",
  bad: "🔻",
  warning: "⚠️",
  error: "❗",
};

/** What the answer to a press does: takes the place of the message, or leaves it and comes below. */
export type Press = "replace" | "below";

export interface ButtonData {
  readonly press: Press;
  /** The id it was issued with. */
  readonly id: string;
  /** Telegram's id of the person it is meant for. A courtesy: the dispatcher checks the person itself. */
  readonly ownerId: string;
}

export interface Picture {
  readonly png: Uint8Array;
  /** HTML; null when the text does not fit under the picture and follows it. */
  readonly caption: string | null;
}

export interface Rendered {
  readonly picture: Picture | null;
  /** HTML, each the length of one message; empty when all is said by the caption. */
  readonly messages: readonly string[];
  readonly keyboard: InlineKeyboardButton[][];
  /** Sent after the rest. */
  readonly file: TextFile | null;
  readonly silent: boolean;
}

/** `ownerId` is Telegram's id of the person the buttons are for. */
export function renderReply(reply: Reply, ownerId: string, press: Press = "replace"): Rendered {
  const parts = spaced(withIcon(reply).map(partOf));
  const messages = paginate(parts, MAX_MESSAGE_LENGTH);
  const keyboard = reply.buttons
    .flatMap((row) => rowsOf(row))
    .map((row) =>
      row.map((button) => keyOf(button, { press: below(button, press), id: button.id, ownerId })),
    );
  const base = { keyboard, file: reply.file ?? null, silent: reply.silent === true };
  if (reply.image === undefined) return { ...base, picture: null, messages };
  const { png, alt } = reply.image;
  const captions = paginate(parts, MAX_CAPTION_LENGTH);
  if (captions.length === 1) {
    return { ...base, picture: { png, caption: captions[0] ?? null }, messages: [] };
  }
  const [caption = null] = paginate([{ tag: null, lines: [alt] }], MAX_CAPTION_LENGTH);
  return { ...base, picture: { png, caption }, messages };
}

/** A block without an icon of its own gets that of the tone, when it comes first. */
function withIcon({ blocks, tone }: Reply): readonly Block[] {
  const [first, ...others] = blocks;
  const icon = TONE_ICONS[tone];
  if (first === undefined || icon === "") return blocks;
  if (first.kind === "title") return [{ icon, ...first }, ...others];
  if (first.kind === "text") return [{ kind: "text", text: `${icon} ${first.text}` }, ...others];
  return [{ kind: "title", text: icon }, ...blocks];
}

function partOf(block: Block): Part {
  switch (block.kind) {
    case "title": {
      const line = plainLine(block.text);
      return { tag: "b", lines: [block.icon === undefined ? line : `${block.icon} ${line}`] };
    }
    case "text":
      return { tag: null, lines: linesOf(block.text) };
    case "fields":
      return fieldsPart(block.rows);
    case "table":
      return { tag: "pre", lines: layoutTable(block.table, PHONE_WIDTH) };
    case "code":
      return { tag: "pre", lines: linesOf(block.text) };
    case "link":
      return { tag: "link", lines: [plainLine(block.label), block.url] };
    case "list":
      return {
        tag: null,
        lines: block.items.map(({ text, depth }) => `${INDENT.repeat(depth)}• ${plainLine(text)}`),
      };
  }
}

/** Ordinary spaces at the start of a line are not shown everywhere. */
const INDENT = "\u00A0\u00A0\u00A0";

function linesOf(text: string): readonly string[] {
  return text.split(/\r\n|[\r\n\u0085\u2028\u2029]/u);
}

/** Aligned when every line fits the screen; else names and values that wrap. */
function fieldsPart(rows: readonly (readonly [string, string])[]): Part {
  const clean = rows.map(([name, value]) => [plainLine(name), plainLine(value)] as const);
  const width = Math.max(0, ...clean.map(([name]) => name.length));
  const aligned = clean.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
  if (aligned.every((line) => line.length <= PHONE_WIDTH)) return { tag: "pre", lines: aligned };
  return { tag: null, lines: clean.map(([name, value]) => `${name}: ${value}`) };
}

/** A line of air between running texts; what is preformatted or bold stands out by itself. */
function spaced(parts: readonly Part[]): readonly Part[] {
  return parts.flatMap((part, index) => {
    const before = parts[index - 1];
    const running = before !== undefined && before.tag === null && part.tag !== "pre";
    return running ? [{ tag: null, lines: [""] }, part] : [part];
  });
}

function rowsOf(row: readonly IssuedButton[]): readonly (readonly IssuedButton[])[] {
  const count = Math.ceil(row.length / MAX_BUTTONS_PER_ROW);
  return Array.from({ length: count }, (_, index) =>
    row.slice(index * MAX_BUTTONS_PER_ROW, (index + 1) * MAX_BUTTONS_PER_ROW),
  );
}

function keyOf(button: IssuedButton, data: ButtonData): InlineKeyboardButton {
  const label = Array.from(plainLine(button.label)).slice(0, MAX_LABEL_LENGTH).join("");
  const key = { text: label === "" ? "·" : label, callback_data: writeData(data) };
  return button.style === "plain" ? key : { ...key, style: button.style };
}

function below({ below: stays }: IssuedButton, press: Press): Press {
  return stays === true ? "below" : press;
}

const MARKS: Readonly<Record<Press, string>> = { replace: "r", below: "b" };

function writeData({ press, id, ownerId }: ButtonData): string {
  return `${MARKS[press]}:${id}:${ownerId}`;
}

/** What a button carried; null for what was never one of ours. */
export function readData(data: string): ButtonData | null {
  const match = /^([rb]):([A-Za-z0-9]{1,32}):(\d{1,20})$/.exec(data);
  if (match === null) return null;
  const [, mark, id = "", ownerId = ""] = match;
  return { press: mark === MARKS.below ? "below" : "replace", id, ownerId };
}
