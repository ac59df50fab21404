/** Groups that subscribed to status messages: who may subscribe one, how they are told, how it ends. */
import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Notice } from "../../../src/domain/notice.ts";
import { Dispatcher } from "../../../src/outbox/dispatcher.ts";
import { loggerInto, scene, type Member, type Scene } from "./telegram-scene.ts";

const GROUP = -1_001_234;

const inGroup = (bot: Scene) => bot.server.rooms.shownIn(GROUP);

/** Delivers what waits in the outbox. */
async function deliverAll(bot: Scene): Promise<void> {
  const dispatcher = new Dispatcher({
    store: bot.outbox,
    notifiers: () => [bot.adapter.notifier],
    clock: bot.clock,
    logger: loggerInto(bot.logs),
  });
  const { outbox } = bot;
  while (outbox.sent.length + outbox.parked.length < outbox.added.length) {
    dispatcher.wake();
    await turn();
  }
  await dispatcher.stop();
}

async function said(bot: Scene, { phone }: Member, line: string, thread?: number) {
  const before = inGroup(bot).length;
  const topic = thread === undefined ? {} : { message_thread_id: thread };
  phone.sayIn(GROUP, line, thread === undefined ? {} : { ...topic, is_topic_message: true });
  return bot.server.until(() => inGroup(bot)[before]);
}

/** The group, subscribed by an administrator, with its first message. */
async function subscribed(bot: Scene, thread?: number): Promise<Member> {
  const boss = await bot.member(1, { role: "admin", name: "boss" });
  await said(bot, boss, "/subscribe hourly", thread);
  await deliverAll(bot);
  return boss;
}

function statusAt(bot: Scene, minutes: number): Promise<number> {
  bot.clock.advance(minutes * 60_000);
  bot.server.ahead += minutes * 60_000;
  return bot.app.subscriptions.send();
}

describe("a group on Telegram", () => {
  it("is subscribed by an administrator and gets a message at once and every hour", async () => {
    const bot = await scene();
    await subscribed(bot);
    const [answer, first] = inGroup(bot);
    expect(answer?.text).toContain(`"Group ${GROUP}" hears how the service is every hour`);
    expect(first?.text).toMatch(/^📊 The service is running[^]*5\/6 connections[^]*no trade today/);
    expect(first).toMatchObject({ silent: true, keyboard: [] });
    expect(await statusAt(bot, 10)).toBe(0);
    expect(await statusAt(bot, 47)).toBe(1);
    expect(await statusAt(bot, 1)).toBe(0);
    await deliverAll(bot);
    expect(inGroup(bot)).toHaveLength(3);
  });

  it("is told in the topic where it was subscribed", async () => {
    const bot = await scene();
    await subscribed(bot, 77);
    expect(inGroup(bot).at(-1)).toMatchObject({ threadId: 77 });
  });

  it("is nobody else's to subscribe", async () => {
    const bot = await scene();
    const trader = await bot.member(1, { role: "trader" });
    expect((await said(bot, trader, "/subscribe")).text).toContain("needs the role");
    expect(await bot.app.subscriptions.send()).toBe(0);
  });

  it("hears no more after /unsubscribe, or when the list's button ends it", async () => {
    const bot = await scene();
    const boss = await subscribed(bot);
    const list = await boss.phone.ask("/subscriptions");
    expect(list.text).toContain("One chat gets status messages");
    const ended = await boss.phone.pressAndSee(list, `End: Group ${GROUP}`);
    expect(ended.text).toContain("gets no more status messages");
    await said(bot, boss, "/subscribe 5m");
    expect((await said(bot, boss, "/unsubscribe")).text).toContain("gets no more");
    expect((await said(bot, boss, "/unsubscribe")).text).toContain("gets no status messages");
    expect(await statusAt(bot, 60)).toBe(0);
  });

  it.for([
    [{ kind: "error", code: 403 }, "gone"],
    [
      { kind: "error", code: 400, description: "Bad Request: not enough rights to send text" },
      "forbidden",
    ],
  ] as const)(
    "that cannot be written to (%o) is dropped, and its subscriber is told",
    async (how) => {
      const [fault, reason] = how;
      const bot = await scene();
      const boss = await subscribed(bot);
      await boss.phone.ask("/version");
      await statusAt(bot, 60);
      bot.server.fail("sendMessage", fault);
      await deliverAll(bot);
      expect(await bot.app.subscriptions.list(boss.user)).toEqual([]);
      expect(boss.phone.seen.at(-1)?.text).toMatch(
        /Telegram: "Group -1001234" gets no more status messages/,
      );
      const [ended] = bot.outbox.added.filter(({ body }) => body.kind === "subscription-ended");
      expect(ended).toMatchObject({ ownerId: "u1", body: { reason } });
    },
  );

  it("that became a supergroup is followed there", async () => {
    const bot = await scene();
    await subscribed(bot);
    const boss = await bot.accounts.user("u1");
    const to = -1_009_999;
    bot.server.rooms.group(to);
    await statusAt(bot, 60);
    const parameters = { migrate_to_chat_id: to };
    bot.server.fail("sendMessage", { kind: "error", code: 400, parameters });
    await deliverAll(bot);
    expect(bot.server.rooms.shownIn(to)).toHaveLength(1);
    expect(await bot.app.subscriptions.list(boss!)).toMatchObject([{ chatId: String(to) }]);
  });

  it("gets twenty messages a minute at most", async () => {
    const bot = await scene();
    await subscribed(bot);
    const { body } = bot.outbox.added[0] as Notice;
    const ownerId = `chat:telegram:${GROUP}`;
    let sent = 1;
    for (let second = 0; second < 60; second += 1) {
      const notice = { id: `n${second}`, ownerId, at: bot.clock.now(), body };
      const { outcome } = await bot.adapter.notifier.deliver(notice);
      if (outcome === "sent") sent += 1;
      bot.server.ahead += 1_000;
    }
    expect(sent).toBeGreaterThan(10);
    expect(sent).toBeLessThanOrEqual(20);
  });

  it("that waited through an outage gets one summary, not a flood", async () => {
    const bot = await scene();
    await subscribed(bot);
    for (let n = 0; n < 12; n += 1) await statusAt(bot, 60);
    await deliverAll(bot);
    expect(inGroup(bot)).toHaveLength(4);
    expect(inGroup(bot)[2]?.text).toMatch(/11 messages waited[^]*Status messages: 11/);
    expect(inGroup(bot)[2]?.text).not.toContain("/trades");
  });

  it("unsubscribed while a message was on its way gets it no more", async () => {
    const bot = await scene();
    const { user } = await subscribed(bot);
    await statusAt(bot, 60);
    const chat = { platform: "telegram", chatId: String(GROUP) } as const;
    await bot.app.subscriptions.unsubscribe(user, chat);
    const before = inGroup(bot).length;
    await deliverAll(bot);
    expect(inGroup(bot)).toHaveLength(before);
  });
});

describe("a channel on Telegram", () => {
  const CHANNEL = -1_007_777;

  it("is subscribed by its name from a private chat, and ended from the list", async () => {
    const bot = await scene();
    bot.server.rooms.channel(CHANNEL, "vigie_news");
    const boss = await bot.member(1, { role: "admin" });
    const answer = await boss.phone.ask("/subscribe daily @vigie_news");
    expect(answer.text).toContain('"Channel vigie_news" hears how the service is once a day');
    await deliverAll(bot);
    expect(bot.server.rooms.shownIn(CHANNEL).map(({ text }) => text)).toEqual([
      expect.stringContaining("The service is running"),
    ]);
    const list = await boss.phone.ask("/subscriptions");
    await boss.phone.pressAndSee(list, "End: Channel vigie_news");
    expect(await bot.app.subscriptions.list(boss.user)).toEqual([]);
  });

  it("where the bot may not post is dropped at the first message", async () => {
    const bot = await scene();
    bot.server.rooms.channel(CHANNEL, "vigie_news", "blocked");
    const boss = await bot.member(1, { role: "admin" });
    await boss.phone.ask("/subscribe daily @vigie_news");
    await deliverAll(bot);
    expect(await bot.app.subscriptions.list(boss.user)).toEqual([]);
    expect(boss.phone.seen.at(-1)?.text).toContain('"Channel vigie_news" gets no more');
  });

  it("that is not there is said so, to administrators alone", async () => {
    const bot = await scene();
    const boss = await bot.member(1, { role: "admin" });
    for (const name of ["@nowhere", "-10012", "evil.com", "7"]) {
      const answer = await boss.phone.ask(`/subscribe daily ${name}`);
      // What would ring somebody is broken by an invisible sign.
      expect(answer.text.replaceAll("\u2060", "")).toContain(`I find no chat "${name}"`);
    }
    const trader = await bot.member(2, { role: "trader" });
    const asked = bot.server.calls("getChat").length;
    expect((await trader.phone.ask("/subscribe daily @nowhere")).text).toContain("needs the role");
    expect(bot.server.calls("getChat")).toHaveLength(asked);
  });
});
