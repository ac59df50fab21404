/** The Telegram bot against a local Bot API server, with the whole catalogue on stand-ins behind it. */
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, expect } from "vitest";
import { Buttons } from "../../../bots/catalogue/buttons.ts";
import { MemoryCallStore } from "../../support/memory-calls.ts";
import type { Command } from "../../../bots/catalogue/command.ts";
import { Catalogue } from "../../../bots/catalogue/dispatcher.ts";
import {
  startTelegram,
  type TelegramAdapter,
  type TelegramModules,
  type TelegramOptions,
} from "../../../bots/telegram/telegram.ts";
import type { User } from "../../../src/domain/user.ts";
import type { LogFacts, Logger } from "../../../src/ports/logger.ts";
import { BotApiServer, TOKEN } from "../../support/telegram/bot-api-server.ts";
import type { TelegramPerson } from "../../support/telegram/telegram-person.ts";
import { person } from "../../support/test-app.ts";
import { outwardOf, testBot, type TestBot } from "../../support/test-bot.ts";

export interface LogLine {
  readonly level: string;
  readonly facts: LogFacts;
  readonly message: string;
}

export interface Scene extends TestBot {
  readonly server: BotApiServer;
  readonly logs: LogLine[];
  readonly adapter: TelegramAdapter;
  /** A user of ours with a Telegram account; Telegram's id is `id`. */
  member(id: number, change?: Partial<User>): Promise<Member>;
  /** Starts another adapter on the same server. */
  another(options?: Partial<TelegramOptions>): TelegramAdapter;
  /** Resolves when the state is reached. */
  reach(state: string, adapter?: TelegramAdapter): Promise<void>;
  /** Resolves to the first line of the log with these words, once it is there. */
  logged(words: string): Promise<LogLine>;
}

export interface Member {
  readonly user: User;
  readonly phone: TelegramPerson;
}

export interface SceneOptions {
  readonly options?: Partial<TelegramOptions>;
  readonly modules?: Partial<TelegramModules>;
  /** Instead of the real ones. */
  readonly commands?: readonly Command[];
  /** Prepares the server before the bot starts. */
  readonly before?: (server: BotApiServer) => void;
  readonly token?: string;
}

const open: { server: BotApiServer; adapters: TelegramAdapter[] }[] = [];

afterEach(async () => {
  for (const { server, adapters } of open.splice(0)) {
    server.mend();
    for (const adapter of adapters) await adapter.stop();
    await server.stop();
    expect(server.problems).toEqual([]);
  }
});

export async function scene(wanted: SceneOptions = {}): Promise<Scene> {
  const server = await BotApiServer.start();
  wanted.before?.(server);
  const bot = testBot();
  const logs: LogLine[] = [];
  const adapters: TelegramAdapter[] = [];
  open.push({ server, adapters });
  const catalogue = wanted.commands === undefined ? bot.catalogue : only(bot, wanted.commands);
  const outward = outwardOf(bot, catalogue);
  const start = (options: Partial<TelegramOptions> = {}): TelegramAdapter => {
    const adapter = startTelegram(
      {
        token: wanted.token ?? TOKEN,
        apiRoot: server.url,
        mode: { kind: "polling" },
        ...wanted.options,
        ...options,
      },
      {
        catalogue,
        access: bot.app.access,
        accounts: bot.accounts,
        ...outward,
        logger: loggerInto(logs),
        machineNow: () => server.now(),
        ...wanted.modules,
      },
    );
    adapters.push(adapter);
    bot.app.doors.add(adapter.door);
    return adapter;
  };
  const adapter = start();
  return {
    ...bot,
    catalogue,
    server,
    logs,
    adapter,
    another: start,
    member: (id, change) => member(bot, server, id, change),
    // States and lines come without a request to wait for, so every turn of the loop looks.
    reach: async (state, of = adapter) => {
      while (of.status().state !== state) await turn();
    },
    logged: async (words) => {
      for (;;) {
        const line = logs.find(({ message }) => message.includes(words));
        if (line !== undefined) return line;
        await turn();
      }
    },
  };
}

async function member(
  bot: TestBot,
  server: BotApiServer,
  id: number,
  change: Partial<User> = {},
): Promise<Member> {
  const user = person(`u${id}`, change);
  await bot.accounts.createUser(user, {
    platform: "telegram",
    externalId: String(id),
    userId: user.id,
  });
  return { user, phone: server.person(id) };
}

function only(bot: TestBot, commands: readonly Command[]): Catalogue {
  const now = () => bot.clock.now();
  return new Catalogue({
    commands,
    buttons: new Buttons({ store: new MemoryCallStore(), now }),
    now,
    quoteAsset: "USDT",
    rate: { burst: 1_000, refillMs: 1_000 },
    reportUnexpected: (error) => bot.unexpected.push(error),
  });
}

export function loggerInto(lines: LogLine[]): Logger {
  const at = (level: string) => (facts: LogFacts, message: string) => {
    lines.push({ level, facts, message });
  };
  const logger: Logger = {
    debug: at("debug"),
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    child: () => logger,
  };
  return logger;
}
