/** Instruments and the exchange's clock. */
import { describe, expect, it } from "vitest";
import { REST_TIMINGS } from "../../../src/exchange/binance/timing.ts";
import { START } from "../../unit/exchange/binance/manual-time.ts";
import { EXCHANGE_INFO, exchangeInfo, setUp, TIME } from "./rest-harness.ts";

describe("instruments", () => {
  const TRADED = { BTCUSDT: "TRADING", ETHUSDT: "TRADING", LUNAUSDT: "BREAK" };

  it("are known by symbol, whatever their status", async () => {
    const { server, data } = await setUp();
    server.on(EXCHANGE_INFO, () => exchangeInfo(TRADED));
    const bitcoin = { symbol: "BTCUSDT", baseAsset: "BTC", quoteAsset: "USDT", tickSize: "0.01" };
    expect(await data.instrument("BTCUSDT")).toMatchObject(bitcoin);
    expect(await data.instrument("LUNAUSDT")).toMatchObject({ status: "BREAK" });
    expect(server.requestsOf(EXCHANGE_INFO)[0]?.query).toEqual({ showPermissionSets: "false" });
  });

  it.each(["DOGEUSDT", "btcusdt", "", "__proto__", "constructor"])(
    "are a fault for %j, which does not exist",
    async (symbol) => {
      const { server, data } = await setUp();
      server.on(EXCHANGE_INFO, () => exchangeInfo(TRADED));
      await expect(data.instrument(symbol)).rejects.toMatchObject({
        code: "unknown-symbol",
        facts: { symbol },
      });
    },
  );

  it("list what can be traded", async () => {
    const { server, data } = await setUp();
    server.on(EXCHANGE_INFO, () => exchangeInfo(TRADED));
    expect(await data.symbols()).toEqual(["BTCUSDT", "ETHUSDT"]);
  });

  it("are asked for once an hour, however many ask", async () => {
    const { server, time, data } = await setUp();
    server.on(
      EXCHANGE_INFO,
      () => exchangeInfo(TRADED),
      () => exchangeInfo({ XUSDT: "TRADING" }),
    );
    await Promise.all([data.instrument("BTCUSDT"), data.instrument("ETHUSDT"), data.symbols()]);
    time.advance(REST_TIMINGS.instrumentsMs - 1);
    await data.instrument("BTCUSDT");
    expect(server.requestsOf(EXCHANGE_INFO)).toHaveLength(1);
    time.advance(1);
    expect(await data.symbols()).toEqual(["XUSDT"]);
    expect(server.requestsOf(EXCHANGE_INFO)).toHaveLength(2);
  });

  it("go on to be known when they cannot be renewed", async () => {
    const { server, time, data } = await setUp();
    server.on(
      EXCHANGE_INFO,
      () => exchangeInfo(TRADED),
      () => ({ status: 451 }),
    );
    await data.instrument("BTCUSDT");
    time.advance(REST_TIMINGS.instrumentsMs);
    expect(await data.instrument("BTCUSDT")).toMatchObject({ symbol: "BTCUSDT" });
    expect(server.requestsOf(EXCHANGE_INFO)).toHaveLength(2);
  });

  it("bring the weight limit with them", async () => {
    const { server, data } = await setUp();
    server.on(EXCHANGE_INFO, () => exchangeInfo(TRADED, 1_200));
    await data.symbols();
    expect(data.limits()).toMatchObject({ weightLimit: 1_200, usedWeight: 20 });
  });

  it("of an answer of another shape are a fault", async () => {
    const { server, data } = await setUp();
    server.on(EXCHANGE_INFO, () => ({ body: { symbols: 7 } }));
    await expect(data.symbols()).rejects.toMatchObject({
      code: "exchange-sent-nonsense",
      facts: { path: EXCHANGE_INFO, problem: "wrong-shape" },
    });
  });
});

describe("the exchange's clock", () => {
  it("is asked for", async () => {
    const { data } = await setUp({ offsetMs: 700 });
    expect(await data.serverTime()).toBe(START + 700);
  });

  it("is measured by the quickest of three answers", async () => {
    const { server, time, data } = await setUp();
    expect(data.timeOffsetMs()).toBeNull();
    const answer = (wayThereMs: number, wayBackMs: number) => () => {
      time.advance(wayThereMs);
      const serverTime = time.clock.now() - 1_500;
      time.advance(wayBackMs);
      return { body: { serverTime } };
    };
    server.on(TIME, answer(300, 10), answer(20, 20), answer(0, 90));
    expect(await data.syncTime()).toBe(-1_500);
    expect(data.timeOffsetMs()).toBe(-1_500);
    expect(server.requestsOf(TIME)).toHaveLength(3);
  });

  it.each([{}, [], { serverTime: "now" }, { serverTime: -1 }, { serverTime: 1.5 }])(
    "is not believed to be %j",
    async (body) => {
      const { server, data } = await setUp();
      server.on(TIME, () => ({ body }));
      await expect(data.serverTime()).rejects.toMatchObject({
        code: "exchange-sent-nonsense",
        facts: { path: TIME, problem: "bad-time" },
      });
    },
  );
});
