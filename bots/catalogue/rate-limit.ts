/** A token bucket for each person: bursts are fine, a flood is not, and nobody slows another. */

export interface RateSettings {
  /** Commands that may come at once. */
  readonly burst: number;
  /** Time in which a full bucket refills, ms. */
  readonly refillMs: number;
}

/** Twelve commands in ten seconds. */
export const DEFAULT_RATE: RateSettings = { burst: 12, refillMs: 10_000 };

/** Buckets remembered; full ones are forgotten first, which loses nothing. */
const MAX_BUCKETS = 10_000;

interface Bucket {
  tokens: number;
  at: number;
}

export class RateLimit {
  readonly #settings: RateSettings;
  readonly #buckets = new Map<string, Bucket>();

  constructor(settings: RateSettings = DEFAULT_RATE) {
    this.#settings = settings;
  }

  /** Takes one token at `now` (epoch ms). 0 when there was one, else ms until there will be. */
  take(userId: string, now: number): number {
    const { burst, refillMs } = this.#settings;
    const bucket = this.#buckets.get(userId) ?? { tokens: burst, at: now };
    const elapsed = Math.max(0, now - bucket.at);
    const tokens = Math.min(burst, bucket.tokens + (elapsed * burst) / refillMs);
    const allowed = tokens >= 1;
    this.#remember(userId, { tokens: allowed ? tokens - 1 : tokens, at: now });
    return allowed ? 0 : Math.ceil(((1 - tokens) * refillMs) / burst);
  }

  #remember(userId: string, bucket: Bucket): void {
    this.#buckets.delete(userId);
    this.#buckets.set(userId, bucket);
    if (this.#buckets.size <= MAX_BUCKETS) return;
    // Map order is order of last use: the first is the one idle longest.
    const [idle] = this.#buckets.keys();
    if (idle !== undefined) this.#buckets.delete(idle);
  }
}
