/**
 * What is due when, in virtual time. Actions run in order of time, those of the same moment in the
 * order in which they were noted; while one runs, `now` is its own moment.
 */
import { Fault } from "../../domain/fault.ts";

interface Entry {
  readonly at: number;
  readonly action: () => void;
}

export class Agenda {
  private time: number;
  private readonly entries: Entry[] = [];

  /** Begins at a virtual time, epoch ms. */
  constructor(startAt: number) {
    this.time = startAt;
  }

  /** Up to where everything was done, epoch ms. */
  get now(): number {
    return this.time;
  }

  /** Notes an action; a time already past is due at once, at the next run. */
  at(time: number, action: () => void): void {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.entries[middle]?.at ?? 0) <= time) low = middle + 1;
      else high = middle;
    }
    this.entries.splice(low, 0, { at: time, action });
  }

  /** Does everything due up to and including `time`. Fault: simulator-time-backwards {now, asked}. */
  runUntil(time: number): void {
    if (time < this.time) {
      throw new Fault("simulator-time-backwards", { now: this.time, asked: time });
    }
    for (let next = this.entries[0]; next !== undefined && next.at <= time;) {
      this.entries.shift();
      this.time = Math.max(this.time, next.at);
      next.action();
      next = this.entries[0];
    }
    this.time = time;
  }
}
