/**
 * Keeps all connections of a feed under Binance's limit of attempts per address: a strict rolling
 * window shared by the six timeframes. Who finds it full waits in line; nobody is turned away.
 */
import type { Timers } from "./timing.ts";

/** Binance allows 300 attempts in 5 minutes; the rest is left to what else runs at this address. */
export const CONNECTION_LIMIT = 280;
export const CONNECTION_WINDOW_MS = 300_000;

export class ConnectionBudget {
  readonly #timers: Timers;
  readonly #limit: number;
  /** When each attempt of the last window was made, oldest first. */
  readonly #made: number[] = [];
  #waiting: (() => void)[] = [];
  #stopWaiting: () => void = () => {};

  constructor(timers: Timers, limit: number = CONNECTION_LIMIT) {
    this.#timers = timers;
    this.#limit = limit;
  }

  /** Runs `connect` at once or when the window has room again. The answer takes it out of the line. */
  take(connect: () => void): () => void {
    this.#waiting.push(connect);
    this.#serve();
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== connect);
      if (this.#waiting.length === 0) this.#stopWaiting();
    };
  }

  #serve(): void {
    const now = this.#timers.now();
    this.#stopWaiting();
    this.#forget(now - CONNECTION_WINDOW_MS);
    while (this.#made.length < this.#limit) {
      const connect = this.#waiting.shift();
      if (connect === undefined) return;
      this.#made.push(now);
      connect();
    }
    const [oldest] = this.#made;
    if (this.#waiting.length === 0 || oldest === undefined) return;
    const freeInMs = oldest + CONNECTION_WINDOW_MS - now;
    this.#stopWaiting = this.#timers.after(freeInMs, () => this.#serve());
  }

  #forget(until: number): void {
    while (this.#made[0] !== undefined && this.#made[0] <= until) this.#made.shift();
  }
}
