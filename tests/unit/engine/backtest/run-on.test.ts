/** What a replay of a running strategy needs of a backtest: edits on the way, and the newest minutes. */
import { describe, expect, it } from "vitest";
import { timeframeMs } from "../../../../src/domain/timeframe.ts";
import { candlesOf, summed } from "../../../support/candle-lists.ts";
import { START, type BarShape } from "../../../support/engine-world.ts";
import { randomBars } from "../../../support/random-market.ts";
import { backtest, LIVELY_RULES } from "./run.ts";

const MINUTE = timeframeMs("1m");
const FLAT: BarShape[] = Array.from({ length: 60 }, () => ({ close: 100 }));

describe("an edit on the way", () => {
  const first = "enter long when close > 105 exit long when close < 101 stop 5% size 10%";
  const second = "enter long when close > 108 exit long when close < 107 size 20%";
  const closes = [106, 107, 104, 100, 100, 106, 109, 109, 106, 106];
  const candles = candlesOf([...FLAT, ...closes.map((close) => ({ close }))]);
  const changes = [{ at: START + 62 * MINUTE + 5_000, ruleText: second }];

  it("leaves the open position its stop, and lets the new one enter after that", () => {
    const { trades, entries } = backtest(first, { candles, changes });
    expect(trades).toMatchObject([
      { exitReason: "stop_loss", exitPrice: "100.7", entryAt: START + 61 * MINUTE },
      { exitReason: "rule", exitPrice: "106", entryAt: START + 67 * MINUTE },
    ]);
    expect(entries.map(({ ruleVersion }) => ruleVersion)).toEqual([1, 2]);
    expect(Number(entries[1]?.stake) / Number(entries[0]?.stake)).toBeCloseTo(2, 1);
  });

  it("is nothing when it comes after the end", () => {
    const late = [{ at: START + 1_000 * MINUTE, ruleText: second }];
    const plain = backtest(first, { candles });
    expect(backtest(first, { candles, changes: late }).trades).toEqual(plain.trades);
  });

  it("back to an earlier rule finds the market as it was", () => {
    const bars = candlesOf(randomBars(5, 400));
    const [rule, other] = LIVELY_RULES;
    const plain = backtest(rule, { candles: bars }).trades;
    const there = { at: START + 200 * MINUTE + 1, ruleText: other };
    const back = { at: START + 201 * MINUTE + 1, ruleText: rule };
    const edited = backtest(rule, { candles: bars, changes: [there, back] }).trades;
    const later = (trades: typeof plain) =>
      trades.filter(({ entryAt }) => entryAt > START + 260 * MINUTE).map(({ entryAt }) => entryAt);
    expect(later(plain).length).toBeGreaterThan(2);
    expect(later(edited)).toEqual(later(plain));
  });
});

describe("the minutes after the last own candle", () => {
  const rule = "enter long when close > 105 stop 5% size 10%";
  const minutes = candlesOf([
    ...Array.from({ length: 60 * 15 }, () => ({ close: 100 })),
    ...Array.from({ length: 15 }, () => ({ close: 106 })),
    { close: 107 },
    { close: 107, low: 90 },
    { close: 104 },
  ]);
  const own = summed(minutes, "15m").slice(0, 61);
  const terms = { candles: own, detail: minutes, timeframe: "15m" as const };

  it("fill what waits and reach stops, when they are asked for", () => {
    const result = backtest(rule, { ...terms, lastMinutes: true });
    expect(result.trades).toMatchObject([{ exitReason: "stop_loss", entryPrice: "106" }]);
    expect(result.lastPrice).toBe("104");
  });

  it("are not looked at otherwise", () => {
    const result = backtest(rule, terms);
    expect(result.entries).toEqual([]);
    expect(result.lastPrice).toBe("106");
  });

  it("end where a minute is missing", () => {
    const torn = minutes.filter(({ openTime }) => openTime !== START + (61 * 15 + 1) * MINUTE);
    const result = backtest(rule, { ...terms, detail: torn, lastMinutes: true });
    expect(result.trades).toEqual([]);
    expect(result.open).toMatchObject({ lastPrice: "107" });
  });
});
