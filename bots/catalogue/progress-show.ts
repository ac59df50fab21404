/**
 * Shows how far a long command is, no oftener than a platform takes kindly: nothing while it may be done
 * in a moment, then the newest line now and then, and never two at once.
 */
import type { Reply } from "../views/reply.ts";

export interface ProgressTiming {
  /** Time a command may take before anything is shown, ms. */
  readonly firstAfterMs: number;
  /** Least time between two lines, ms. */
  readonly everyMs: number;
}

/** Platforms count edits: one in three seconds is within every limit. */
export const PROGRESS_TIMING: ProgressTiming = { firstAfterMs: 1_500, everyMs: 3_000 };

interface ProgressParts extends ProgressTiming {
  readonly show: (reply: Reply) => Promise<void>;
  /** Told of a line that could not be shown; the command goes on. */
  readonly onTrouble: (error: unknown) => void;
}

export class ProgressShow {
  readonly #parts: ProgressParts;
  readonly #begun = Promise.withResolvers<void>();
  #newest: Reply | null = null;
  #timer: NodeJS.Timeout | null = null;
  #showing: Promise<void> = Promise.resolve();
  #isBegun = false;
  #isOver = false;
  #hasShown = false;

  constructor(parts: ProgressParts) {
    this.#parts = parts;
  }

  /** Resolves when a command has said that it is a long one; never for others. */
  get begun(): Promise<void> {
    return this.#begun.promise;
  }

  get hasShown(): boolean {
    return this.#hasShown;
  }

  /** Takes the newest line, to be shown in its time. */
  update(reply: Reply): void {
    if (this.#isOver) return;
    this.#newest = reply;
    if (this.#timer === null) {
      this.#wait(this.#isBegun ? this.#parts.everyMs : this.#parts.firstAfterMs);
    }
    this.#isBegun = true;
    this.#begun.resolve();
  }

  /** Nothing is shown after this; resolves when what is being shown is. */
  async end(): Promise<void> {
    this.#isOver = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#showing;
  }

  #wait(ms: number): void {
    this.#timer = setTimeout(() => {
      this.#showing = this.#show();
    }, ms);
  }

  async #show(): Promise<void> {
    const reply = this.#newest;
    this.#newest = null;
    if (reply === null) {
      this.#timer = null;
      return;
    }
    try {
      await this.#parts.show(reply);
      this.#hasShown = true;
    } catch (error) {
      this.#parts.onTrouble(error);
    }
    if (!this.#isOver) this.#wait(this.#parts.everyMs);
  }
}
