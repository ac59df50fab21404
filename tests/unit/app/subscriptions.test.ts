/** Groups and channels that hear how the service is: by whom, when, and with nothing about anybody. */
import { beforeEach, describe, expect, it } from "vitest";
import type { SeenChat } from "../../../src/app/subscriptions.ts";
import { person, RULE, testApp, type TestApp } from "../../support/test-app.ts";
import { closedTrade } from "../../support/test-trades.ts";

const boss = person("boss", { role: "admin", timeZone: "Asia/Kathmandu", language: "fr" });
const chat: SeenChat = {
  platform: "telegram",
  chatId: "-5",
  threadId: null,
  title: "Ops",
  mayWrite: true,
};
const ref = { platform: "telegram", chatId: "-5" } as const;

let test: TestApp;
beforeEach(() => {
  test = testApp();
});

const told = () => test.outbox.added.map(({ id, ownerId, body }) => ({ id, ownerId, body }));

describe("subscribing a chat", () => {
  it.each([
    [person("ada"), "forbidden"],
    [person("eve", { role: "admin", suspended: true }), "suspended"],
  ])("is for administrators who may act", async (actor, code) => {
    const { subscriptions } = test.app;
    await expect(subscriptions.subscribe(actor, chat, "hourly")).rejects.toMatchObject({ code });
    await expect(subscriptions.unsubscribe(actor, ref)).rejects.toMatchObject({ code });
    await expect(subscriptions.list(actor)).rejects.toMatchObject({ code });
    expect(told()).toEqual([]);
  });

  it("is refused where we may not write", async () => {
    const refused = test.app.subscriptions.subscribe(boss, { ...chat, mayWrite: false }, "daily");
    await expect(refused).rejects.toMatchObject({ code: "chat-not-writable" });
  });

  it("is limited in number, but one that is there may change", async () => {
    const { subscriptions } = test.app;
    for (let n = 1; n <= 100; n += 1) {
      await subscriptions.subscribe(boss, { ...chat, chatId: `-${n}` }, "daily");
    }
    const another = subscriptions.subscribe(boss, { ...chat, chatId: "-101" }, "daily");
    await expect(another).rejects.toMatchObject({ code: "too-many-subscriptions" });
    expect(await subscriptions.subscribe(boss, chat, "5m")).toMatchObject({ rhythm: "5m" });
  });

  it("is written down, in the words of who did it", async () => {
    await test.app.subscriptions.subscribe(boss, chat, "hourly");
    const one = { ...ref, rhythm: "hourly", language: "fr", createdBy: "boss", title: "Ops" };
    expect(await test.app.subscriptions.list(boss)).toMatchObject([one]);
    await test.app.subscriptions.unsubscribe(boss, ref);
    const actions = test.accounts.audited.map(({ action }) => action);
    expect(actions).toEqual(["subscribe", "unsubscribe"]);
    const again = test.app.subscriptions.unsubscribe(boss, ref);
    await expect(again).rejects.toMatchObject({ code: "not-subscribed" });
  });
});

describe("what a chat is told", () => {
  it("is how the service is, and nothing about anybody", async () => {
    await test.app.strategies.create(person("ada"), {
      name: "Adas secret",
      symbol: "ETHUSDT",
      timeframe: "1h",
      ruleText: RULE,
    });
    // Midnight in Kathmandu is 18:15 UTC of the day before.
    const midnight = Date.UTC(2026, 10, 21, 18, 15);
    for (const exitAt of [midnight - 1, midnight, midnight + 1]) {
      test.readModels.addTrade(closedTrade("ada", exitAt - midnight + 2, { exitAt }));
    }
    await test.app.subscriptions.subscribe(boss, chat, "hourly");
    const [first] = told();
    expect(first).toMatchObject({
      ownerId: "chat:telegram:-5",
      body: { kind: "service-status", state: "running", sockets: 6, tradesToday: 2 },
    });
    expect(JSON.stringify(first)).not.toMatch(/secret|ETHUSDT|ada/);
  });

  it("comes once for each full hour of the clock on their wall, also when asked again", async () => {
    const { subscriptions } = test.app;
    await subscriptions.subscribe(boss, chat, "hourly");
    // 14:03:22 UTC is 19:48:22 in Kathmandu: the next full hour is in 11:38.
    test.clock.advance(11 * 60_000);
    expect(await subscriptions.send()).toBe(0);
    test.clock.advance(60_000);
    expect(await subscriptions.send()).toBe(1);
    expect(await subscriptions.send()).toBe(0);
    test.clock.advance(3_600_000);
    expect(await subscriptions.send()).toBe(1);
    expect(new Set(told().map(({ id }) => id)).size).toBe(3);
  });

  it("ends when the chat is lost, which who subscribed it is told once", async () => {
    const { subscriptions } = test.app;
    await subscriptions.subscribe(boss, chat, "hourly");
    await subscriptions.lost(ref, "gone");
    await subscriptions.lost(ref, "gone");
    expect(told().slice(1)).toEqual([
      {
        id: expect.stringContaining("ended-chat:telegram:-5"),
        ownerId: "boss",
        body: { kind: "subscription-ended", platform: "telegram", title: "Ops", reason: "gone" },
      },
    ]);
    test.clock.advance(3_600_000);
    expect(await subscriptions.send()).toBe(0);
  });

  it("follows a chat to its new id", async () => {
    const { subscriptions } = test.app;
    await subscriptions.subscribe(boss, chat, "hourly");
    await subscriptions.moved(ref, "-1005");
    expect(await subscriptions.find(ref)).toBeNull();
    expect(await subscriptions.find({ ...ref, chatId: "-1005" })).toMatchObject({ title: "Ops" });
  });
});
