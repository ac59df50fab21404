/** Closed candles: paging, holes, the forming candle, and rows that cannot be true. */
import { describe, expect, it } from "vitest";
import { START } from "../../unit/exchange/binance/manual-time.ts";
import { closedBefore, KLINES, klines, pagesOf, row, setUp } from "./rest-harness.ts";

const MINUTE_MS = 60_000;

describe("closed candles", () => {
  it("come with their decimals as sent", async () => {
    const { server, data } = await setUp();
    const [openTime] = closedBefore("1m", 1);
    server.on(KLINES, klines([openTime!]));
    expect(await pagesOf(data, { from: openTime!, to: openTime! })).toEqual([
      [
        {
          symbol: "BTCUSDT",
          timeframe: "1m",
          openTime,
          open: "100.00000000",
          high: "102.00000000",
          low: "99.50000000",
          close: "101.50000000",
          volume: "12.5",
        },
      ],
    ]);
    expect(server.requestsOf(KLINES)).toEqual([
      {
        path: KLINES,
        query: {
          symbol: "BTCUSDT",
          interval: "1m",
          startTime: String(openTime),
          endTime: String(openTime),
          limit: "1000",
        },
      },
    ]);
  });

  it.each([
    [1, [1], 1],
    [999, [999], 1],
    [1_000, [1_000], 2],
    [1_001, [1_000, 1], 2],
    [4_320, [1_000, 1_000, 1_000, 1_000, 320], 5],
  ])("of a gap of %i are paged by a thousand", async (count, pages, requests) => {
    const { server, data } = await setUp();
    const openTimes = closedBefore("1m", count);
    server.on(KLINES, klines(openTimes));
    const got = await pagesOf(data, { from: openTimes[0]!, to: START });
    expect(got.map((page) => page.length)).toEqual(pages);
    expect(got.flat().map(({ openTime }) => openTime)).toEqual(openTimes);
    expect(server.requestsOf(KLINES)).toHaveLength(requests);
  });

  it("that the exchange does not have are absent, in the middle of pages and between them", async () => {
    const { server, data } = await setUp();
    const openTimes = closedBefore("1m", 3_000).filter(
      (_, index) => index < 100 || (index > 200 && index < 990) || index > 2_500,
    );
    server.on(KLINES, klines(openTimes));
    const got = await pagesOf(data, { from: START - 3_000 * MINUTE_MS, to: START });
    expect(got.flat().map(({ openTime }) => openTime)).toEqual(openTimes);
  });

  it("are none where there is nothing", async () => {
    const { server, data } = await setUp();
    server.on(KLINES, klines([]));
    expect(await pagesOf(data, { from: START - 3 * MINUTE_MS, to: START })).toEqual([]);
  });

  it("of a range that ends before it begins are not asked for", async () => {
    const { server, data } = await setUp();
    expect(await pagesOf(data, { from: START, to: START - 1 })).toEqual([]);
    expect(server.requests.all).toEqual([]);
  });

  it("never include the one that still forms", async () => {
    const { server, data } = await setUp();
    const closed = closedBefore("1m", 2);
    server.on(KLINES, klines([...closed, START]));
    const got = await pagesOf(data, { from: closed[0]!, to: START + MINUTE_MS });
    expect(got.flat().map(({ openTime }) => openTime)).toEqual(closed);
  });

  it("do not include it at the end of a full page either", async () => {
    const { server, data } = await setUp();
    const closed = closedBefore("1m", 999);
    server.on(KLINES, klines([...closed, START]));
    const got = await pagesOf(data, { from: closed[0]!, to: START + MINUTE_MS });
    expect(got.map((page) => page.length)).toEqual([999]);
    expect(server.requestsOf(KLINES)).toHaveLength(1);
  });

  it.each([
    ["ahead of", 5_000, 1],
    ["behind", -5_000, 0],
  ])("are judged by the exchange's clock when it is %s ours", async (_, offsetMs, count) => {
    const { server, time, data } = await setUp({ offsetMs });
    const forming = START;
    time.advance(MINUTE_MS - 2_000 + (offsetMs < 0 ? 4_000 : 0));
    server.on(KLINES, klines([forming]));
    const got = await pagesOf(data, { from: forming, to: forming });
    expect(got.flat()).toHaveLength(count);
  });

  it("closing while the answer is under way count as forming", async () => {
    const { server, time, data } = await setUp();
    time.advance(MINUTE_MS - 1);
    server.on(KLINES, (request) => {
      time.advance(1_000);
      return klines([START])(request);
    });
    expect(await pagesOf(data, { from: START, to: START })).toEqual([]);
  });

  it("are asked for page by page only as they are taken", async () => {
    const { server, data } = await setUp();
    const openTimes = closedBefore("1m", 2_500);
    server.on(KLINES, klines(openTimes));
    const request = { symbol: "BTCUSDT", timeframe: "1m" as const, from: openTimes[0]!, to: START };
    for await (const page of data.closedCandles(request)) {
      expect(page).toHaveLength(1_000);
      break;
    }
    expect(server.requestsOf(KLINES)).toHaveLength(1);
  });
});

describe("rows that cannot be true", () => {
  const [before, openTime] = closedBefore("1m", 2) as [number, number];
  const rows = (otherwise: Record<number, unknown>): unknown => [row("1m", openTime, otherwise)];
  it.each([
    ["no list", "wrong-shape", { rows: [] }],
    ["a row that is no list", "wrong-shape", [{}]],
    ["an empty row", "bad-time", [[]]],
    ["a price that is no decimal", "bad-number", rows({ 1: "1e5" })],
    ["a price as a number", "bad-number", rows({ 4: 101.5 })],
    ["a low above the high", "price-range", rows({ 3: "103" })],
    ["a negative volume", "bad-number", rows({ 5: "-1" })],
    ["an open time off the grid", "bad-time", rows({ 0: openTime + 1 })],
    ["a close time of another timeframe", "bad-time", rows({ 6: openTime + 299_999 })],
    ["a row before the range", "out-of-order", [row("1m", before - MINUTE_MS)]],
    ["a row after the range", "out-of-order", [row("1m", START)]],
    ["the same row twice", "out-of-order", [row("1m", openTime), row("1m", openTime)]],
    ["rows backwards", "out-of-order", [row("1m", openTime), row("1m", before)]],
  ])("such as %s are a fault: %s", async (_, problem, body) => {
    const { server, data } = await setUp();
    server.on(KLINES, () => ({ body }));
    await expect(pagesOf(data, { from: before, to: openTime })).rejects.toMatchObject({
      code: "exchange-sent-nonsense",
      facts: { path: KLINES, problem, symbol: "BTCUSDT", timeframe: "1m", from: before },
    });
    expect(server.requestsOf(KLINES)).toHaveLength(1);
  });

  it("such as an answer that is no JSON are a fault", async () => {
    const { server, data } = await setUp();
    server.on(KLINES, () => ({ body: "<html>" }));
    await expect(pagesOf(data, { from: before, to: openTime })).rejects.toMatchObject({
      code: "exchange-sent-nonsense",
      facts: { problem: "not-json" },
    });
  });
});
