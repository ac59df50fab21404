/**
 * Telegram's HTML, as strictly as the real server reads it: an unknown or unclosed tag refuses the whole
 * message. Also finds what Telegram makes of plain text by itself: mentions and links.
 */
import type { MessageEntity } from "grammy/types";
import { badRequest } from "./api-refusal.ts";

export interface ReadText {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
}

const TAGS: Readonly<Record<string, MessageEntity["type"]>> = {
  b: "bold",
  strong: "bold",
  i: "italic",
  em: "italic",
  u: "underline",
  s: "strikethrough",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
};
const NAMED: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"' };

/** The text with its markup taken out. Refuses what the real server refuses. */
export function readHtml(html: string): ReadText {
  const entities: MessageEntity[] = [];
  const open: { readonly tag: string; readonly offset: number }[] = [];
  let text = "";
  let at = 0;
  while (at < html.length) {
    const rest = html.slice(at);
    const token = /^(?:&(\w+|#\d+|#x[\da-f]+);|<(\/?)([a-z-]*)([^>]*)>)/i.exec(rest);
    if (token === null) {
      if (rest.startsWith("<")) throw unreadable(`Unclosed start tag at byte offset ${at}`);
      text += rest[0];
      at += 1;
      continue;
    }
    const [whole, reference, slash, tag = "", attributes = ""] = token;
    at += whole.length;
    if (reference !== undefined) text += character(reference) ?? whole;
    else if (slash === "/") entities.push(...closed(open.pop(), tag, text.length, at));
    else {
      if (!(tag in TAGS) || attributes !== "") {
        throw unreadable(`Unsupported start tag "${tag}" at byte offset ${at - whole.length}`);
      }
      open.push({ tag, offset: text.length });
    }
  }
  const [unclosed] = open;
  if (unclosed !== undefined) {
    throw unreadable(`Can't find end tag corresponding to start tag "${unclosed.tag}"`);
  }
  return trimmed(text, entities);
}

/** A text as sent without a parse mode. */
export function readPlain(text: string): ReadText {
  return trimmed(text, []);
}

function closed(
  opened: { readonly tag: string; readonly offset: number } | undefined,
  tag: string,
  end: number,
  at: number,
): MessageEntity[] {
  if (opened === undefined) throw unreadable(`Unexpected end tag at byte offset ${at}`);
  if (opened.tag !== tag) {
    throw unreadable(`Unmatched end tag at byte offset ${at}, expected "</${opened.tag}>"`);
  }
  const length = end - opened.offset;
  if (length === 0) return [];
  return [{ type: TAGS[tag], offset: opened.offset, length } as MessageEntity];
}

function character(reference: string): string | undefined {
  if (!reference.startsWith("#")) return NAMED[reference];
  const hex = reference[1]?.toLowerCase() === "x";
  return String.fromCodePoint(Number.parseInt(reference.slice(hex ? 2 : 1), hex ? 16 : 10));
}

function trimmed(text: string, entities: readonly MessageEntity[]): ReadText {
  const start = text.length - text.trimStart().length;
  const kept = text.trim();
  const moved = entities.map((entity) => ({
    ...entity,
    offset: Math.max(0, entity.offset - start),
  }));
  return { text: kept, entities: [...moved, ...found(kept, moved)] };
}

const FOUND = [
  { type: "mention", pattern: /(?<![\w@])@[a-z]\w{2,31}/gi },
  {
    type: "url",
    pattern: /(?:https?:\/\/|tg:\/\/)?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*\.[a-z]{2,}\S*/giu,
  },
  { type: "bot_command", pattern: /(?<!\S)\/[a-z]\w{0,31}/gi },
] as const;

/** What Telegram finds by itself outside fixed-width text. */
function found(text: string, marked: readonly MessageEntity[]): readonly MessageEntity[] {
  const fixed = marked.filter(({ type }) => type === "pre" || type === "code");
  const isFixed = (at: number): boolean =>
    fixed.some(({ offset, length }) => at >= offset && at < offset + length);
  return FOUND.flatMap(({ type, pattern }) =>
    [...text.matchAll(pattern)]
      .filter((match) => !isFixed(match.index))
      .map((match) => ({ type, offset: match.index, length: match[0].length })),
  );
}

function unreadable(problem: string): Error {
  return badRequest(`can't parse entities: ${problem}`);
}
