/**
 * A group or channel that wants to hear how the service is, every so often. In the outbox such a chat
 * is an owner like a person, under an id that no person can have.
 */
import type { StatusRhythm } from "./notice-settings.ts";
import { PLATFORMS, type Platform } from "./user.ts";

export const SUBSCRIPTION_RHYTHMS = [
  "hourly",
  "daily",
  "5m",
] as const satisfies readonly StatusRhythm[];
export type SubscriptionRhythm = (typeof SUBSCRIPTION_RHYTHMS)[number];

/** A chat by the platform's own id. */
export interface ChatRef {
  readonly platform: Platform;
  readonly chatId: string;
}

export interface Subscription extends ChatRef {
  /** The topic of a group that has topics; null for the group itself. */
  readonly threadId: string | null;
  /** The chat's name when it subscribed, for lists. */
  readonly title: string;
  readonly rhythm: SubscriptionRhythm;
  /** Those of the person who subscribed it: the chat is told in them. */
  readonly language: string;
  readonly timeZone: string;
  /** The id of that person. */
  readonly createdBy: string;
  readonly createdAt: number;
}

/** What the chat is called as an owner of notices: "chat:telegram:-100123". */
export function chatOwnerId({ platform, chatId }: ChatRef): string {
  return `chat:${platform}:${chatId}`;
}

/** The chat behind an owner's id; null for a person's. */
export function chatOf(ownerId: string): ChatRef | null {
  const [, name = "", chatId = ""] = /^chat:([a-z]+):(.+)$/.exec(ownerId) ?? [];
  const platform = PLATFORMS.find((one) => one === name);
  return platform === undefined ? null : { platform, chatId };
}
