/**
 * Plain text to the HTML that Telegram understands, in messages of the length it accepts. Text is cut
 * into lines and messages first and marked up afterwards, so no tag is ever cut; everything is escaped,
 * so nothing a person wrote can become a tag, a mention or a link.
 */
import { isAddress, plainText } from "../views/plain.ts";

/** Longest message, counted after markup is read, in UTF-16 units (never more than Telegram counts). */
export const MAX_MESSAGE_LENGTH = 4096;
/** Longest text under a picture, counted the same way. */
export const MAX_CAPTION_LENGTH = 1024;

export type Tag = "b" | "pre" | "link";

/** Lines that share one tag; "link" is none of Telegram's: its apps see addresses by themselves. */
export interface Part {
  readonly tag: Tag | null;
  readonly lines: readonly string[];
}

/** HTML messages, each at most `limit` long after its markup is read; none is empty. */
export function paginate(parts: readonly Part[], limit: number): readonly string[] {
  const pages: Page[] = [];
  let page = new Page();
  for (const { tag, lines } of parts) {
    for (const piece of lines.flatMap((line) => pieces(clean(line, tag), limit))) {
      if (!page.fits(piece, limit)) {
        pages.push(page);
        page = new Page();
      }
      page.add(tag, piece);
    }
  }
  return [...pages, page].filter((one) => !one.blank).map((one) => one.html());
}

class Page {
  readonly #parts: { readonly tag: Tag | null; readonly lines: string[] }[] = [];
  #length = 0;

  get blank(): boolean {
    return this.#parts.every(({ lines }) => lines.every((line) => line.trim() === ""));
  }

  fits(line: string, limit: number): boolean {
    return this.#length === 0 || this.#length + 1 + line.length <= limit;
  }

  add(tag: Tag | null, line: string): void {
    const last = this.#parts.at(-1);
    if (last?.tag === tag) last.lines.push(line);
    else this.#parts.push({ tag, lines: [line] });
    this.#length += (this.#length === 0 ? 0 : 1) + line.length;
  }

  html(): string {
    return this.#parts
      .map(({ tag, lines }) => {
        const text = escapeHtml(lines.join("\n"));
        return tag === null || tag === "link" ? text : `<${tag}>${text}</${tag}>`;
      })
      .join("\n");
  }
}

/** What has a meaning in Telegram's HTML is replaced; it needs no more outside attributes. */
function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function clean(line: string, tag: Tag | null): string {
  const plain = plainText(line);
  if (tag === "link" && isAddress(plain)) return plain;
  return tag === "pre" ? plain : unlinked(plain);
}

const WORD_JOINER = "\u2060";

/** Telegram makes mentions and links of plain text; an invisible joiner in them keeps them text. */
function unlinked(text: string): string {
  return text
    .replaceAll(/@(?=\p{L})/gu, `@${WORD_JOINER}`)
    .replaceAll("://", `:${WORD_JOINER}//`)
    .replaceAll(/(?<=[\p{L}\p{N}])\.(?=\p{L})/gu, `.${WORD_JOINER}`);
}

/** A line in pieces of at most `limit`, never between the two halves of one character. */
function pieces(line: string, limit: number): readonly string[] {
  const cut: string[] = [];
  let rest = line;
  while (rest.length > limit) {
    const end = isHighSurrogate(rest.charCodeAt(limit - 1)) ? limit - 1 : limit;
    cut.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...cut, rest];
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd8_00 && unit <= 0xdb_ff;
}
