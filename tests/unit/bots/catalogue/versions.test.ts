/** What became of a rule, in chat: going back, moving a position over, sharing, and what cannot be sold. */
import { describe, expect, it } from "vitest";
import { NOON, person, RULE } from "../../../support/test-app.ts";
import { buttonOf, shown, testBot, yesOf, type TestBot } from "../../../support/test-bot.ts";

const ada = person("ada");
const eve = person("eve");
const OTHER = "enter long when close > sma(20) exit long when close < sma(20) stop 5%";

async function edited(): Promise<TestBot> {
  const bot = testBot();
  await bot.say(`/new Dip BTCUSDT 1h ${RULE} yes`, ada);
  const { strategy } = bot.app.strategies.find(ada, 1);
  const version = { trades: 0, wins: 0, pnl: "0", fees: "0", stake: "0", best: null, worst: null };
  const { ruleText } = strategy;
  bot.readModels.addVersion("ada", 1, { ...version, version: 1, ruleText, since: NOON });
  bot.gateway.openPosition("ada", 1);
  return bot;
}

describe("a position whose rule was edited", () => {
  it("is shown with the version it follows, wherever it is shown", async () => {
    const bot = await edited();
    expect(shown(await bot.say("/positions", ada))).not.toContain("follows");
    const reply = await bot.say(`/edit 1 ${OTHER} yes`, ada);
    expect(shown(reply)).toContain("Position #1 keeps version 1 of the rule until it closes");
    const line = "Position #1 still follows version 1 of the rule (now 2). /move 1 moves it over.";
    for (const command of ["/positions", "/strategy 1", "/versions 1"]) {
      expect(shown(await bot.say(command, ada))).toContain(line);
    }
  });

  it("is moved over by the button under the edit, after a question that says what changes", async () => {
    const bot = await edited();
    const reply = await bot.say(`/edit 1 ${OTHER} yes`, ada);
    const question = await bot.press(buttonOf(reply, "Move position #1 over"), ada);
    expect(shown(question)).toContain("Let position #1 follow version 2 of the rule?");
    expect(shown(question)).toContain("Stop loss: 98.00 → 95.00");
    expect(shown(question)).toContain("Take profit: none → 120.00");
    expect(shown(question)).toContain("At the latest: none → 23 Nov 2026, 13:03");
    const done = await bot.press(yesOf(question), ada);
    expect(shown(done)).toContain("Position #1 follows version 2 now");
    expect(bot.gateway.executed.at(-1)).toEqual({
      kind: "move-position",
      ownerId: "ada",
      number: 1,
    });
  });

  it("that is beyond a new level is told of before and after", async () => {
    const bot = await edited();
    bot.gateway.reached = "stop_loss";
    await bot.say(`/edit 1 ${OTHER} yes`, ada);
    const question = await bot.say("/move 1", ada);
    expect(shown(question)).toContain("the position leaves at the next price (stop loss)");
    const done = await bot.press(yesOf(question), ada);
    expect(done.tone).toBe("warning");
    expect(shown(done)).toContain("It leaves at the next price: stop loss.");
  });

  it("is not moved where there is nothing to move", async () => {
    const bot = await edited();
    expect(shown(await bot.say("/move 1", ada))).toMatch(/follows the present rule already/);
    await bot.say("/close 1 yes", ada);
    expect(shown(await bot.say("/move 1 yes", ada))).toMatch(/has no open position/);
    expect(bot.gateway.executed.map(({ kind }) => kind)).not.toContain("move-position");
  });
});

describe("going back to an earlier version", () => {
  it("asks with the whole rule and makes it a new version", async () => {
    const bot = await edited();
    const before = bot.app.strategies.find(ada, 1).strategy.ruleText;
    await bot.say(`/edit 1 ${OTHER} yes`, ada);
    const question = await bot.say("/revert 1 1", ada);
    expect(shown(question)).toContain("Give #1 Dip the rule of version 1 again, as version 3?");
    expect(shown(question)).toContain("exit long when rsi(14) > 70");
    await bot.press(yesOf(question), ada);
    const { strategy } = bot.app.strategies.find(ada, 1);
    expect(strategy).toMatchObject({ ruleText: before, ruleVersion: 3 });
  });

  it("says which versions there are not, and which is in force", async () => {
    const bot = await edited();
    expect(shown(await bot.say("/revert 1 9", ada))).toMatch(/There is no version 9/);
    expect(shown(await bot.say("/revert 1 1 yes", ada))).toMatch(/that of version 1 already/);
  });
});

describe("a shared strategy", () => {
  const share = async (bot: TestBot): Promise<string> => {
    await bot.say(`/new "Dip <b>@everyone</b>" BTCUSDT 1h ${RULE} yes`, ada);
    return bot.app.sharing.share(ada, 1).text;
  };

  it("is imported by another person, after a preview, switched off", async () => {
    const bot = testBot();
    const text = await share(bot);
    const question = await bot.say(`/import ${text}`, eve);
    expect(shown(question)).toContain('Import "Dip <b>@everyone</b>" for BTCUSDT 1h?');
    expect(shown(question)).toContain("enter long when rsi(14) < 30");
    expect(shown(question)).toMatch(/as it was shared/);
    const done = await bot.press(yesOf(question), eve);
    expect(shown(done)).toContain("It is switched off. /toggle 1 on lets it trade");
    expect(bot.app.strategies.find(eve, 1).strategy).toMatchObject({
      name: "Dip <b>@everyone</b>",
      symbol: "BTCUSDT",
      timeframe: "1h",
      active: false,
      ruleText: bot.app.strategies.find(ada, 1).strategy.ruleText,
    });
  });

  it("can be imported for another symbol and timeframe, and switched on", async () => {
    const bot = testBot();
    const text = await share(bot);
    const question = await bot.say(`/import symbol=eth/usdt timeframe=4h on ${text}`, eve);
    expect(shown(question)).toContain("Instead of BTCUSDT 1h, as the text says.");
    await bot.press(yesOf(question), eve);
    expect(bot.app.strategies.find(eve, 1).strategy).toMatchObject({
      symbol: "ETHUSDT",
      timeframe: "4h",
      active: true,
    });
  });

  it("that was altered says so, and is imported only by who read that", async () => {
    const bot = testBot();
    const text = (await share(bot)).replace("stop 2%", "stop 90%");
    expect(shown(await bot.say(`/import ${text} yes`, eve))).toMatch(/altered since it was shared/);
    expect(bot.app.queries.strategies(eve)).toEqual([]);
    const question = await bot.say(`/import ${text}`, eve);
    expect(shown(question)).toMatch(/This text was altered.*What it says now:\nImport "Dip/);
    await bot.press(yesOf(question), eve);
    expect(bot.app.strategies.find(eve, 1).strategy.ruleText).toContain("stop 90%");
    await bot.say(`/import changed ${text} yes`, eve);
    expect(bot.app.queries.strategies(eve)).toHaveLength(2);
  });

  it("counts among the strategies a person may keep, and needs a symbol that is traded", async () => {
    const bot = testBot();
    const text = await share(bot);
    expect(shown(await bot.say(`/import symbol=LUNAUSDT ${text}`, eve))).toMatch(/not traded now/);
    expect(shown(await bot.say(`/import symbol=NOPE ${text}`, eve))).toMatch(
      /knows no symbol NOPE/,
    );
  });

  it("is shown in one line where a line is a command", async () => {
    const bot = testBot();
    await share(bot);
    const caller = { user: ada, platform: "console", place: "private" } as const;
    const reply = await bot.catalogue.say("/share 1", caller);
    const code = reply.blocks.find(({ kind }) => kind === "code");
    expect(code).toMatchObject({ text: bot.app.sharing.share(ada, 1).line });
  });
});

describe("a position whose symbol the exchange no longer trades", () => {
  async function delisted(): Promise<TestBot> {
    const bot = await edited();
    bot.gateway.priceIsFresh = false;
    bot.gateway.isTraded = false;
    return bot;
  }

  it.each([
    ["/delete 1", { kind: "delete-strategy", ownerId: "ada", number: 1, settle: true }],
    ["/reset 1", { kind: "reset-strategies", ownerId: "ada", numbers: [1], settle: true }],
    ["/close 1", { kind: "close-positions", ownerId: "ada", numbers: [1], settle: true }],
    ["/close all", { kind: "close-positions", ownerId: "ada", numbers: [1], settle: true }],
  ])("is settled by %s after a question that says at which price", async (line, command) => {
    const bot = await delisted();
    const question = await bot.say(line, ada);
    expect(shown(question)).toMatch(/no longer trades BTCUSDT.*90\.00 of 22 Nov 2026, 12:03/);
    const done = await bot.press(yesOf(question), ada);
    expect(done.tone).toBe("good");
    expect(bot.gateway.executed.at(-1)).toEqual(command);
    expect(bot.app.queries.positions(ada)).toEqual([]);
  });

  it("is not settled by a yes said before the question", async () => {
    const bot = await delisted();
    expect(shown(await bot.say("/delete 1 yes", ada))).toMatch(/settled at its last known price/);
    expect(bot.app.queries.positions(ada)).toHaveLength(1);
    expect(shown(await bot.say("/delete 1 last yes", ada))).toMatch(
      /Position #1 was settled at the last known price, 90\.00/,
    );
  });

  it("says so in the list of positions", async () => {
    const bot = await delisted();
    expect(shown(await bot.say("/positions", ada))).toMatch(/no longer trades BTCUSDT\. \/close 1/);
  });

  it("stays open while only the feed is down", async () => {
    const bot = await edited();
    bot.gateway.priceIsFresh = false;
    const question = await bot.say("/delete 1", ada);
    expect(shown(question)).toContain("will be closed at the market price");
    expect(shown(await bot.press(yesOf(question), ada))).toMatch(/no fresh price/);
    expect(shown(await bot.say("/delete 1 last yes", ada))).toMatch(/no fresh price/);
    expect(bot.app.queries.positions(ada)).toHaveLength(1);
  });
});
