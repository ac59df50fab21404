/** What people write after /optimize, and what they mean by it. */
import { describe, expect, it } from "vitest";
import { optimizeWish } from "../../../../bots/catalogue/optimize.ts";
import { person } from "../../../support/test-app.ts";
import { buttonOf, shown, testBot } from "../../../support/test-bot.ts";

const UTC = { now: Date.UTC(2026, 10, 22), timeZone: "UTC" };
const RULE = "enter long when close > ema({10..30:5})";

describe("/optimize", () => {
  it("understands a rule with ranges, and what may stand before it", () => {
    const open = { from: null, until: null };
    expect(optimizeWish(RULE, UTC)).toEqual({
      ruleText: RULE,
      symbol: null,
      timeframe: null,
      ...open,
    });
    expect(optimizeWish(`symbol=ETHUSDT timeframe=4H ${RULE}`, UTC)).toEqual({
      ...open,
      ruleText: RULE,
      symbol: "ETHUSDT",
      timeframe: "4h",
    });
  });

  it("offers a whole backtest of the best rule it found", async () => {
    const bot = testBot();
    const ada = person("ada");
    const found = await bot.say(
      "/optimize timeframe=1d enter long when close > sma({5..15:5})",
      ada,
    );
    expect(shown(await bot.press(buttonOf(found, "Backtest"), ada))).toMatch(
      /^Backtest: BTCUSDT 1d[^]*enter long when close > sma\((?:5|10|15)\)/,
    );
  });

  it.each([
    ["3", "rule-without-range"],
    ["adx-trend-1d", "rule-without-range"],
    [`timeframe=7m ${RULE}`, "option-choice"],
    ["", "option-missing"],
  ])("refuses %j with %s", (text, code) => {
    expect(() => optimizeWish(text, UTC)).toThrow(expect.objectContaining({ code }));
  });
});
