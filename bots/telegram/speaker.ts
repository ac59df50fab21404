/**
 * Who sent a message, and is it a command for us. A person is known by Telegram's number alone; what
 * speaks for a chat, repeats somebody else or comes through another bot is nobody.
 */
import type { Message, User } from "grammy/types";
import { splitCommand } from "../catalogue/parse-words.ts";
import type { CallerChat, Place } from "../catalogue/command.ts";

/** Accounts that Telegram itself speaks with: GroupAnonymousBot, Telegram, Channel Bot. */
const NOT_PEOPLE: ReadonlySet<number> = new Set([1_087_968_824, 777_000, 136_817_688]);

/** The person who wrote it themselves, just so; null for everything else. */
export function speakerOf(message: Message): User | null {
  const { from } = message;
  const borrowed =
    message.sender_chat !== undefined ||
    message.forward_origin !== undefined ||
    message.via_bot !== undefined ||
    message.is_automatic_forward === true ||
    message.edit_date !== undefined;
  return from === undefined || borrowed || !isPerson(from) ? null : from;
}

export function isPerson(user: User): boolean {
  return !user.is_bot && !NOT_PEOPLE.has(user.id);
}

/** Null for chats that are no place to talk in, such as channels. */
export function placeOf(chat: Message["chat"]): Place | null {
  if (chat.type === "private") return "private";
  return chat.type === "group" || chat.type === "supergroup" ? "group" : null;
}

/** The group a message stands in, and the topic; nothing in private. */
export function groupOf(message: Pick<Message, "chat"> & Partial<Message>): {
  readonly chat?: CallerChat;
} {
  const { chat, message_thread_id: thread } = message;
  if (chat.type !== "group" && chat.type !== "supergroup") return {};
  const inTopic = message.is_topic_message === true && thread !== undefined;
  const threadId = inTopic ? String(thread) : null;
  const title = async () => chat.title;
  return { chat: { chatId: String(chat.id), threadId, title, mayWrite: true } };
}

export interface Addressing {
  /** Our name without "@". */
  readonly username: string;
  /** True for a command there is. */
  readonly knows: (name: string) => boolean;
}

/**
 * True when a text is for us: in private all is, but for commands to another bot; in a group only
 * commands that name us, or that name nobody and that we have.
 */
export function isForUs(text: string, place: Place, { username, knows }: Addressing): boolean {
  const isCommand = text.trimStart().startsWith("/");
  const spoken = isCommand ? splitCommand(text) : null;
  const addressee = spoken?.addressee?.toLowerCase() ?? null;
  if (addressee !== null) return addressee === username.toLowerCase();
  return place === "private" || (spoken !== null && knows(spoken.name));
}
