/**
 * The loop around the engine: events in, steps made, effects committed. Stepping never waits for the
 * database; what the steps decided is committed in order, as many steps in one transaction as came
 * together meanwhile, and nothing leaves the process before its commit.
 */
import { Fault } from "../domain/fault.ts";
import { timeframeMs } from "../domain/timeframe.ts";
import type { Command, CommandResult } from "../engine/command.ts";
import type { Effect } from "../engine/effect.ts";
import type { Engine } from "../engine/engine.ts";
import type { EngineEvent } from "../engine/event.ts";
import type { Clock } from "../ports/clock.ts";
import type { EngineStore } from "../ports/engine-store.ts";

/** Effects that may wait for the database before commands are refused. */
const MAX_PENDING_EFFECTS = 200_000;

export interface CommitReport {
  readonly effects: readonly Effect[];
  readonly durationMs: number;
  /** When each closed candle of the batch had closed (first ms after it), epoch ms. */
  readonly closes: readonly number[];
}

export interface RunnerModules {
  readonly engine: Engine;
  readonly store: EngineStore;
  readonly clock: Clock;
  /** After each commit; must not throw. */
  readonly committed: (report: CommitReport) => void;
  /** The engine can no longer be trusted or may no longer write: stop. Called once. */
  readonly failed: (error: unknown) => void;
}

interface Answer {
  readonly resolve: (result: CommandResult) => void;
  readonly reject: (error: unknown) => void;
  readonly result: CommandResult;
}

export class Runner {
  readonly #modules: RunnerModules;
  #effects: Effect[] = [];
  #closes: number[] = [];
  #answers: Answer[] = [];
  #newestAt = 0;
  #committing: Promise<void> | null = null;
  #failure: unknown = null;

  constructor(modules: RunnerModules) {
    this.#modules = modules;
  }

  /** Effects that are decided and not yet committed. */
  get depth(): number {
    return this.#effects.length;
  }

  /** Lets an event happen now. What it decides is committed soon after. */
  post(event: EngineEvent): void {
    if (this.#failure !== null) return;
    const step = this.#step(event);
    if (step !== null) this.#enqueue(step.effects);
  }

  /** Carries out a command; resolves once it is committed. Faults: engine-stopped, engine-busy. */
  async command(command: Command): Promise<CommandResult> {
    if (this.#failure !== null) throw new Fault("engine-stopped");
    if (this.depth > MAX_PENDING_EFFECTS) throw new Fault("engine-busy", { waiting: this.depth });
    const step = this.#step({ kind: "command", command, at: this.#modules.clock.now() });
    const result = step?.result;
    if (step === null || result === null || result === undefined) throw new Fault("engine-stopped");
    return new Promise((resolve, reject) => {
      this.#answers.push({ resolve, reject, result });
      this.#enqueue(step.effects);
      this.#pump();
    });
  }

  /** Writes facts that no step decided, such as fetched history. */
  persist(effects: readonly Effect[]): void {
    if (this.#failure === null) this.#enqueue(effects);
  }

  /** Resolves when everything decided so far is committed. */
  async drained(): Promise<void> {
    while (this.#committing !== null) await this.#committing;
    if (this.#failure !== null) throw this.#failure;
  }

  #step(event: EngineEvent) {
    try {
      this.#newestAt = Math.max(this.#newestAt, this.#modules.clock.now());
      if (event.kind === "frame" && event.frame.closed) {
        const { candle } = event.frame;
        this.#closes.push(candle.openTime + timeframeMs(candle.timeframe));
      }
      return this.#modules.engine.step(event);
    } catch (error) {
      // A broken invariant of the engine itself: its memory is no longer to be trusted.
      this.#fail(error);
      return null;
    }
  }

  #enqueue(effects: readonly Effect[]): void {
    for (const effect of effects) this.#effects.push(effect);
    if (effects.length > 0) this.#pump();
  }

  #pump(): void {
    this.#committing ??= this.#commitAll().finally(() => {
      this.#committing = null;
      const waits = this.#effects.length > 0 || this.#answers.length > 0;
      if (this.#failure === null && waits) this.#pump();
    });
  }

  async #commitAll(): Promise<void> {
    // Steps made in the same turn of the event loop share the transaction.
    await Promise.resolve();
    while (this.#failure === null && (this.#effects.length > 0 || this.#answers.length > 0)) {
      const batch = { effects: this.#effects, closes: this.#closes, answers: this.#answers };
      this.#effects = [];
      this.#closes = [];
      this.#answers = [];
      try {
        // Real time: a clock that follows the feed says nothing of how long a commit took.
        const begun = performance.now();
        if (batch.effects.length > 0) {
          await this.#modules.store.commit(batch.effects, this.#newestAt);
        }
        this.#modules.committed({ ...batch, durationMs: performance.now() - begun });
        for (const { resolve, result } of batch.answers) resolve(result);
      } catch (error) {
        for (const { reject } of batch.answers) reject(error);
        this.#fail(error);
      }
    }
  }

  #fail(error: unknown): void {
    if (this.#failure !== null) return;
    this.#failure = error;
    for (const { reject } of this.#answers) reject(new Fault("engine-stopped"));
    this.#answers = [];
    this.#modules.failed(error);
  }
}
