/**
 * Buttons are stored command calls: a platform carries a random id, we keep what it means. So a button
 * cannot be forged, is pressed by its owner alone, a dangerous one works once, and all expire.
 */
import { randomInt } from "node:crypto";
import { Fault } from "../../src/domain/fault.ts";
import type { OptionValues } from "../views/reply.ts";

export interface StoredCall {
  readonly command: string;
  readonly args: OptionValues;
  readonly ownerId: string;
  /** Used up by the first press. */
  readonly once: boolean;
  /** The press is the answer to "are you sure?". */
  readonly confirmed: boolean;
  /** Of the choices for an option that is still missing. */
  readonly page?: number;
  /** Epoch ms. */
  readonly expiresAt: number;
}

/** Where calls are kept. `take` removes and returns in one step: of two presses one gets it. */
export interface CallStore {
  put(id: string, call: StoredCall, now: number): Promise<void>;
  get(id: string): Promise<StoredCall | null>;
  take(id: string): Promise<StoredCall | null>;
}

/** Ordinary buttons live a day, questions a minute: prices move on. */
export const BUTTON_LIFE_MS = 86_400_000;
export const QUESTION_LIFE_MS = 60_000;

const ID_LENGTH = 12;
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

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
  async issue(call: Omit<StoredCall, "expiresAt">, lifeMs: number): Promise<string> {
    const now = this.#parts.now();
    const id = Array.from({ length: ID_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(
      "",
    );
    await this.#parts.store.put(id, { ...call, expiresAt: now + lifeMs }, now);
    return id;
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

/** Buttons kept of one person; beyond that the person's oldest goes, nobody else's. */
const MAX_CALLS_PER_OWNER = 200;

/** Buttons in memory: after a restart old ones answer "expired". */
export class MemoryCallStore implements CallStore {
  /** By owner, oldest first. */
  readonly #owners = new Map<string, Map<string, StoredCall>>();
  readonly #ownerOf = new Map<string, string>();

  async put(id: string, call: StoredCall, now: number): Promise<void> {
    const calls = this.#owners.get(call.ownerId) ?? new Map<string, StoredCall>();
    this.#owners.set(call.ownerId, calls.set(id, call));
    this.#ownerOf.set(id, call.ownerId);
    for (const [old, { expiresAt }] of calls) {
      if (calls.size > MAX_CALLS_PER_OWNER || expiresAt <= now) this.#remove(old);
    }
  }

  async get(id: string): Promise<StoredCall | null> {
    return this.#find(id);
  }

  async take(id: string): Promise<StoredCall | null> {
    return this.#remove(id);
  }

  #find(id: string): StoredCall | null {
    return this.#owners.get(this.#ownerOf.get(id) ?? "")?.get(id) ?? null;
  }

  #remove(id: string): StoredCall | null {
    const call = this.#find(id);
    if (call === null) return null;
    const calls = this.#owners.get(call.ownerId);
    calls?.delete(id);
    if (calls?.size === 0) this.#owners.delete(call.ownerId);
    this.#ownerOf.delete(id);
    return call;
  }
}
