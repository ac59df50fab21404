/**
 * The promise under every backtest: the same candles, once through the live path (simulated exchange,
 * sockets, feeds, engine, database) and once through the backtest, give the same trades to the last
 * digit. What the backtest is fed with is what the live path stored. So /drift finds no difference.
 */
import { describe, expect, it, onTestFinished } from "vitest";
import type { Candle } from "../../src/domain/candle.ts";
import { TIMEFRAMES, type Timeframe } from "../../src/domain/timeframe.ts";
import { runBacktest } from "../../src/engine/backtest.ts";
import { BinanceMarketData } from "../../src/exchange/binance/rest.ts";
import { scriptedMarket } from "../../src/exchange/simulator/scripted-minutes.ts";
import { ExchangeSimulator } from "../../src/exchange/simulator/simulator.ts";
import { SystemClock } from "../../src/runtime/clocks.ts";
import { PostgresCandleStore } from "../../src/storage/candle-store.ts";
import { essence, randomCandles, SYMBOL } from "../support/candle-lists.ts";
import { silentLogger } from "../support/database.ts";
import {
  HOMES,
  MIDNIGHT,
  MINUTE_MS,
  startOn,
  until,
  type Running,
} from "../support/running-service.ts";

const HISTORY_MINUTES = 24 * 60;
const LIVE_MINUTES = 5 * 60;
const VOLATILITY = 0.004;

const RULES: readonly (readonly [Timeframe, string])[] = [
  ["1m", "enter long when close > ema(5) exit long when close < ema(5) size 50%"],
  [
    "1m",
    "enter long when rsi(7) crosses above 45 enter short when rsi(7) crosses below 55 stop 0.4% take 0.6% max 7m size 20%",
  ],
  ["1m", "enter long when close > highest(high, 5)[1] trail 0.3% cooldown 2m size 100%"],
  [
    "1m",
    "enter short when close < sma(8) exit short when profit > 0.5% or held > 9m stop 0.7% trail 0.4% after 0.3%",
  ],
  [
    "5m",
    "enter long when close > sma(4) and close > sma(3)@15m exit long when close < sma(4) stop 0.8% size 30%",
  ],
  [
    "5m",
    "enter short when ema(3) crosses below ema(6) exit short when ema(3) crosses above ema(6) enter long when ema(3) crosses above ema(6) exit long when ema(3) crosses below ema(6) trail 0.6% size 250 USDT",
  ],
  [
    "15m",
    "enter long when close > open enter short when close < open stop 0.5% take 0.5% size 15%",
  ],
];

async function startScripted(minutes: readonly Candle[]): Promise<ExchangeSimulator> {
  const exchange = await ExchangeSimulator.start({
    speed: "manual",
    startAt: MIDNIGHT + 1_000,
    market: scriptedMarket(minutes),
  });
  onTestFinished(() => exchange.stop());
  return exchange;
}

/** Told to every connection and taken in by it, one push of each timeframe at a time. */
async function push(exchange: ExchangeSimulator, { service }: Running, to: number): Promise<void> {
  const messages = () => service.daemon.status().connections.map((one) => one.messages);
  const before = messages();
  await exchange.advanceTo(to);
  await until(() => messages().every((count, i) => count > (before[i] ?? 0)));
}

async function live(minutes: number, exchange: ExchangeSimulator, running: Running) {
  for (let minute = 0; minute < minutes; minute++) {
    const start = MIDNIGHT + minute * MINUTE_MS;
    await push(exchange, running, start + 3_000);
    await push(exchange, running, start + MINUTE_MS + 1_000);
  }
  await until(() => running.service.daemon.queueDepth() === 0);
  const last = MIDNIGHT + (minutes - 1) * MINUTE_MS;
  const store = new PostgresCandleStore(running.service.database);
  await until(async () => (await store.extent(SYMBOL, "1m"))?.newest === last);
}

async function adoptAll({ service, user }: Running): Promise<void> {
  for (const [index, [timeframe, ruleText]] of RULES.entries()) {
    const name = `rule ${index}`;
    await service.app.strategies.create(user, { name, symbol: SYMBOL, timeframe, ruleText });
  }
  await service.daemon.ready();
  await until(() => service.daemon.status().connections.every(({ connected }) => connected));
  await until(() => service.daemon.status().reasons.length === 0);
}

async function storedCandles({ service }: Running): Promise<Record<Timeframe, Candle[]>> {
  const store = new PostgresCandleStore(service.database);
  const lists: Partial<Record<Timeframe, Candle[]>> = {};
  for (const timeframe of TIMEFRAMES) {
    const range = { symbol: SYMBOL, timeframe, from: 0, to: MIDNIGHT + 48 * 60 * MINUTE_MS };
    lists[timeframe] = (await Array.fromAsync(store.pages(range))).flat();
  }
  return lists as Record<Timeframe, Candle[]>;
}

function instrumentOf({ restUrl }: ExchangeSimulator) {
  const data = new BinanceMarketData({ restUrl, clock: new SystemClock(), logger: silentLogger });
  return data.instrument(SYMBOL);
}

async function allTrades({ service, user }: Running) {
  const { trades, total } = await service.app.queries.trades(user, 1, 1_000);
  expect(trades.length).toBe(total);
  return trades.toSorted((a, b) => a.number - b.number);
}

describe.each(HOMES)("live and backtest, with the $name database", ({ make }) => {
  it("make the same trades to the last digit", async () => {
    const minutes = randomCandles(2_026, HISTORY_MINUTES + LIVE_MINUTES, {
      from: MIDNIGHT - HISTORY_MINUTES * MINUTE_MS,
      volatility: VOLATILITY,
    });
    const exchange = await startScripted(minutes);
    const running = await startOn(await make(), exchange);
    await adoptAll(running);
    await live(LIVE_MINUTES, exchange, running);
    const { service, user } = running;
    const candles = await storedCandles(running);
    const trades = await allTrades(running);
    const instrument = await instrumentOf(exchange);
    const strategies = service.daemon.strategies(user.id);
    expect(strategies).toHaveLength(RULES.length);
    for (const { strategy, run, position } of strategies) {
      const { timeframe, ruleText, number } = strategy;
      const { "1m": detail, ...higher } = candles;
      const result = runBacktest({
        ruleText,
        timeframe,
        instrument,
        candles: candles[timeframe],
        detail,
        higher,
        from: MIDNIGHT,
        capital: run.startingBalance,
        fee: "0.001",
        slippage: "0.0005",
      });
      const lived = trades.filter(({ strategyNumber }) => strategyNumber === number);
      expect(lived.length, ruleText).toBeGreaterThan(2);
      expect(essence(result.trades), ruleText).toEqual(essence(lived));
      expect(result.open?.position.entryPrice ?? null).toBe(position?.position.entryPrice ?? null);
      // Each takes a thread of its own: every second rule has one of all timeframes among them.
      if (number % 2 === 0) continue;
      const drift = await service.app.drift.compare(user, number);
      expect(drift.rows.map(({ status }) => status)).toEqual(drift.rows.map(() => "same"));
      expect(drift.rows).toHaveLength(lived.length + (position === null ? 0 : 1));
      expect(drift).toMatchObject({ difference: "0", byCause: [], complete: true });
    }
  });
});
