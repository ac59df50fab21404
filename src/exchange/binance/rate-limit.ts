/**
 * The request weight of this address, in front of every REST call. Keeps to a share of what Binance
 * allows per minute, believes the exchange's own count when it is higher, waits out a 429 and lets
 * nothing through during a ban. Binance counts in fixed minutes of its own clock.
 */
import type { Clock } from "../../ports/clock.ts";
import { banned } from "./faults.ts";
import { sleep, type RestTimings, type Timers } from "./timing.ts";

const MINUTE_MS = 60_000;

/** REQUEST_WEIGHT of spot, until exchangeInfo has said otherwise. */
const DEFAULT_LIMIT = 6_000;

/** What market data may use of it; the rest is left to orders and to others at this address. */
const SHARE = 0.8;

export interface RateLimitModules {
  readonly clock: Clock;
  readonly timers: Timers;
  /** The exchange's clock as well as it is known, epoch ms. */
  readonly serverNow: () => number;
}

export class RateLimit {
  readonly #modules: RateLimitModules;
  readonly #timings: RestTimings;
  #limit = DEFAULT_LIMIT;
  #used = 0;
  /** These three on the timers' count. */
  #minuteEndsAt = 0;
  #pausedUntil = 0;
  #bannedUntil = 0;

  constructor(timings: RestTimings, modules: RateLimitModules) {
    this.#timings = timings;
    this.#modules = modules;
  }

  /**
   * Resolves when a request of this weight may be sent, and counts it.
   * Fault: exchange-banned {until}. Rejects with the signal's reason when aborted.
   */
  async admit(weight: number, signal?: AbortSignal): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      const waitMs = this.#waitMs(weight);
      if (waitMs === 0) break;
      await sleep(this.#modules.timers, waitMs, signal);
    }
    this.#used += weight;
  }

  /** Takes note of `x-mbx-used-weight-1m`, which also counts what others at this address used. */
  noteUsed(header: string | null): void {
    const used = Number(header);
    if (Number.isFinite(used)) this.#used = Math.max(this.#used, used);
  }

  /** Takes over the limit that exchangeInfo names, per minute. */
  noteLimit(limit: number): void {
    this.#limit = limit;
  }

  /** After a 429: nothing is sent for so long; beyond the longest pause it counts as a ban. */
  pause(retryAfterMs: number | null): void {
    const pauseMs = retryAfterMs ?? this.#timings.pauseMs;
    if (pauseMs > this.#timings.longestPauseMs) return this.ban(pauseMs);
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#modules.timers.now() + pauseMs);
  }

  /** After a 418 or 403: every request is a fault until the end. */
  ban(retryAfterMs: number | null): void {
    const banMs = retryAfterMs ?? this.#timings.banMs;
    this.#bannedUntil = Math.max(this.#bannedUntil, this.#modules.timers.now() + banMs);
  }

  /** End of the ban, epoch ms, or null. */
  bannedUntil(): number | null {
    const restMs = this.#bannedUntil - this.#modules.timers.now();
    return restMs > 0 ? this.#modules.clock.now() + Math.ceil(restMs) : null;
  }

  used(): number {
    this.#turnMinute();
    return this.#used;
  }

  get limit(): number {
    return this.#limit;
  }

  /** 0 when it may go now. A request heavier than the whole share goes alone in a fresh minute. */
  #waitMs(weight: number): number {
    const until = this.bannedUntil();
    if (until !== null) throw banned(until);
    const now = this.#modules.timers.now();
    if (this.#pausedUntil > now) return this.#pausedUntil - now;
    this.#turnMinute();
    const fits = this.#used === 0 || this.#used + weight <= this.#limit * SHARE;
    return fits ? 0 : this.#minuteEndsAt - now;
  }

  #turnMinute(): void {
    const now = this.#modules.timers.now();
    if (now < this.#minuteEndsAt) return;
    this.#used = 0;
    this.#minuteEndsAt = now + MINUTE_MS - (this.#modules.serverNow() % MINUTE_MS);
  }
}
