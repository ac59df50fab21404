/** Notices with buttons, and channels of servers that subscribed to status messages. */
import { PermissionFlagsBits } from "discord.js";
import { describe, expect, test } from "vitest";
import type { Notice } from "../../../src/domain/notice.ts";
import type { Person } from "../../support/discord/person.ts";
import { RULE } from "../../support/test-app.ts";
import { closedTrade, strategyFacts } from "../../support/test-trades.ts";
import { discordWorld, EPHEMERAL, labels, makeStrategy, type World } from "./discord-fixture.ts";

const { ViewChannel, SendMessages } = PermissionFlagsBits;
const MEMBER = {
  where: "guild",
  permissions: ViewChannel | SendMessages,
  installed: true,
} as const;

/** Delivers what was put into the outbox since. */
async function deliverAll(world: World): Promise<readonly string[]> {
  const outcomes: string[] = [];
  for (const { notice } of await world.outbox.due(world.clock.now(), 100)) {
    outcomes.push((await world.adapter.notifier.deliver(notice)).outcome);
    await world.outbox.markSent([notice.id]);
  }
  return outcomes;
}

async function administrator(world: World): Promise<Person> {
  const ann = await world.member("ann", { role: "admin" });
  world.discord.serverChannels.set(ann.guildChannel, null);
  return ann;
}

describe("a notice on Discord", () => {
  test("has buttons that answer beside it, for its owner alone", async () => {
    const world = await discordWorld();
    const ann = await world.member("ann");
    const values = { name: "Swing", symbol: "BTCUSDT", timeframe: "1h", rule: RULE };
    await makeStrategy(ann, values);
    world.readModels.addTrade(closedTrade("ann", 1));
    const facts = strategyFacts({ strategyNumber: 1, strategyName: "Swing" });
    const trade = closedTrade("ann", 1);
    const body = { kind: "exit", ...facts, trade } as const;
    const notice: Notice = { id: "n1", ownerId: "ann", at: world.clock.now(), body };
    expect(await world.adapter.notifier.deliver(notice)).toEqual({ outcome: "sent" });
    const shown = world.discord.directMessages(ann.id).at(-1)!;
    expect(shown.content).toContain("Today +9.80 USDT (1 won, 0 lost)");
    expect(labels(shown)).toEqual(["Details", "Pause strategy"]);
    const before = shown.content;
    expect((await ann.press(shown, "Details").message()).content).toContain("Trade #1: BTCUSDT");
    const bob = await world.member("bob");
    expect((await bob.press(shown, "Pause strategy").message()).content).toContain("somebody else");
    expect(world.gateway.pauses("ann")).toEqual([]);
    const answer = await ann.press(shown, "Pause strategy").message();
    expect(answer.content).toMatch(/paused for strategy #1/);
    expect(world.gateway.pauses("ann")).toMatchObject([{ scope: "#1" }]);
    expect(shown.content).toBe(before);
  });
});

describe("a channel of a server", () => {
  test("is subscribed by an administrator, told at once and every day, and ends on demand", async () => {
    const world = await discordWorld();
    const ann = await administrator(world);
    const asked = await ann.slash("subscribe", { rhythm: "daily" }, MEMBER).message();
    expect(asked.content).toMatch(/"#trading-room" hears how the service is once a day/);
    expect(asked.flags & EPHEMERAL).toBe(EPHEMERAL);
    expect(await deliverAll(world)).toEqual(["sent"]);
    const inChannel = () =>
      world.discord.messagesIn(ann.guildChannel).filter((one) => (one.flags & EPHEMERAL) === 0);
    expect(inChannel().map(({ content }) => content)).toEqual([
      expect.stringMatching(/The service is running[^]*5\/6 connections/),
    ]);
    world.clock.advance(18 * 3_600_000);
    expect(await world.app.subscriptions.send()).toBe(1);
    expect(await deliverAll(world)).toEqual(["sent"]);
    expect(inChannel()).toHaveLength(2);
    await ann.slash("unsubscribe", {}, MEMBER).answered();
    world.clock.advance(86_400_000);
    expect(await world.app.subscriptions.send()).toBe(0);
  });

  test.each([
    ["without the permission to write", { ...MEMBER, permissions: ViewChannel }],
    ["where only the person has installed it", { ...MEMBER, installed: false }],
  ])("%s is refused with what to do", async (_, sending) => {
    const world = await discordWorld();
    const ann = await administrator(world);
    const refused = await ann.slash("subscribe", {}, sending).message();
    expect(refused.content).toMatch(/may not write in this channel.*Send Messages/);
    expect(world.outbox.added).toEqual([]);
  });

  test("cannot be a conversation of others", async () => {
    const world = await discordWorld();
    const ann = await administrator(world);
    const refused = await ann.slash("subscribe", {}, { ...MEMBER, where: "group-dm" }).message();
    expect(refused.content).toContain("works in a group or a server's channel");
  });

  test.each([
    [50_013, "forbidden", /may not write there any more/],
    [50_001, "gone", /the chat is gone/i],
  ])("that refuses with %i is dropped, and its subscriber is told", async (code, reason, told) => {
    const world = await discordWorld();
    const ann = await administrator(world);
    await ann.slash("subscribe", {}, MEMBER).answered();
    world.discord.serverChannels.set(ann.guildChannel, code);
    expect(await deliverAll(world)).toEqual(["refused"]);
    expect(world.outbox.added.at(-1)?.body).toMatchObject({ kind: "subscription-ended", reason });
    expect(await deliverAll(world)).toEqual(["sent"]);
    const last = world.discord.directMessages(ann.id).at(-1)!;
    expect(last.content).toMatch(told);
    expect(labels(last)).toEqual(["Subscriptions"]);
    const list = await ann.press(last, "Subscriptions").message();
    expect(list.content).toContain("No group or channel gets status messages");
  });

  test("waits while Discord is away", async () => {
    const world = await discordWorld();
    const ann = await administrator(world);
    await ann.slash("subscribe", {}, MEMBER).answered();
    const [row] = await world.outbox.due(world.clock.now(), 1);
    world.discord.faults.push({ method: "POST", path: /^\/channels/, status: 500 });
    const deliver = () => world.adapter.notifier.deliver(row!.notice);
    expect(await deliver()).toMatchObject({ outcome: "retry" });
    expect(await deliver()).toEqual({ outcome: "sent" });
  });
});
