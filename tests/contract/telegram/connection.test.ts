/** The line to Telegram: opened in the background, kept, given up only when an operator must act. */
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { scene } from "./telegram-scene.ts";

describe("long polling", () => {
  it("is up in the background, under the name Telegram tells", async () => {
    const bot = await scene();
    expect(bot.adapter.status()).toMatchObject({
      state: "starting",
      reason: null,
      nextTryAt: null,
    });
    expect(bot.adapter.door.address).toBeNull();
    await bot.reach("up");
    expect(bot.adapter.status()).toMatchObject({ state: "up", reason: null });
    expect(bot.adapter.door.address).toMatchObject({ name: "@VigieBot" });
  });

  it("holds one request open instead of asking all the time", async () => {
    const bot = await scene();
    const { phone } = await bot.member(1);
    for (let count = 0; count < 10; count += 1) await phone.ask("/version");
    // One for each message, two to begin, one that waits now.
    expect(bot.server.polls).toBeLessThanOrEqual(14);
  });

  it("keeps trying when the start fails, and says why meanwhile", async () => {
    const bot = await scene({
      before: (server) => server.fail("getMe", { kind: "error", code: 502 }, 2),
    });
    await bot.reach("retrying");
    expect(bot.adapter.status()).toMatchObject({ state: "retrying", reason: "error 502" });
    await bot.reach("up");
    expect(bot.server.calls("getMe")).toHaveLength(3);
  });

  it("survives lost connections and errors of the server, and says when it is back", async () => {
    const bot = await scene();
    const { phone } = await bot.member(1);
    await bot.reach("up");
    bot.server.fail("getUpdates", { kind: "dropped" });
    bot.server.fail("getUpdates", { kind: "error", code: 500 });
    phone.say("/version");
    expect((await bot.server.until(() => phone.seen[0])).text).toBe("Vigie 1.2.3");
    await phone.ask("/version");
    expect(bot.adapter.status()).toMatchObject({ state: "up", reason: null });
    const told = bot.logs.map(({ message }) => message);
    expect(told.filter((message) => message.includes("trying on"))).toHaveLength(1);
    expect(told).toContain("Telegram is back");
  });

  it("answers an update once, however often Telegram brings it", async () => {
    const bot = await scene();
    const { phone, user } = await bot.member(1);
    await phone.ask("/adopt rsi-reversal-1m");
    const id = phone.say("/toggle 1");
    await bot.server.until(() => phone.seen[1]);
    const text = "/toggle 1";
    const { chat } = bot.server.rooms.privateRoom(phone.user);
    const message = { message_id: 9, date: Date.now() / 1000, chat, from: phone.user, text };
    bot.server.push({ message } as never, id);
    await phone.ask("/version");
    expect(bot.app.queries.strategies(user)[0]?.strategy.active).toBe(false);
    expect(phone.seen).toHaveLength(3);
  });

  it("takes over from a webhook of an earlier life", async () => {
    const bot = await scene({
      before: (server) => server.setWebhook("https://old.example/x"),
    });
    const { phone } = await bot.member(1);
    await bot.reach("up");
    expect((await phone.ask("/version")).text).toBe("Vigie 1.2.3");
  });

  it("leaves nothing that it did to be done again after a restart", async () => {
    const bot = await scene();
    const { phone, user } = await bot.member(1);
    await phone.ask("/adopt rsi-reversal-1m");
    bot.server.fail("getUpdates", { kind: "dropped" }, Infinity);
    await phone.ask("/toggle 1");
    await bot.reach("retrying");
    expect(bot.server.unconfirmed).toBe(1);
    bot.server.mend();
    await bot.adapter.stop();
    expect(bot.adapter.status().state).toBe("stopped");
    expect(bot.server.unconfirmed).toBe(0);
    bot.another();
    await phone.ask("/version");
    expect(bot.app.queries.strategies(user)[0]?.strategy.active).toBe(false);
  });

  it("stops at once while it cannot reach Telegram", async () => {
    const bot = await scene({
      before: (server) => server.fail("*", { kind: "dropped" }, Infinity),
    });
    await bot.reach("retrying");
    const asked = performance.now();
    await bot.adapter.stop();
    expect(performance.now() - asked).toBeLessThan(1_500);
  });
});

describe("what only an operator can mend", () => {
  it("is a wrong token: said, and not tried again", async () => {
    const bot = await scene({ token: "123456789:wrong" });
    await bot.reach("failed");
    expect(bot.adapter.status()).toMatchObject({ state: "failed", reason: "bad-token" });
    expect(bot.server.calls("getMe")).toHaveLength(1);
    expect(bot.logs.find(({ level }) => level === "error")).toMatchObject({
      message: "Telegram is given up",
      facts: { code: 401, reason: "bad-token" },
    });
  });

  it("is a second process that reads the same updates: the first gives up and says so", async () => {
    const bot = await scene();
    const { phone } = await bot.member(1);
    await bot.reach("up");
    await phone.ask("/version");
    const second = bot.another();
    await bot.reach("failed");
    expect(bot.adapter.status()).toMatchObject({ state: "failed", reason: "second-poller" });
    expect((await phone.ask("/version")).text).toBe("Vigie 1.2.3");
    expect(second.status().state).toBe("up");
  });
});

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function webhookScene() {
  const port = await freePort();
  const bot = await scene({
    options: {
      mode: {
        kind: "webhook",
        url: "https://vigie.example/hook/Xy7",
        secret: "a-secret_of_ours",
        host: "127.0.0.1",
        port,
        checkEveryMs: 5,
      },
    },
    before: (server) => {
      server.webhookPort = port;
    },
  });
  await bot.reach("up");
  return { bot, address: `http://127.0.0.1:${port}` };
}

describe("a webhook", () => {
  it("brings messages and presses", async () => {
    const { bot } = await webhookScene();
    const { phone } = await bot.member(1);
    expect(bot.server.calls("setWebhook")[0]?.params).toMatchObject({
      allowed_updates: ["message", "callback_query", "my_chat_member"],
    });
    const list = await phone.ask("/templates");
    await phone.pressAndSee(list, "Next");
    expect(list.text).toContain("Page 2");
    expect(bot.server.polls).toBe(0);
  });

  it("is closed to whoever does not know the secret, the path and the method", async () => {
    const { bot, address } = await webhookScene();
    const { phone } = await bot.member(1);
    const { chat } = bot.server.rooms.privateRoom(phone.user);
    const message = { message_id: 1, date: 1, chat, from: phone.user, text: "/version" };
    const update = { update_id: 1, message } as never;
    expect(await bot.server.deliver(update, "guessed-secret__")).toBe(401);
    const status = async (path: string, options: RequestInit) =>
      (await fetch(`${address}${path}`, options)).status;
    expect(await status("/", { method: "POST", body: "{}" })).toBe(404);
    expect(await status("/hook/Xy7", {})).toBe(405);
    const headers = { "x-telegram-bot-api-secret-token": "a-secret_of_ours" };
    expect(await status("/hook/Xy7", { method: "POST", headers, body: "{" })).toBe(400);
    const body = "x".repeat(1_000_001);
    expect(await status("/hook/Xy7", { method: "POST", headers, body })).toBe(413);
    await phone.ask("/status");
    expect(bot.server.calls("sendMessage")).toHaveLength(1);
  });

  it("that Telegram does not reach is said in the status until it does", async () => {
    const { bot } = await webhookScene();
    await bot.server.until(() => bot.server.calls("getWebhookInfo")[0]);
    const message = "Wrong response from the webhook: 502 Bad Gateway";
    bot.server.webhookError = { date: 1_700_000_000, message, waiting: 3 };
    await bot.reach("retrying");
    expect(bot.adapter.status().reason).toBe("webhook-unreached");
    expect(await bot.logged("does not reach")).toMatchObject({ facts: { description: message } });
    bot.server.webhookError = { date: 1_700_000_000, message, waiting: 0 };
    await bot.reach("up");
  });

  it("that another process has taken is given up", async () => {
    const { bot } = await webhookScene();
    bot.server.setWebhook("https://other.example/hook");
    await bot.reach("failed");
    expect(bot.adapter.status().reason).toBe("second-poller");
    expect(await bot.logged("given up")).toMatchObject({ level: "error" });
  });

  it("confirms to Telegram at once while a slow answer is still under way", async () => {
    const { bot } = await webhookScene();
    const { phone } = await bot.member(1);
    const { promise: until, resolve: go } = Promise.withResolvers<void>();
    bot.server.fail("sendMessage", { kind: "slow", until });
    const { chat } = bot.server.rooms.privateRoom(phone.user);
    bot.server.rooms.setOpen(1, "open");
    const message = { message_id: 1, date: 1, chat, from: phone.user, text: "/version" };
    expect(await bot.server.deliver({ update_id: 1, message } as never)).toBe(200);
    expect(phone.seen).toEqual([]);
    go();
    await bot.server.until(() => phone.seen[0]);
  });
});
