/** Limits, bans, failures and their retries; nothing is sent that would make it worse. */
import { describe, expect, it } from "vitest";
import { REST_TIMINGS } from "../../../src/exchange/binance/timing.ts";
import type { Reply } from "../../support/binance-server.ts";
import { START } from "../../unit/exchange/binance/manual-time.ts";
import { closedBefore, KLINES, klines, pagesOf, setUp, TIME } from "./rest-harness.ts";

const openTimes = closedBefore("1m", 2);
const RANGE = { from: openTimes[0]!, to: START };
const good = klines(openTimes);
const error = (status: number, code: number, headers = {}): (() => Reply) => {
  return () => ({ status, headers, body: { code, msg: "Words that vary." } });
};

describe("a 429", () => {
  it("is waited out as long as the exchange says, by all requests", async () => {
    const { server, time, data } = await setUp();
    server.on(KLINES, error(429, -1003, { "Retry-After": "7" }), good);
    const pages = pagesOf(data, RANGE);
    await time.timers(7_000);
    const second = data.serverTime();
    await time.timers(7_000, 2);
    time.advance(6_999);
    expect(server.requestsOf(KLINES)).toHaveLength(1);
    time.advance(1);
    expect((await pages).flat()).toHaveLength(2);
    await second;
  });

  it("that names no time is waited out all the same", async () => {
    const { server, time, data } = await setUp();
    server.on(KLINES, error(429, -1003), good);
    const pages = pagesOf(data, RANGE);
    await time.timers(REST_TIMINGS.pauseMs);
    time.advance(REST_TIMINGS.pauseMs);
    expect((await pages).flat()).toHaveLength(2);
  });

  it("may be told by error -1003 alone", async () => {
    const { server, time, data } = await setUp();
    server.on(KLINES, error(400, -1003), good);
    const pages = pagesOf(data, RANGE);
    await time.timers(REST_TIMINGS.pauseMs);
    time.advance(REST_TIMINGS.pauseMs);
    expect((await pages).flat()).toHaveLength(2);
  });

  it("that comes every time ends in a fault", async () => {
    const { server, time, data } = await setUp();
    server.on(KLINES, error(429, -1003, { "Retry-After": "7" }));
    const pages = pagesOf(data, RANGE);
    const failed = expect(pages).rejects.toMatchObject({
      code: "exchange-unreachable",
      facts: { path: KLINES, cause: "http 429", attempts: 5 },
    });
    for (let attempt = 1; attempt < REST_TIMINGS.attempts; attempt += 1) {
      await time.timers(7_000);
      time.advance(7_000);
    }
    await failed;
  });

  it("that asks for very long is told instead of waited for", async () => {
    const { server, data } = await setUp();
    server.on(KLINES, error(429, -1003, { "Retry-After": "3600" }));
    await expect(pagesOf(data, RANGE)).rejects.toMatchObject({
      code: "exchange-banned",
      facts: { until: START + 3_600_000 },
    });
  });
});

describe("a ban", () => {
  it.each([
    [418, { "Retry-After": "180" }, 180_000],
    [418, {}, REST_TIMINGS.banMs],
    [403, {}, REST_TIMINGS.banMs],
  ])("by %i %j lets no request through to its end", async (status, headers, banMs) => {
    const { server, time, data } = await setUp();
    server.on(KLINES, error(status, -1003, headers), good);
    const fault = { code: "exchange-banned", facts: { until: START + banMs } };
    await expect(pagesOf(data, RANGE)).rejects.toMatchObject(fault);
    expect(data.limits().bannedUntil).toBe(START + banMs);
    const sent = server.requests.all.length;
    time.advance(banMs - 1);
    await expect(pagesOf(data, RANGE)).rejects.toMatchObject(fault);
    await expect(data.serverTime()).rejects.toMatchObject(fault);
    await expect(data.instrument("BTCUSDT")).rejects.toMatchObject(fault);
    expect(server.requests.all).toHaveLength(sent);
    time.advance(1);
    expect(data.limits().bannedUntil).toBeNull();
    expect((await pagesOf(data, RANGE)).flat()).toHaveLength(2);
  });
});

describe("request weight", () => {
  it("is what the exchange counts", async () => {
    const { server, data } = await setUp();
    server.on(TIME, () => ({
      headers: { "X-MBX-USED-WEIGHT-1M": "1234" },
      body: { serverTime: START },
    }));
    await data.serverTime();
    expect(data.limits()).toEqual({ usedWeight: 1_234, weightLimit: 6_000, bannedUntil: null });
  });

  it("near the limit is left to the next minute of the exchange", async () => {
    const { server, time, data } = await setUp();
    time.advance(20_000);
    const headers = { "x-mbx-used-weight-1m": "4799" };
    server.on(TIME, () => ({ headers, body: { serverTime: time.clock.now() } }));
    await data.serverTime();
    server.on(KLINES, good);
    const pages = pagesOf(data, RANGE);
    await time.timers(40_000);
    expect(server.requestsOf(KLINES)).toEqual([]);
    server.on(TIME, () => ({ body: { serverTime: time.clock.now() } }));
    time.advance(40_000);
    expect((await pages).flat()).toHaveLength(2);
    expect(data.limits().usedWeight).toBeLessThan(10);
  });

  it("goes out a few requests at a time", async () => {
    const { server, data } = await setUp();
    server.on(TIME, () => "hang");
    const asked = Array.from({ length: 20 }, () => data.serverTime());
    for (let n = 0; n < 6; n += 1) await server.requests.next();
    expect(server.underWay).toBe(6);
    server.on(TIME, () => ({ body: { serverTime: START } }));
    server.release({ serverTime: START });
    expect(await Promise.all(asked)).toEqual(asked.map(() => START));
    expect(server.mostUnderWay).toBe(6);
  });
});

describe("passing troubles", () => {
  it.each([
    ["a 503", error(503, 0)],
    ["a 500 without JSON", () => ({ status: 500, body: "<html>" })],
    ["error -1000", error(400, -1000)],
    ["error -1001", error(400, -1001)],
    ["error -1007", error(408, -1007)],
    ["error -1008", error(400, -1008)],
    ["a cut connection", () => "drop" as const],
  ])("such as %s are tried again after a pause", async (_, trouble) => {
    const { server, time, data } = await setUp();
    server.on(KLINES, trouble, trouble, good);
    const pages = pagesOf(data, RANGE);
    await time.timers(250);
    expect(server.requestsOf(KLINES)).toHaveLength(1);
    time.advance(250);
    await time.timers(500);
    time.advance(500);
    expect((await pages).flat()).toHaveLength(2);
    expect(server.requestsOf(KLINES)).toHaveLength(3);
  });

  it("that do not pass end in a fault after five attempts", async () => {
    const { server, time, data } = await setUp();
    server.on(KLINES, error(503, 0));
    const failed = expect(pagesOf(data, RANGE)).rejects.toMatchObject({
      code: "exchange-unreachable",
      facts: { path: KLINES, cause: "http 503", attempts: 5 },
    });
    for (const waitMs of [250, 500, 1_000, 2_000]) {
      await time.timers(waitMs);
      time.advance(waitMs);
    }
    await failed;
    expect(server.requestsOf(KLINES)).toHaveLength(5);
  });

  it("such as silence are given up after 10 s each", async () => {
    const { server, time, data } = await setUp();
    server.on(KLINES, () => "hang", good);
    const pages = pagesOf(data, RANGE);
    await server.requests.next(({ path }) => path === KLINES);
    time.advance(REST_TIMINGS.requestTimeoutMs);
    await time.timers(250);
    time.advance(250);
    expect((await pages).flat()).toHaveLength(2);
  });

  it("such as nobody listening end in a fault with the system's code", async () => {
    const { server, time, data } = await setUp();
    await server.stop();
    const failed = expect(data.serverTime()).rejects.toMatchObject({
      code: "exchange-unreachable",
      facts: { path: TIME, cause: "ECONNREFUSED", attempts: 5 },
    });
    for (const waitMs of [250, 500, 1_000, 2_000]) {
      await time.timers(waitMs);
      time.advance(waitMs);
    }
    await failed;
    server.stop = () => Promise.resolve();
  });
});

describe("a refusal", () => {
  it.each([
    [400, { code: -1121, msg: "Invalid symbol." }, -1121, "Invalid symbol."],
    [451, { code: 0, msg: "Service unavailable" }, 0, "Service unavailable"],
    [404, "<html>", null, ""],
  ])("of %i is not repeated", async (status, body, code, message) => {
    const { server, data } = await setUp();
    server.on(KLINES, () => ({ status, body }));
    await expect(pagesOf(data, RANGE)).rejects.toMatchObject({
      code: "exchange-refused",
      facts: { status, code, message },
    });
    expect(server.requestsOf(KLINES)).toHaveLength(1);
  });

  it("passes on no endless message", async () => {
    const { server, data } = await setUp();
    server.on(KLINES, () => ({ status: 400, body: { code: -1, msg: "x".repeat(10_000) } }));
    await expect(pagesOf(data, RANGE)).rejects.toMatchObject({
      facts: { message: "x".repeat(200) },
    });
  });
});

describe("an answer", () => {
  it("of more than 32 MiB is not read to its end", async () => {
    const { server, data } = await setUp();
    server.on(KLINES, () => ({ body: "1".repeat(32 * 1024 * 1024 + 1) }));
    await expect(pagesOf(data, RANGE)).rejects.toMatchObject({
      code: "exchange-sent-nonsense",
      facts: { problem: "too-large" },
    });
  });

  it("that sends us elsewhere is not followed", async () => {
    const { server, data } = await setUp({ timings: { attempts: 1 } });
    server.on(KLINES, () => ({ status: 302, headers: { Location: TIME } }));
    await expect(pagesOf(data, RANGE)).rejects.toMatchObject({ code: "exchange-unreachable" });
  });
});

describe("an abort", () => {
  it("ends a request under way", async () => {
    const { server, data } = await setUp();
    server.on(KLINES, () => "hang");
    const stop = new AbortController();
    const pages = pagesOf(data, RANGE, stop.signal);
    await server.requests.next(({ path }) => path === KLINES);
    stop.abort(new Error("stopping"));
    await expect(pages).rejects.toThrow("stopping");
  });

  it("ends a pause between attempts, and one the exchange asked for", async () => {
    const { server, time, data } = await setUp();
    server.on(KLINES, error(503, 0), error(429, -1003, { "Retry-After": "60" }));
    for (const waitMs of [250, 60_000]) {
      const stop = new AbortController();
      const pages = pagesOf(data, RANGE, stop.signal);
      await time.timers(waitMs);
      stop.abort(new Error("stopping"));
      await expect(pages).rejects.toThrow("stopping");
    }
    expect(time.runningAtAll).toBe(0);
  });

  it("ends the waiting in line and the measuring of the clock", async () => {
    const { server, data } = await setUp();
    server.on(TIME, () => "hang");
    const measuring = new AbortController();
    const pages = pagesOf(data, RANGE, measuring.signal);
    await server.requests.next();
    measuring.abort(new Error("stopping"));
    await expect(pages).rejects.toThrow("stopping");
    server.on(TIME, () => ({ body: { serverTime: START } }));
    server.release({ serverTime: START });
    await data.syncTime();
    server.on(KLINES, () => "hang");
    const stop = new AbortController();
    const many = Array.from({ length: 10 }, () => pagesOf(data, RANGE, stop.signal));
    for (let n = 0; n < 6; n += 1) await server.requests.next(({ path }) => path === KLINES);
    stop.abort(new Error("stopping"));
    for (const one of many) await expect(one).rejects.toThrow("stopping");
  });

  it("before the beginning sends nothing", async () => {
    const { server, data } = await setUp();
    await expect(pagesOf(data, RANGE, AbortSignal.abort(new Error("off")))).rejects.toThrow("off");
    expect(server.requestsOf(KLINES)).toEqual([]);
  });
});
