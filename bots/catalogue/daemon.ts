/** Commands about the service itself; what stops it for a moment or looks inside is for administrators. */
import type { App } from "../../src/app/app.ts";
import { connectionsView, logsView, tablesView } from "../views/operations.ts";
import { pageOf } from "../views/paging.ts";
import { positionsView, tradeView } from "../views/positions.ts";
import type { Reader } from "../views/reader.ts";
import type { Draft, Tone } from "../views/reply.ts";
import { statusView } from "../views/status.ts";
import { command, type Call, type Caller, type Command } from "./command.ts";
import { choice, int, string, type Suggestion } from "./option.ts";
import { positionTarget } from "./targets.ts";

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
      aliases: { health: {}, count: {}, locks: {} },
      options: { what: string.opt("option-status", { suggest: (caller) => shown(app, caller) }) },
      run: ({ what }, { user, reader, pageRows }) => {
        if (what === undefined) return statusView(reader, app.queries.status(user));
        const target = what.trim().toLowerCase() === "table" ? "all" : positionTarget(what);
        return openTrades(app, target, { user, reader, pageRows });
      },
    }),
    command({
      name: "daemon",
      group,
      role: "admin",
      options: { what: choice(["status", "restart"]).opt("option-daemon", { default: "status" }) },
      confirm: ({ what }, { reader }) =>
        what === "restart" ? { text: reader.text("confirm-restart") } : null,
      run: async ({ what }, { user, reader }) => {
        if (what === "status") return statusView(reader, app.queries.status(user));
        await app.daemon.restart(user);
        return line(reader, "good", "restarted");
      },
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
      aliases: { reload_config: {} },
      run: async (_, { user, reader }) =>
        line(reader, "good", "reloaded", { count: await app.daemon.reload(user) }),
    }),
  ];
}

/** What freqtrade's people ask of a status: the open trades, or one of them. */
function openTrades(
  app: App,
  target: number | "all",
  { user, reader, pageRows }: Pick<Call, "user" | "reader" | "pageRows">,
): Draft | Promise<Draft> {
  if (target !== "all") {
    return app.queries.trade(user, target).then((trade) => tradeView(reader, trade));
  }
  const all = app.queries.positions(user);
  return positionsView(reader, pageOf(all, 1, pageRows), all);
}

function shown(app: App, caller: Caller): readonly Suggestion[] {
  const open = app.queries.positions(caller.user).map(({ position }) => ({
    label: `#${position.number} ${position.symbol}`,
    value: String(position.number),
  }));
  return [{ label: "table", value: "table" }, ...open];
}

function line(
  reader: Reader,
  tone: Tone,
  key: string,
  args: Readonly<Record<string, string | number>> = {},
): Draft {
  return { tone, blocks: [{ kind: "text", text: reader.text(key, args) }] };
}
