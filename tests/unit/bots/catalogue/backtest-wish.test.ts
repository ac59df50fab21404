/** What people write after /backtest, and what they mean by it. */
import { describe, expect, it } from "vitest";
import { backtestWish } from "../../../../bots/catalogue/research.ts";

const RULE = "enter long when close > ema(20)";

/** 22 November 2026, 14:03:22 in Paris, where midnight is 23:00 UTC of the day before in winter. */
const PARIS = { now: Date.UTC(2026, 10, 22, 13, 3, 22), timeZone: "Europe/Paris" };
const DAY_MS = 86_400_000;

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
    expect(backtestWish(text, PARIS)).toEqual({ what, symbol, timeframe, from: null, until: null });
  });

  it.each([
    ["3 BTCUSDT 7m", "option-choice"],
    ["symbol=BTCUSDT 3 ETHUSDT", "option-twice"],
    ["3 BTCUSDT 1h more", "too-many-words"],
    ["   ", "option-missing"],
    ["days=90 3 1y", "option-twice"],
    ["from=2024-01-01 until=2024-06-30 days=3 3", "option-twice"],
    ["from=2024-02-30 3", "option-date"],
    ["until=yesterday 3", "option-date"],
    ["from=2027-01-01 3", "range-empty"],
    ["from=2024-06-30 until=2024-06-29 3", "range-empty"],
    ["days=many 3", "option-integer"],
    ["days=0 3", "option-min"],
    ["years=99999 3", "option-max"],
    ["1y", "option-missing"],
  ])("refuses %j with %s", (text, code) => {
    expect(() => backtestWish(text, PARIS)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    // Before summer time ended: the same time of the day.
    ["3 days=90", Date.UTC(2026, 7, 24, 12, 3, 22), PARIS.now],
    ["3 ETHUSDT 1h 2w", PARIS.now - 14 * DAY_MS, PARIS.now],
    ["1y rsi-reversal-15m", Date.UTC(2025, 10, 22, 13, 3, 22), PARIS.now],
    ["3 months=6", Date.UTC(2026, 4, 22, 12, 3, 22), PARIS.now],
    [`6mo ${RULE}`, Date.UTC(2026, 4, 22, 12, 3, 22), PARIS.now],
    ["3 from=2024-01-01", Date.UTC(2023, 11, 31, 23), null],
    ["3 until=2024-06-30", null, Date.UTC(2024, 5, 30, 22)],
    [
      `from=2024-01-01 until=2024-06-30 ${RULE}`,
      Date.UTC(2023, 11, 31, 23),
      Date.UTC(2024, 5, 30, 22),
    ],
    ["3 from=2024-01-01 days=2", Date.UTC(2023, 11, 31, 23), Date.UTC(2024, 0, 2, 23)],
    ["3 until=2024-06-30 1y", Date.UTC(2023, 5, 30, 22), Date.UTC(2024, 5, 30, 22)],
    ["3 from=2026-01-01 until=2027-01-01", Date.UTC(2025, 11, 31, 23), null],
  ])("reads the range of %j in the person's time zone", (text, from, until) => {
    const wish = backtestWish(text, PARIS);
    const upToNow = until === PARIS.now ? null : until;
    expect([wish.from, wish.until]).toEqual([from, upToNow]);
  });

  it("takes 1d for the timeframe, and a longer one for a length", () => {
    expect(backtestWish("3 BTCUSDT 1d", PARIS)).toMatchObject({ timeframe: "1d", from: null });
    expect(backtestWish("3 BTCUSDT 2d", PARIS)).toMatchObject({
      timeframe: null,
      from: PARIS.now - 2 * DAY_MS,
    });
  });
});
