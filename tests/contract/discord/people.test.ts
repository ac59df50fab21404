/** Many people on Discord: none sees, slows or pretends to be another. */
import { describe, expect, test } from "vitest";
import { DEFAULT_RATE } from "../../../bots/catalogue/rate-limit.ts";
import { command } from "../../../bots/catalogue/command.ts";
import { Catalogue } from "../../../bots/catalogue/dispatcher.ts";
import { Buttons } from "../../../bots/catalogue/buttons.ts";
import { MemoryCallStore } from "../../support/memory-calls.ts";
import type { Draft } from "../../../bots/views/reply.ts";
import { FLOOD } from "../../../bots/discord/interactions.ts";
import { RULE } from "../../support/test-app.ts";
import { discordWorld, filledIn, labels, makeStrategy, type Values } from "./discord-fixture.ts";

const SECRET = "Annes secret plan";

describe("people on Discord", () => {
  test("no command shows or changes what belongs to somebody else", async () => {
    const world = await discordWorld();
    const ann = await world.member("ann");
    const values = { name: SECRET, symbol: "BTCUSDT", timeframe: "1m", rule: RULE };
    await makeStrategy(ann, values);
    world.gateway.openPosition("ann", 1);
    const before = JSON.stringify(world.gateway.strategies("ann"));
    const bob = await world.member("bob", { role: "admin" });
    const wanted: Values = {
      scope: "#1",
      target: "1",
      position: "1",
      number: 1,
      name: "taken",
      symbol: "BTCUSDT",
      rule: RULE,
      timeframe: "1m",
      template: "rsi-reversal-1m",
      mode: "live",
    };
    for (const one of world.discord.commands) {
      // Bob makes nothing of his own: every number means somebody else's.
      if (["new", "adopt"].includes(one.name)) continue;
      let message = await bob.slash(one.name, filledIn(world.discord, one.name, wanted)).message();
      if (labels(message).includes("Yes, do it")) {
        message = await bob.press(message, "Yes, do it").message();
      }
      expect(message.content, one.name).not.toContain(SECRET);
      expect(JSON.stringify(world.gateway.strategies("ann")), one.name).toBe(before);
    }
  });

  test("a person is the number of their account, whatever they call themselves", async () => {
    const world = await discordWorld();
    const ann = await world.member("ann");
    const values = { name: SECRET, symbol: "BTCUSDT", timeframe: "1m", rule: RULE };
    await makeStrategy(ann, values);
    const impostor = world.stranger("ann");
    expect((await impostor.slash("strategies").message()).content).not.toContain(SECRET);
  });

  test.each([
    "@everyone ```[x](http://e.vil) \u202E||z||",
    "<b>bold</b><script>alert(1)</script>",
    "<@123456789012345678> <#1> <t:0:R> </close:1>",
    "abc\u202Edcb\u2066\u0007\u0000",
    "# x\n> y\n- z",
    "ﷺ".repeat(40),
    "💥".repeat(200),
  ])("a hostile name is shown harmlessly and pings nobody: %j", async (name) => {
    const world = await discordWorld();
    const ann = await world.member("ann", { name: "@everyone **x** `y`" });
    const values = { name, symbol: "BTCUSDT", timeframe: "1m", rule: RULE };
    const unchecked = { unchecked: true };
    const said = (called: string, options: Values) =>
      ann.slash(called, options, unchecked).message();
    const preview = await said("new", values);
    if (labels(preview).includes("Create")) await ann.press(preview, "Create").message();
    const shown = [
      preview,
      await said("strategies", {}),
      await said("why", { number: 1 }),
      await said("delete", { number: 1 }),
      await said("settings", {}),
      // What is no command, no symbol and no rule comes back in what is said about it.
      await said("toggle", { target: name }),
      await said("new", { ...values, symbol: name }),
      await said("edit", { number: 1, rule: name }),
      await said(`x${name}`, {}),
    ];
    for (const { content } of shown) {
      const outside = content.split("```").filter((_, index) => index % 2 === 0);
      expect(content.split("```").length % 2).toBe(1);
      expect(outside.join("")).not.toMatch(/(?<!\\)[@`[|]/u);
      expect(content).not.toContain("\u202E");
    }
    const sent = world.discord.requests.filter(({ path }) => path.endsWith("/callback"));
    const withText = sent.filter(({ body }) => JSON.stringify(body).includes('"content"'));
    expect(withText.length).toBeGreaterThan(2);
    for (const { body } of withText)
      expect(body).toMatchObject({ data: { allowed_mentions: { parse: [] } } });
  });

  test("a flood of a thousand commands from one delays another by less than a second", async () => {
    const world = await discordWorld({
      catalogue: { rate: DEFAULT_RATE },
      adapter: { flood: FLOOD },
    });
    const [ann, bob] = [await world.member("ann"), await world.member("bob")];
    const flood = Array.from({ length: 1000 }, () => ann.slash("strategies"));
    const asked = performance.now();
    const message = await bob.slash("version").message();
    expect(performance.now() - asked).toBeLessThan(1000);
    expect(message.content).toMatch(/1\.2\.3/);
    const answered = flood.filter((one) => one.original !== null);
    const full = answered.filter((one) => !/too fast/.test(one.original?.content ?? ""));
    expect(full.length).toBeLessThanOrEqual(DEFAULT_RATE.burst);
    expect(answered.length).toBeLessThan(60);
  });

  test("an error inside is told as a sentence, and the bot goes on", async () => {
    const world = await discordWorld();
    const ann = await world.member("ann");
    const identify = world.accounts.userByIdentity.bind(world.accounts);
    world.accounts.userByIdentity = async () => {
      throw new Error("secret address of the database");
    };
    const message = await ann.slash("version").message();
    expect(message.content).toMatch(/went wrong/);
    world.accounts.userByIdentity = identify;
    expect((await ann.slash("version").message()).content).toMatch(/1\.2\.3/);
    expect(world.log.filter(({ level }) => level === "error")).toHaveLength(1);
  });
});

function showing(draft: () => Draft): Catalogue {
  const now = Date.now;
  return new Catalogue({
    commands: [command({ name: "show", group: "general", role: "viewer", run: draft })],
    now,
    quoteAsset: "USDT",
    buttons: new Buttons({ store: new MemoryCallStore(), now }),
    reportUnexpected: () => undefined,
  });
}

describe("large and pictured answers on Discord", () => {
  const again = [[{ label: "Again", command: "show", args: {}, style: "primary" }]] as const;

  test("a long answer comes in several messages, the buttons on the last", async () => {
    const text = Array.from({ length: 300 }, (_, index) => `line ${index} of many`).join("\n");
    const catalogue = showing(() => ({
      tone: "neutral",
      blocks: [{ kind: "text", text }],
      buttons: again,
    }));
    const { discord, member } = await discordWorld({ adapter: { catalogue } });
    const ann = await member("ann");
    const asked = await ann.slash("show", {}, { where: "guild" }).answered();
    await discord.until(() => asked.followUps.length === 2);
    const parts = [asked.original!, ...asked.followUps];
    expect(parts.map(({ content }) => content).join("\n")).toBe(text);
    expect(parts.map((part) => labels(part).length)).toEqual([0, 0, 1]);
    expect(parts.every(({ flags }) => (flags & 64) === 64)).toBe(true);
  });

  test("a picture is attached, replaced with the answer, and taken away with it", async () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]);
    const image = { png, alt: "equity over time" };
    const drafts: Draft[] = [{ image }, { image }, {}].map((part) => ({
      tone: "good",
      blocks: [{ kind: "text", text: "Equity" }],
      buttons: again,
      ...part,
    }));
    const { member } = await discordWorld({
      adapter: { catalogue: showing(() => drafts.shift()!) },
    });
    const ann = await member("ann");
    const message = await ann.slash("show").message();
    expect(message.files).toEqual([{ name: "picture.png", bytes: png }]);
    await ann.press(message, "Again").answered();
    expect(message.files).toHaveLength(1);
    await ann.press(message, "Again").answered();
    expect(message.files).toEqual([]);
  });

  test("a file is attached under its own name", async () => {
    const file = { name: "trades.csv", content: "number,symbol\n1,BTCUSDT\n" };
    const blocks = [{ kind: "text", text: "Here it is." }] as const;
    const catalogue = showing(() => ({ tone: "good", ephemeral: true, blocks, file }));
    const { member } = await discordWorld({ adapter: { catalogue } });
    const ann = await member("ann");
    const message = await ann.slash("show").message();
    const [sent] = message.files;
    expect(sent?.name).toBe("trades.csv");
    expect(Buffer.from(sent?.bytes ?? []).toString()).toBe(file.content);
  });
});
