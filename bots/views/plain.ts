/**
 * Strips what could steer a terminal or turn a line around: C0 and C1 controls (escape sequences with
 * them) and bidirectional marks. Whatever people typed passes through here before it is laid out.
 */

const BIDI = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;
const CONTROLS = /\p{Cc}/gu;
const CONTROLS_BUT_NEWLINE = /(?!\n)\p{Cc}/gu;
const LONE_SURROGATES = /\p{Cs}/gu;

/** One line: line breaks and tabs become spaces, other controls go. */
export function plainLine(text: string): string {
  return harmless(text.replaceAll(/[\r\n\t\u0085\u2028\u2029]+/gu, " ")).replaceAll(CONTROLS, "");
}

/** Several lines: breaks stay, as "\n". */
export function plainText(text: string): string {
  const lines = text.replaceAll(/\r\n?|[\u0085\u2028\u2029]/gu, "\n").replaceAll("\t", "  ");
  return harmless(lines).replaceAll(CONTROLS_BUT_NEWLINE, "");
}

function harmless(text: string): string {
  return text.replaceAll(BIDI, "").replaceAll(LONE_SURROGATES, "\uFFFD");
}

/** True for a web address without anything that could be read as more than one. */
export function isAddress(text: string): boolean {
  return /^https:\/\/[A-Za-z0-9.-]+(?:\/[A-Za-z0-9._~%/?=&+-]*)?$/.test(text);
}
