/**
 * Carries the outbox to people: at least once, in order per person, no one waiting for another. A
 * notice that cannot be delivered now is put off with growing pauses; one that nobody can receive is
 * parked and said so in the log; one that its person does not want is dropped. Many that have waited
 * too long are told as one.
 */
import type { Notice } from "../domain/notice.ts";
import type { DeliveryMode } from "../domain/notice-settings.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import type { Delivery, Notifier } from "../ports/notifier.ts";
import type { OutboxRow, OutboxStore } from "../ports/outbox-store.ts";
import { digested, digestOf } from "./digest.ts";

const BATCH = 500;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** After this many tries a notice is given up. */
const MAX_ATTEMPTS = 50;

export interface DispatcherModules {
  readonly store: OutboxStore;
  readonly notifiers: () => readonly Notifier[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** How a person wants each notice; without it all are delivered as their kind sounds. */
  readonly modesFor?: (ownerId: string) => Promise<(notice: Notice, now: number) => DeliveryMode>;
}

type Undelivered = Exclude<Delivery, { outcome: "sent" }>;

export class Dispatcher {
  readonly #modules: DispatcherModules;
  #running: Promise<void> | null = null;
  readonly #queues = new Map<string, Promise<void>>();
  /** Persons of whom something was delivered: more of theirs may be due. */
  readonly #progressed = new Set<string>();
  #again = false;
  #stopped = false;

  constructor(modules: DispatcherModules) {
    this.#modules = modules;
  }

  /** Something may be due: delivers what is. Safe to call at any time, as often as one likes. */
  wake(): void {
    // Before the platforms are attached nobody has an address, and nothing may be given up for that.
    if (this.#stopped || this.#modules.notifiers().length === 0) return;
    this.#again = true;
    this.#running ??= this.#drain().finally(() => {
      this.#running = null;
      if (this.#again) this.wake();
    });
  }

  /** Waits for the deliveries under way and makes no more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#again = false;
    await this.#running;
    await Promise.all(this.#queues.values());
  }

  async #drain(): Promise<void> {
    try {
      while (this.#again && !this.#stopped) {
        this.#again = false;
        const rows = await this.#modules.store.due(this.#modules.clock.now(), BATCH);
        if (rows.length === BATCH) this.#again = true;
        for (const [owner, queue] of Map.groupBy(rows, ({ notice }) => notice.ownerId)) {
          this.#startQueue(owner, queue);
        }
      }
    } catch (error) {
      this.#modules.logger.warn({ error }, "the outbox could not be read");
    }
  }

  /** Each person's messages go out by themselves: a slow one delays nobody else. */
  #startQueue(owner: string, queue: readonly OutboxRow[]): void {
    if (this.#queues.has(owner)) return;
    const delivering = this.#deliverInOrder(queue)
      .catch((error: unknown) => {
        this.#modules.logger.warn({ error }, "notices of a person could not be delivered");
      })
      .finally(() => {
        this.#queues.delete(owner);
        if (queue.length > 0 && this.#progressed.delete(owner)) this.wake();
      });
    this.#queues.set(owner, delivering);
  }

  /** Stops at the first notice that must wait: those behind it keep their place. */
  async #deliverInOrder(queue: readonly OutboxRow[]): Promise<void> {
    const done: string[] = [];
    const wanted = await this.#wanted(queue, done);
    const late = digested(wanted, this.#modules.clock.now());
    const rest = late.length === 0 ? wanted : wanted.filter((row) => !late.includes(row));
    try {
      if (!(await this.#deliverDigest(late, done))) return;
      for (const row of rest) {
        if (this.#stopped) break;
        const delivery = await this.#deliver(row.notice);
        if (delivery.outcome === "sent") done.push(row.notice.id);
        else if (!(await this.#setAside(row, delivery))) break;
      }
    } finally {
      if (done.length > 0) {
        await this.#modules.store.markSent(done, this.#modules.clock.now());
        this.#progressed.add(queue[0]?.notice.ownerId ?? "");
      }
    }
  }

  /** What the person wants, with the sound they want; what they do not want is done with. */
  async #wanted(queue: readonly OutboxRow[], done: string[]): Promise<readonly OutboxRow[]> {
    const [first] = queue;
    const { modesFor, clock } = this.#modules;
    if (modesFor === undefined || first === undefined) return queue;
    const modeOf = await modesFor(first.notice.ownerId);
    return queue.flatMap((row) => {
      const mode = modeOf(row.notice, clock.now());
      if (mode !== "drop")
        return [{ ...row, notice: { ...row.notice, silent: mode === "silent" } }];
      done.push(row.notice.id);
      return [];
    });
  }

  /** One notice in the place of `late`. True when what is left may go on. */
  async #deliverDigest(late: readonly OutboxRow[], done: string[]): Promise<boolean> {
    const [first, ...others] = late.map(({ notice }) => notice);
    if (first === undefined) return true;
    const digest = digestOf([first, ...others], this.#modules.clock.now());
    const silent = late.every(({ notice }) => notice.silent === true);
    const delivery = await this.#deliver({ ...digest, silent });
    if (delivery.outcome === "sent") {
      done.push(...late.map(({ notice }) => notice.id));
      return true;
    }
    // When the first one has to wait, the others wait behind it.
    for (const row of late) if (!(await this.#setAside(row, delivery))) return false;
    return true;
  }

  /** True when the rows behind it may go on. */
  async #setAside(row: OutboxRow, delivery: Undelivered): Promise<boolean> {
    const { store, clock, logger } = this.#modules;
    const now = clock.now();
    const error = delivery.outcome === "no-address" ? "no-address" : delivery.error;
    if (delivery.outcome === "retry" && row.attempts < MAX_ATTEMPTS) {
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** row.attempts, LONGEST_PAUSE_MS);
      await store.postpone(row.notice.id, now + Math.max(delivery.afterMs, pauseMs), error);
      return false;
    }
    await store.park(row.notice.id, error, now);
    logger.debug({ notice: row.notice.id, code: error }, "a notice was parked");
    return true;
  }

  /** By every way there is; sent when one of them worked. */
  async #deliver(notice: Notice): Promise<Delivery> {
    let best: Delivery = { outcome: "no-address" };
    for (const notifier of this.#modules.notifiers()) {
      const delivery = await this.#try(notifier, notice);
      if (rank(delivery) > rank(best)) best = delivery;
    }
    return best;
  }

  async #try(notifier: Notifier, notice: Notice): Promise<Delivery> {
    try {
      return await notifier.deliver(notice);
    } catch (error) {
      this.#modules.logger.warn({ error, notice: notice.id }, "a notice could not be delivered");
      return { outcome: "retry", afterMs: FIRST_PAUSE_MS, error: "unexpected" };
    }
  }
}

function rank({ outcome }: Delivery): number {
  return ["no-address", "refused", "retry", "sent"].indexOf(outcome);
}
