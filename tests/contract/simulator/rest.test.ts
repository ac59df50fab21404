/** The REST answers of the simulated exchange: rows, rules of ranges, exchangeInfo, refusals. */
import { describe, expect, it } from "vitest";
import { TIMEFRAMES, timeframeMs } from "../../../src/domain/timeframe.ts";
import { scriptedMarket } from "../../../src/exchange/simulator/scripted-minutes.ts";
import { MINUTE_MS, START, startExchange, type Fixture } from "./exchange-fixture.ts";

type Row = [number, string, string, string, string, string, number, ...(number | string)[]];

async function rows({ get }: Fixture, query: string): Promise<Row[]> {
  const { status, body } = await get(`/api/v3/klines?symbol=BTCUSDT&${query}`);
  expect(status).toBe(200);
  return body as Row[];
}

const at = (index: number) => START - 600_000 + index * MINUTE_MS;

const openTimes = (list: readonly Row[]) => list.map(([openTime]) => openTime);

describe("klines", () => {
  it("give rows of twelve with the recorded types", async () => {
    const fixture = await startExchange();
    const [row] = await rows(fixture, "interval=1m&limit=1");
    const decimal = expect.stringMatching(/^\d+\.\d{8}$/);
    const count = expect.any(Number);
    expect(row).toEqual([
      START,
      decimal,
      decimal,
      decimal,
      decimal,
      decimal,
      START + MINUTE_MS - 1,
      decimal,
      count,
      decimal,
      decimal,
      "0",
    ]);
  });

  it("give 500 rows by default and 1,000 at most, oldest first, the open candle last", async () => {
    const fixture = await startExchange();
    const usual = await rows(fixture, "interval=1m");
    const most = await rows(fixture, "interval=1m&limit=5000");
    expect(usual).toHaveLength(500);
    expect(most).toHaveLength(1000);
    const expected = Array.from({ length: 1000 }, (_, index) => START - (999 - index) * MINUTE_MS);
    expect(openTimes(most)).toEqual(expected);
    expect(usual).toEqual(most.slice(500));
  });

  it("include a row by its open time, at both ends", async () => {
    const fixture = await startExchange();
    const range = async (from: number, to: number) =>
      openTimes(await rows(fixture, `interval=1m&startTime=${from}&endTime=${to}`));
    expect(await range(at(0), at(3))).toEqual([at(0), at(1), at(2), at(3)]);
    expect(await range(at(0) + 1, at(3) - 1)).toEqual([at(1), at(2)]);
    expect(await range(at(2), at(2))).toEqual([at(2)]);
    expect(await range(at(3), at(2))).toEqual([]);
  });

  it("start at startTime alone, end at endTime alone", async () => {
    const fixture = await startExchange();
    const from = START - 100 * MINUTE_MS;
    const after = await rows(fixture, `interval=1m&startTime=${from}&limit=3`);
    expect(openTimes(after)).toEqual([from, from + MINUTE_MS, from + 2 * MINUTE_MS]);
    const before = await rows(fixture, `interval=1m&endTime=${from}&limit=3`);
    expect(openTimes(before)).toEqual([from - 2 * MINUTE_MS, from - MINUTE_MS, from]);
  });

  it("begin 300 days before the start", async () => {
    const fixture = await startExchange();
    const days = await rows(fixture, "interval=1d&startTime=0&limit=1000");
    expect(openTimes(days)).toEqual(
      Array.from({ length: 301 }, (_, day) => START - (300 - day) * 86_400_000),
    );
  });

  it("show the candle that is still open as it stands", async () => {
    const fixture = await startExchange();
    const client = await fixture.connect("/stream?streams=btcusdt@kline_1d/btcusdt@kline_1m");
    await fixture.advance(START + 26 * MINUTE_MS + 14_000, client);
    for (const { k } of client.klines().slice(-2)) {
      const [row] = await rows(fixture, `interval=${k.i}&limit=1`);
      expect(row).toEqual([k.t, k.o, k.h, k.l, k.c, k.v, k.T, k.q, k.n, k.V, k.Q, "0"]);
    }
  });

  it("answer for all six timeframes", async () => {
    const fixture = await startExchange();
    for (const timeframe of TIMEFRAMES) {
      const list = await rows(fixture, `interval=${timeframe}&limit=3`);
      const step = timeframeMs(timeframe);
      expect(openTimes(list)).toEqual([START - 2 * step, START - step, START]);
    }
  });

  it("leave out what a scripted market does not have", async () => {
    const flat = { open: "5", high: "5", low: "5", close: "5", volume: "1" };
    const minutes = [0, 1, 4].map((index) => {
      const openTime = START + index * MINUTE_MS;
      return { symbol: "BTCUSDT", timeframe: "1m" as const, openTime, ...flat };
    });
    const fixture = await startExchange({ market: scriptedMarket(minutes) });
    await fixture.exchange.advanceTo(START + 10 * MINUTE_MS);
    expect(openTimes(await rows(fixture, "interval=1m&limit=3"))).toEqual(
      minutes.map(({ openTime }) => openTime),
    );
  });
});

describe("the small endpoints", () => {
  it("ping is empty and time is virtual", async () => {
    const { exchange, get } = await startExchange();
    await exchange.advanceTo(START + 12_345);
    expect((await get("/api/v3/ping")).body).toEqual({});
    expect((await get("/api/v3/time")).body).toEqual({ serverTime: START + 12_345 });
  });

  it("ticker/price gives one, several or all symbols, at the last close", async () => {
    const { exchange, get } = await startExchange();
    await exchange.advanceTo(START + 90_000);
    const [row] = (await get("/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1")).body as Row[];
    const bitcoin = { symbol: "BTCUSDT", price: row![4] };
    expect((await get("/api/v3/ticker/price?symbol=BTCUSDT")).body).toEqual(bitcoin);
    const list = encodeURIComponent('["ETHUSDT","BTCUSDT"]');
    const several = (await get(`/api/v3/ticker/price?symbols=${list}`)).body;
    expect(several).toEqual([expect.objectContaining({ symbol: "ETHUSDT" }), bitcoin]);
    expect((await get("/api/v3/ticker/price")).body).toHaveLength(3);
  });

  it("unknown paths are not found", async () => {
    const { get } = await startExchange();
    expect(await get("/api/v3/nothing")).toMatchObject({ status: 404 });
    expect(await get("/")).toMatchObject({ status: 404 });
  });
});

describe("exchangeInfo", () => {
  it("tells the recorded filters of a symbol", async () => {
    const { get } = await startExchange();
    const { body } = await get("/api/v3/exchangeInfo?symbol=BTCUSDT");
    const info = body as { symbols: { filters: { filterType: string }[] }[] };
    expect(info).toMatchObject({
      timezone: "UTC",
      serverTime: START + 1000,
      exchangeFilters: [],
      symbols: [{ symbol: "BTCUSDT", status: "TRADING", baseAsset: "BTC", quoteAsset: "USDT" }],
    });
    const filter = (type: string) =>
      info.symbols[0]!.filters.find(({ filterType }) => filterType === type);
    expect(filter("PRICE_FILTER")).toEqual({
      filterType: "PRICE_FILTER",
      minPrice: "0.01000000",
      maxPrice: "1000000.00000000",
      tickSize: "0.01000000",
    });
    expect(filter("LOT_SIZE")).toEqual({
      filterType: "LOT_SIZE",
      minQty: "0.00001000",
      maxQty: "9000.00000000",
      stepSize: "0.00001000",
    });
    expect(filter("NOTIONAL")).toEqual({
      filterType: "NOTIONAL",
      minNotional: "5.00000000",
      applyMinToMarket: true,
      maxNotional: "9000000.00000000",
      applyMaxToMarket: false,
      avgPriceMins: 5,
    });
    expect(filter("MARKET_LOT_SIZE")).toMatchObject({ minQty: "0.00000000" });
  });

  it("tells several symbols, or all, and the rate limits", async () => {
    const { get } = await startExchange();
    const list = encodeURIComponent('["ETHUSDT","DOGEUSDT"]');
    const several = (await get(`/api/v3/exchangeInfo?symbols=${list}`)).body;
    expect(several).toMatchObject({ symbols: [{ symbol: "ETHUSDT" }, { symbol: "DOGEUSDT" }] });
    const all = (await get("/api/v3/exchangeInfo?showPermissionSets=false")).body;
    expect(all).toMatchObject({
      symbols: [{ symbol: "BTCUSDT" }, { symbol: "ETHUSDT" }, { symbol: "DOGEUSDT" }],
      rateLimits: expect.arrayContaining([
        { rateLimitType: "REQUEST_WEIGHT", interval: "MINUTE", intervalNum: 1, limit: 6000 },
      ]),
    });
    expect(JSON.stringify(all)).not.toContain("permissionSets");
  });
});

describe("refusals", () => {
  const klines = "/api/v3/klines";
  it.each([
    [`${klines}?symbol=NOSUCHUSDT&interval=1m`, -1121, "Invalid symbol."],
    [`${klines}?symbol=BTCUSDT&interval=1x`, -1120, "Invalid interval."],
    [
      `${klines}?interval=1m`,
      -1102,
      "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.",
    ],
    [
      `${klines}?symbol=BTCUSDT`,
      -1102,
      "Mandatory parameter 'interval' was not sent, was empty/null, or malformed.",
    ],
    [`${klines}?symbol=&interval=1m`, -1105, "Parameter 'symbol' was empty."],
    [
      `${klines}?symbol=btcusdt&interval=1m`,
      -1100,
      "Illegal characters found in parameter 'symbol'; legal range is '^[A-Z0-9-_.]{1,20}$'.",
    ],
    [
      `${klines}?symbol=BTCUSDT&interval=1m&startTime=None`,
      -1100,
      "Illegal characters found in parameter 'startTime'; legal range is '^[0-9]{1,20}$'.",
    ],
    [
      `${klines}?symbol=BTCUSDT&interval=1m&limit=0`,
      -1130,
      "Data sent for parameter 'limit' is not valid.",
    ],
    [
      `${klines}?symbol=BTCUSDT&interval=1m&start_time=5`,
      -1104,
      "Not all sent parameters were read; read '2' parameter(s) but was sent '3'.",
    ],
    ["/api/v3/time?x=1", -1101, "Too many parameters; expected '0' and received '1'."],
    ["/api/v3/exchangeInfo?symbol=NOSUCHUSDT", -1121, "Invalid symbol."],
    [
      "/api/v3/ticker/price?symbol=BTCUSDT&symbols=%5B%22BTCUSDT%22%5D",
      -1128,
      "Combination of optional parameters invalid.",
    ],
  ])("%s is refused with %i", async (path, code, msg) => {
    const { get } = await startExchange();
    expect(await get(path)).toMatchObject({ status: 400, body: { code, msg } });
  });
});
