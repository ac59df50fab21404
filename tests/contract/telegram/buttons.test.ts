/** Buttons on Telegram: questions, pages, refreshing, and presses that must not count. */
import { describe, expect, it } from "vitest";
import { command } from "../../../bots/catalogue/command.ts";
import { int } from "../../../bots/catalogue/option.ts";
import type { Shown } from "../../support/telegram/chat-rooms.ts";
import { scene, type Scene } from "./telegram-scene.ts";

async function withPosition(bot: Scene, id: number) {
  const member = await bot.member(id);
  await member.phone.ask("/adopt rsi-reversal-1m");
  bot.gateway.openPosition(member.user.id, 1);
  return member;
}

const group = -100;

/** What the first button of a message carries. */
function dataOf({ keyboard }: Shown): string {
  const first = keyboard[0]?.[0];
  return first !== undefined && "callback_data" in first ? first.callback_data : "";
}

describe("a question", () => {
  it("is answered in its own place, and the act happens once", async () => {
    const bot = await scene();
    const { phone, user } = await withPosition(bot, 1);
    const question = await phone.ask("/close 1");
    expect(question.text).toContain("Close position #1");
    expect(question.keyboard.flat().map((one) => one.text)).toEqual(["Yes, do it", "Cancel"]);
    const { text: asked } = question;
    const result = await phone.pressAndSee(question, "Yes, do it");
    expect(result.text).toContain("was closed at the market price");
    expect(result.text).not.toBe(asked);
    expect(result.keyboard).toEqual([]);
    expect(bot.app.queries.positions(user)).toEqual([]);
  });

  it("works once when it is pressed twice", async () => {
    const bot = await scene();
    const { phone } = await withPosition(bot, 1);
    const question = await phone.ask("/close 1");
    const seen = phone.seen.length;
    const data = dataOf(question);
    phone.pressData(question, data);
    phone.pressData(question, data);
    const refusal = await bot.server.until(() => phone.seen[seen]);
    expect(refusal.text).toContain("expired");
    const closes = bot.gateway.executed.filter((one) => one.kind === "close-positions");
    expect(closes).toHaveLength(1);
  });

  it("does nothing when it is cancelled", async () => {
    const bot = await scene();
    const { phone, user } = await withPosition(bot, 1);
    const result = await phone.pressAndSee(await phone.ask("/close 1"), "Cancel");
    expect(result.text).toBe("Nothing was done.");
    expect(bot.app.queries.positions(user)).toHaveLength(1);
  });

  it("is not needed by who types the yes", async () => {
    const bot = await scene();
    const { phone, user } = await withPosition(bot, 1);
    expect((await phone.ask("/close 1 yes")).text).toContain("was closed");
    expect(bot.app.queries.positions(user)).toEqual([]);
  });

  it("expires after a minute", async () => {
    const bot = await scene();
    const { phone, user } = await withPosition(bot, 1);
    const question = await phone.ask("/close 1");
    bot.clock.advance(61_000);
    expect((await phone.pressAndGet(question, "Yes, do it")).text).toContain("expired");
    expect(bot.app.queries.positions(user)).toHaveLength(1);
  });
});

describe("a press", () => {
  it("of a page turns it in place", async () => {
    const bot = await scene();
    const { phone } = await bot.member(1);
    await phone.ask("/adopt all");
    const list = await phone.ask("/strategies");
    const first = list.text;
    await phone.pressAndSee(list, "Next");
    expect(list.text).not.toBe(first);
    expect(list.text).toContain("Page 2");
  });

  it("of refresh shows the new figures in place", async () => {
    const bot = await scene();
    const { phone } = await withPosition(bot, 1);
    const list = await phone.ask("/positions");
    bot.clock.advance(61_000);
    const { text } = list;
    await phone.pressAndSee(list, "Refresh");
    expect(list.text).not.toBe(text);
    expect(phone.seen.at(-1)).toBe(list);
  });

  it("that would change nothing is no error and sends nothing", async () => {
    const again = { label: "Again", command: "same", args: { step: 2 }, style: "plain" } as const;
    const same = command({
      name: "same",
      group: "general",
      role: "viewer",
      options: { step: int.opt("option-page", { default: 1 }) },
      run: ({ step }) => ({
        tone: "neutral",
        blocks: [{ kind: "text", text: `step ${step}` }],
        buttons: step === 1 ? [[again]] : [],
      }),
    });
    const bot = await scene({ commands: [same] });
    const { phone } = await bot.member(1);
    const shown = await phone.ask("/same");
    const data = dataOf(shown);
    await phone.pressAndSee(shown, "Again");
    phone.pressData(shown, data);
    await bot.server.until(() => bot.server.calls("editMessageText")[1]);
    await phone.ask("/same");
    expect([shown.edits, phone.seen.length]).toEqual([1, 2]);
    expect(bot.logs.filter(({ level }) => level !== "info")).toEqual([]);
  });

  it("of a button under a notice is answered below it, and the notice stays", async () => {
    const bot = await scene();
    const { phone } = await withPosition(bot, 1);
    const list = await phone.ask("/positions");
    const { text } = list;
    const seen = phone.seen.length;
    // As a notice writes it: "b" for below.
    phone.pressData(list, dataOf(list).replace(/^r:/, "b:"));
    const below = await bot.server.until(() => phone.seen[seen]);
    expect(below.keyboard.length).toBeGreaterThan(0);
    expect([list.text, list.edits]).toEqual([text, 0]);
  });

  it("by somebody else is refused to their face and changes nothing", async () => {
    const bot = await scene();
    const { phone: ada, user } = await withPosition(bot, 1);
    const { phone: eve } = await bot.member(2);
    ada.sayIn(group, "/close 1");
    const question = await bot.server.until(() => bot.server.rooms.shownIn(group)[0]);
    const id = eve.press(question, "Yes, do it");
    const answer = await bot.server.until(() => bot.server.rooms.queryAnswer(id) ?? undefined);
    expect(answer).toEqual({ text: "That button belongs to somebody else.", alert: true });
    expect(bot.app.queries.positions(user)).toHaveLength(1);
    expect(question.edits).toBe(0);
    await ada.pressAndSee(question, "Yes, do it");
    expect(bot.app.queries.positions(user)).toEqual([]);
  });

  it("is checked for its person even when what the button carries was tampered with", async () => {
    const bot = await scene();
    const { phone: ada, user } = await withPosition(bot, 1);
    const { phone: eve } = await bot.member(2);
    const question = await ada.ask("/close 1");
    const data = dataOf(question);
    const own = await eve.ask("/version");
    const seen = eve.seen.length;
    eve.pressData(own, data.replace(/:1$/, ":2"));
    const refusal = await bot.server.until(() => eve.seen[seen]);
    expect(refusal.text).toContain("belongs to somebody else");
    expect(bot.app.queries.positions(user)).toHaveLength(1);
  });

  it("that waited too long at Telegram does nothing and says so", async () => {
    const bot = await scene();
    const { phone, user } = await withPosition(bot, 1);
    const question = await phone.ask("/close 1");
    const told = await phone.pressAndGet(question, "Yes, do it", { ageMs: 600_000 });
    expect(told.text).toContain("too late");
    expect(bot.app.queries.positions(user)).toHaveLength(1);
  });

  it("on a message that is gone, or that cannot be seen, is answered below", async () => {
    const bot = await scene();
    const { phone } = await withPosition(bot, 1);
    const list = await phone.ask("/positions");
    const below = await phone.pressAndGet(list, "Refresh", { inaccessible: true });
    expect(below.text).toContain("BTCUSDT");
    const position = await phone.ask("/close 1");
    phone.press(position, "Cancel");
    bot.server.rooms.remove(position);
    const seen = phone.seen.length;
    const told = await bot.server.until(() => phone.seen[seen]);
    expect(told.text).toBe("Nothing was done.");
  });

  it("of what was never a button of ours is answered with nothing", async () => {
    const bot = await scene();
    const { phone } = await bot.member(1);
    const shown = await phone.ask("/version");
    const id = phone.pressData(shown, "drop table users");
    const answer = await bot.server.until(() => bot.server.rooms.queryAnswer(id) ?? undefined);
    expect(answer).toEqual({ text: null, alert: false });
  });
});

describe("an answer for one person", () => {
  const secret = command({
    name: "secret",
    group: "general",
    role: "viewer",
    run: () => ({
      tone: "neutral",
      ephemeral: true,
      blocks: [{ kind: "text", text: "only you" }],
    }),
  });

  it("goes to their private chat when they ask in a group", async () => {
    const bot = await scene({ commands: [secret] });
    const { phone } = await bot.member(1);
    phone.say("/secret");
    phone.sayIn(group, "/secret");
    const hint = await bot.server.until(() => bot.server.rooms.shownIn(group)[0]);
    expect(hint.text).toContain("private chat");
    expect(phone.seen.map((one) => one.text)).toEqual(["only you", "only you"]);
  });

  it("is not shown in the group when the private chat is closed", async () => {
    const bot = await scene({ commands: [secret] });
    const { phone } = await bot.member(1);
    phone.sayIn(group, "/secret");
    const hint = await bot.server.until(() => bot.server.rooms.shownIn(group)[0]);
    expect(hint.text).toContain("write to me there first");
    expect(phone.seen).toEqual([]);
  });
});
