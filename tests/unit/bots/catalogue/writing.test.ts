/** Making a strategy in a chat: asked for piece by piece or at once, seen before it is made. */
import { describe, expect, it } from "vitest";
import type { Reply } from "../../../../bots/views/reply.ts";
import { person, RULE } from "../../../support/test-app.ts";
import { buttonOf, shown, testBot, yesOf } from "../../../support/test-bot.ts";

const ada = person("ada");
const labels = (reply: Reply): readonly string[] => reply.buttons.flat().map(({ label }) => label);

describe("/new", () => {
  it("guides from a name to a strategy, with buttons all the way", async () => {
    const bot = testBot();
    expect(shown(await bot.say("/new", ada))).toContain("What shall it be called?");
    const symbol = await bot.say("Dip buyer", ada);
    expect(labels(symbol)).toEqual(["BTCUSDT", "ETHUSDT", "Cancel"]);
    const timeframe = await bot.press(buttonOf(symbol, "ETHUSDT"), ada);
    expect(labels(timeframe)).toEqual(["1m", "5m", "15m", "1h", "4h", "1d", "Cancel"]);
    expect(shown(timeframe)).toContain("Dip buyer · ETHUSDT");
    const rule = await bot.press(buttonOf(timeframe, "1h"), ada);
    expect(labels(rule)).toContain("RSI reversal 1h");
    const preview = await bot.press(buttonOf(rule, "RSI reversal 1h"), ada);
    expect(shown(preview)).toContain("Dip buyer on ETHUSDT 1h, not made yet");
    expect(shown(preview)).toContain("Buys when RSI(14) crosses above 30");
    expect(bot.app.queries.strategies(ada)).toEqual([]);
    const made = await bot.press(buttonOf(preview, "Create"), ada);
    expect(shown(made)).toContain("#1 Dip buyer runs on ETHUSDT 1h");
  });

  it("takes it all at once, and with yes at the end makes it at once", async () => {
    const bot = testBot();
    const preview = await bot.say(`/new "Dip buyer" eth/usdt 15m ${RULE}`, ada);
    expect(labels(preview)).toEqual(["Create", "Backtest", "Cancel"]);
    expect(shown(await bot.say(`/new Other btcusdt 15m ${RULE} yes`, ada))).toContain("#1 Other");
  });

  it("loses nothing to a rule with a mistake, however it came", async () => {
    const bot = testBot();
    const wrong = "enter long when rssi(14) < 30";
    const refused = await bot.say(`/new dip ETHUSDT 15m ${wrong}`, ada);
    expect(refused.tone).toBe("error");
    expect(shown(refused)).toContain('Did you mean "rsi"?\n  enter long when rssi(14) < 30\n');
    expect(shown(refused)).toContain("dip · ETHUSDT · 15m is kept");
    const again = await bot.say(`${wrong} stop 200%`, ada);
    expect(shown(again)).toContain("dip · ETHUSDT · 15m is kept");
    const preview = await bot.say(RULE, ada);
    expect(shown(preview)).toContain("dip on ETHUSDT 15m, not made yet");
    await bot.press(yesOf(preview), ada);
    expect(bot.app.strategies.find(ada, 1).strategy).toMatchObject({
      name: "dip",
      timeframe: "15m",
    });
  });

  it("refuses a name or symbol as soon as it is given, and asks again", async () => {
    const bot = testBot();
    await bot.say("/new", ada);
    expect(shown(await bot.say("\u200b", ada))).toContain("no visible character");
    await bot.say("dip", ada);
    for (const [symbol, why] of [
      ["NOPEUSDT", "knows no symbol"],
      ["ETHBTC", "is not quoted in USDT"],
      ["LUNAUSDT", "is not traded now"],
    ] as const) {
      expect(shown(await bot.say(symbol, ada))).toContain(why);
    }
    expect(shown(await bot.say("eth/usdt", ada))).toContain("dip · ETHUSDT");
  });

  it("says how often the rule would have entered, and when last", async () => {
    const bot = testBot();
    const busy = "enter long when close > open exit long when close < open";
    const preview = shown(await bot.say(`/new busy BTCUSDT 1h ${busy}`, ada));
    expect(preview).toMatch(
      /In the last 166d 16h it would have entered [\d,]+ times, last at 22 Nov 2026, \d\d:00: about \d+ times a month\./,
    );
    const never = shown(await bot.say("/new never BTCUSDT 1h enter long when close < 0", ada));
    expect(never).toContain("In the last 166d 16h it would not have entered once: ");
  });

  it("can be made when the exchange tells nothing, which is said", async () => {
    const bot = testBot();
    bot.exchange.isAway = true;
    const preview = await bot.say(`/new dip ETHUSDT 15m ${RULE}`, ada);
    expect(shown(preview)).toContain("How often it would have entered is not known");
    expect(shown(await bot.press(buttonOf(preview, "Create"), ada))).toContain("#1 dip runs");
  });

  it("is tested from the preview, which stays where it is", async () => {
    const bot = testBot();
    const preview = await bot.say(`/new dip ETHUSDT 15m ${RULE}`, ada);
    const test = buttonOf(preview, "Backtest");
    expect(test.below).toBe(true);
    expect(shown(await bot.press(test, ada))).toContain("Backtest: ETHUSDT 15m");
    expect(shown(await bot.press(buttonOf(preview, "Create"), ada))).toContain("#1 dip runs");
    expect(shown(await bot.press(buttonOf(preview, "Create"), ada))).toContain("expired");
    expect(bot.app.queries.strategies(ada)).toHaveLength(1);
  });
});

describe("/edit", () => {
  it("shows the new rule in words and the one it replaces, and changes nothing before yes", async () => {
    const bot = testBot();
    await bot.say(`/new dip ETHUSDT 15m ${RULE} yes`, ada);
    const before = bot.app.strategies.find(ada, 1).strategy.ruleText;
    const preview = await bot.say("/edit 1 enter long when close > ema(20) stop 3%", ada);
    expect(shown(preview)).toContain("Buys when the price is above EMA(20).");
    expect(shown(preview)).toContain("rsi(14) < 30");
    expect(bot.app.strategies.find(ada, 1).strategy.ruleText).toBe(before);
    await bot.press(buttonOf(preview, "Change"), ada);
    expect(bot.app.strategies.find(ada, 1).strategy.ruleText).toContain("close > ema(20)");
  });

  it("asks for strategy and rule, and for the rule again after a mistake", async () => {
    const bot = testBot();
    await bot.say(`/new dip ETHUSDT 15m ${RULE} yes`, ada);
    const which = await bot.say("/edit", ada);
    await bot.press(buttonOf(which, "#1 dip (ETHUSDT 15m)"), ada);
    expect(shown(await bot.say("enter long when", ada))).toContain("The rule ends too early");
    const preview = await bot.say("enter long when close > 5", ada);
    expect(shown(preview)).toContain("#1 dip with another rule");
  });
});

it("shows a strategy's rule in words", async () => {
  const bot = testBot();
  await bot.say(`/new dip ETHUSDT 15m ${RULE} yes`, ada);
  const french = person("ada", { language: "fr" });
  expect(shown(await bot.say("/strategy 1", ada))).toContain("In words:\n- Buys when RSI(14)");
  expect(shown(await bot.say("/strategy 1", french))).toContain(
    "Achète quand RSI(14) est sous 30.",
  );
});

it("gets a newcomer from /start to a running strategy in two more taps", async () => {
  const bot = testBot();
  const start = await bot.say("/start", ada);
  const rules = await bot.press(buttonOf(start, "Choose a built-in rule"), ada);
  const made = await bot.press(buttonOf(rules, "RSI reversal 15m"), ada);
  expect(shown(made)).toContain("#1 RSI reversal 15m runs on BTCUSDT 15m");
  const own = await bot.press(buttonOf(start, "Write a rule"), ada);
  expect(shown(own)).toContain("What shall it be called?");
});
