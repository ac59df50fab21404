/** Chats with their messages and members, and the bot's buttons that people press in them. */
import type { Chat, InlineKeyboardMarkup, Message, MessageEntity, User } from "grammy/types";
import { ApiRefusal, badRequest } from "./api-refusal.ts";

/** A message of the bot as it stands in a chat now. */
export interface Shown {
  readonly chatId: number;
  readonly messageId: number;
  /** Text or caption, its markup taken out. */
  text: string;
  entities: readonly MessageEntity[];
  /** As the bot wrote it. */
  html: string;
  photo: Uint8Array | null;
  readonly document: { readonly name: string; readonly bytes: Uint8Array } | null;
  keyboard: InlineKeyboardMarkup["inline_keyboard"];
  readonly silent: boolean;
  readonly replyTo: number | null;
  readonly threadId: number | null;
  edits: number;
}

interface Room {
  readonly chat: Chat;
  /** A person must write first, and may block the bot. */
  open: "never" | "open" | "blocked";
  readonly shown: Map<number, Shown>;
  nextMessageId: number;
}

/** After this an answer to a press is refused, ms. */
const MAX_QUERY_AGE_MS = 15_000;

interface Query {
  readonly at: number;
  answer: { readonly text: string | null; readonly alert: boolean } | null;
}

export class ChatRooms {
  readonly me: User;
  readonly #rooms = new Map<number, Room>();
  readonly #queries = new Map<string, Query>();
  readonly #now: () => number;

  constructor(me: User, now: () => number) {
    this.me = me;
    this.#now = now;
  }

  privateRoom(person: User): Room {
    const { id, first_name } = person;
    return this.#room({ id, type: "private", first_name }, "never");
  }

  group(id: number): Room {
    return this.#room({ id, type: "supergroup", title: `Group ${id}` }, "open");
  }

  /** A channel with a public name; the bot may post there while it is open. */
  channel(id: number, username: string, open: Room["open"] = "open"): void {
    const chat: Chat = { id, type: "channel", title: `Channel ${username}`, username };
    this.#room(chat, open);
  }

  /** As getChat shows it: by number, or "@name" of what is public. */
  find(wanted: unknown): Chat {
    const all = [...this.#rooms.values()].map(({ chat }) => chat);
    const found = all.find((chat) => {
      const name = "username" in chat ? `@${chat.username}` : null;
      return chat.id === wanted || (name !== null && name === wanted);
    });
    if (found === undefined) throw badRequest("chat not found");
    return found;
  }

  /** Everything the bot has in a chat, oldest first. */
  shownIn(chatId: number): readonly Shown[] {
    return [...(this.#rooms.get(chatId)?.shown.values() ?? [])];
  }

  setOpen(chatId: number, open: Room["open"]): void {
    const room = this.#rooms.get(chatId);
    if (room !== undefined) room.open = open;
  }

  nextMessageId(chatId: number): number {
    const room = this.#rooms.get(chatId);
    if (room === undefined) throw new Error(`no chat ${chatId}`);
    room.nextMessageId += 1;
    return room.nextMessageId;
  }

  /** The room a bot may write to; refuses as Telegram does. */
  writable(chatId: unknown): Room {
    const room = typeof chatId === "number" ? this.#rooms.get(chatId) : undefined;
    if (room === undefined) throw badRequest("chat not found");
    if (room.open === "blocked")
      throw new ApiRefusal(403, "Forbidden: bot was blocked by the user");
    if (room.open === "never") {
      throw new ApiRefusal(403, "Forbidden: bot can't initiate conversation with a user");
    }
    return room;
  }

  add(chatId: number, shown: Omit<Shown, "chatId" | "messageId" | "edits">): Shown {
    const messageId = this.nextMessageId(chatId);
    const added: Shown = { ...shown, chatId, messageId, edits: 0 };
    this.#rooms.get(chatId)?.shown.set(messageId, added);
    return added;
  }

  /** A message of the bot that may be edited. */
  editable(chatId: unknown, messageId: unknown): Shown {
    const { shown } = this.writable(chatId);
    const found = typeof messageId === "number" ? shown.get(messageId) : undefined;
    if (found === undefined) throw badRequest("message to edit not found");
    return found;
  }

  /** Removes a message, as a person can. */
  remove({ chatId, messageId }: Pick<Shown, "chatId" | "messageId">): void {
    this.#rooms.get(chatId)?.shown.delete(messageId);
  }

  /** Notes a press; `ageMs` makes it an old one. */
  openQuery(id: string, ageMs: number): void {
    this.#queries.set(id, { at: this.#now() - ageMs, answer: null });
  }

  answerQuery(id: string, answer: NonNullable<Query["answer"]>): void {
    const query = this.#queries.get(id);
    const old = query === undefined || this.#now() - query.at > MAX_QUERY_AGE_MS;
    if (old || query.answer !== null) {
      throw badRequest("query is too old and response timeout expired or query ID is invalid");
    }
    query.answer = answer;
  }

  queryAnswer(id: string): Query["answer"] {
    return this.#queries.get(id)?.answer ?? null;
  }

  /** As the API shows a message of the bot. */
  messageOf(shown: Shown): Message {
    const chat = this.#rooms.get(shown.chatId)?.chat;
    if (chat === undefined) throw new Error(`no chat ${shown.chatId}`);
    const { text, entities, keyboard, photo } = shown;
    const content =
      photo === null
        ? { text, entities: [...entities] }
        : {
            caption: text,
            caption_entities: [...entities],
            photo: [{ file_id: "p", file_unique_id: "p", width: 1, height: 1 }],
          };
    return {
      message_id: shown.messageId,
      date: Math.floor(this.#now() / 1000),
      chat,
      from: this.me,
      ...content,
      ...(keyboard.length > 0 ? { reply_markup: { inline_keyboard: keyboard } } : {}),
      ...(shown.threadId === null
        ? {}
        : { message_thread_id: shown.threadId, is_topic_message: true as const }),
    };
  }

  #room(chat: Chat, open: Room["open"]): Room {
    const known = this.#rooms.get(chat.id);
    if (known !== undefined) return known;
    const room: Room = { chat, open, shown: new Map(), nextMessageId: 0 };
    this.#rooms.set(chat.id, room);
    return room;
  }
}
