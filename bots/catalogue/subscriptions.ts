/** Commands about groups and channels that hear how the service is; for administrators. */
import type { App } from "../../src/app/app.ts";
import { requireRole } from "../../src/app/require-role.ts";
import { Fault } from "../../src/domain/fault.ts";
import { SUBSCRIPTION_RHYTHMS, type ChatRef } from "../../src/domain/subscription.ts";
import { PLATFORMS } from "../../src/domain/user.ts";
import { subscribedView, subscriptionsView, unsubscribedView } from "../views/subscriptions.ts";
import { command, type Caller, type CallerChat, type Command } from "./command.ts";
import { choice, string } from "./option.ts";

const MAX_NAME_SHOWN = 40;

const ADMINS = { group: "service", role: "admin" } as const;

export function subscriptionCommands(app: App): readonly Command[] {
  return [subscribing(app), unsubscribing(app), listing(app)];
}

function subscribing(app: App): Command {
  return command({
    ...ADMINS,
    name: "subscribe",
    options: {
      rhythm: choice(SUBSCRIPTION_RHYTHMS).opt("option-rhythm", { default: "hourly" }),
      chat: string.opt("option-channel"),
    },
    run: async ({ rhythm, chat: name }, caller) => {
      const { user, platform, reader } = caller;
      const chat = name === undefined ? caller.chat : await named(caller, name);
      if (chat === undefined) throw new Fault("group-only");
      const seen = { ...chat, platform, title: await chat.title() };
      const made = await app.subscriptions.subscribe(user, seen, rhythm);
      return subscribedView(reader, made);
    },
  });
}

/** Asked for administrators alone: others learn nothing about chats. Fault: chat-unknown {chat}. */
async function named({ user, findChat }: Caller, name: string): Promise<CallerChat> {
  requireRole(user, "admin");
  const found = (await findChat?.(name)) ?? null;
  if (found === null) throw new Fault("chat-unknown", { chat: name.slice(0, MAX_NAME_SHOWN) });
  return found;
}

function unsubscribing(app: App): Command {
  return command({
    ...ADMINS,
    name: "unsubscribe",
    options: { chat: string.opt("option-chat") },
    run: async ({ chat }, caller) => {
      const wanted = chat === undefined ? chatHere(caller) : chatIn(chat);
      return unsubscribedView(
        caller.reader,
        await app.subscriptions.unsubscribe(caller.user, wanted),
      );
    },
  });
}

function listing(app: App): Command {
  return command({
    ...ADMINS,
    name: "subscriptions",
    place: "private",
    run: async (_, { user, reader }) =>
      subscriptionsView(reader, await app.subscriptions.list(user)),
  });
}

function chatHere({ platform, chat }: Caller): ChatRef {
  if (chat === undefined) throw new Fault("group-only");
  return { platform, chatId: chat.chatId };
}

/** "telegram:-100123", as the list's buttons have it. Fault: not-subscribed. */
function chatIn(text: string): ChatRef {
  const [name = "", ...rest] = text.trim().split(":");
  const platform = PLATFORMS.find((one) => one === name);
  if (platform === undefined) throw new Fault("not-subscribed");
  return { platform, chatId: rest.join(":") };
}
