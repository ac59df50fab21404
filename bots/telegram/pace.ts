/**
 * The pace that Telegram bears: about one message a second into a person's chat, twenty a minute into a
 * group, thirty a second in all; and quiet in a chat for as long as Telegram asks.
 */
import { setTimeout as pause } from "node:timers/promises";
import { RateLimit } from "../catalogue/rate-limit.ts";

/** A second for each message; a few may come together, as entry and exit do. */
const CHAT_PACE = { burst: 3, refillMs: 3_000 };
/** A full bucket and what refills in a minute make twenty. */
const GROUP_PACE = { burst: 10, refillMs: 60_000 };
const OVERALL_PACE = { burst: 30, refillMs: 1_000 };

export class Pace {
  /** The machine's time, epoch ms. */
  readonly #now: () => number;
  readonly #chats = new RateLimit(CHAT_PACE);
  readonly #groups = new RateLimit(GROUP_PACE);
  readonly #overall = new RateLimit(OVERALL_PACE);
  /** Until when Telegram wants quiet in a chat, epoch ms. */
  readonly #quiet = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Ms until the chat may get another message; at 0 one is taken. */
  waitFor(chatId: string): number {
    const now = this.#now();
    const quietUntil = this.#quiet.get(chatId) ?? 0;
    if (quietUntil > now) return quietUntil - now;
    this.#quiet.delete(chatId);
    // Groups have negative ids.
    const limit = chatId.startsWith("-") ? this.#groups : this.#chats;
    return limit.take(chatId, now);
  }

  keepQuiet(chatId: string, ms: number): void {
    this.#quiet.set(chatId, this.#now() + ms);
  }

  /** Resolves when one of the thirty messages of a second is ours. */
  async turn(): Promise<void> {
    for (;;) {
      const waitMs = this.#overall.take("all", this.#now());
      if (waitMs === 0) return;
      await pause(waitMs);
    }
  }
}
