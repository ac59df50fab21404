/** Everything that can be made to go wrong on the simulated exchange does go wrong, and only that. */
import { describe, expect, it } from "vitest";
import { MINUTE_MS, START, startExchange, type Fixture } from "./exchange-fixture.ts";

const BITCOIN = "btcusdt@kline_1m";
const ETHER = "ethusdt@kline_1m";
const CLOSE_DELAY = { closeDelayMs: { least: 100, most: 100 } };

const closedMinutes = (client: Awaited<ReturnType<Fixture["connect"]>>) =>
  client.closings().map(({ k }) => (k.t - START) / MINUTE_MS);

describe("faults of sockets", () => {
  it("cutSocket drops the connections of a timeframe without a close frame", async () => {
    const { connect, exchange, settle } = await startExchange();
    const minute = await connect(`/ws/${BITCOIN}`);
    const hour = await connect("/ws/btcusdt@kline_1h");
    exchange.faults.cutSocket("1m");
    expect(await minute.closed).toEqual({ code: 1006, reason: "" });
    await settle(hour);
    exchange.faults.cutSocket("all");
    expect((await hour.closed).code).toBe(1006);
  });

  it("blackhole leaves a connection open and dead: no frames, pings, answers or close", async () => {
    const { connect, exchange, advance } = await startExchange({ timings: { pingEveryMs: 5 } });
    const dark = await connect(`/ws/${BITCOIN}`, { autoPong: false });
    exchange.faults.blackhole("1m");
    const pings = dark.pings.length;
    const alive = await connect(`/ws/${BITCOIN}`);
    dark.socket.send('{"method":"LIST_SUBSCRIPTIONS","id":1}');
    dark.socket.close();
    await advance(START + 5 * MINUTE_MS, alive);
    expect(alive.klines().length).toBeGreaterThan(100);
    expect(dark.texts).toEqual([]);
    expect(dark.pings.length - pings).toBeLessThanOrEqual(1);
    expect(dark.socket.readyState).toBe(dark.socket.CLOSING);
    dark.socket.terminate();
  });

  it("shutdown is announced in both shapes, and all connections end a while later", async () => {
    const { connect, exchange, settle } = await startExchange();
    const raw = await connect(`/ws/${BITCOIN}`);
    const combined = await connect(`/stream?streams=${BITCOIN}`);
    exchange.faults.shutdown(5000);
    await settle(raw, combined);
    const notice = `{"e":"serverShutdown","E":${START + 1000}}`;
    expect(raw.texts[0]).toBe(notice);
    expect(combined.texts[0]).toBe(`{"stream":"!serverShutdown","data":${notice}}`);
    await exchange.advanceTo(START + 5999);
    await settle(raw, combined);
    await exchange.advanceTo(START + 6000);
    expect((await raw.closed).code).toBe(1001);
    expect((await combined.closed).code).toBe(1001);
  });

  it("refuseConnections hangs up on so many", async () => {
    const { connect, exchange } = await startExchange();
    exchange.faults.refuseConnections(2);
    await expect(connect("/ws")).rejects.toThrow(/hang up|ECONNRESET/);
    await expect(connect("/ws")).rejects.toThrow(/hang up|ECONNRESET/);
    await connect("/ws");
    expect(exchange.stats.connections).toBe(1);
  });
});

describe("faults of streams", () => {
  it("muteStream silences one stream until it is lifted", async () => {
    const { connect, exchange, advance } = await startExchange();
    const client = await connect(`/stream?streams=${BITCOIN}/${ETHER}`);
    exchange.faults.muteStream(BITCOIN);
    await advance(START + 10_000, client);
    expect(new Set(client.klines().map(({ s }) => s))).toEqual(new Set(["ETHUSDT"]));
    exchange.faults.unmuteStream(BITCOIN);
    await advance(START + 12_000, client);
    expect(client.klines().at(-2)!.s).toBe("BTCUSDT");
  });

  it("sendRaw sends any text to those who have the stream", async () => {
    const { connect, exchange, settle } = await startExchange();
    const bitcoin = await connect(`/ws/${BITCOIN}`);
    const ether = await connect(`/ws/${ETHER}`);
    exchange.faults.sendRaw(BITCOIN, '{"e":"kline","k":');
    await settle(bitcoin, ether);
    expect(bitcoin.texts[0]).toBe('{"e":"kline","k":');
    expect(ether.texts).toHaveLength(1);
  });

  it("duplicateFrames sends each twice", async () => {
    const { connect, exchange, advance } = await startExchange();
    const client = await connect(`/ws/${BITCOIN}`);
    exchange.faults.duplicateFrames(BITCOIN, true);
    await advance(START + 4000, client);
    exchange.faults.duplicateFrames(BITCOIN, false);
    await advance(START + 6000, client);
    expect(client.klines().map(({ E }) => E - START)).toEqual([2000, 2000, 4000, 4000, 6000]);
  });

  it("reorderFrames swaps them two by two and loses none", async () => {
    const { connect, exchange, advance } = await startExchange();
    const client = await connect(`/ws/${BITCOIN}`);
    exchange.faults.reorderFrames(BITCOIN, true);
    await advance(START + 6000, client);
    exchange.faults.reorderFrames(BITCOIN, false);
    await advance(START + 10_000, client);
    expect(client.klines().map(({ E }) => E - START)).toEqual([4000, 2000, 8000, 6000, 10_000]);
  });

  it("delayCloses lets the next candle overtake the closing frame", async () => {
    const { connect, exchange, advance } = await startExchange({ timings: CLOSE_DELAY });
    const client = await connect(`/ws/${BITCOIN}`);
    exchange.faults.delayCloses(3000);
    await advance(START + MINUTE_MS + 4000, client);
    const last = client.klines().slice(-3);
    expect(last.map(({ E, k }) => [E - START - MINUTE_MS, k.x])).toEqual([
      [2000, false],
      [3100, true],
      [4000, false],
    ]);
  });

  it("dropClose loses the closing frame of one candle", async () => {
    const { connect, exchange, advance } = await startExchange();
    const client = await connect(`/ws/${BITCOIN}`);
    exchange.faults.dropClose("BTCUSDT", "1m", START + MINUTE_MS);
    await advance(START + 3 * MINUTE_MS + 1000, client);
    expect(closedMinutes(client)).toEqual([0, 2]);
  });
});

describe("faults of REST", () => {
  const path = "/api/v3/klines";
  const query = `${path}?symbol=BTCUSDT&interval=1m&startTime=${START}`;

  it("revise changes one row of one timeframe", async () => {
    const { exchange, get } = await startExchange();
    await exchange.advanceTo(START + 2 * MINUTE_MS);
    const before = (await get(query)).body as string[][];
    const key = { symbol: "BTCUSDT", timeframe: "1m", openTime: START } as const;
    exchange.faults.revise(key, { high: "99999.00000000" });
    const after = (await get(query)).body as string[][];
    expect(after[0]).toEqual(before[0]!.with(2, "99999.00000000"));
    expect(after.slice(1)).toEqual(before.slice(1));
  });

  it("removeRows makes a gap that is not counted as rows", async () => {
    const { exchange, get } = await startExchange();
    await exchange.advanceTo(START + 5 * MINUTE_MS);
    const series = { symbol: "BTCUSDT", timeframe: "1m" } as const;
    exchange.faults.removeRows(series, START + MINUTE_MS, START + 3 * MINUTE_MS);
    const list = (await get(`${query}&limit=2`)).body as number[][];
    expect(list.map(([openTime]) => openTime)).toEqual([START, START + 4 * MINUTE_MS]);
  });

  it("rateLimit refuses everything while it is on", async () => {
    const { exchange, get } = await startExchange();
    exchange.faults.rateLimit(true);
    expect(await get(query)).toMatchObject({ status: 429, body: { code: -1003 } });
    exchange.faults.rateLimit(false);
    expect((await get(query)).status).toBe(200);
  });

  it("ban refuses everything with 418 until a moment", async () => {
    const { exchange, get } = await startExchange();
    exchange.faults.ban(START + 31_000);
    const refused = await get(query);
    expect(refused.status).toBe(418);
    expect(refused.headers.get("retry-after")).toBe("30");
    await exchange.advanceTo(START + 31_000);
    expect((await get(query)).status).toBe(200);
  });

  it("httpError answers the next requests of one path", async () => {
    const { exchange, get } = await startExchange();
    exchange.faults.httpError(path, { status: 503 }, 2);
    exchange.faults.httpError(path, { status: 403 });
    exchange.faults.httpError(path, { status: 200, body: "no JSON at all" });
    expect(await get(query)).toMatchObject({ status: 503, body: { code: -1000 } });
    expect((await get("/api/v3/time")).status).toBe(200);
    expect((await get(query)).status).toBe(503);
    expect(await get(query)).toMatchObject({
      status: 403,
      body: expect.stringContaining("<html>"),
    });
    const broken = await fetch(exchange.restUrl + query);
    expect(await broken.text()).toBe("no JSON at all");
    expect((await get(query)).status).toBe(200);
  });

  it("hang never answers", async () => {
    const { exchange, get } = await startExchange();
    exchange.faults.hang("/api/v3/time");
    const hanging = fetch(`${exchange.restUrl}/api/v3/time`);
    expect((await get(query)).status).toBe(200);
    await exchange.stop();
    await expect(hanging).rejects.toThrow();
  });
});
