/** Commands about people, for administrators: who there is, who may come in, who may do what. */
import type { App } from "../../src/app/app.ts";
import { ROLES } from "../../src/domain/user.ts";
import {
  broadcastView,
  invitedView,
  peopleView,
  roleView,
  suspensionView,
} from "../views/people.ts";
import { command, type Command } from "./command.ts";
import { choice, int, rest, string } from "./option.ts";
import { duration, page } from "./targets.ts";

const MAX_USER_NUMBER = 999_999;
const MAX_BROADCAST_LENGTH = 1_000;

const user = int.req("option-user", { min: 1, max: MAX_USER_NUMBER });

export function peopleCommands(app: App): readonly Command[] {
  return [inviting(app), listing(app), suspending(app), changingRole(app), broadcasting(app)];
}

/** All of them show what is not for a group's eyes. */
const ADMINS = { group: "people", role: "admin", place: "private" } as const;

function inviting(app: App): Command {
  return command({
    ...ADMINS,
    name: "invite",
    options: {
      role: choice(ROLES).opt("option-role", { default: "trader" }),
      duration: string.opt("option-invite-duration", { default: "7d" }),
    },
    run: async (values, { user: actor, reader }) => {
      const asked = { role: values.role, expiresInMs: duration(values.duration) };
      const invite = await app.access.createInvite(actor, asked);
      return invitedView(reader, invite, app.doors.links(invite.code));
    },
  });
}

function listing(app: App): Command {
  return command({
    ...ADMINS,
    name: "users",
    options: { page },
    run: async (values, { user: actor, reader, pageRows }) =>
      peopleView(reader, await app.people.list(actor, values.page, pageRows)),
  });
}

function suspending(app: App): Command {
  return command({
    ...ADMINS,
    name: "suspend",
    options: { user, state: choice(["on", "off"]).opt("option-suspend", { default: "on" }) },
    run: async (values, { user: actor, reader }) => {
      const suspended = values.state === "on";
      return suspensionView(reader, await app.people.setSuspended(actor, values.user, suspended));
    },
  });
}

function changingRole(app: App): Command {
  return command({
    ...ADMINS,
    name: "role",
    options: { user, role: choice(ROLES).req("option-role") },
    confirm: async (values, { user: actor, reader }) => {
      if (values.role !== "admin") return null;
      const { name } = await app.people.find(actor, values.user);
      return { text: reader.text("confirm-role-admin", { name }) };
    },
    run: async (values, { user: actor, reader }) =>
      roleView(reader, await app.people.setRole(actor, values.user, values.role)),
  });
}

function broadcasting(app: App): Command {
  return command({
    ...ADMINS,
    name: "broadcast",
    options: { text: rest.req("option-broadcast", { maxLength: MAX_BROADCAST_LENGTH }) },
    confirm: async ({ text }, { reader }) => ({
      text: reader.text("confirm-broadcast", { count: await app.announcer.audience(), text }),
    }),
    run: async ({ text }, { user: actor, reader }) =>
      broadcastView(reader, await app.announcer.broadcast(actor, text)),
  });
}
