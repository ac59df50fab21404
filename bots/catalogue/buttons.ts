/**
 * Buttons are stored command calls: a platform carries a random id, we keep what it means. So a button
 * cannot be forged, is pressed by its owner alone, a dangerous one works once, and all expire.
 */
import { randomInt } from "node:crypto";
import { Fault } from "../../src/domain/fault.ts";
import type { CallStore, KeptCall, StoredCall } from "../../src/ports/call-store.ts";

/** Ordinary buttons live a day, those of notices a week, questions a minute: prices move on. */
export const BUTTON_LIFE_MS = 86_400_000;
export const NOTICE_BUTTON_LIFE_MS = 7 * BUTTON_LIFE_MS;
export const QUESTION_LIFE_MS = 60_000;

const ID_LENGTH = 12;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

type NewCall = Omit<StoredCall, "expiresAt">;

export interface ButtonsParts {
  readonly store: CallStore;
  readonly now: () => number;
}

export class Buttons {
  readonly #parts: ButtonsParts;

  constructor(parts: ButtonsParts) {
    this.#parts = parts;
  }

  /** Stores a call that lives `lifeMs` and returns its id: 12 letters and digits, 71 random bits. */
  async issue(call: NewCall, lifeMs: number): Promise<string> {
    const [id = ""] = await this.issueAll(call.ownerId, [call], lifeMs);
    return id;
  }

  /** Ids for calls of one owner, stored together. */
  async issueAll(
    ownerId: string,
    calls: readonly NewCall[],
    lifeMs: number,
  ): Promise<readonly string[]> {
    const expiresAt = this.#parts.now() + lifeMs;
    const kept = calls.map((call): KeptCall => ({ ...call, id: newId(), ownerId, expiresAt }));
    if (kept.length > 0) await this.#parts.store.put(ownerId, kept);
    return kept.map(({ id }) => id);
  }

  /** What a press means. Faults: button-expired, button-not-yours. */
  async press(id: string, userId: string): Promise<StoredCall> {
    const call = await this.#parts.store.get(id);
    if (call === null || call.expiresAt <= this.#parts.now()) throw new Fault("button-expired");
    if (call.ownerId !== userId) throw new Fault("button-not-yours");
    if (call.once && (await this.#parts.store.take(id)) === null) throw new Fault("button-expired");
    return call;
  }

  /** Makes a button of the user's own worthless. */
  async discard(id: string, userId: string): Promise<void> {
    const call = await this.#parts.store.get(id);
    if (call?.ownerId === userId) await this.#parts.store.take(id);
  }
}

function newId(): string {
  return Array.from({ length: ID_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}
