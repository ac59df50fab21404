/** Commands about the service itself; what stops it for a moment or looks inside is for administrators. */
import type { App } from "../../src/app/app.ts";
import { connectionsView, logsView, tablesView } from "../views/operations.ts";
import type { Reader } from "../views/reader.ts";
import type { Draft, Tone } from "../views/reply.ts";
import { statusView } from "../views/status.ts";
import { command, type Command } from "./command.ts";
import { int } from "./option.ts";

const MAX_LOG_LINES = 100;
const DEFAULT_LOG_LINES = 15;

export function daemonCommands(app: App): readonly Command[] {
  return [...running(app), ...looking(app)];
}

function looking(app: App): readonly Command[] {
  const admins = { group: "service", role: "admin" } as const;
  return [
    command({
      ...admins,
      name: "ws",
      run: (_, { user, reader }) => connectionsView(reader, app.queries.status(user)),
    }),
    command({
      ...admins,
      name: "db",
      run: async (_, { user, reader }) => tablesView(reader, await app.daemon.tables(user)),
    }),
    command({
      ...admins,
      name: "logs",
      place: "private",
      options: {
        count: int.opt("option-lines", { min: 1, max: MAX_LOG_LINES, default: DEFAULT_LOG_LINES }),
      },
      run: ({ count }, { user, reader }) => logsView(reader, app.daemon.logs(user, count)),
    }),
  ];
}

function running(app: App): readonly Command[] {
  const group = "service";
  return [
    command({
      name: "status",
      group,
      role: "viewer",
      run: (_, { user, reader }) => statusView(reader, app.queries.status(user)),
    }),
    command({
      name: "version",
      group,
      role: "viewer",
      run: (_, { reader }) => line(reader, "neutral", "version", { version: app.daemon.version }),
    }),
    command({
      name: "restart",
      group,
      role: "admin",
      confirm: (_, { reader }) => ({ text: reader.text("confirm-restart") }),
      run: async (_, { user, reader }) => {
        await app.daemon.restart(user);
        return line(reader, "good", "restarted");
      },
    }),
    command({
      name: "reload",
      group,
      role: "admin",
      run: async (_, { user, reader }) =>
        line(reader, "good", "reloaded", { count: await app.daemon.reload(user) }),
    }),
  ];
}

function line(
  reader: Reader,
  tone: Tone,
  key: string,
  args: Readonly<Record<string, string | number>> = {},
): Draft {
  return { tone, blocks: [{ kind: "text", text: reader.text(key, args) }] };
}
