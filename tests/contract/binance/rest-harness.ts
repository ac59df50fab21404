/** Market data on a scripted server in manual time, and candles for it to answer with. */
import { onTestFinished } from "vitest";
import type { Candle } from "../../../src/domain/candle.ts";
import { closeTimeOf, timeframeMs, type Timeframe } from "../../../src/domain/timeframe.ts";
import {
  BinanceMarketData,
  type BinanceMarketDataOptions,
} from "../../../src/exchange/binance/rest.ts";
import { BinanceServer, type RestRequest, type Script } from "../../support/binance-server.ts";
import { ManualTime, START } from "../../unit/exchange/binance/manual-time.ts";
import { SILENT } from "./feed-harness.ts";

export const KLINES = "/api/v3/klines";
export const EXCHANGE_INFO = "/api/v3/exchangeInfo";
export const TIME = "/api/v3/time";

export interface RestHarness {
  readonly server: BinanceServer;
  readonly time: ManualTime;
  readonly data: BinanceMarketData;
}

/** The server's clock is ours plus `offsetMs`. */
export async function setUp(
  options: Partial<BinanceMarketDataOptions> & { offsetMs?: number } = {},
): Promise<RestHarness> {
  const server = await BinanceServer.start();
  const time = new ManualTime();
  const data = new BinanceMarketData({
    restUrl: server.restUrl,
    clock: time.clock,
    logger: SILENT,
    timers: time,
    random: () => 0.5,
    ...options,
  });
  server.on(TIME, () => ({ body: { serverTime: time.clock.now() + (options.offsetMs ?? 0) } }));
  onTestFinished(() => server.stop());
  return { server, time, data };
}

/** A kline row as Binance sends it, with whatever the test wants otherwise, by place. */
export function row(
  timeframe: Timeframe,
  openTime: number,
  otherwise: Record<number, unknown> = {},
): unknown[] {
  const prices = ["100.00000000", "102.00000000", "99.50000000", "101.50000000", "12.5"];
  const closeTime = closeTimeOf(timeframe, openTime);
  const values = [openTime, ...prices, closeTime, "1250.0", 42, "6.0", "600.0", "0"];
  return values.map((value, place) => (place in otherwise ? otherwise[place] : value));
}

/** Answers like the exchange: rows by open time, both ends included, at most `limit`, the forming one too. */
export function klines(openTimes: readonly number[]): Script {
  return ({ query }: RestRequest) => {
    const [from, to, limit] = [query["startTime"], query["endTime"], query["limit"]].map(Number);
    const times = openTimes.filter((time) => time >= from! && time <= to!).slice(0, limit);
    return { body: times.map((time) => row(query["interval"] as Timeframe, time)) };
  };
}

/** Open times of `count` candles, the last of which has just closed at the start of the test. */
export function closedBefore(timeframe: Timeframe, count: number): number[] {
  const length = timeframeMs(timeframe);
  return Array.from({ length: count }, (_, index) => START - (count - index) * length);
}

/** All pages of a request. */
export async function pagesOf(
  data: BinanceMarketData,
  range: { from: number; to: number },
  signal?: AbortSignal,
): Promise<(readonly Candle[])[]> {
  const request = { symbol: "BTCUSDT", timeframe: "1m" as const, ...range };
  return Array.fromAsync(data.closedCandles(request, signal));
}

/** An exchangeInfo with these symbols. */
export function exchangeInfo(
  statuses: Record<string, string>,
  weightLimit = 6_000,
): { body: unknown } {
  const symbols = Object.entries(statuses).map(([symbol, status]) => ({
    symbol,
    status,
    baseAsset: symbol.slice(0, -4),
    quoteAsset: symbol.slice(-4),
    filters: [{ filterType: "PRICE_FILTER", tickSize: "0.01000000" }],
  }));
  const limit = { rateLimitType: "REQUEST_WEIGHT", interval: "MINUTE", intervalNum: 1 };
  return { body: { rateLimits: [{ ...limit, limit: weightLimit }], symbols } };
}
