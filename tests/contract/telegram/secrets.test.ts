/** The bot's token never gets out: not into the log, not into an error, not into what can be inspected. */
import { inspect } from "node:util";
import { Api, BotError, Bot, GrammyError, HttpError } from "grammy";
import { describe, expect, it } from "vitest";
import { failureFacts, failureReason } from "../../../bots/telegram/failures.ts";
import { BotApiServer, TOKEN } from "../../support/telegram/bot-api-server.ts";
import { scene } from "./telegram-scene.ts";

/** Everything a careless log could make of a value. */
function written(value: unknown): string {
  const deep = inspect(value, { depth: 12, showHidden: true });
  return `${deep} ${JSON.stringify(value)} ${String(value)}`;
}

/** The token's secret half: whoever has it has the bot. */
const SECRET = TOKEN.split(":")[1] ?? TOKEN;

async function caught(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return null;
  } catch (error) {
    return error;
  }
}

async function failures(server: BotApiServer): Promise<readonly unknown[]> {
  const api = new Api(TOKEN, { apiRoot: server.url });
  const nobody = new Api(TOKEN, { apiRoot: "http://127.0.0.1:1" });
  server.fail("sendMessage", { kind: "dropped" });
  const dropped = await caught(api.sendMessage(1, `my password ${SECRET}`));
  const refused = await caught(api.sendMessage(1, "nobody"));
  const unreachable = await caught(nobody.getMe());
  const bot = new Bot(TOKEN, { botInfo: { id: 1, is_bot: true } as never });
  bot.use(() => Promise.reject(dropped));
  const inBot = await caught(bot.handleUpdate({ update_id: 1 }));
  return [dropped, refused, unreachable, inBot];
}

describe("the token", () => {
  it("is in the library's errors, and not in what we take of them", async () => {
    const server = await BotApiServer.start();
    const all = await failures(server);
    await server.stop();
    expect(all.map((error) => (error instanceof Error ? error.constructor : null))).toEqual([
      HttpError,
      GrammyError,
      HttpError,
      BotError,
    ]);
    // Were this no longer so, the rest of this file would prove nothing.
    expect(all.filter((error) => written(error).includes(SECRET)).length).toBeGreaterThan(1);
    for (const error of all) {
      expect(written(failureFacts(error))).not.toContain(SECRET);
      expect(written(failureReason(error))).not.toContain(SECRET);
      expect(written(failureFacts(error))).not.toContain("password");
    }
    expect(failureFacts(all[1])).toEqual({
      name: "GrammyError",
      method: "sendMessage",
      code: 400,
      description: "Bad Request: chat not found",
    });
    expect(failureFacts(all[2])).toEqual({ name: "HttpError", code: "ECONNREFUSED" });
  });

  it("is in no log line, status or delivery, whatever goes wrong", async () => {
    const bot = await scene({
      before: (server) => {
        server.fail("getMe", { kind: "dropped" });
        server.fail("deleteWebhook", { kind: "error", code: 502 });
        server.fail("setMyCommands", { kind: "dropped" });
      },
    });
    const { phone, user } = await bot.member(1);
    const notice = {
      id: "n",
      ownerId: user.id,
      at: 0,
      body: { kind: "feed-degraded", reasons: [] },
    } as const;
    await phone.ask("/version");
    bot.server.fail("getUpdates", { kind: "dropped" });
    const deliveries: unknown[] = [];
    for (const code of [400, 401, 500, 403] as const) {
      bot.server.fail("sendMessage", { kind: "error", code });
      deliveries.push(await bot.adapter.notifier.deliver(notice));
      bot.server.ahead += 5_000;
    }
    bot.server.fail("sendMessage", { kind: "dropped" }, 4);
    phone.say("/version");
    await bot.logged("could not be answered");
    bot.server.fail("getUpdates", { kind: "error", code: 409 });
    phone.say("/version");
    await bot.reach("failed");
    expect(bot.logs.length).toBeGreaterThan(5);
    for (const one of [bot.logs, deliveries, bot.adapter.status(), bot.adapter]) {
      expect(written(one)).not.toContain(SECRET);
    }
  });

  it("is not on standard error either: the runner is not left to print", async () => {
    const printed: unknown[] = [];
    const original = console.error;
    console.error = (...words: unknown[]) => void printed.push(words);
    try {
      const bot = await scene({
        before: (server) => server.fail("getUpdates", { kind: "dropped" }, 2),
      });
      await bot.reach("retrying");
      await bot.reach("up");
      bot.server.fail("getUpdates", { kind: "error", code: 409 });
      bot.server.person(5).say("wake");
      await bot.reach("failed");
    } finally {
      console.error = original;
    }
    expect(printed).toEqual([]);
  });
});
