/** A person with a Telegram app: writes, presses buttons, reads what the bot shows, blocks it. */
import type { Message, Update, User } from "grammy/types";
import type { BotApiServer } from "./bot-api-server.ts";
import type { Shown } from "./chat-rooms.ts";

export interface PressOptions {
  /** How long ago it was pressed, by the server's clock. */
  readonly ageMs?: number;
  /** Telegram no longer shows the message to the bot. */
  readonly inaccessible?: boolean;
}

export class TelegramPerson {
  readonly user: User;
  readonly #server: BotApiServer;

  constructor(server: BotApiServer, user: User) {
    this.#server = server;
    this.user = user;
  }

  get id(): number {
    return this.user.id;
  }

  /** What the bot shows in the private chat, oldest first. */
  get seen(): readonly Shown[] {
    return this.#server.rooms.shownIn(this.id);
  }

  /** Writes in private; `change` makes it a special message. Returns the update's number. */
  say(text: string, change: Partial<Message> = {}): number {
    const { chat } = this.#server.rooms.privateRoom(this.user);
    this.#server.rooms.setOpen(this.id, "open");
    return this.#push(chat, text, change);
  }

  /** Writes into a group. */
  sayIn(groupId: number, text: string, change: Partial<Message> = {}): number {
    return this.#push(this.#server.rooms.group(groupId).chat, text, change);
  }

  /** Writes, and resolves to the message that comes back. */
  async ask(text: string): Promise<Shown> {
    const before = this.seen.length;
    this.say(text);
    return this.#server.until(() => this.seen[before]);
  }

  /** Presses a button by its label; returns the number of the press. */
  press(
    shown: Shown,
    label: string,
    { ageMs = 0, inaccessible = false }: PressOptions = {},
  ): string {
    const button = shown.keyboard.flat().find((one) => one.text === label);
    if (button === undefined || !("callback_data" in button)) {
      const labels = shown.keyboard.flat().map((one) => one.text);
      throw new Error(`no button "${label}" among: ${labels.join(", ")}`);
    }
    return this.pressData(shown, button.callback_data, { ageMs, inaccessible });
  }

  /** Sends what a button would have carried, whatever it is. */
  pressData(shown: Shown, data: string, options: PressOptions = {}): string {
    const id = String(Math.floor(Math.random() * 1e15));
    this.#server.rooms.openQuery(id, options.ageMs ?? 0);
    const message = this.#server.rooms.messageOf(shown);
    const visible =
      options.inaccessible === true
        ? { chat: message.chat, message_id: message.message_id, date: 0 as const }
        : message;
    const query = { id, from: this.user, chat_instance: "1", data, message: visible };
    this.#server.push({ callback_query: query });
    return id;
  }

  /** Presses, and resolves to the message once it was edited. */
  async pressAndSee(shown: Shown, label: string): Promise<Shown> {
    const { edits } = shown;
    this.press(shown, label);
    return this.#server.until(() => (shown.edits > edits ? shown : undefined));
  }

  /** Presses, and resolves to the new message that comes. */
  async pressAndGet(shown: Shown, label: string, options: PressOptions = {}): Promise<Shown> {
    const before = this.#server.rooms.shownIn(shown.chatId).length;
    this.press(shown, label, options);
    return this.#server.until(() => this.#server.rooms.shownIn(shown.chatId)[before]);
  }

  /** Blocks the bot, or lets it in again; Telegram tells the bot. */
  block(blocked = true): void {
    const { chat } = this.#server.rooms.privateRoom(this.user);
    this.#server.rooms.setOpen(this.id, blocked ? "blocked" : "open");
    const member = (status: string) => ({ status, user: this.#server.rooms.me, until_date: 0 });
    const change = {
      chat,
      from: this.user,
      date: Math.floor(this.#server.now() / 1000),
      old_chat_member: member(blocked ? "member" : "kicked"),
      new_chat_member: member(blocked ? "kicked" : "member"),
    };
    this.#server.push({ my_chat_member: change } as Omit<Update, "update_id">);
  }

  #push(chat: Message["chat"], text: string, change: Partial<Message>): number {
    const message = {
      message_id: this.#server.rooms.nextMessageId(chat.id),
      date: Math.floor(this.#server.now() / 1000),
      chat,
      from: this.user,
      text,
      ...change,
    };
    return this.#server.push({ message } as Omit<Update, "update_id">);
  }
}
