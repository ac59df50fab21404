/**
 * What is let in to be answered. An update is taken once, however often it arrives; a person who floods
 * us is heard up to a limit and the rest is dropped unanswered, so that neither our hands nor Telegram's
 * patience are used up by one person.
 */
import { RateLimit, type RateSettings } from "../catalogue/rate-limit.ts";

/** A little above the dispatcher's own limit, which answers; beyond this nothing answers. */
const FLOOD: RateSettings = { burst: 16, refillMs: 10_000 };
/** Updates of one person that may wait behind a slow one. */
const MAX_WAITING_PER_PERSON = 16;
/** Updates remembered to know a repetition. */
const MAX_REMEMBERED = 10_000;

export class Admission {
  readonly #now: () => number;
  readonly #flood = new RateLimit(FLOOD);
  readonly #waiting = new Map<number, number>();
  readonly #seen = new Set<number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** True the first time an update arrives. */
  isNew(updateId: number): boolean {
    if (this.#seen.has(updateId)) return false;
    this.#seen.add(updateId);
    if (this.#seen.size > MAX_REMEMBERED) {
      const [oldest] = this.#seen;
      if (oldest !== undefined) this.#seen.delete(oldest);
    }
    return true;
  }

  /** Runs `work` for a person, or drops it when there is too much of theirs. */
  async admit(personId: number, work: () => Promise<void>): Promise<void> {
    const waiting = this.#waiting.get(personId) ?? 0;
    if (waiting >= MAX_WAITING_PER_PERSON) return;
    if (this.#flood.take(String(personId), this.#now()) > 0) return;
    this.#waiting.set(personId, waiting + 1);
    try {
      await work();
    } finally {
      const left = (this.#waiting.get(personId) ?? 1) - 1;
      if (left === 0) this.#waiting.delete(personId);
      else this.#waiting.set(personId, left);
    }
  }
}
