/**
 * Turns at long work on candles (backtests, searches, comparisons): one at a time for each person and
 * few in all, so that nobody's takes the machine.
 */
import { Fault } from "../domain/fault.ts";
import type { User } from "../domain/user.ts";

/** Jobs at once, of all people together. */
export const MAX_JOBS_AT_ONCE = 2;

export class Turns {
  readonly #running = new Map<string, AbortController>();

  /** Faults: backtest-running, backtests-busy {limit}, backtest-cancelled, those of the work. */
  async inTurn<T>(actor: User, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#running.has(actor.id)) throw new Fault("backtest-running");
    if (this.#running.size >= MAX_JOBS_AT_ONCE) {
      throw new Fault("backtests-busy", { limit: MAX_JOBS_AT_ONCE });
    }
    const abort = new AbortController();
    this.#running.set(actor.id, abort);
    try {
      return await work(abort.signal);
    } finally {
      this.#running.delete(actor.id);
    }
  }

  /** Ends the person's own; false when none is running. */
  cancel(actor: User): boolean {
    const running = this.#running.get(actor.id);
    running?.abort(new Fault("backtest-cancelled"));
    return running !== undefined;
  }
}
