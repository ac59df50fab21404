/** What people write after /backtest, and what they mean by it. */
import { describe, expect, it } from "vitest";
import { backtestWish } from "../../../../bots/catalogue/research.ts";

const RULE = "enter long when close > ema(20)";

describe("/backtest", () => {
  it.each([
    ["3", { kind: "strategy", number: 3 }, null, null],
    ["#3 ETHUSDT 1H", { kind: "strategy", number: 3 }, "ETHUSDT", "1h"],
    ["rsi-reversal-15m", { kind: "template", key: "rsi-reversal-15m" }, null, null],
    ["adx-trend-1d ETHUSDT", { kind: "template", key: "adx-trend-1d" }, "ETHUSDT", null],
    ["timeframe=4h 12 ETHUSDT", { kind: "strategy", number: 12 }, "ETHUSDT", "4h"],
    [RULE, { kind: "rule", ruleText: RULE }, null, null],
    [`symbol=ETHUSDT  timeframe=5m\n${RULE}`, { kind: "rule", ruleText: RULE }, "ETHUSDT", "5m"],
  ])("understands %j", (text, what, symbol, timeframe) => {
    expect(backtestWish(text)).toEqual({ what, symbol, timeframe, from: null, until: null });
  });

  it.each([
    ["3 BTCUSDT 7m", "option-choice"],
    ["symbol=BTCUSDT 3 ETHUSDT", "option-twice"],
    ["3 BTCUSDT 1h more", "too-many-words"],
    ["   ", "option-missing"],
  ])("refuses %j with %s", (text, code) => {
    expect(() => backtestWish(text)).toThrow(expect.objectContaining({ code }));
  });
});
