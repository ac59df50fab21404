/**
 * From what a person types to named texts: `/close 3`, `/pause scope=BTCUSDT 6h`, "quoted words", and
 * the rest of the message as it stands. What the texts mean is decided by validate.ts, the same way for
 * words and for the real options of Discord.
 */
import { Fault } from "../../src/domain/fault.ts";
import type { OptionSet } from "./option.ts";

/** Longest message that is read as a command, in UTF-16 units. */
export const MAX_INPUT_LENGTH = 5000;
const MAX_WORDS = 500;

export interface Spoken {
  /** In lower case, without the slash. */
  readonly name: string;
  /** The bot it was addressed to in "/help@VigieBot", or null. */
  readonly addressee: string | null;
  /** What follows the name. */
  readonly words: string;
}

/** "/close@VigieBot 3 yes" in its parts; null when it is not a command. The slash may be left out. */
export function splitCommand(line: string): Spoken | null {
  const match = /^\s*\/?([A-Za-z][A-Za-z0-9_-]{0,63})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+|$)/.exec(
    line,
  );
  if (match === null) return null;
  const [whole, name = "", addressee = null] = match;
  const words = line.slice(whole.length, MAX_INPUT_LENGTH + 1).trimEnd();
  return { name: name.toLowerCase(), addressee, words };
}

interface Word {
  readonly text: string;
  readonly quoted: boolean;
  readonly start: number;
}

/**
 * Texts by option name. Words fill the options in order, `name=value` one by name, a `rest` option takes
 * the message from its first word on. Faults: input-too-long {limit}, too-many-words {word},
 * option-twice {option}.
 */
export function assignWords(words: string, options: OptionSet): Readonly<Record<string, string>> {
  if (words.length > MAX_INPUT_LENGTH)
    throw new Fault("input-too-long", { limit: MAX_INPUT_LENGTH });
  const given: Record<string, string> = {};
  const waiting = (): string | undefined =>
    Object.keys(options).find((name) => !Object.hasOwn(given, name));
  for (const word of scan(words)) {
    const named = byName(word, options);
    const name = named?.name ?? waiting();
    if (name === undefined) throw new Fault("too-many-words", { word: word.text.slice(0, 40) });
    if (Object.hasOwn(given, name)) throw new Fault("option-twice", { option: name });
    if (options[name]?.type === "rest") {
      const taken = words.slice(word.start + (named?.skip ?? 0));
      given[name] = unquoted(taken);
      return given;
    }
    given[name] = named?.value ?? word.text;
  }
  return given;
}

function byName(
  word: Word,
  options: OptionSet,
): { readonly name: string; readonly value: string; readonly skip: number } | null {
  const match = word.quoted ? null : /^([a-z][a-z0-9_]*)=(.*)$/s.exec(word.text);
  const name = match?.[1] ?? "";
  if (match === null || !Object.hasOwn(options, name)) return null;
  return { name, value: match[2] ?? "", skip: name.length + 1 };
}

/** Typographic quotes are what phones make of plain ones. */
const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", "“": "”", "«": "»" };

function scan(text: string): readonly Word[] {
  const words: Word[] = [];
  let at = 0;
  while (words.length < MAX_WORDS) {
    while (at < text.length && /\s/.test(text[at] ?? "")) at += 1;
    if (at >= text.length) break;
    const word = next(text, at);
    words.push(word.word);
    at = word.end;
  }
  return words;
}

/** One word from `start`: quotes around it, or around the value of `name="…"`, may hold spaces. */
function next(text: string, start: number): { readonly word: Word; readonly end: number } {
  const named = /^[a-z][a-z0-9_]*=/.exec(text.slice(start, start + 40))?.[0] ?? "";
  const open = start + named.length;
  const close = CLOSING[text[open] ?? ""];
  const end = close === undefined ? -1 : text.indexOf(close, open + 1);
  if (end > 0) {
    const word = { text: named + text.slice(open + 1, end), quoted: named === "", start };
    return { word, end: end + 1 };
  }
  let after = start;
  while (after < text.length && !/\s/.test(text[after] ?? "")) after += 1;
  return { word: { text: text.slice(start, after), quoted: false, start }, end: after };
}

/** A rest that is quoted as a whole loses the quotes. */
function unquoted(text: string): string {
  const trimmed = text.trim();
  const close = CLOSING[trimmed[0] ?? ""];
  const whole = close !== undefined && trimmed.indexOf(close, 1) === trimmed.length - 1;
  return whole && trimmed.length > 1 ? trimmed.slice(1, -1) : trimmed;
}

/** The inverse: a command with its options as one would type it. */
export function toWords(
  name: string,
  args: Readonly<Record<string, string | number | boolean | undefined>>,
  options: OptionSet,
): string {
  let inOrder = true;
  const words = Object.entries(options).flatMap(([option, { type }]) => {
    const value = args[option];
    if (value === undefined) {
      inOrder = false;
      return [];
    }
    const word = type === "rest" ? String(value) : quotedWord(String(value));
    return [inOrder ? word : `${option}=${word}`];
  });
  return [`/${name}`, ...words].join(" ");
}

/** In quotes where it must be; in a pair that the text does not close itself. */
function quotedWord(text: string): string {
  if (text !== "" && !/[\s"'“«=]/.test(text)) return text;
  const pair = Object.entries(CLOSING).find(([, close]) => !text.includes(close));
  return pair === undefined ? text : `${pair[0]}${text}${pair[1]}`;
}
