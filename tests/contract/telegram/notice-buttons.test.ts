/** Buttons on notices on Telegram: they do what they say, for their owner alone, and leave the notice. */
import { describe, expect, it } from "vitest";
import type { Notice, NoticeBody } from "../../../src/domain/notice.ts";
import { RULE } from "../../support/test-app.ts";
import { closedTrade, strategyFacts } from "../../support/test-trades.ts";
import { scene, type Member, type Scene } from "./telegram-scene.ts";

/** A trader whose strategy 1 has just closed its trade 1. */
async function trader(bot: Scene, id = 1, role: "trader" | "viewer" = "trader"): Promise<Member> {
  const member = await bot.member(id, { role });
  await bot.say(`/new Swing BTCUSDT 1h ${RULE} yes`, { ...member.user, role: "trader" });
  bot.readModels.addTrade(closedTrade(member.user.id, 1));
  await member.phone.ask("/version");
  return member;
}

function exit(ownerId: string): NoticeBody {
  const facts = strategyFacts({ strategyNumber: 1, strategyName: "Swing" });
  return { kind: "exit", ...facts, trade: closedTrade(ownerId, 1) };
}

async function tell(bot: Scene, { user, phone }: Member, body: NoticeBody, id = "n1") {
  const notice: Notice = { id, ownerId: user.id, at: bot.clock.now(), body };
  expect(await bot.adapter.notifier.deliver(notice)).toEqual({ outcome: "sent" });
  const shown = phone.seen.at(-1);
  if (shown === undefined) throw new Error("nothing was told");
  return shown;
}

const labels = (shown: Awaited<ReturnType<typeof tell>>) =>
  shown.keyboard.flat().map(({ text }) => text);

describe("a notice on Telegram", () => {
  it("says what the day has brought, and its buttons answer below it", async () => {
    const bot = await scene();
    const ada = await trader(bot);
    const shown = await tell(bot, ada, exit(ada.user.id));
    expect(shown.text).toContain("Today +9.80 USDT (1 won, 0 lost)");
    expect(labels(shown)).toEqual(["Details", "Pause strategy"]);
    expect((await ada.phone.pressAndGet(shown, "Details")).text).toContain("Trade #1: BTCUSDT");
    const paused = await ada.phone.pressAndGet(shown, "Pause strategy");
    expect(paused.text).toMatch(/paused for strategy #1 until you resume/);
    expect(bot.app.trading.pauses(ada.user)).toMatchObject([{ scope: "#1" }]);
    expect(shown.edits).toBe(0);
    await ada.phone.pressAndSee(paused, "Resume now");
    expect(bot.app.trading.pauses(ada.user)).toEqual([]);
  });

  it("asks before it closes a position", async () => {
    const bot = await scene();
    const ada = await trader(bot);
    bot.gateway.openPosition(ada.user.id, 1);
    const { position } = bot.app.queries.positions(ada.user)[0]!;
    const facts = strategyFacts({ strategyNumber: 1, strategyName: "Swing" });
    const shown = await tell(bot, ada, { kind: "entry", ...facts, position });
    const asked = await ada.phone.pressAndGet(shown, "Close");
    expect(asked.text).toContain("Close position #1 BTCUSDT");
    expect(bot.app.queries.positions(ada.user)).toHaveLength(1);
    await ada.phone.pressAndSee(asked, "Yes, do it");
    expect(bot.app.queries.positions(ada.user)).toEqual([]);
  });

  it("offers a viewer only what a viewer may do", async () => {
    const bot = await scene();
    const eve = await trader(bot, 2, "viewer");
    expect(labels(await tell(bot, eve, exit(eve.user.id)))).toEqual(["Details"]);
  });

  it("answers politely when its buttons are too old, and keeps them while it is tried again", async () => {
    const bot = await scene();
    const ada = await trader(bot);
    bot.server.fail("sendMessage", { kind: "error", code: 500 });
    const notice: Notice = {
      id: "n1",
      ownerId: ada.user.id,
      at: bot.clock.now(),
      body: exit(ada.user.id),
    };
    expect(await bot.adapter.notifier.deliver(notice)).toMatchObject({ outcome: "retry" });
    const shown = await tell(bot, ada, exit(ada.user.id));
    const bodies = bot.server.calls("sendMessage").slice(-2);
    const [tried, sent] = bodies.map(({ params }) => JSON.stringify(params["reply_markup"]));
    expect(tried).toBe(sent);
    bot.clock.advance(8 * 86_400_000);
    const answer = await ada.phone.pressAndGet(shown, "Details");
    expect(answer.text).toContain("That button has expired");
  });
});
