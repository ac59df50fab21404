/**
 * Forgets what nobody needs any more: buttons that have expired, messages that were sent long ago. In
 * small steps, so that nobody waits for it. Candles stay: they are what backtests read.
 */
import type { CallStore } from "../ports/call-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { OutboxArchive } from "../ports/outbox-store.ts";

/** How long messages that were sent or given up are kept to be recognised, ms. */
export const OUTBOX_KEPT_MS = 30 * 86_400_000;
/** Rows forgotten in one step, and steps of one run: what is left waits for the next hour. */
const BATCH = 2_000;
const MAX_BATCHES = 50;

export interface HousekeepingModules {
  readonly calls: Pick<CallStore, "prune">;
  readonly outbox: OutboxArchive;
  /** Messages are dated by the service's time, buttons by the machine's. */
  readonly clock: Clock;
  readonly machineClock: Clock;
}

export class Housekeeping {
  readonly #modules: HousekeepingModules;

  constructor(modules: HousekeepingModules) {
    this.#modules = modules;
  }

  /** Resolves to how many rows are gone. */
  async run(): Promise<{ readonly buttons: number; readonly messages: number }> {
    const { calls, outbox, clock, machineClock } = this.#modules;
    const before = clock.now() - OUTBOX_KEPT_MS;
    const now = machineClock.now();
    const buttons = await inSteps((limit) => calls.prune(now, limit));
    const messages = await inSteps((limit) => outbox.prune(before, limit));
    return { buttons, messages };
  }
}

async function inSteps(forget: (limit: number) => Promise<number>): Promise<number> {
  let gone = 0;
  for (let step = 0; step < MAX_BATCHES; step += 1) {
    const count = await forget(BATCH);
    gone += count;
    if (count < BATCH) break;
  }
  return gone;
}
