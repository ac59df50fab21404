/** What storage keeps about chats, in memory: who is unreachable and which chats subscribed. */
import type { ChatRef, Subscription } from "../../src/domain/subscription.ts";
import type { Platform } from "../../src/domain/user.ts";
import type { SubscriptionStore } from "../../src/ports/subscription-store.ts";
import type { Missed, UnreachableStore } from "../../src/ports/unreachable-store.ts";

export class MemoryUnreachableStore implements UnreachableStore {
  readonly #missed = new Map<string, Missed>();

  async all(platform: Platform): Promise<readonly string[]> {
    const prefix = `${platform} `;
    const keys = [...this.#missed.keys()].filter((key) => key.startsWith(prefix));
    return keys.map((key) => key.slice(prefix.length));
  }

  async note(platform: Platform, externalId: string, { since, count }: Missed): Promise<void> {
    const key = `${platform} ${externalId}`;
    const known = this.#missed.get(key) ?? { since, count: 0 };
    this.#missed.set(key, { ...known, count: known.count + count });
  }

  async forget(platform: Platform, externalId: string): Promise<Missed | null> {
    const key = `${platform} ${externalId}`;
    const known = this.#missed.get(key) ?? null;
    this.#missed.delete(key);
    return known;
  }
}

export class MemorySubscriptionStore implements SubscriptionStore {
  #all: Subscription[] = [];

  async all(): Promise<readonly Subscription[]> {
    return this.#all;
  }

  async get({ platform, chatId }: ChatRef): Promise<Subscription | null> {
    const same = (one: Subscription) => one.platform === platform && one.chatId === chatId;
    return this.#all.find(same) ?? null;
  }

  async save(subscription: Subscription): Promise<void> {
    await this.remove(subscription);
    this.#all = [...this.#all, subscription];
  }

  async remove(chat: ChatRef): Promise<Subscription | null> {
    const known = await this.get(chat);
    this.#all = this.#all.filter((one) => one !== known);
    return known;
  }

  async move(chat: ChatRef, chatId: string): Promise<void> {
    const known = await this.remove(chat);
    const there = await this.get({ ...chat, chatId });
    if (known !== null && there === null) await this.save({ ...known, chatId });
  }
}
