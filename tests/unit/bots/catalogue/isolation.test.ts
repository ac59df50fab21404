/**
 * One person's numbers mean nothing to another, nobody's text can be more than text, and nothing that
 * can be typed breaks a command.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Reply } from "../../../../bots/views/reply.ts";
import { person, RULE } from "../../../support/test-app.ts";
import { shown, testBot, yesOf, type TestBot } from "../../../support/test-bot.ts";
import { closedTrade } from "../../../support/test-trades.ts";

const ada = person("ada");
const eve = person("eve");

async function adasBot(): Promise<TestBot> {
  const bot = testBot();
  await bot.say(`/new Treasure BTCUSDT 1h ${RULE} yes`, ada);
  bot.gateway.openPosition("ada", 1);
  bot.readModels.addTrade(closedTrade("ada", 1, { strategyName: "Treasure" }));
  await bot.say("/pause 1 6h", ada);
  return bot;
}

describe("another person's number", () => {
  it.each([
    "/strategy 1",
    "/why 1",
    "/drift 1",
    "/toggle 1",
    "/toggle 1 on",
    `/edit 1 ${RULE}`,
    "/rename 1 Mine",
    "/judging 1 live",
    "/copy 1",
    "/versions 1",
    "/revert 1 1",
    "/revert 1 1 yes",
    "/move 1",
    "/move 1 yes",
    "/share 1",
    "/copy 1 ETHUSDT",
    "/reset 1",
    "/reset 1 yes",
    "/reset 1 last yes",
    "/delete 1",
    "/delete 1 yes",
    "/delete 1 last yes",
    "/close 1",
    "/close 1 yes",
    "/close 1 last yes",
    "/trade 1",
    "/chart 1",
    "/equity 1",
    "/pause 1",
    "/pause #1 1h",
  ])("is not found by %s, and nothing changes", async (line) => {
    const bot = await adasBot();
    const before = JSON.stringify([bot.app.queries.strategies(ada), bot.app.trading.pauses(ada)]);
    const executed = bot.gateway.executed.length;
    const reply = await bot.say(line, eve);
    expect(reply.tone).toBe("error");
    expect(shown(reply)).toMatch(/^You have no (strategy|open position|trade) #1\./);
    expect(shown(reply)).not.toContain("Treasure");
    expect(bot.gateway.executed).toHaveLength(executed);
    expect(JSON.stringify([bot.app.queries.strategies(ada), bot.app.trading.pauses(ada)])).toBe(
      before,
    );
  });

  it.each([
    "/resume",
    "/resume 1",
    "/resume all",
    "/toggle all yes",
    "/toggle 1h",
    "/close all yes",
  ])("is not reached by %s either", async (line) => {
    const bot = await adasBot();
    const executed = bot.gateway.executed.length;
    expect((await bot.say(line, eve)).tone).toBe("error");
    expect(bot.gateway.executed).toHaveLength(executed);
  });

  it.each([
    "/strategies",
    "/positions",
    "/trades",
    "/balance",
    "/profit",
    "/profit day",
    "/performance",
    "/performance symbol",
    "/status",
    "/settings",
    "/me",
    "/notify",
    "/export",
    "/equity",
  ])("leaves no trace in %s", async (line) => {
    const bot = await adasBot();
    const alone = shown(await testBot().say(line, eve));
    const reply = shown(await bot.say(line, eve));
    expect(reply).not.toMatch(/Treasure|BTCUSDT|97\.90|9\.80|ada/);
    if (line !== "/status") expect(reply).toBe(alone);
  });
});

describe("a question", () => {
  it("answered by somebody else changes nothing and stays its owner's to answer", async () => {
    const bot = await adasBot();
    const yes = yesOf(await bot.say("/delete 1", ada));
    expect(shown(await bot.press(yes, eve))).toContain("somebody else");
    expect(bot.app.queries.strategies(ada)).toHaveLength(1);
    await bot.press(yes, ada);
    expect(bot.app.queries.strategies(ada)).toHaveLength(0);
  });
});

const HOSTILE = [
  "\u001B[2J\u001B[31mboom",
  "a\nb\r\nc",
  "\u202Eevil\u202C",
  "<b>bold</b> & *stars* _x_ `code` ```",
  "@everyone [x](http://evil.com)",
  "'; drop table users; --",
  "x".repeat(90),
  "\u0000\u0007\u009B31m",
  "💥".repeat(40),
];

/** All text of a reply, as a renderer gets it. */
function texts(reply: Reply): string {
  return JSON.stringify([reply.blocks, reply.buttons]);
}

describe("a hostile name", () => {
  it.each(HOSTILE)("%j is kept short and harmless wherever it is shown", async (name) => {
    const bot = testBot();
    const written = { name, symbol: "BTCUSDT", timeframe: "1h", rule: RULE };
    await bot.press(yesOf(await bot.fill("new", written, ada)), ada);
    const kept = bot.app.strategies.find(ada, 1).strategy.name;
    expect(Array.from(kept).length).toBeLessThanOrEqual(40);
    for (const line of ["/strategies", "/strategy 1", "/toggle 1", "/why 1", "/reset 1"]) {
      const reply = await bot.say(line, ada);
      expect(reply.tone).not.toBe("error");
      // JSON writes controls as \u00XX or \b\f\r: none may be left.
      expect(texts(reply)).not.toMatch(
        /\\u00[01]|\\[bfrt]|[\u007F-\u009F\u202A-\u202E\u2066-\u2069]/,
      );
      expect(
        shown(reply)
          .split("\n")
          .every((line_) => !/\p{Cc}/u.test(line_)),
      ).toBe(true);
    }
  });
});

describe("whatever is typed", () => {
  it("gets an answer in words, and never breaks a command", async () => {
    const bot = await adasBot();
    const names = bot.catalogue.commands("trader").map((one) => one.name);
    const word = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom(
        "all",
        "1",
        "-1",
        "1e9",
        "99999999999",
        "1h",
        "yes",
        "off",
        "..",
        "name=",
        "page=1",
      ),
    );
    const line = fc
      .tuple(fc.constantFrom(...names), fc.array(word, { maxLength: 4 }))
      .map(([name, words]) => `/${name} ${words.join(" ")}`);
    await fc.assert(
      fc.asyncProperty(line, async (typed) => {
        const reply = await bot.say(typed, eve);
        expect(shown(reply).length).toBeGreaterThan(0);
        // A sentence that lacks an argument would show its name in braces.
        expect(shown(reply)).not.toMatch(/\{\$[a-z]+\}/);
        expect(bot.unexpected).toEqual([]);
      }),
      { numRuns: 300 },
    );
    expect(bot.app.queries.strategies(ada)).toHaveLength(1);
  });

  it("as options of a platform does not either", async () => {
    const bot = await adasBot();
    const names = bot.catalogue.commands("trader").map((one) => one.name);
    const options = fc.dictionary(
      fc.constantFrom("number", "page", "target", "name", "symbol", "rule", "scope", "__proto__"),
      fc.oneof(
        fc.string({ maxLength: 10 }),
        fc.integer(),
        fc.boolean(),
        fc.constant(null),
        fc.object(),
      ),
      { maxKeys: 4 },
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), options, async (name, filled) => {
        const reply = await bot.fill(name, filled, eve);
        expect(shown(reply).length).toBeGreaterThan(0);
        expect(bot.unexpected).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
