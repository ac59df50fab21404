/** What people know from freqtrade does here what it does there: each word is another one's short form. */
import { describe, expect, it } from "vitest";
import { namesOf } from "../../../../bots/catalogue/command.ts";
import { person, RULE } from "../../../support/test-app.ts";
import { testBot, type TestBot } from "../../../support/test-bot.ts";
import { closedTrade } from "../../../support/test-trades.ts";

const ada = person("ada", { role: "admin" });

/** What is typed, and what it stands for. */
const WORDS: readonly (readonly [typed: string, meant: string])[] = [
  ["/start", "/help"],
  ["/status table", "/positions"],
  ["/status 1", "/trade 1"],
  ["/count", "/status"],
  ["/health", "/status"],
  ["/locks", "/status"],
  ["/fx 1", "/close 1"],
  ["/fx all yes", "/close all yes"],
  ["/forceexit 1 yes", "/close 1 yes"],
  ["/order 11", "/trade 11"],
  ["/stop", "/toggle all off"],
  ["/stop yes", "/toggle all off yes"],
  ["/stopentry", "/pause all"],
  ["/stopentry 6h", "/pause all 6h"],
  ["/stopbuy", "/pause all"],
  ["/unlock 1", "/resume 1"],
  ["/unlock", "/resume"],
  ["/daily", "/profit day"],
  ["/daily 3", "/profit day 3"],
  ["/weekly", "/profit week"],
  ["/monthly 2", "/profit month 2"],
  ["/stats", "/performance exit-reason"],
  ["/exits", "/performance exit-reason"],
  ["/tg_info", "/me"],
  ["/show_config", "/settings"],
  ["/reload_config", "/reload"],
];

async function furnished(): Promise<TestBot> {
  const bot = testBot();
  const telegram = { platform: "telegram", externalId: "77", userId: "ada" } as const;
  await bot.accounts.createUser(ada, telegram);
  await bot.say(`/new First BTCUSDT 1h ${RULE} yes`, ada);
  bot.gateway.openPosition("ada", 1);
  bot.readModels.addTrade(closedTrade("ada", 11));
  await bot.say("/pause 1", ada);
  return bot;
}

describe("a word of freqtrade's", () => {
  it.each(WORDS)("%s answers and does as %s", async (typed, meant) => {
    const [bot, other] = [await furnished(), await furnished()];
    const answer = await bot.say(typed, ada);
    expect(answer.tone).not.toBe("error");
    expect(answer.blocks).toEqual((await other.say(meant, ada)).blocks);
    expect(bot.gateway.executed).toEqual(other.gateway.executed);
  });

  it("is tried here, whichever it is", () => {
    const tried = WORDS.map(([typed]) => /^\/(\w+)/.exec(typed)?.[1]);
    const commands = testBot().catalogue.commands("admin");
    const aliases = commands.flatMap((one) => namesOf(one).slice(1));
    expect(aliases.filter((alias) => !tried.includes(alias))).toEqual([]);
    // Those that a session of freqtrade's is made of are there, as aliases or as commands.
    const names = commands.flatMap(namesOf);
    const known = [
      "pause",
      "profit",
      "balance",
      "performance",
      "trades",
      "logs",
      "help",
      "version",
    ];
    expect(known.filter((name) => !names.includes(name))).toEqual([]);
  });
});
