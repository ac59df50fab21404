/** What each method of the Bot API does, with the limits and refusals of the real one. */
import type { ApiMethods, BotCommand, InlineKeyboardMarkup, Opts } from "grammy/types";
import { ApiRefusal, badRequest } from "./api-refusal.ts";
import type { ChatRooms, Shown } from "./chat-rooms.ts";
import { FILES } from "./request-body.ts";
import { readHtml, readPlain, type ReadText } from "./telegram-html.ts";

const MAX_TEXT = 4096;
const MAX_CAPTION = 1024;
const MAX_DATA_BYTES = 64;
const MAX_FILE_BYTES = 50_000_000;
const MAX_ANSWER = 200;

type Named =
  | "getMe"
  | "getChat"
  | "sendMessage"
  | "sendPhoto"
  | "sendDocument"
  | "editMessageText"
  | "editMessageMedia"
  | "editMessageReplyMarkup"
  | "answerCallbackQuery"
  | "setMyCommands";

export type Methods = {
  readonly [M in Named]: (params: Opts<M>) => ReturnType<ApiMethods[M]>;
};

/** Commands by scope and language: "all_private_chats fr". */
export type Menus = Map<string, readonly BotCommand[]>;

export function methodsOn(rooms: ChatRooms, menus: Menus): Methods {
  return {
    getMe: () => rooms.me as ReturnType<ApiMethods["getMe"]>,
    getChat: ({ chat_id }) => rooms.find(chat_id) as never,
    sendMessage: (params) => {
      const read = readText(params.text, params.parse_mode, MAX_TEXT);
      if (read.text === "") throw badRequest("message text is empty");
      return sent(rooms, { ...params, html: params.text }, read) as never;
    },
    sendPhoto: (params) => {
      const read = readText(params.caption ?? "", params.parse_mode, MAX_CAPTION);
      const photo = picture(params.photo);
      return sent(rooms, { ...params, html: params.caption ?? "", photo }, read) as never;
    },
    sendDocument: (params) => {
      const read = readText(params.caption ?? "", params.parse_mode, MAX_CAPTION);
      const document = attachment(params, params.document);
      if (document.bytes.length > MAX_FILE_BYTES)
        throw new ApiRefusal(413, "Request Entity Too Large");
      return sent(rooms, { ...params, html: params.caption ?? "", document }, read) as never;
    },
    editMessageText: (params) => {
      const shown = rooms.editable(params.chat_id, params.message_id);
      const html = params.text ?? "";
      const read = readText(html, params.parse_mode, MAX_TEXT);
      if (read.text === "") throw badRequest("message text is empty");
      if (shown.photo !== null) throw badRequest("there is no text in the message to edit");
      return edited(rooms, shown, { ...read, html, photo: null }, params.reply_markup) as never;
    },
    editMessageMedia: (params) => {
      const shown = rooms.editable(params.chat_id, params.message_id);
      const { media } = params;
      if (media.type !== "photo") throw badRequest("only photos are known here");
      const html = media.caption ?? "";
      const read = readText(html, media.parse_mode, MAX_CAPTION);
      const photo = attached(params, media.media);
      return edited(rooms, shown, { ...read, html, photo }, params.reply_markup) as never;
    },
    editMessageReplyMarkup: (params) => {
      const shown = rooms.editable(params.chat_id, params.message_id);
      return edited(rooms, shown, shown, params.reply_markup) as never;
    },
    answerCallbackQuery: (params) => {
      const { callback_query_id: id, text = null, show_alert: alert = false } = params;
      if ((text ?? "").length > MAX_ANSWER) throw badRequest("MESSAGE_TOO_LONG");
      rooms.answerQuery(id, { text, alert });
      return true;
    },
    setMyCommands: ({ commands, scope, language_code: language = "" }) => {
      checkMenu(commands);
      menus.set(`${scope?.type ?? "default"} ${language}`.trim(), commands);
      return true;
    },
  };
}

interface Sending {
  readonly chat_id: number | string;
  readonly html: string;
  readonly photo?: Uint8Array;
  readonly document?: NonNullable<Shown["document"]>;
  readonly reply_markup?: unknown;
  readonly disable_notification?: boolean;
  readonly message_thread_id?: number;
  readonly reply_parameters?: { readonly message_id?: number };
}

function sent(rooms: ChatRooms, sending: Sending, { text, entities }: ReadText) {
  const { chat } = rooms.writable(sending.chat_id);
  const shown = rooms.add(chat.id, {
    text,
    entities,
    html: sending.html,
    photo: sending.photo ?? null,
    document: sending.document ?? null,
    keyboard: readKeyboard(sending.reply_markup),
    silent: sending.disable_notification === true,
    replyTo: sending.reply_parameters?.message_id ?? null,
    threadId: sending.message_thread_id ?? null,
  });
  return rooms.messageOf(shown);
}

function edited(
  rooms: ChatRooms,
  shown: Shown,
  content: Pick<Shown, "text" | "entities" | "html" | "photo">,
  markup: unknown,
) {
  const { text, entities, html, photo } = content;
  const keyboard = readKeyboard(markup);
  const before = [shown.text, shown.entities, shown.keyboard];
  if (
    JSON.stringify(before) === JSON.stringify([text, entities, keyboard]) &&
    photo === shown.photo
  ) {
    throw badRequest(
      "message is not modified: specified new message content and reply markup are exactly " +
        "the same as a current content and reply markup of the message",
    );
  }
  Object.assign(shown, { text, entities, html, photo, keyboard, edits: shown.edits + 1 });
  return rooms.messageOf(shown);
}

function readText(text: unknown, mode: unknown, limit: number): ReadText {
  if (typeof text !== "string") throw badRequest("message text must be text");
  if (mode !== undefined && mode !== "HTML") throw badRequest("unsupported parse_mode");
  const read = mode === "HTML" ? readHtml(text) : readPlain(text);
  const wrong = limit === MAX_CAPTION ? "message caption is too long" : "message is too long";
  if (read.text.length > limit) throw badRequest(wrong);
  return read;
}

function readKeyboard(markup: unknown): InlineKeyboardMarkup["inline_keyboard"] {
  if (markup === undefined) return [];
  const { inline_keyboard: rows } = markup as InlineKeyboardMarkup;
  for (const button of rows.flat()) {
    const data = "callback_data" in button ? button.callback_data : undefined;
    if (button.text.trim() === "") throw badRequest("text buttons are not allowed to be empty");
    const bytes = Buffer.byteLength(data ?? "");
    if (bytes < 1 || bytes > MAX_DATA_BYTES) throw badRequest("BUTTON_DATA_INVALID");
    const style = "style" in button ? button.style : undefined;
    if (style !== undefined && !["danger", "success", "primary"].includes(style)) {
      throw badRequest("unknown button style");
    }
  }
  if (rows.some((row) => row.length === 0 || row.length > 8) || rows.flat().length > 100) {
    throw badRequest("wrong number of buttons");
  }
  return rows;
}

const PNG = [0x89, 0x50, 0x4e, 0x47];

function picture(file: unknown): Uint8Array {
  const isPng = file instanceof Uint8Array && PNG.every((byte, index) => file[index] === byte);
  if (!isPng) throw badRequest("IMAGE_PROCESS_FAILED");
  return file;
}

type Files = ReadonlyMap<string, { readonly name: string; readonly bytes: Uint8Array }>;

function attached(params: object, media: unknown): Uint8Array {
  const files = (params as { readonly [FILES]?: Files })[FILES];
  return picture(files?.get(String(media).replace("attach://", ""))?.bytes);
}

/** The one file of a request, with the name it was sent under. */
function attachment(params: object, bytes: unknown): NonNullable<Shown["document"]> {
  const [file] = [...((params as { readonly [FILES]?: Files })[FILES]?.values() ?? [])];
  if (file === undefined || file.bytes !== bytes) throw badRequest("no file in the request");
  if (file.bytes.length === 0) throw badRequest("file must be non-empty");
  return file;
}

function checkMenu(commands: readonly BotCommand[]): void {
  if (commands.length > 100) throw badRequest("BOT_COMMANDS_TOO_MUCH");
  for (const { command, description } of commands) {
    if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest("BOT_COMMAND_INVALID");
    if (description.length < 1 || description.length > 256) {
      throw badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
    }
  }
}
