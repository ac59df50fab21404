/** Notices on Telegram: who gets them, how fast, and what is said when one cannot be delivered. */
import { describe, expect, it } from "vitest";
import type { Notice, NoticeBody } from "../../../src/domain/notice.ts";
import { scene, type Scene } from "./telegram-scene.ts";

const DEGRADED: NoticeBody = { kind: "feed-degraded", reasons: ["4h: stalled <1>"] };

function notice(ownerId: string, body: NoticeBody = DEGRADED, id = "n1"): Notice {
  return { id, ownerId, at: Date.UTC(2026, 10, 22), body };
}

const deliver = (bot: Scene, ownerId: string, body?: NoticeBody) =>
  bot.adapter.notifier.deliver(notice(ownerId, body));

/** A person who has written to the bot, so that it may write to them. */
async function acquainted(bot: Scene, id: number) {
  const member = await bot.member(id);
  await member.phone.ask("/version");
  return member;
}

const last = <T>(all: readonly T[]): T | undefined => all.at(-1);

describe("a notice", () => {
  it("reaches its owner's private chat and nobody else", async () => {
    const bot = await scene();
    const ada = await acquainted(bot, 1);
    const bob = await acquainted(bot, 2);
    expect(await deliver(bot, ada.user.id)).toEqual({ outcome: "sent" });
    expect(last(ada.phone.seen)).toMatchObject({
      text: "⚠️ The market feed is disturbed; entries wait for fresh prices\n• 4h: stalled <1>",
      silent: false,
    });
    expect(bob.phone.seen).toHaveLength(1);
  });

  it("is in the owner's language, and silent when it is no trouble", async () => {
    const bot = await scene();
    const { phone, user } = await acquainted(bot, 1);
    await bot.accounts.saveUser({ ...user, language: "fr" });
    await deliver(bot, user.id, { kind: "feed-healed", downMs: 61_000 });
    expect(last(phone.seen)).toMatchObject({ silent: true });
    expect(last(phone.seen)?.text).toContain("1min 1s");
    expect(last(phone.seen)?.text).not.toContain("is back");
  });

  it("goes to all Telegram accounts of its owner", async () => {
    const bot = await scene();
    const { user, phone } = await acquainted(bot, 1);
    const second = bot.server.person(11);
    second.say("hello");
    const identity = { platform: "telegram", externalId: "11", userId: user.id } as const;
    await bot.accounts.addIdentity(identity);
    await second.ask("/version");
    expect(await deliver(bot, user.id)).toEqual({ outcome: "sent" });
    expect([last(phone.seen)?.text, last(second.seen)?.text]).toEqual([
      expect.stringContaining("disturbed"),
      expect.stringContaining("disturbed"),
    ]);
  });

  it("has no address with who is not on Telegram", async () => {
    const bot = await scene();
    const discordOnly = { platform: "discord", externalId: "5", userId: "u5" } as const;
    await bot.accounts.addIdentity(discordOnly);
    for (const owner of ["u5", "nobody"]) {
      expect(await deliver(bot, owner)).toEqual({ outcome: "no-address" });
    }
  });

  it("is delivered while the line for commands is given up", async () => {
    const bot = await scene();
    const { user, phone } = await acquainted(bot, 1);
    bot.server.fail("getUpdates", { kind: "error", code: 409 });
    phone.say("/version");
    await bot.reach("failed");
    expect(await deliver(bot, user.id)).toEqual({ outcome: "sent" });
  });
});

describe("a notice that cannot be delivered", () => {
  it("waits as long as Telegram asks, and so do those behind it", async () => {
    const bot = await scene();
    const { user } = await acquainted(bot, 1);
    bot.server.fail("sendMessage", { kind: "error", code: 429, parameters: { retry_after: 7 } });
    const sent = bot.server.calls("sendMessage").length;
    const waiting = { outcome: "retry", afterMs: 7_000, error: "too-many-requests" };
    expect(await deliver(bot, user.id)).toEqual(waiting);
    bot.server.ahead += 3_000;
    const next = await deliver(bot, user.id);
    expect(next.outcome === "retry" && next.afterMs > 3_000 && next.afterMs <= 4_000).toBe(true);
    expect(bot.server.calls("sendMessage")).toHaveLength(sent + 1);
    bot.server.ahead += 4_000;
    expect(await deliver(bot, user.id)).toEqual({ outcome: "sent" });
  });

  it.for([
    [{ kind: "error", code: 500 }, "error 500"],
    [{ kind: "dropped" }, "network ECONNRESET"],
  ] as const)("is tried again later after %o", async ([fault, error]) => {
    const bot = await scene();
    const { user } = await acquainted(bot, 1);
    bot.server.fail("sendMessage", fault);
    expect(await deliver(bot, user.id)).toEqual({ outcome: "retry", afterMs: 2_000, error });
    expect(await deliver(bot, user.id)).toEqual({ outcome: "sent" });
  });

  it("is kept for the operator when the token is no longer good", async () => {
    const bot = await scene();
    const { user } = await acquainted(bot, 1);
    bot.server.fail("sendMessage", { kind: "error", code: 401 });
    const waiting = { outcome: "retry", afterMs: 60_000, error: "bad-token" };
    expect(await deliver(bot, user.id)).toEqual(waiting);
  });

  it("is refused for good when Telegram would never take it", async () => {
    const bot = await scene();
    const { user } = await acquainted(bot, 1);
    bot.server.fail("sendMessage", { kind: "error", code: 400 });
    expect(await deliver(bot, user.id)).toEqual({ outcome: "refused", error: "400 Error 400" });
  });
});

describe("a person who blocked the bot", () => {
  const unreachable = { outcome: "refused", error: "unreachable" };

  it("is left alone until they write again", async () => {
    const bot = await scene();
    const { user, phone } = await acquainted(bot, 1);
    bot.server.rooms.setOpen(1, "blocked");
    const sent = bot.server.calls("sendMessage").length;
    expect(await deliver(bot, user.id)).toEqual(unreachable);
    expect(await deliver(bot, user.id)).toEqual(unreachable);
    expect(bot.server.calls("sendMessage")).toHaveLength(sent + 1);
    await phone.ask("/version");
    expect(await deliver(bot, user.id)).toEqual({ outcome: "sent" });
  });

  it("is left alone after a restart too, and told at the next command what did not arrive", async () => {
    const bot = await scene();
    const { user, phone } = await acquainted(bot, 1);
    bot.server.rooms.setOpen(1, "blocked");
    for (const id of ["n1", "n2", "n2"]) {
      const missed = notice(user.id, DEGRADED, id);
      expect(await bot.adapter.notifier.deliver(missed)).toEqual(unreachable);
    }
    await bot.adapter.stop();
    const adapter = bot.another();
    const sent = bot.server.calls("sendMessage").length;
    expect(await adapter.notifier.deliver(notice(user.id, DEGRADED, "n3"))).toEqual(unreachable);
    expect(bot.server.calls("sendMessage")).toHaveLength(sent);
    expect((await phone.ask("/version")).text).toContain("Vigie");
    const told = await bot.server.until(() =>
      phone.seen.find(({ text }) => text.includes("3 messages for you could not be delivered")),
    );
    expect(told.text).toContain("/trades");
    await phone.ask("/version");
    expect(phone.seen.filter(({ text }) => text.includes("could not be delivered"))).toHaveLength(
      1,
    );
    expect(await adapter.notifier.deliver(notice(user.id, DEGRADED, "n4"))).toEqual({
      outcome: "sent",
    });
  });

  it("is known by what Telegram tells, before anything is sent", async () => {
    const bot = await scene();
    const { user, phone } = await acquainted(bot, 1);
    const other = await acquainted(bot, 2);
    phone.block();
    await other.phone.ask("/version");
    const sent = bot.server.calls("sendMessage").length;
    expect(await deliver(bot, user.id)).toEqual(unreachable);
    expect(bot.server.calls("sendMessage")).toHaveLength(sent);
    phone.block(false);
    await other.phone.ask("/version");
    expect(await deliver(bot, user.id)).toEqual({ outcome: "sent" });
  });

  it("or who never wrote to it is unreachable just the same", async () => {
    const bot = await scene();
    const { user } = await bot.member(1);
    expect(await deliver(bot, user.id)).toEqual(unreachable);
  });
});

describe("the pace", () => {
  it("is a message a second into one chat, after a few at once", async () => {
    const bot = await scene();
    const { user } = await acquainted(bot, 1);
    const outcomes: string[] = [];
    for (let count = 0; count < 4; count += 1) outcomes.push((await deliver(bot, user.id)).outcome);
    expect(outcomes).toEqual(["sent", "sent", "sent", "retry"]);
    const later = await deliver(bot, user.id);
    expect(later.outcome === "retry" && later.error === "chat-pace" && later.afterMs <= 1_000).toBe(
      true,
    );
    bot.server.ahead += 1_000;
    expect((await deliver(bot, user.id)).outcome).toBe("sent");
    expect((await deliver(bot, user.id)).outcome).toBe("retry");
  });

  it("is thirty messages a second in all, and the rest follow", async () => {
    const bot = await scene();
    const owners: string[] = [];
    for (let id = 1; id <= 45; id += 1) {
      const { user, phone } = await bot.member(id);
      bot.server.rooms.setOpen(phone.id, "open");
      owners.push(user.id);
    }
    const began = performance.now();
    const all = await Promise.all(owners.map((owner) => deliver(bot, owner)));
    expect(all.every(({ outcome }) => outcome === "sent")).toBe(true);
    // Fifteen more than the thirty of the first moment: half a second.
    expect(performance.now() - began).toBeGreaterThan(450);
  });
});
