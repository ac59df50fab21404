/** Commands about oneself on several platforms, and about what one is told. */
import type { App } from "../../src/app/app.ts";
import {
  NOTICE_TOPICS,
  STATUS_RHYTHMS,
  WISHES,
  type NoticeSettings,
} from "../../src/domain/notice-settings.ts";
import { Fault } from "../../src/domain/fault.ts";
import { PLATFORMS, type User } from "../../src/domain/user.ts";
import { linkCodeView, linkedView, meView, unlinkedView } from "../views/account.ts";
import { notifyView } from "../views/notify.ts";
import { command, type Command } from "./command.ts";
import { choice, string } from "./option.ts";

const NOTIFY_TARGETS = [...NOTICE_TOPICS, "all", "quiet"] as const;
type NotifyTarget = (typeof NOTIFY_TARGETS)[number];

export function accountCommands(app: App): readonly Command[] {
  return [showingMe(app), linking(app), unlinking(app), undoing(app), notifying(app)];
}

function showingMe(app: App): Command {
  return command({
    name: "me",
    group: "general",
    role: "viewer",
    aliases: { tg_info: {} },
    run: async (_, { user, reader }) => meView(reader, user, await app.linking.identities(user)),
  });
}

function linking(app: App): Command {
  return command({
    name: "link",
    group: "general",
    role: "viewer",
    place: "private",
    options: { code: string.opt("option-link-code") },
    confirm: ({ code }, { platform, reader }) => {
      if (code === undefined) return null;
      const account = reader.text(`platform-${platform}`);
      return { text: reader.text("confirm-link", { platform: account }) };
    },
    run: async ({ code }, { user, platform, reader }) =>
      code === undefined
        ? linkCodeView(reader, await app.linking.createCode(user))
        : linkedView(reader, await app.linking.move(user, platform, code)),
  });
}

function unlinking(app: App): Command {
  return command({
    name: "unlink",
    group: "general",
    role: "viewer",
    place: "private",
    options: { platform: choice(PLATFORMS).req("option-platform") },
    confirm: ({ platform }, { reader }) => ({
      text: reader.text("confirm-unlink", { platform: reader.text(`platform-${platform}`) }),
    }),
    run: async ({ platform }, { user, reader }) => {
      await app.linking.unlink(user, platform);
      return unlinkedView(reader, platform);
    },
  });
}

/** The button under the message about a linked account: that one goes, and nothing else. */
function undoing(app: App): Command {
  return command({
    name: "undo_link",
    group: null,
    role: "viewer",
    options: {
      platform: choice(PLATFORMS).req("option-platform"),
      account: string.req("option-account"),
    },
    run: async ({ platform, account }, { user, reader }) => {
      await app.linking.undo(user, platform, account);
      return unlinkedView(reader, platform);
    },
  });
}

function notifying(app: App): Command {
  return command({
    name: "notify",
    group: "general",
    role: "viewer",
    options: {
      what: choice(NOTIFY_TARGETS).opt("option-notify"),
      value: string.opt("option-notify-value", { suggest: () => suggestions }),
    },
    run: async ({ what, value }, { user, reader }) => {
      if (what === undefined) return notifyView(reader, await app.preferences.of(user));
      if (value === undefined) throw new Fault("option-missing", { option: "value" });
      return notifyView(reader, await choose(app, user, what, value));
    },
  });
}

const suggestions = [...WISHES, ...STATUS_RHYTHMS, "08:00", "22:00-07:00"].map((value) => ({
  label: value,
  value,
}));

/** A rhythm, a time or hours where the topic has one; else on, silent or off. */
function choose(app: App, user: User, what: NotifyTarget, value: string): Promise<NoticeSettings> {
  const { preferences } = app;
  if (what === "quiet") return preferences.setQuietHours(user, value);
  const word = value.trim().toLowerCase();
  const wish = WISHES.find((one) => one === word);
  // Off is meant for what comes by the clock: nothing is made that nobody is told.
  if (what === "status" && (wish === undefined || wish === "off")) {
    return preferences.setStatus(user, word);
  }
  if (what === "daily" && (wish === undefined || wish === "off")) {
    return preferences.setDailyReport(user, word);
  }
  if (wish !== undefined) return preferences.setWish(user, what, wish);
  const choices = WISHES.join(", ");
  throw new Fault("option-choice", {
    option: "value",
    value: value.slice(0, 40),
    choices,
    suggestion: null,
  });
}
