/** How a notice becomes a message: made once for every platform, for its reader, with their buttons. */
import { beforeEach, describe, expect, it } from "vitest";
import { NoticeDesk } from "../../../../bots/notices/notice-desk.ts";
import type { Notice } from "../../../../src/domain/notice.ts";
import { NOON, person, RULE } from "../../../support/test-app.ts";
import { outwardOf, shown, testBot, type TestBot } from "../../../support/test-bot.ts";
import { closedTrade, strategyFacts } from "../../../support/test-trades.ts";

const ada = person("ada");
const trade = closedTrade("ada", 1);
const exit: Notice = {
  id: "n1",
  ownerId: "ada",
  at: NOON,
  body: { kind: "exit", ...strategyFacts({ strategyNumber: 1 }), trade },
};

let bot: TestBot;
let desk: ReturnType<typeof outwardOf>["notices"];
beforeEach(async () => {
  bot = testBot();
  desk = outwardOf(bot, bot.catalogue).notices;
  await bot.say(`/new Swing BTCUSDT 1h ${RULE} yes`, ada);
  bot.readModels.addTrade(trade);
});

const idsOf = async (notice = exit, user = ada) =>
  (await desk.forPerson(notice, user)).buttons.flat().map(({ id }) => id);

describe("the message of a notice", () => {
  it("is made once, however often it is delivered", async () => {
    const first = await idsOf();
    expect(first).toHaveLength(2);
    expect(await idsOf()).toEqual(first);
    expect(await idsOf({ ...exit, id: "n2" })).not.toEqual(first);
  });

  it("is made anew for who has another language or role now", async () => {
    const french = await desk.forPerson(exit, { ...ada, language: "fr" });
    expect(shown(french)).toContain("Aujourd'hui +9,80 USDT (1 gagnée, 0 perdue)");
    expect(await idsOf(exit, { ...ada, role: "viewer" })).toHaveLength(1);
  });

  it("sounds as wished at the moment it goes out", async () => {
    const silent = async (wish?: boolean) => {
      const notice = wish === undefined ? exit : { ...exit, silent: wish };
      return (await desk.forPerson(notice, ada)).silent;
    };
    expect([await silent(), await silent(false), await silent(true)]).toEqual([true, false, true]);
  });

  it("sums up the day of the exit, which may be over when it is told", async () => {
    bot.readModels.addTrade(closedTrade("ada", 2, { pnl: "-4.90" }));
    bot.readModels.addTrade(closedTrade("ada", 3, { exitAt: trade.exitAt + 1 }));
    bot.readModels.addTrade(closedTrade("bob", 1));
    expect(shown(await desk.forPerson(exit, ada))).toContain("Today +4.90 USDT (1 won, 1 lost)");
    bot.clock.advance(86_400_000);
    const late = shown(await desk.forPerson({ ...exit, id: "n2" }, ada));
    expect(late).toContain("That day +4.90 USDT (1 won, 1 lost)");
  });

  it("is made again after it could not be made", async () => {
    let broken = true;
    const { queries } = bot.app;
    const fragile = new NoticeDesk({
      catalogue: bot.catalogue,
      queries: {
        dayOf: (...asked) => (broken ? Promise.reject(new Error("away")) : queries.dayOf(...asked)),
      },
      now: () => NOON,
      quoteAsset: "USDT",
    });
    await expect(fragile.forPerson(exit, ada)).rejects.toThrow("away");
    broken = false;
    expect((await fragile.forPerson(exit, ada)).buttons).toHaveLength(1);
  });

  it("has no buttons in a group", () => {
    const reply = desk.forChat(exit, { language: "en", timeZone: "UTC" });
    expect(reply.buttons).toEqual([]);
  });
});
