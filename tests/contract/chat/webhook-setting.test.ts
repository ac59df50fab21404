/** The way Telegram's updates come is a setting: from the environment to an answer, and back again. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { loadSettings } from "../../../config/load.ts";
import { startBots, type Bots } from "../../../src/compose-bots.ts";
import type { Service } from "../../../src/compose.ts";
import { BotApiServer, TOKEN } from "../../support/telegram/bot-api-server.ts";
import { person } from "../../support/test-app.ts";
import { outwardOf, testBot, type TestBot } from "../../support/test-bot.ts";
import { loggerInto, type LogLine } from "../telegram/telegram-scene.ts";

const URL_OF_HOOK = "https://vigie.example/telegram/Xy7";
const MADE_SECRET = /^[\w-]{43}$/;

interface World {
  readonly bot: TestBot;
  readonly server: BotApiServer;
  readonly logs: LogLine[];
  readonly start: (settings: Readonly<Record<string, string>>) => Bots;
  /** Resolves when the status says so. */
  readonly reach: (state: string) => Promise<void>;
}

async function world(): Promise<World> {
  const server = await BotApiServer.start();
  const bot = testBot();
  const user = person("u1");
  await bot.accounts.createUser(user, { platform: "telegram", externalId: "1", userId: "u1" });
  const logs: LogLine[] = [];
  const running: Bots[] = [];
  onTestFinished(async () => {
    for (const one of running) await one.stop();
    await server.stop();
    expect(server.problems).toEqual([]);
  });
  const start = (settings: Readonly<Record<string, string>>): Bots => {
    const environment = { TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: server.url, ...settings };
    // The adapters use nothing else of the service.
    const { app, accounts, clock } = bot;
    const { unreachable } = outwardOf(bot, bot.catalogue);
    const service = { app, accounts, clock, unreachable } as unknown as Service;
    const { catalogue } = bot;
    const logger = loggerInto(logs);
    const bots = startBots({ service, catalogue, logger, ...loadSettings(environment) });
    running.push(bots);
    return bots;
  };
  const reach = async (state: string): Promise<void> => {
    while (bot.app.doors.reports()[0]?.state !== state) {
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  return { bot, server, logs, start, reach };
}

async function listening(port = 0): Promise<{ readonly other: Server; readonly port: number }> {
  const other = createServer().listen(port, "127.0.0.1");
  await once(other, "listening");
  return { other, port: (other.address() as AddressInfo).port };
}

async function freePort(): Promise<number> {
  const { other, port } = await listening();
  other.close();
  await once(other, "close");
  return port;
}

const hook = (port: number, more: Readonly<Record<string, string>> = {}) => ({
  TELEGRAM_WEBHOOK_URL: URL_OF_HOOK,
  TELEGRAM_WEBHOOK_PORT: String(port),
  ...more,
});

describe("TELEGRAM_WEBHOOK_URL", () => {
  it("brings updates by webhook, with the secret that is set, and none without it", async () => {
    const { server, start, reach } = await world();
    const port = await freePort();
    server.webhookPort = port;
    const secret = "a-secret_of_our_own";
    start(hook(port, { TELEGRAM_WEBHOOK_SECRET: secret }));
    await reach("up");
    expect(server.calls("setWebhook")[0]?.params).toMatchObject({
      url: URL_OF_HOOK,
      secret_token: secret,
    });
    const phone = server.person(1);
    expect((await phone.ask("/version")).text).toBe("Vigie 1.2.3");
    const { chat } = server.rooms.privateRoom(phone.user);
    const message = { message_id: 1, date: 1, chat, from: phone.user, text: "/version" };
    expect(await server.deliver({ update_id: 1, message } as never, "another-secret_x")).toBe(401);
    expect(server.polls).toBe(0);
  });

  it("makes a new secret at each start when none is set, and logs none", async () => {
    const { server, start, reach, logs } = await world();
    const port = await freePort();
    server.webhookPort = port;
    const first = start(hook(port));
    await reach("up");
    await first.stop();
    const second = start(hook(port));
    await reach("up");
    expect((await server.person(1).ask("/version")).text).toBe("Vigie 1.2.3");
    const secrets = server.calls("setWebhook").map(({ params }) => String(params["secret_token"]));
    expect(secrets).toEqual([
      expect.stringMatching(MADE_SECRET),
      expect.stringMatching(MADE_SECRET),
    ]);
    expect(new Set(secrets).size).toBe(2);
    const written = `${JSON.stringify(logs)} ${inspect(second, { depth: 12, showHidden: true })}`;
    for (const secret of [...secrets, TOKEN]) expect(written).not.toContain(secret);
  });

  it("can be set and unset: what came meanwhile is answered by the other way", async () => {
    const { server, start, reach } = await world();
    const port = await freePort();
    server.webhookPort = port;
    const phone = server.person(1);
    const polling = start({});
    await phone.ask("/version");
    await polling.stop();
    const hooked = start(hook(port));
    await reach("up");
    await phone.ask("/version");
    await hooked.stop();
    expect(server.calls("deleteWebhook")).toHaveLength(1);
    start({});
    await reach("up");
    expect(server.calls("deleteWebhook")).toHaveLength(2);
    const { polls } = server;
    await phone.ask("/version");
    expect(phone.seen).toHaveLength(3);
    expect(server.polls).toBeGreaterThan(polls);
  });

  it("that Telegram refuses is said in the status, and tried again", async () => {
    const { bot, server, start, reach, logs } = await world();
    const port = await freePort();
    server.webhookPort = port;
    server.fail("setWebhook", { kind: "error", code: 400 });
    start(hook(port));
    await reach("retrying");
    const report = bot.app.doors.reports()[0];
    expect(report).toMatchObject({ reason: "webhook-refused", nextTryAt: expect.any(Number) });
    await reach("up");
    expect(logs).toContainEqual(
      expect.objectContaining({
        level: "warn",
        facts: expect.objectContaining({ method: "setWebhook", code: 400 }),
      }),
    );
  });

  it("whose port is taken waits until it is free, and says so", async () => {
    const { bot, server, start, reach } = await world();
    const { other, port } = await listening();
    server.webhookPort = port;
    start(hook(port));
    await reach("retrying");
    const report = bot.app.doors.reports()[0];
    expect(report).toMatchObject({ reason: "webhook-port EADDRINUSE", name: "@VigieBot" });
    expect(server.calls("setWebhook")).toEqual([]);
    other.close();
    await once(other, "close");
    await reach("up");
    expect((await server.person(1).ask("/version")).text).toBe("Vigie 1.2.3");
  });
});
