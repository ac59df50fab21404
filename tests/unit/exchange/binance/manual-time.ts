/** Time that passes only when a test says so: timers and a clock in step. */
import type { Timers } from "../../../../src/exchange/binance/timing.ts";
import type { ObservingClock } from "../../../../src/ports/clock.ts";

interface Timer {
  readonly at: number;
  readonly delayMs: number;
  readonly run: () => void;
}

/** A Sunday, 12:00:00 UTC. */
export const START = Date.UTC(2026, 10, 22, 12);

export class ManualTime implements Timers {
  #now = 0;
  #timers: Timer[] = [];
  #watchers: (() => void)[] = [];

  readonly clock: ObservingClock = {
    now: () => START + this.#now,
    observe: () => START + this.#now,
  };

  now(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer: Timer = { at: this.#now + delayMs, delayMs, run };
    this.#timers.push(timer);
    for (const watch of this.#watchers) watch();
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass, running what falls due in order. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((other) => other !== due);
      this.#now = Math.max(this.#now, due.at);
      due.run();
    }
    this.#now = until;
  }

  /** How many timers of exactly this delay are running. */
  running(delayMs: number): number {
    return this.#timers.filter((timer) => timer.delayMs === delayMs).length;
  }

  get runningAtAll(): number {
    return this.#timers.length;
  }

  /** Resolves when that many timers of exactly this delay are running. */
  timers(delayMs: number, count = 1): Promise<void> {
    return new Promise((resolve) => {
      const watch = (): void => {
        if (this.running(delayMs) < count) return;
        this.#watchers = this.#watchers.filter((other) => other !== watch);
        resolve();
      };
      this.#watchers.push(watch);
      watch();
    });
  }
}
