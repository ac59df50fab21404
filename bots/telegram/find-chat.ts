/**
 * A group or channel by its name or number. A channel cannot be subscribed from inside: what is said
 * there says nothing about who says it.
 */
import type { Api } from "grammy";
import type { CallerChat } from "../catalogue/command.ts";
import { isRefused } from "./failures.ts";

const NAME = /^@[A-Za-z]\w{3,31}$/;
const NUMBER = /^-\d{1,20}$/;

/** "@news" or "-100123"; null when there is none, or when Telegram does not show it to us. */
export async function findChat(api: Api, text: string): Promise<CallerChat | null> {
  const wanted = text.trim();
  if (!NAME.test(wanted) && !NUMBER.test(wanted)) return null;
  try {
    const chat = await api.getChat(NAME.test(wanted) ? wanted : Number(wanted));
    if (chat.type === "private") return null;
    const title = async () => chat.title;
    return { chatId: String(chat.id), threadId: null, title, mayWrite: true };
  } catch (error) {
    if (isRefused(error)) return null;
    throw error;
  }
}
