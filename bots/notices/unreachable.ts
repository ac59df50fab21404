/**
 * Accounts of one platform that do not take our messages. They are left alone until they speak to us,
 * which is also when they are told what they missed. Known in memory, kept in storage: a restart
 * forgets nobody.
 */
import { faultCode } from "../../src/domain/fault.ts";
import type { Platform } from "../../src/domain/user.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { Missed, UnreachableStore } from "../../src/ports/unreachable-store.ts";
import { text } from "../text/text.ts";

export interface UnreachableParts {
  readonly platform: Platform;
  readonly store: UnreachableStore;
  /** The machine's time, epoch ms. */
  readonly now: () => number;
  readonly logger: Logger;
}

export class Unreachable {
  readonly #parts: UnreachableParts;
  /** The last message each has missed: one that is tried again is not missed twice. */
  readonly #last = new Map<string, string>();
  #loading: Promise<Set<string>> | null = null;

  constructor(parts: UnreachableParts) {
    this.#parts = parts;
  }

  /** Faults: those of storage, the first time. */
  async has(externalId: string): Promise<boolean> {
    return (await this.#ids()).has(externalId);
  }

  /** A message could not be delivered. */
  async missed(externalId: string, messageId: string): Promise<void> {
    if (this.#last.get(externalId) === messageId) return;
    this.#last.set(externalId, messageId);
    await this.#note(externalId, 1);
  }

  /** The account has shut us out; nothing was missed by that alone. */
  left(externalId: string): Promise<void> {
    return this.#note(externalId, 0);
  }

  /** The account speaks to us: what it missed, or null when it was reachable all the time. */
  async back(externalId: string): Promise<Missed | null> {
    const { platform, store } = this.#parts;
    try {
      const ids = await this.#ids();
      this.#last.delete(externalId);
      return ids.delete(externalId) ? await store.forget(platform, externalId) : null;
    } catch (error) {
      this.#warn(error);
      return null;
    }
  }

  /** What storage does not take is known until the next start all the same. */
  async #note(externalId: string, count: number): Promise<void> {
    const { platform, store, now } = this.#parts;
    try {
      (await this.#ids()).add(externalId);
      await store.note(platform, externalId, { since: now(), count });
    } catch (error) {
      this.#warn(error);
    }
  }

  #ids(): Promise<Set<string>> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<Set<string>> {
    try {
      return new Set(await this.#parts.store.all(this.#parts.platform));
    } catch (error) {
      this.#loading = null;
      throw error;
    }
  }

  #warn(error: unknown): void {
    const { logger, platform } = this.#parts;
    logger.warn({ code: faultCode(error), platform }, "who is unreachable could not be kept");
  }
}

/** What somebody is told who missed messages; null when nothing was missed. */
export function missedText(language: string, platform: Platform, missed: Missed): string | null {
  if (missed.count === 0) return null;
  const lost = text(language, "messages-missed", { count: missed.count });
  return `${lost} ${text(language, `messages-${platform}`)}`;
}
