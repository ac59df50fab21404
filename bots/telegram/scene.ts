/** Where something was said on Telegram, and what that means for the answer. */
import type { Context } from "grammy";
import type { Message, User as TelegramUser } from "grammy/types";
import type { User } from "../../src/domain/user.ts";
import type { Caller, Place, Watch } from "../catalogue/command.ts";
import { splitCommand } from "../catalogue/parse-words.ts";
import { languageFor } from "../text/text.ts";
import type { Reply } from "../views/reply.ts";
import { findChat } from "./find-chat.ts";
import type { Shown, Target } from "./post.ts";
import { groupOf, placeOf } from "./speaker.ts";

/** Who spoke where, and where the answer goes. */
export interface Scene {
  readonly from: TelegramUser;
  readonly place: Place;
  readonly target: Target;
  readonly user: User;
}

/** What a person wants done. */
export interface LongWork {
  readonly scene: Scene;
  /** The message that shows how far it is; null for one of its own. */
  readonly shown: Shown | null;
  readonly act: (watch: Watch) => Promise<Reply>;
}

export function shownOf({ message_id: messageId, photo }: Message): Shown {
  return { messageId, hasPicture: photo !== undefined };
}

export function topicOf(message: Message): Target {
  const { chat, message_thread_id: threadId } = message;
  const inTopic = message.is_topic_message === true && threadId !== undefined;
  return { chatId: chat.id, ...(inTopic ? { threadId } : {}) };
}

/** In a group an answer says what it answers. */
export function targetOf(message: Message, place: Place): Target {
  const topic = topicOf(message);
  return place === "group" ? { ...topic, replyTo: message.message_id } : topic;
}

/** A link "t.me/bot?start=CODE" arrives as "/start CODE"; who is known already has no use for the code. */
export function lineOf(typed: string): string {
  const isCommand = typed.trimStart().startsWith("/");
  return isCommand && splitCommand(typed)?.name === "start" ? "/start" : typed;
}

export function plainReply(sentence: string): Reply {
  return { tone: "neutral", blocks: [{ kind: "text", text: sentence }], buttons: [] };
}

export function languageOf(from: TelegramUser): string {
  return languageFor(from.language_code ?? "en");
}

/** Who is speaking, as the catalogue knows them. */
export function callerOf(ctx: Context, user: User, message: Pick<Message, "chat">): Caller {
  const place = placeOf(message.chat) ?? "group";
  const find = (name: string) => findChat(ctx.api, name);
  return { user, platform: "telegram", place, ...groupOf(message), findChat: find };
}
