/**
 * Work that takes seconds or minutes and is asked for in chat: each person has one at a time and can end
 * it, and the whole service few, so that nobody's takes the machine.
 */
import { Fault } from "../domain/fault.ts";

/** At once, of all people together. */
export const MAX_JOBS_AT_ONCE = 2;

export class LongJobs {
  readonly #running = new Map<string, AbortController>();

  /**
   * Does the work unless the person has some under way; `signal` ends it. Faults: backtest-running,
   * backtests-busy {limit}, backtest-cancelled, those of the work.
   */
  async run<T>(personId: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#running.has(personId)) throw new Fault("backtest-running");
    if (this.#running.size >= MAX_JOBS_AT_ONCE) {
      throw new Fault("backtests-busy", { limit: MAX_JOBS_AT_ONCE });
    }
    const abort = new AbortController();
    this.#running.set(personId, abort);
    try {
      return await work(abort.signal);
    } finally {
      this.#running.delete(personId);
    }
  }

  /** Ends the person's work; false when there is none. */
  cancel(personId: string): boolean {
    const running = this.#running.get(personId);
    running?.abort(new Fault("backtest-cancelled"));
    return running !== undefined;
  }
}
