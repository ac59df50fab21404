/** A backtest does what paper trading would have done, and says what it did. */
import { describe, expect, it } from "vitest";
import { Fault } from "../../../../src/domain/fault.ts";
import { randomBars } from "../../../support/random-market.ts";
import { START } from "../../../support/engine-world.ts";
import { candlesOf, randomCandles, summed } from "../../../support/candle-lists.ts";
import { backtest } from "./run.ts";

const MINUTE_MS = 60_000;
const FLAT = Array.from({ length: 60 }, () => ({ open: 100, close: 100 }));
const UP = "enter long when close > open";

function after(flat: readonly { open: number; close: number }[], ...bars: object[]) {
  return candlesOf([...flat, ...(bars as { close: number }[])]);
}

describe("a backtest", () => {
  it("fills a signal at the next candle's opening price", () => {
    const candles = after(
      FLAT,
      { open: 100, close: 101 },
      { open: 102, close: 103 },
      { open: 104, close: 90 },
      { open: 91, close: 91 },
    );
    const { trades } = backtest(`${UP} exit long when close < open`, { candles, fee: "0.001" });
    expect(trades).toHaveLength(1);
    expect(trades[0]).toMatchObject({
      side: "long",
      entryPrice: "102",
      entryAt: START + 61 * MINUTE_MS,
      exitPrice: "91",
      exitAt: START + 63 * MINUTE_MS,
      exitReason: "rule",
      amount: "97.94127",
    });
    expect(Number(trades[0]!.fees)).toBeCloseTo((97.94127 * (102 + 91)) / 1000, 10);
  });

  it("misses an entry whose next candle is not there, as it would have been missed live", () => {
    const candles = after(
      FLAT,
      { open: 100, close: 101 },
      { open: 101, close: 101 },
      { open: 101, close: 102 },
      { open: 103, close: 103 },
    );
    const holed = candles.filter((_, i) => i !== FLAT.length + 1);
    expect(backtest(UP, { candles }).entries.map((one) => one.entryPrice)).toEqual(["101"]);
    expect(backtest(UP, { candles: holed }).entries).toEqual([]);
  });

  it("leaves by a rule at the first price after a hole", () => {
    const rule = `${UP} exit long when close < open`;
    const bars = [
      { open: 100, close: 101 },
      { open: 101, close: 99 },
      { open: 98, close: 98 },
    ];
    const candles = after(FLAT, ...bars, { open: 90, close: 90 });
    const holed = candles.filter((_, i) => i !== FLAT.length + 2);
    expect(backtest(rule, { candles: holed }).trades).toMatchObject([
      { exitReason: "rule", exitPrice: "90", exitAt: START + (FLAT.length + 3) * MINUTE_MS },
    ]);
  });

  it("leaves the last position open and marks it to market", () => {
    const candles = after(FLAT, { open: 100, close: 101 }, { open: 100, close: 110 });
    const { trades, open, metrics, equity } = backtest(UP, { candles });
    expect(trades).toEqual([]);
    expect(open).toMatchObject({ lastPrice: "110", unrealisedPnl: "1000" });
    expect(metrics.finalEquity).toBe(11_000);
    expect(metrics.netProfit).toBe(1_000);
    expect(equity.values.at(-1)).toBe(11_000);
    expect(metrics.trades).toBe(0);
  });

  it("marks a short position to market too", () => {
    const candles = after(FLAT, { open: 100, close: 99 }, { open: 100, close: 90 });
    const { open, metrics } = backtest("enter short when close < open", { candles });
    expect(open).toMatchObject({ lastPrice: "90", unrealisedPnl: "1000" });
    expect(metrics.finalEquity).toBe(11_000);
  });

  it("never trades while it warms up", () => {
    const candles = candlesOf(
      Array.from({ length: 120 }, (_, i) => ({ open: 100, close: i % 2 === 0 ? 101 : 99 })),
    );
    const { entries } = backtest(UP, { candles });
    expect(entries[0]?.openedAt).toBeGreaterThanOrEqual(START + 50 * MINUTE_MS);
  });

  it("never trades on the history before `from`, and is warm there", () => {
    const candles = candlesOf(
      Array.from({ length: 120 }, (_, i) => ({ open: 100, close: i % 2 === 0 ? 101 : 99 })),
    );
    const from = START + 80 * MINUTE_MS;
    const { entries, metrics, candles: counted } = backtest(UP, { candles, from });
    expect(entries[0]?.openedAt).toBe(START + 81 * MINUTE_MS);
    expect(metrics.from).toBe(from);
    expect(counted).toEqual({ tested: 40, history: 80, detailed: 0 });
  });

  it("counts signals that came to nothing by their reason", () => {
    const candles = candlesOf([...randomBars(3, 400), { open: 90, close: 90 }]);
    const { signals, entries } = backtest(`${UP} max 2m cooldown 10m size 4 USDT`, { candles });
    expect(entries).toEqual([]);
    expect(signals.blocked).toEqual({ "below-min-notional": signals.fired });
    expect(signals.fired).toBeGreaterThan(10);
  });

  it("refuses candles out of order and ranges without candles", () => {
    const candles = randomCandles(1, 80);
    const codes = [
      () => backtest(UP, { candles: candles.toReversed() }),
      () => backtest(UP, { candles: [...candles, candles.at(-1)!] }),
      () => backtest(UP, { candles: [], timeframe: "1m" }),
      () => backtest(UP, { candles, from: START + 80 * MINUTE_MS }),
    ].map((run) => {
      try {
        run();
      } catch (error) {
        return error instanceof Fault ? error.code : error;
      }
      return "nothing";
    });
    expect(codes).toEqual([
      "candles-unordered",
      "candles-unordered",
      "backtest-no-candles",
      "backtest-no-candles",
    ]);
  });

  it("tells how far it is, to the end", () => {
    const seen: number[] = [];
    const candles = randomCandles(1, 20_000);
    const { parts, metrics } = backtest(UP, { candles });
    expect(parts?.inSample.until).toBe(parts?.outOfSample.from);
    expect(parts?.outOfSample.until).toBe(metrics.until);
    backtest(UP, { candles }, (done, total) => seen.push(done / total));
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(2);
  });
});

describe("1m candles within longer ones", () => {
  const rule = `${UP} stop 5% take 5% size 100%`;
  const quarter = (bars: readonly object[]) => {
    const minutes = candlesOf(bars as { close: number }[]);
    return { minutes, candles: summed(minutes, "5m") };
  };
  const flat = Array.from({ length: 5 * 60 }, () => ({ open: 100, close: 100 }));
  const signal = [100, 100, 100, 100, 101].map((close) => ({ open: 100, close }));
  const upThenDown = [
    { open: 100, close: 106 },
    { open: 106, close: 94 },
    ...[94, 94, 94].map((close) => ({ open: 94, close })),
  ];
  const { minutes, candles } = quarter([...flat, ...signal, ...upThenDown]);

  it("decide whether stop or target came first", () => {
    const { trades, candles: counted } = backtest(rule, { candles, detail: minutes });
    expect(trades[0]).toMatchObject({ exitReason: "take_profit", exitPrice: "105" });
    expect(trades[0]?.exitAt).toBe(START + (flat.length + 6) * MINUTE_MS - 1);
    expect(counted.detailed).toBe(candles.length);
  });

  it("where they are not there, the stop comes first", () => {
    const { trades } = backtest(rule, { candles });
    expect(trades[0]).toMatchObject({ exitReason: "stop_loss", exitPrice: "95" });
  });

  it("where one of them is missing, the longer candle counts", () => {
    const holed = minutes.filter((_, i) => i !== flat.length + signal.length + 4);
    const { trades, candles: counted } = backtest(rule, { candles, detail: holed });
    expect(trades[0]).toMatchObject({ exitReason: "stop_loss", exitPrice: "95" });
    expect(counted.detailed).toBe(candles.length - 1);
  });

  it("change nothing where they begin after the tested candles", () => {
    const later = candlesOf([{ open: 1, close: 1 }], "1m", START + 30 * 86_400_000);
    const own = randomCandles(9, 600, { timeframe: "5m" });
    const close = `${UP} stop 1% take 1%`;
    const without = backtest(close, { candles: own });
    expect(backtest(close, { candles: own, detail: later }).trades).toEqual(without.trades);
    expect(without.trades.length).toBeGreaterThan(5);
  });
});

describe("longer timeframes a rule reads", () => {
  const rule = "enter long when close > sma(4)@1h exit long when close < sma(4)@1h size 50%";
  const candles = randomCandles(5, 2_000, { timeframe: "15m" });
  const hours = summed(candles, "1h");

  it("are summed from the own candles when none are given", () => {
    const summedHere = backtest(rule, { candles });
    expect(summedHere.trades.length).toBeGreaterThan(20);
    expect(backtest(rule, { candles, higher: { "1h": hours } }).trades).toEqual(summedHere.trades);
  });

  it("are summed where the given ones have holes", () => {
    const holed = hours.filter((_, i) => i % 7 !== 3);
    expect(backtest(rule, { candles, higher: { "1h": holed } }).trades).toEqual(
      backtest(rule, { candles }).trades,
    );
  });

  it("reach back before the own candles when they are given", () => {
    const from = candles[1_000]!.openTime;
    const own = candles.slice(1_000);
    const known = backtest(rule, { candles: own, higher: { "1h": hours }, from });
    const first = known.signals.fired;
    expect(first).toBeGreaterThan(0);
    const tail = backtest(rule, { candles, from });
    expect(known.trades.at(-1)?.exitAt).toBe(tail.trades.at(-1)?.exitAt);
  });
});
