/**
 * A value that is fetched when first asked for and again when it has grown old. All who ask meanwhile
 * share one fetch. When a renewal fails the old value serves on, and the renewal is tried again soon.
 */
import type { Timers } from "./timing.ts";

/** After a failed renewal the old value is good for so long. */
const RENEW_AGAIN_MS = 60_000;

export class Cached<T> {
  readonly #fetch: () => Promise<T>;
  readonly #maxAgeMs: number;
  readonly #timers: Timers;
  #known: { readonly value: T; readonly goodUntil: number } | null = null;
  #fetching: Promise<T> | null = null;

  constructor(fetch: () => Promise<T>, maxAgeMs: number, timers: Timers) {
    this.#fetch = fetch;
    this.#maxAgeMs = maxAgeMs;
    this.#timers = timers;
  }

  /** The value. Fails as the fetch does, while there is none yet. */
  get(): Promise<T> {
    const known = this.#known;
    if (known !== null && this.#timers.now() < known.goodUntil) return Promise.resolve(known.value);
    this.#fetching ??= this.#renew().finally(() => {
      this.#fetching = null;
    });
    return this.#fetching;
  }

  async #renew(): Promise<T> {
    const known = this.#known;
    try {
      return this.#keep(await this.#fetch(), this.#maxAgeMs);
    } catch (error) {
      if (known === null) throw error;
      return this.#keep(known.value, RENEW_AGAIN_MS);
    }
  }

  #keep(value: T, ms: number): T {
    this.#known = { value, goodUntil: this.#timers.now() + ms };
    return value;
  }
}
