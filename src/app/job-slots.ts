/** Long work that people ask for: each has one at a time, and the whole service few. */
import { Fault } from "../domain/fault.ts";
import type { User } from "../domain/user.ts";

export class JobSlots {
  readonly #running = new Map<string, AbortController>();
  readonly #limit: number;
  readonly #codes: { readonly running: string; readonly busy: string };

  /** `codes`: of the faults when the person's own is running, and when too many are {limit}. */
  constructor(limit: number, codes: { readonly running: string; readonly busy: string }) {
    this.#limit = limit;
    this.#codes = codes;
  }

  /** Faults: those of `work`, and the two codes. */
  async run<T>(actor: User, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#running.has(actor.id)) throw new Fault(this.#codes.running);
    if (this.#running.size >= this.#limit) {
      throw new Fault(this.#codes.busy, { limit: this.#limit });
    }
    const abort = new AbortController();
    this.#running.set(actor.id, abort);
    try {
      return await work(abort.signal);
    } finally {
      this.#running.delete(actor.id);
    }
  }
}
