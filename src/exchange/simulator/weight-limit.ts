/**
 * Request weight as the exchange counts it: fixed clock minutes, 429 above the limit, and a ban (418)
 * for those who go on regardless, doubling from two minutes to three days. Everything that reaches
 * a simulator comes from one machine, so there is one count, as for one IP address.
 */

const MINUTE_MS = 60_000;
const SHORTEST_BAN_MS = 2 * MINUTE_MS;
const LONGEST_BAN_MS = 3 * 24 * 60 * MINUTE_MS;

export type WeightRefusal =
  | { readonly kind: "limited"; readonly until: number }
  | { readonly kind: "banned"; readonly until: number };

export interface WeightLimitOptions {
  readonly weightPerMinute: number;
  readonly refusalsBeforeBan: number;
}

export class WeightLimit {
  private readonly options: WeightLimitOptions;
  private minute = 0;
  private weight = 0;
  private refusals = 0;
  private bans = 0;
  private bannedUntil = 0;
  private forced = false;

  constructor(options: WeightLimitOptions) {
    this.options = options;
  }

  /** Weight used in the clock minute of `now`. */
  used(now: number): number {
    this.turn(now);
    return this.weight;
  }

  /** Counts a request; returns why it must be refused, or null. Times are epoch ms. */
  spend(weight: number, now: number): WeightRefusal | null {
    this.turn(now);
    this.weight += weight;
    if (now < this.bannedUntil) return { kind: "banned", until: this.bannedUntil };
    if (!this.forced && this.weight <= this.options.weightPerMinute) return null;
    this.refusals += 1;
    if (this.refusals <= this.options.refusalsBeforeBan) {
      return { kind: "limited", until: this.minute + MINUTE_MS };
    }
    const length = Math.min(SHORTEST_BAN_MS * 2 ** this.bans, LONGEST_BAN_MS);
    this.bans += 1;
    this.bannedUntil = now + length;
    return { kind: "banned", until: this.bannedUntil };
  }

  /** Bans until a virtual time, epoch ms; a time already past lifts the ban. */
  ban(until: number): void {
    this.bannedUntil = until;
  }

  /** Treats every request as one too many, or stops doing so. */
  force(on: boolean): void {
    this.forced = on;
  }

  private turn(now: number): void {
    const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
    if (minute === this.minute) return;
    this.minute = minute;
    this.weight = 0;
    this.refusals = 0;
  }
}
