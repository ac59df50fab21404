/** How the chat platforms are, as administrators and others see it; and the addresses that lead to them. */
import { describe, expect, it } from "vitest";
import { Line } from "../../../../bots/line.ts";
import { isAddress } from "../../../../bots/views/plain.ts";
import { inviteLinkLines } from "../../../../src/entry.ts";
import type { DoorAddress } from "../../../../src/ports/door.ts";
import { NOON, person } from "../../../support/test-app.ts";
import { shown, testBot, type TestBot } from "../../../support/test-bot.ts";

const boss = person("boss", { role: "admin" });
const guest = person("guest", { role: "viewer" });

const TELEGRAM: DoorAddress = {
  name: "@VigieBot",
  invite: (code) => `https://t.me/VigieBot?start=${code}`,
  toGroup: "https://t.me/VigieBot?startgroup=true",
  toAccount: null,
};
const DISCORD: DoorAddress = {
  name: "@vigie",
  invite: () => null,
  toGroup: "https://discord.com/oauth2/authorize?client_id=7&scope=bot+applications.commands",
  toAccount: "https://discord.com/oauth2/authorize?client_id=7&integration_type=1",
};

function withDoors(): { bot: TestBot; telegram: Line; discord: Line } {
  const bot = testBot();
  const now = () => bot.clock.now();
  const [telegram, discord] = [new Line("telegram", now), new Line("discord", now)];
  bot.app.doors.add(telegram);
  bot.app.doors.add(discord);
  return { bot, telegram, discord };
}

const lineOf = async (bot: TestBot, platform: string, user = boss): Promise<string> => {
  const lines = shown(await bot.say("/status", user)).split("\n");
  return lines.find((line) => line.startsWith(`- ${platform}`)) ?? "";
};

describe("the status of a platform", () => {
  it("is off without a token, which is named", async () => {
    const line = await lineOf(testBot(), "Discord");
    expect(line).toBe("- Discord: off (DISCORD_BOT_TOKEN is not set)");
  });

  it("goes from connecting to connected, with our name there and for how long", async () => {
    const { bot, telegram } = withDoors();
    expect(await lineOf(bot, "Telegram")).toBe("- Telegram: connecting");
    telegram.introduce(TELEGRAM);
    telegram.set("up");
    bot.clock.advance(3_720_000);
    telegram.set("up");
    expect(await lineOf(bot, "Telegram")).toBe("- Telegram: connected as @VigieBot for 1h 2m");
    expect(telegram.status.since).toBe(NOON);
  });

  it("says why it is retried and when, to administrators; to others only that it is", async () => {
    const { bot, discord } = withDoors();
    discord.set("retrying", "network ECONNREFUSED", 30_000);
    bot.clock.advance(10_000);
    discord.set("retrying", "network ECONNREFUSED", 60_000);
    const state = "- Discord: not connected for 10s";
    expect(await lineOf(bot, "Discord")).toBe(`${state} (network ECONNREFUSED) next try in 1m`);
    expect(await lineOf(bot, "Discord", guest)).toBe(`${state} next try in 1m`);
  });

  it.each([
    ["telegram", "bad-token", /Copy it again, set TELEGRAM_BOT_TOKEN, start Vigie again/],
    ["discord", "bad-token 4004 AuthenticationFailed", /set DISCORD_BOT_TOKEN/],
    ["telegram", "second-poller", /Another process takes this bot's messages/],
    ["discord", "forbidden-intents 4014 DisallowedIntents", /Discord refuses an intent/],
    ["discord", "too-many-servers 4011 ShardingRequired", /in too many servers/],
    ["discord", "outdated 4012 InvalidAPIVersion", /Update Vigie/],
  ] as const)("of %s given up for %s says what to do", async (platform, reason, advice) => {
    const { bot, telegram, discord } = withDoors();
    ({ telegram, discord })[platform].set("failed", reason);
    const reply = await bot.say("/status", boss);
    expect(reply.tone).toBe("warning");
    expect(shown(reply)).toContain(`given up, trading goes on (${reason})`);
    expect(shown(reply)).toMatch(advice);
    expect(shown(await bot.say("/daemon", { ...boss, language: "fr" }))).toContain("abandonné");
    expect(shown(await bot.say("/status", guest))).not.toMatch(advice);
  });
});

describe("/invite", () => {
  it("shows the code alone while no platform was reached", async () => {
    const { bot } = withDoors();
    expect(shown(await bot.say("/invite", boss))).not.toContain("https://");
  });

  it("shows each platform's links, which hold nothing but an address", async () => {
    const { bot, telegram, discord } = withDoors();
    telegram.introduce(TELEGRAM);
    discord.introduce(DISCORD);
    const reply = await bot.say("/invite", boss);
    const code = /([0-9A-Z]{4}-){4}[0-9A-Z]{4}/.exec(shown(reply))?.[0] ?? "";
    const urls = reply.blocks.flatMap((block) => (block.kind === "link" ? [block.url] : []));
    expect(urls).toEqual([
      `https://t.me/VigieBot?start=${code}`,
      TELEGRAM.toGroup,
      DISCORD.toAccount,
      DISCORD.toGroup,
    ]);
    expect(urls.every(isAddress)).toBe(true);
    // The link says the code with a word in front of it, as links do.
    const eve = await bot.app.access.redeemInvite("telegram", "9", "Eve", `inv_${code}`);
    expect(eve.name).toBe("Eve");
  });
});

describe("what the operator is told at the start", () => {
  it("is each platform's own way in, once it is known", async () => {
    const { bot, telegram, discord } = withDoors();
    const { doors } = bot.app;
    const invite = { code: "AAAA-BBBB", role: "admin", expiresAt: NOON } as const;
    const told: string[] = [];
    doors.onKnown((platform) => told.push(...inviteLinkLines(invite, doors, platform)));
    discord.introduce(DISCORD);
    await discord.known;
    telegram.introduce(TELEGRAM);
    await telegram.known;
    expect(told).toEqual([
      `Discord knows this bot as @vigie. Add it to your account, then send it the line above: ${DISCORD.toAccount}`,
      "Telegram knows this bot as @VigieBot. This link makes you its administrator: https://t.me/VigieBot?start=AAAA-BBBB",
    ]);
  });
});

describe("an address", () => {
  it.each([
    "javascript:alert(1)",
    "http://t.me/x",
    "https://t.me/x y",
    "https://t.me/x>y",
    "https://t.me/`x`",
    "https://evil.example\n",
    "https://user:password@t.me/x",
  ])("is not %j", (text) => {
    expect(isAddress(text)).toBe(false);
  });
});
