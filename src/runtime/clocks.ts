/** The two clocks of the CLOCK setting. */
import type { ObservingClock } from "../ports/clock.ts";

/** The machine's own time. */
export class SystemClock implements ObservingClock {
  now(): number {
    return Date.now();
  }
  observe(): number {
    return Date.now();
  }
}

/** Now is the newest event time seen: for replays and the demo, whose market runs at its own pace. */
export class FeedClock implements ObservingClock {
  #newest = 0;
  now(): number {
    return this.#newest === 0 ? Date.now() : this.#newest;
  }
  observe(eventTime: number): number {
    this.#newest = Math.max(this.#newest, eventTime);
    return this.#newest;
  }
}
