/** Who has not linked that account themselves takes it off again by one press, wherever they read of it. */
import { expect, it } from "vitest";
import type { Platform } from "../../../src/domain/user.ts";
import type { TestApp } from "../../support/test-app.ts";
import { discordWorld } from "../discord/discord-fixture.ts";
import { scene } from "../telegram/telegram-scene.ts";

const TITLE = /(Discord|Telegram) account alice linked/;

/** Somebody called alice links an account to the person, who is told of it by the notice. */
async function linkedBy(test: TestApp, ownerId: string, platform: Platform) {
  const owner = await test.accounts.user(ownerId);
  if (owner === null) throw new Error("nobody");
  const { code } = await test.app.linking.createCode(owner);
  await test.app.access.redeemLink(platform, "42", code, "alice");
  const notice = test.outbox.added.at(-1);
  if (notice === undefined) throw new Error("nobody was told");
  return { notice, link: () => test.app.access.identify(platform, "42") };
}

it("on Telegram the message has an Undo that takes exactly that account off", async () => {
  const bot = await scene();
  const { phone, user } = await bot.member(1);
  await phone.ask("/version");
  const { notice, link } = await linkedBy(bot, user.id, "discord");
  expect(await bot.adapter.notifier.deliver(notice)).toEqual({ outcome: "sent" });
  const told = phone.seen.at(-1)!;
  expect(told.text).toMatch(TITLE);
  expect((await link())?.id).toBe(user.id);
  expect((await phone.pressAndGet(told, "Undo")).text).toContain("Discord is taken off");
  expect(await link()).toBeNull();
  // A second press finds nothing, and the way in that is left stays.
  expect((await phone.pressAndGet(told, "Undo")).text).toContain("You have no discord account");
  expect((await phone.ask("/me")).text).toContain("Telegram");
});

it("on Discord it does the same", async () => {
  const world = await discordWorld();
  const ann = await world.member("ann");
  await ann.slash("version").message();
  const { notice, link } = await linkedBy(world, "ann", "telegram");
  expect(await world.adapter.notifier.deliver(notice)).toEqual({ outcome: "sent" });
  const told = world.discord.directMessages(ann.id).at(-1)!;
  expect(told.content).toMatch(TITLE);
  const answer = await ann.press(told, "Undo").message();
  expect(answer.content).toContain("Telegram is taken off");
  expect(await link()).toBeNull();
});
