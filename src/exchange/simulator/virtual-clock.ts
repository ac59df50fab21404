/**
 * Virtual time from real time: it starts at a given moment and runs at a multiple of real speed. A
 * pause of the whole process, a suspended laptop say, is not caught up: virtual time then slips.
 * In manual mode there is no such clock, the agenda is moved by hand.
 */

/** Longest stretch of real time that one reading makes good. */
const LONGEST_STEP_MS = 1000;

export interface VirtualClockOptions {
  /** Epoch ms. */
  readonly startAt: number;
  /** Virtual milliseconds per real one. */
  readonly speed: number;
  /** Monotonic real time in ms. */
  readonly realNow: () => number;
}

export class VirtualClock {
  private readonly speed: number;
  private readonly realNow: () => number;
  private virtual: number;
  private readAt: number;

  constructor({ startAt, speed, realNow }: VirtualClockOptions) {
    this.speed = speed;
    this.realNow = realNow;
    this.virtual = startAt;
    this.readAt = realNow();
  }

  /** The present virtual time in whole epoch ms; never goes back. */
  read(): number {
    const real = this.realNow();
    const passed = Math.min(Math.max(real - this.readAt, 0), LONGEST_STEP_MS);
    this.readAt = real;
    this.virtual += passed * this.speed;
    return Math.floor(this.virtual);
  }
}
