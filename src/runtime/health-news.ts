/**
 * Tells owners when trading has been disturbed for a while, and when it is well again. Short troubles
 * heal by themselves and are told to nobody.
 */
import type { NoticeBody } from "../domain/notice.ts";
import type { OutboxStore } from "../ports/outbox-store.ts";

/** A trouble that lasts this long is told, ms of real time. */
export const TOLD_AFTER_MS = 60_000;

export class HealthNews {
  readonly #outbox: Pick<OutboxStore, "add">;
  #degradedSince: number | null = null;
  #told = false;

  constructor(outbox: Pick<OutboxStore, "add">) {
    this.#outbox = outbox;
  }

  /** To be called often. `real`: real time for durations; `at`: time for the notice, both epoch ms. */
  async look(
    reasons: readonly string[],
    owners: () => readonly string[],
    now: { readonly real: number; readonly at: number },
  ): Promise<void> {
    if (reasons.length === 0) {
      const since = this.#degradedSince;
      const wasTold = this.#told;
      this.#degradedSince = null;
      this.#told = false;
      if (since === null || !wasTold) return;
      const body: NoticeBody = { kind: "feed-healed", downMs: now.real - since };
      await this.#tell(owners(), `healed:${since}`, body, now.at);
      return;
    }
    this.#degradedSince ??= now.real;
    if (this.#told || now.real - this.#degradedSince < TOLD_AFTER_MS) return;
    this.#told = true;
    const body: NoticeBody = { kind: "feed-degraded", reasons };
    await this.#tell(owners(), `degraded:${this.#degradedSince}`, body, now.at);
  }

  async #tell(
    owners: readonly string[],
    fact: string,
    body: NoticeBody,
    at: number,
  ): Promise<void> {
    for (const ownerId of owners) {
      await this.#outbox.add({ id: `${ownerId}:${fact}`, ownerId, at, body });
    }
  }
}
