/** Commands about the service itself; what stops it for a moment is for administrators. */
import type { App } from "../../src/app/app.ts";
import type { Reader } from "../views/reader.ts";
import type { Draft, Tone } from "../views/reply.ts";
import { statusView } from "../views/status.ts";
import { command, type Command } from "./command.ts";

export function daemonCommands(app: App): readonly Command[] {
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
