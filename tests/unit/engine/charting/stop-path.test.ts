/** The path of a stop as a picture shows it agrees with the exits the engine made. */
import { describe, expect, it } from "vitest";
import { positionPath } from "../../../../src/engine/charting/stop-path.ts";
import { parseRule } from "../../../../src/rules/parse.ts";
import { candlesOf, randomCandles } from "../../../support/candle-lists.ts";
import { BTCUSDT } from "../../../support/engine-world.ts";
import { backtest } from "../backtest/run.ts";

const RULES = [
  "enter long when close > ema(5) stop 2% trail 1% after 0.5% cooldown 30m",
  "enter short when close < ema(5) stop 1% take 3% trail 0.7%",
];

describe.each(RULES)("positions of %s", (ruleText) => {
  const candles = randomCandles(7, 3_000, { volatility: 0.003 });
  const { trades } = backtest(ruleText, { candles });
  const { protections } = parseRule(ruleText, { timeframe: "1m" });
  const paths = trades.map((trade) => {
    const { side, entryPrice, entryAt: openedAt, exitAt: until, exitPrice } = trade;
    const last = { at: until, price: exitPrice };
    const levels = { ruleSince: openedAt, protections };
    const position = { side, entryPrice, openedAt, until, last, ...levels };
    return { trade, path: positionPath(position, candles, BTCUSDT) };
  });

  it("left at the stop that the path shows, or worse", () => {
    const stopped = paths.filter(({ trade }) => /stop/.test(trade.exitReason));
    expect(stopped.length).toBeGreaterThan(20);
    let exact = 0;
    for (const { trade, path } of stopped) {
      const stop = path.stops.at(-1)!.price;
      const exit = Number(trade.exitPrice);
      if (exit === stop) exact++;
      // The last candle may have raised the stop before it was reached.
      if (trade.exitReason === "stop_loss")
        expect(exit * (trade.side === "long" ? 1 : -1)).toBeLessThanOrEqual(
          stop * (trade.side === "long" ? 1 : -1),
        );
    }
    expect(exact / stopped.length).toBeGreaterThan(0.5);
  });

  it("had a stop that only ever came nearer", () => {
    for (const { trade, path } of paths) {
      const prices = path.stops.map(({ price }) => price);
      const rising = prices.toSorted((a, b) => a - b);
      expect(prices).toEqual(trade.side === "long" ? rising : rising.toReversed());
      expect(path.stops[0]!.at).toBe(trade.entryAt);
    }
  });

  it("went at least as far as their exit, on both sides of their entry", () => {
    for (const { trade, path } of paths) {
      const sign = trade.side === "long" ? 1 : -1;
      const gain = sign * 100 * (Number(trade.exitPrice) / Number(trade.entryPrice) - 1);
      expect(path.best.percent).toBeGreaterThanOrEqual(Math.max(0, gain));
      expect(path.worst.percent).toBeLessThanOrEqual(Math.min(0, gain));
    }
  });
});

it("counts no candle that began before the entry or outlived the exit", () => {
  const [before, within, after] = candlesOf(
    [
      { open: 100, high: 150, low: 50, close: 100 },
      { open: 100, high: 104, low: 97, close: 101 },
      { open: 101, high: 160, low: 40, close: 101 },
    ],
    "1m",
  );
  const { protections } = parseRule("enter long when close > 1 take 10%", { timeframe: "1m" });
  const openedAt = before!.openTime + 30_000;
  const until = after!.openTime + 30_000;
  const path = positionPath(
    {
      side: "long",
      entryPrice: "100",
      openedAt,
      until,
      last: null,
      ruleSince: openedAt,
      protections,
    },
    [before!, within!, after!],
    BTCUSDT,
  );
  expect(path.best).toMatchObject({ price: 104, percent: expect.closeTo(4, 9) });
  expect(path.worst.percent).toBeCloseTo(-3, 9);
  expect([path.stops, path.target]).toEqual([[], 110]);
});

it("shows the stop of the rule it was moved to from then on, trailing what came after", () => {
  const candles = candlesOf(
    [
      { open: 100, high: 150, low: 99, close: 110 },
      { open: 110, high: 120, low: 109, close: 115 },
      { open: 115, high: 118, low: 114, close: 116 },
    ],
    "1m",
  );
  const [openedAt, ruleSince, last] = candles.map(({ openTime }) => openTime);
  const { protections } = parseRule("enter long when close > 1 stop 5% trail 10%", {
    timeframe: "1m",
  });
  const until = last! + 60_000;
  const held = { side: "long", entryPrice: "100", openedAt: openedAt!, until, last: null } as const;
  const path = positionPath({ ...held, ruleSince: ruleSince!, protections }, candles, BTCUSDT);
  expect(path.stops).toEqual([
    { at: ruleSince, price: 95 },
    { at: last, price: 108 },
  ]);
  expect(path.best.price).toBe(150);
});
