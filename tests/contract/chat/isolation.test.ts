/**
 * One person's things through another person's commands, on both platforms: every command there is, with
 * numbers that are somebody else's, shows nothing of theirs and changes nothing.
 */
import { describe, expect, it } from "vitest";
import { RULE, type TestApp } from "../../support/test-app.ts";
import { closedTrade } from "../../support/test-trades.ts";
import { everyCall, type FilledCall, type FilledIn } from "../../support/every-call.ts";
import { discordWorld, labels } from "../discord/discord-fixture.ts";
import { scene } from "../telegram/telegram-scene.ts";

const SECRET = "Annes secret plan";
const ANN = "ann";

/** Numbers and scopes that are Ann's. */
const HERS: FilledIn = {
  number: 1,
  target: "1",
  position: "1",
  scope: "#1",
  what: "1",
  symbol: "BTCUSDT",
  timeframe: "1m",
  name: "taken",
  rule: RULE,
  mode: "live",
  template: "rsi-reversal-1m",
  duration: "1h",
  code: "AAAA-AAAA",
  user: 1,
  call: "AAAAAAAAAAAA",
  platform: "console",
};
/** These make something of the caller's own, whose numbers would then be found. */
const MAKING = ["new", "adopt"];

async function furnish(test: Pick<TestApp, "app" | "gateway" | "readModels" | "accounts">) {
  const ann = await test.accounts.user(ANN);
  if (ann === null) throw new Error("no Ann");
  const asked = { name: SECRET, symbol: "BTCUSDT", timeframe: "1m", ruleText: RULE } as const;
  await test.app.strategies.create(ann, asked);
  test.gateway.openPosition(ANN, 1);
  test.readModels.addTrade(closedTrade(ANN, 11, { strategyName: SECRET, strategyNumber: 1 }));
  await test.app.trading.pause(ann, "1", 3_600_000);
  const state = async () =>
    JSON.stringify([
      test.app.queries.strategies(ann),
      test.app.trading.pauses(ann),
      await test.accounts.user(ANN),
      await test.accounts.identities(ANN),
      await test.app.preferences.of(ann),
    ]);
  const before = await state();
  return async (text: string, call: FilledCall) => {
    expect(text, call.words).not.toContain(SECRET);
    expect(text, call.words).not.toContain("97.90");
    expect(text.length, call.words).toBeGreaterThan(0);
    expect(await state(), call.words).toBe(before);
  };
}

const foreign = (commands: Parameters<typeof everyCall>[0]): readonly FilledCall[] =>
  everyCall(commands, HERS).filter(({ name }) => !MAKING.includes(name));

describe("what is Ann's", () => {
  it("is neither seen nor touched by any command of Bob's on Telegram", async () => {
    const bot = await scene();
    await bot.accounts.createUser(
      { ...(await bot.member(1)).user, id: ANN, name: ANN, createdAt: 0 },
      { platform: "telegram", externalId: "2", userId: ANN },
    );
    const { phone } = await bot.member(3, { createdAt: 1 });
    const check = await furnish(bot);
    const calls = foreign(bot.catalogue.commands("admin"));
    expect(calls.length).toBeGreaterThan(60);
    for (const call of calls) {
      // Nobody may write so fast; the server's clock says that they do not.
      bot.server.ahead += 10_000;
      const shown = await phone.ask(call.words);
      await check(shown.text, call);
      if (shown.keyboard.flat().some(({ text }) => text === "Yes, do it")) {
        const [{ edits }, count] = [shown, phone.seen.length];
        phone.press(shown, "Yes, do it");
        // A refusal comes below the question, anything else in its place.
        const answer = () => (shown.edits > edits ? shown : phone.seen[count]);
        await check((await bot.server.until(answer)).text, call);
      }
    }
    expect(bot.unexpected).toEqual([]);
  });

  it("is neither seen nor touched by any command of Bob's on Discord", async () => {
    const world = await discordWorld();
    await world.member(ANN);
    const bob = await world.member("bob", { createdAt: 1 });
    const check = await furnish(world);
    const calls = foreign(world.catalogue.commands("admin"));
    for (const call of calls) {
      let message = await bob.slash(call.name, call.values).message();
      await check(message.content, call);
      if (labels(message).includes("Yes, do it")) {
        message = await bob.press(message, "Yes, do it").message();
        await check(message.content, call);
      }
    }
    expect(world.log.filter(({ level }) => level === "error")).toEqual([]);
  });

  it("is found by herself, with the very same calls", async () => {
    const world = await discordWorld();
    const ann = await world.member(ANN, { role: "trader" });
    await furnish(world);
    const found: string[] = [];
    for (const { name, values } of foreign(world.catalogue.commands("viewer"))) {
      const { content } = await ann.slash(name, values).message();
      if (content.includes(SECRET) || content.includes("97.90")) found.push(name);
    }
    // Were the calls above empty shots, none of these would be here.
    expect(found).toEqual(
      expect.arrayContaining(["strategies", "strategy", "why", "positions", "trade", "status"]),
    );
  });
});
