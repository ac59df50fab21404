/**
 * Codes that open something once: invites and links between platforms. What a person sees is random
 * base32 without letters that look like digits; storage sees only its SHA-256. Guessing is held back by
 * a count of tries for each person who types one.
 */
import { createHash, randomInt } from "node:crypto";
import { Fault } from "../domain/fault.ts";

/** Crockford's base32: no I, L, O, U. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Five bits each: 100 bits. */
export const INVITE_LENGTH = 20;
/** 40 bits: enough for five minutes and five tries. */
export const LINK_LENGTH = 8;

const GROUP_LENGTH = 4;
const MAX_TYPED_LENGTH = 64;

/** A code as it is shown, "ABCD-EFGH", and the hash that is kept of it. */
export interface NewCode {
  readonly shown: string;
  readonly hash: string;
}

export function newCode(length: number): NewCode {
  const letters = Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
  const groups = letters.match(new RegExp(`.{1,${GROUP_LENGTH}}`, "g")) ?? [];
  return { shown: groups.join("-"), hash: hashOf(letters) };
}

/** What links may say in front of a code; none begins so, because its groups have four letters. */
const PREFIX = /^\s*inv[_-]/i;

/** The hash of a code as somebody typed it: case, dashes and look-alike letters do not matter. */
export function codeHash(typed: string): string {
  const letters = typed
    .slice(0, MAX_TYPED_LENGTH)
    .replace(PREFIX, "")
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  return hashOf(letters);
}

function hashOf(letters: string): string {
  return createHash("sha256").update(letters).digest("hex");
}

const MAX_TRIES = 5;
const WINDOW_MS = 5 * 60_000;
/** People whose tries are remembered; the one idle longest is forgotten first. */
const MAX_REMEMBERED = 10_000;

interface Window {
  tries: number;
  readonly until: number;
}

/** Five tries in five minutes for each person, right or wrong. */
export class Tries {
  readonly #windows = new Map<string, Window>();

  /** Counts a try at `now` (epoch ms). Fault: too-many-tries {waitMs}. */
  count(person: string, now: number): void {
    const known = this.#windows.get(person);
    const window = known && known.until > now ? known : { tries: 0, until: now + WINDOW_MS };
    if (window.tries >= MAX_TRIES)
      throw new Fault("too-many-tries", { waitMs: window.until - now });
    window.tries += 1;
    this.#windows.delete(person);
    this.#windows.set(person, window);
    const [idle] = this.#windows.keys();
    if (this.#windows.size > MAX_REMEMBERED && idle !== undefined) this.#windows.delete(idle);
  }
}
