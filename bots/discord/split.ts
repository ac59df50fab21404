/**
 * Puts lines into as few messages as Discord's length limit allows. A code block that does not fit is
 * closed at the end of one message and opened again in the next; nothing is cut inside an escape.
 */

/** Lines of one kind, already escaped. */
export interface Section {
  readonly kind: "text" | "code";
  readonly lines: readonly string[];
}

/** Longest content of a message, UTF-16 units. */
export const MAX_CONTENT_LENGTH = 2000;
/** Messages one answer may have; an app that only its user installed may send five follow-ups. */
export const MAX_MESSAGES = 5;

const FENCE = "```";
const MORE = "…";

/** Contents of messages, at least one; what does not fit into MAX_MESSAGES ends with "…". */
export function splitSections(sections: readonly Section[]): readonly string[] {
  const pages = new Pages();
  for (const section of sections) pages.add(section);
  const contents = pages.finish();
  if (contents.length <= MAX_MESSAGES) return contents;
  return [...contents.slice(0, MAX_MESSAGES - 1), clipped(contents[MAX_MESSAGES - 1] ?? "")];
}

class Pages {
  readonly #done: string[] = [];
  #page = "";
  #inCode = false;

  add({ kind, lines }: Section): void {
    const code = kind === "code";
    // Room for an opening fence, a closing one, and the line breaks around them.
    const room = MAX_CONTENT_LENGTH - (code ? 2 * (FENCE.length + 1) : 0);
    this.#close();
    for (const line of lines) for (const piece of pieces(line, room)) this.#addPiece(code, piece);
  }

  finish(): readonly string[] {
    this.#turn();
    return this.#done.length === 0 ? [""] : this.#done;
  }

  #addPiece(code: boolean, line: string): void {
    const grown = this.#grown(code, line);
    if (grown.length + (code ? FENCE.length + 1 : 0) > MAX_CONTENT_LENGTH) this.#turn();
    this.#page = this.#grown(code, line);
    this.#inCode = code;
  }

  /** The page with one more line, its code block left open. */
  #grown(code: boolean, line: string): string {
    if (this.#inCode) return `${this.#page}\n${line}`;
    const page = this.#page === "" ? "" : `${this.#page}\n`;
    return code ? `${page}${FENCE}\n${line}` : `${page}${line}`;
  }

  #close(): void {
    if (this.#inCode) this.#page = `${this.#page}\n${FENCE}`;
    this.#inCode = false;
  }

  #turn(): void {
    this.#close();
    if (this.#page !== "") this.#done.push(this.#page);
    this.#page = "";
  }
}

/** A line in pieces of at most `room`, no character and no escape torn apart. */
function pieces(line: string, room: number): readonly string[] {
  const parts: string[] = [];
  let part = "";
  for (const [unit] of line.matchAll(/\\[^]|[^]/gu)) {
    if (part.length + unit.length > room) {
      parts.push(part);
      part = "";
    }
    part += unit;
  }
  return [...parts, part];
}

function clipped(content: string): string {
  const fenced = content.endsWith(FENCE);
  const tail = fenced ? `\n${MORE}\n${FENCE}` : `\n${MORE}`;
  const lines = (fenced ? content.slice(0, -FENCE.length - 1) : content).split("\n");
  while (lines.length > 1 && lines.join("\n").length + tail.length > MAX_CONTENT_LENGTH)
    lines.pop();
  return `${lines.join("\n").slice(0, MAX_CONTENT_LENGTH - tail.length)}${tail}`;
}
