/** Backtests as people ask for them: of what, on which candles, one at a time. */
import { describe, expect, it } from "vitest";
import { Backtests, type BacktestWish } from "../../../src/app/backtests.ts";
import type { RunBacktest } from "../../../src/app/backtest-job.ts";
import { Drafting } from "../../../src/app/drafting.ts";
import { Turns } from "../../../src/app/turns.ts";
import type { User } from "../../../src/domain/user.ts";
import type { CandleRequest } from "../../../src/ports/market-data.ts";
import { randomCandles, SYMBOL } from "../../support/candle-lists.ts";
import { backtestHere, MemoryCandleStore, RandomExchange } from "../../support/memory-candles.ts";
import { NOON, testApp } from "../../support/test-app.ts";

const RULE =
  "enter long when ema(5) crosses above ema(13) exit long when ema(5) crosses below ema(13)";
const DAY_MS = 86_400_000;

function desk(run: RunBacktest = backtestHere) {
  const { market, gateway } = testApp();
  const exchange = new RandomExchange(() => NOON);
  const candles = new MemoryCandleStore();
  const settings = {
    quoteAsset: "USDT",
    defaultSymbol: SYMBOL,
    startingBalance: "10000",
    fee: "0.001",
    slippage: "0.0005",
  };
  const data = {
    instrument: (symbol: string) => market.instrument(symbol),
    serverTime: () => exchange.serverTime(),
    closedCandles: (request: CandleRequest) => exchange.closedCandles(request),
  };
  const drafting = new Drafting({ market, settings });
  const turns = new Turns();
  const parts = { gateway, drafting, market: data, candles, settings };
  const backtests = new Backtests({ ...parts, run, turns });
  return { backtests, turns, exchange, candles };
}

const ANN = { id: "ann", role: "trader", suspended: false } as User;
const BOB = { ...ANN, id: "bob" };
const CID = { ...ANN, id: "cid" };

function wish(change: Partial<BacktestWish> = {}): BacktestWish {
  return {
    what: { kind: "rule", ruleText: RULE },
    symbol: null,
    timeframe: "1h",
    from: NOON - 60 * DAY_MS,
    until: null,
    ...change,
  };
}

describe("a backtest", () => {
  it("fetches what is not stored, history included, and tests the range asked for", async () => {
    const { backtests, exchange } = desk();
    const phases = new Set<string>();
    const { result, complete } = await backtests.run(ANN, wish(), (phase) => phases.add(phase));
    expect([...phases]).toEqual(["fetching", "testing"]);
    expect(complete).toBe(true);
    expect(result.candles).toMatchObject({ tested: 60 * 24, history: 131 });
    expect(result.trades.length).toBeGreaterThan(20);
    expect(exchange.asked).toEqual(["1h"]);
    await backtests.run(ANN, wish());
    expect(exchange.asked).toEqual(["1h"]);
  });

  it("of a built-in rule takes its timeframe and reads what it reads", async () => {
    const { backtests, exchange } = desk();
    const what = { kind: "template", key: "RSI-reversal-15m" } as const;
    const { result } = await backtests.run(ANN, wish({ what, timeframe: null }));
    expect(result.timeframe).toBe("15m");
    expect(new Set(exchange.asked)).toEqual(new Set(["15m", "4h"]));
  });

  it("uses stored 1m candles where a rule has levels", async () => {
    const { backtests, candles } = desk();
    const from = NOON - (NOON % DAY_MS) - DAY_MS;
    await candles.save(randomCandles(1, 24 * 60, { from }));
    const what = { kind: "rule", ruleText: `${RULE} stop 1%` } as const;
    const { result } = await backtests.run(ANN, wish({ what, from: from - DAY_MS }));
    expect(result.candles.detailed).toBe(24);
    const plain = await backtests.run(ANN, wish({ from: from - DAY_MS }));
    expect(plain.result.candles.detailed).toBe(0);
  });

  it("goes on with what is stored when the exchange is away, and says so", async () => {
    const { backtests, exchange } = desk();
    await backtests.run(ANN, wish());
    exchange.isAway = true;
    const until = NOON - 10 * DAY_MS;
    const { complete, result } = await backtests.run(ANN, wish({ until }));
    expect(complete).toBe(false);
    expect(result.metrics.until).toBe(until - (until % 3_600_000));
  });

  it.each([
    ["unknown-template", { what: { kind: "template", key: "none" } }],
    ["not-found", { what: { kind: "strategy", number: 7 } }],
    ["rule-unknown-indicator", { what: { kind: "rule", ruleText: "enter long when foo(3) > 1" } }],
    ["unknown-symbol", { symbol: "NOPEUSDT" }],
    ["range-empty", { from: NOON, until: NOON }],
    ["too-many-candles", { timeframe: "1m", from: NOON - 500 * DAY_MS }],
  ] as const)("is refused with %s", async (code, change) => {
    const { backtests } = desk();
    await expect(backtests.run(ANN, wish(change as never))).rejects.toMatchObject({ code });
  });
});

describe("several backtests", () => {
  const endless: RunBacktest = (_job, { signal }) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason as Error));
    });

  it("are one at a time for each person, and few in all", async () => {
    const { backtests, turns } = desk(endless);
    const running = [backtests.run(ANN, wish()), backtests.run(BOB, wish())];
    await expect(backtests.run(ANN, wish())).rejects.toMatchObject({ code: "backtest-running" });
    await expect(backtests.run(CID, wish())).rejects.toMatchObject({ code: "backtests-busy" });
    expect([turns.cancel(ANN), turns.cancel(BOB), turns.cancel(CID)]).toEqual([true, true, false]);
    for (const one of running) {
      await expect(one).rejects.toMatchObject({ code: "backtest-cancelled" });
    }
    expect(turns.cancel(ANN)).toBe(false);
  });
});
