/**
 * Plain text made harmless on Discord: whatever people or the exchange wrote is shown as it was written,
 * never as markup, a mention, a link or the end of a code block. Controls and bidirectional marks go.
 */
import { plainLine, plainText } from "../views/plain.ts";

/** Mark-up wherever it stands: emphasis, code, spoilers, links, mentions, timestamps, emoji. */
const ANYWHERE = /[\\*_~`|[\]<@]/gu;
/** Mark-up at the start of a line: headings, quotes, lists, small print. */
const AT_LINE_START = /^([ \u00A0]*)(#{1,3}|>{1,3}|-#|[-+])(?=[ \u00A0]|$|>)/gmu;
const NUMBERED_LINE = /^([ \u00A0]*\d+)\.(?=[ \u00A0])/gmu;
/** What makes an address a link. */
const LINK = /:\/\//gu;
const ZERO_WIDTH_SPACE = "\u200B";

/** One line of text, escaped. */
export function escapedLine(text: string): string {
  return withoutLineMarks(escapedInside(text));
}

/** Text of several lines, escaped. */
export function escapedText(text: string): string {
  return withoutLineMarks(withoutMarks(plainText(text)));
}

/** Text for the inside of a line, escaped. */
export function escapedInside(text: string): string {
  return withoutMarks(plainLine(text));
}

/** Text for the inside of a code block: nothing is markup there but the fence that ends it. */
export function codeText(text: string): string {
  return plainText(text).replaceAll(/`(?=`)/gu, `\`${ZERO_WIDTH_SPACE}`);
}

function withoutMarks(text: string): string {
  return text.replaceAll(ANYWHERE, String.raw`\$&`).replaceAll(LINK, String.raw`\://`);
}

function withoutLineMarks(text: string): string {
  return text
    .replaceAll(AT_LINE_START, String.raw`$1\$2`)
    .replaceAll(NUMBERED_LINE, String.raw`$1\.`);
}
