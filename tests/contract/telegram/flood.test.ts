/** One person's flood or slowness is nobody else's: measured through the server, in real time. */
import { describe, expect, it } from "vitest";
import { command } from "../../../bots/catalogue/command.ts";
import { scene } from "./telegram-scene.ts";

/** What another person may wait while somebody floods the bot. */
const MAX_DELAY_MS = 1_000;
const FLOOD = 1_000;

const say = (text: string) => ({ tone: "neutral", blocks: [{ kind: "text", text }] }) as const;

describe("a flood of commands by one person", () => {
  it("delays another's answer by less than a second", async () => {
    const bot = await scene();
    const { phone: eve } = await bot.member(666);
    const { phone: ada } = await bot.member(1);
    await ada.ask("/version");
    for (let count = 0; count < FLOOD; count += 1) eve.say("/strategies");
    const asked = performance.now();
    await ada.ask("/version");
    expect(performance.now() - asked).toBeLessThan(MAX_DELAY_MS);
    for (let count = 0; count < 3; count += 1) await ada.ask("/version");
    // The flood itself is answered as far as people can write, and then it is quiet.
    expect(eve.seen.length).toBeGreaterThanOrEqual(10);
    expect(eve.seen.length).toBeLessThan(40);
    bot.server.ahead += 10_000;
    eve.say("/version");
    await bot.server.until(() => eve.seen.find((one) => one.text === "Vigie 1.2.3"));
  });

  it("delays nobody even while all that is sent to them hangs", async () => {
    const bot = await scene();
    const { phone: eve } = await bot.member(666);
    const { phone: ada } = await bot.member(1);
    await bot.reach("up");
    const { promise: until, resolve: go } = Promise.withResolvers<void>();
    bot.server.fail("sendMessage", { kind: "slow", until });
    for (let count = 0; count < FLOOD; count += 1) eve.say("/strategies");
    await bot.server.until(() => bot.server.calls("sendMessage")[0]);
    const asked = performance.now();
    await ada.ask("/version");
    expect(performance.now() - asked).toBeLessThan(MAX_DELAY_MS);
    expect(eve.seen).toEqual([]);
    go();
    await bot.server.until(() => eve.seen[0]);
  });
});

describe("one person's slow command", () => {
  it("holds up their own next one, in order, and nobody else's", async () => {
    const { promise: done, resolve: go } = Promise.withResolvers<void>();
    const common = { group: "general", role: "viewer" } as const;
    const slow = command({
      ...common,
      name: "slow",
      run: async () => {
        await done;
        return say("slow");
      },
    });
    const quick = command({ ...common, name: "quick", run: () => say("quick") });
    const bot = await scene({ commands: [slow, quick] });
    const { phone: ada } = await bot.member(1);
    const { phone: bob } = await bot.member(2);
    ada.say("/slow");
    ada.say("/quick");
    expect((await bob.ask("/quick")).text).toBe("quick");
    expect(ada.seen).toEqual([]);
    go();
    await bot.server.until(() => ada.seen[1]);
    expect(ada.seen.map((one) => one.text)).toEqual(["slow", "quick"]);
  });
});
