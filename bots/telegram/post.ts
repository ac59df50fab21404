/**
 * Puts a rendered reply into a chat: as new messages, or in the place of one that is there. What cannot
 * be edited is sent anew, and an edit that would change nothing counts as done.
 */
import { InputFile, type Api } from "grammy";
import type { InlineKeyboardMarkup } from "grammy/types";
import { isRefused, isUnchanged } from "./failures.ts";
import type { Picture, Rendered } from "./render.ts";

/** Where to: a chat, in it perhaps a topic, and perhaps the message that is answered. */
export interface Target {
  readonly chatId: number;
  readonly threadId?: number;
  readonly replyTo?: number;
}

/** A message of ours that a person pressed a button of. */
export interface Shown {
  readonly messageId: number;
  /** It is a picture with a caption, not a text. */
  readonly hasPicture: boolean;
}

const HTML = { parse_mode: "HTML" } as const;
const TEXT = { ...HTML, link_preview_options: { is_disabled: true } } as const;

/**
 * Sends all of it, in order; the keyboard is under the last message, whose id it resolves to when it is a
 * text. Throws the library's errors.
 */
export async function send(api: Api, target: Target, rendered: Rendered): Promise<number | null> {
  let last: number | null = null;
  const { picture, messages, keyboard, file: attached, silent } = rendered;
  const common = { ...placement(target), disable_notification: silent };
  const underLast = (isLast: boolean) => (isLast ? markup(keyboard) : {});
  if (picture !== null) {
    const under = underLast(messages.length === 0);
    await api.sendPhoto(target.chatId, file(picture), {
      ...common,
      ...caption(picture),
      ...under,
    });
  }
  for (const [index, html] of messages.entries()) {
    const under = underLast(index === messages.length - 1);
    const sent = await api.sendMessage(target.chatId, html, { ...common, ...TEXT, ...under });
    last = sent.message_id;
  }
  if (attached !== null) {
    const document = new InputFile(Buffer.from(attached.content), attached.name);
    await api.sendDocument(target.chatId, document, common);
  }
  return last;
}

/** Shows it in the place of `shown`; what does not fit there is sent below it, and its buttons go. */
export async function replace(
  api: Api,
  target: Target,
  shown: Shown,
  rendered: Rendered,
): Promise<void> {
  const { picture, messages, keyboard, file: attached } = rendered;
  const [text, ...more] = attached === null ? messages : [];
  try {
    if (picture !== null && shown.hasPicture && messages.length === 0 && attached === null) {
      const media = { type: "photo", media: file(picture), ...caption(picture) } as const;
      await api.editMessageMedia(target.chatId, shown.messageId, media, markup(keyboard));
      return;
    }
    if (picture === null && !shown.hasPicture && text !== undefined && more.length === 0) {
      await editText(api, target, shown, { text, keyboard });
      return;
    }
  } catch (error) {
    if (isUnchanged(error)) return;
    // Deleted, or too old to be changed: the answer is still owed.
    if (!isRefused(error)) throw error;
  }
  await send(api, target, rendered);
  await removeKeyboard(api, target, shown);
}

/** Changes a message of text; what would change nothing is refused. Throws the library's errors. */
export async function editText(
  api: Api,
  target: Target,
  { messageId }: Shown,
  { text, keyboard }: { readonly text: string; readonly keyboard: Rendered["keyboard"] },
): Promise<void> {
  await api.editMessageText(target.chatId, messageId, text, { ...TEXT, ...markup(keyboard) });
}

/** Takes the buttons from a message; one that is gone needs none. */
async function removeKeyboard(api: Api, target: Target, shown: Shown): Promise<void> {
  try {
    await api.editMessageReplyMarkup(target.chatId, shown.messageId);
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
}

function placement({ threadId, replyTo }: Target) {
  return {
    ...(threadId === undefined ? {} : { message_thread_id: threadId }),
    ...(replyTo === undefined
      ? {}
      : { reply_parameters: { message_id: replyTo, allow_sending_without_reply: true } }),
  };
}

function markup(keyboard: Rendered["keyboard"]): { reply_markup?: InlineKeyboardMarkup } {
  return keyboard.length === 0 ? {} : { reply_markup: { inline_keyboard: keyboard } };
}

function caption(picture: Picture) {
  return picture.caption === null ? {} : { ...HTML, caption: picture.caption };
}

function file({ png }: Picture): InputFile {
  return new InputFile(png, "picture.png");
}
