/** The groups and channels that want status messages. */
import type { ChatRef, Subscription } from "../domain/subscription.ts";

export interface SubscriptionStore {
  /** Oldest first. */
  all(): Promise<readonly Subscription[]>;
  get(chat: ChatRef): Promise<Subscription | null>;
  /** Takes the place of what the chat had before. */
  save(subscription: Subscription): Promise<void>;
  /** In one step; null when there was none. */
  remove(chat: ChatRef): Promise<Subscription | null>;
  /** The platform gave the chat another id. */
  move(chat: ChatRef, chatId: string): Promise<void>;
}
