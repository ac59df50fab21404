/** Connections that are cut, stall, are refused or talk nonsense: found out, told, and replaced for ever. */
import { describe, expect, it } from "vitest";
import { TIMEFRAMES } from "../../../src/domain/timeframe.ts";
import { FEED_TIMINGS, systemTimers } from "../../../src/exchange/binance/timing.ts";
import { START } from "../../unit/exchange/binance/manual-time.ts";
import {
  event,
  kinds,
  OPEN_TIME,
  opening,
  serve,
  setUp,
  setUpConnected,
  statusOf,
} from "./feed-harness.ts";

describe("a lost connection", () => {
  it("is told with its reason and opened again within a second", async () => {
    const { connections, server, time, feed, events } = await setUpConnected();
    time.advance(5_000);
    connections["1m"].drop();
    expect(await event(events, "disconnected")).toEqual({
      kind: "disconnected",
      timeframe: "1m",
      at: START + 5_000,
      reason: "closed 1006",
    });
    expect(statusOf(feed)).toMatchObject({ connected: false, connectedAt: null });
    time.advance(499);
    expect(opening(time)).toBe(0);
    time.advance(1);
    expect(opening(time)).toBe(1);
    const connection = await server.connection("1m");
    expect(connection.symbols).toEqual(["BTCUSDT"]);
    expect(await event(events, "connected")).toMatchObject({ at: START + 5_500 });
    expect(statusOf(feed)).toMatchObject({
      connected: true,
      connectedAt: START + 5_500,
      reconnects: 1,
      lastReason: "closed 1006",
    });
  });

  it("leaves the other five as they are", async () => {
    const { connections, feed, events } = await setUpConnected();
    connections["15m"].drop();
    await event(events, "disconnected", "15m");
    for (const timeframe of TIMEFRAMES.filter((other) => other !== "15m")) {
      expect(statusOf(feed, timeframe).connected).toBe(true);
      expect(kinds(events, timeframe)).toEqual(["connected"]);
    }
  });

  it("names the server's code and words", async () => {
    const { connections, events } = await setUpConnected();
    connections["1m"].close(1008, "Pong timeout");
    expect(await event(events, "disconnected")).toMatchObject({
      reason: "closed 1008 Pong timeout",
    });
  });

  it("comes back for ever, ever slower up to 30 s, and quickly again once served", async () => {
    const { connections, server, time, events, feed } = await setUpConnected({
      timings: { stallMs: 10 * 3_600_000 },
    });
    server.handshake = { status: 503 };
    connections["1m"].drop();
    await event(events, "disconnected");
    for (const waitMs of [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]) {
      await time.timers(waitMs);
      time.advance(waitMs - 1);
      expect(opening(time)).toBe(0);
      time.advance(1);
      expect(opening(time)).toBe(1);
    }
    await time.timers(15_000);
    expect(statusOf(feed)).toMatchObject({ reconnects: 0, lastReason: "http 503" });
    server.handshake = "accept";
    time.advance(15_000);
    const connection = await server.connection("1m");
    await connection.ping();
    connection.drop();
    await time.timers(500);
    expect(kinds(events)).toEqual(["connected", "disconnected", "connected", "disconnected"]);
  });

  it("is not rushed at while the server accepts and closes without serving", async () => {
    const { connections, server, time, events } = await setUpConnected();
    let connection = connections["1m"];
    for (const waitMs of [500, 1_000, 2_000, 4_000]) {
      connection.drop();
      await event(events, "disconnected");
      await time.timers(waitMs);
      time.advance(waitMs);
      connection = await server.connection("1m");
      await event(events, "connected");
    }
  });
});

describe("in real time", () => {
  it("a lost connection comes back by itself", async () => {
    const { connections, events, feed } = await setUpConnected({
      timers: systemTimers,
      timings: { reconnect: { firstMs: 20, longestMs: 40 } },
    });
    connections["1m"].drop();
    await event(events, "disconnected");
    await event(events, "connected");
    expect(statusOf(feed)).toMatchObject({ connected: true, reconnects: 1 });
  });
});

describe("a connection that cannot be opened", () => {
  it("is given up after 10 s without an answer and tried again", async () => {
    const { server, time, feed, events } = await setUp();
    server.handshake = "hang";
    feed.follow(["BTCUSDT"]);
    feed.start(events.put);
    for (let n = 0; n < 6; n += 1) await server.handshakes.next();
    time.advance(FEED_TIMINGS.connectTimeoutMs - 1);
    expect(statusOf(feed).lastReason).toBeNull();
    time.advance(1);
    expect(statusOf(feed).lastReason).toBe("connect timeout");
    server.handshake = "accept";
    time.advance(500);
    await event(events, "connected");
    expect(kinds(events)).toEqual(["connected"]);
  });

  it("is tried again where nobody listens", async () => {
    const { server, time, feed, events } = await setUp();
    await server.stop();
    feed.follow(["BTCUSDT"]);
    feed.start(events.put);
    await time.timers(500, 6);
    expect(statusOf(feed).lastReason).toBe("ECONNREFUSED");
    time.advance(500);
    await time.timers(1_000, 6);
    server.stop = () => Promise.resolve();
  });

  it("waits as long as the server asks", async () => {
    const { server, time, feed, events } = await setUp();
    server.handshake = { status: 429, headers: { "Retry-After": "120" } };
    feed.follow(["BTCUSDT"]);
    feed.start(events.put);
    await time.timers(120_000, 6);
    expect(statusOf(feed).lastReason).toBe("http 429");
    server.handshake = "accept";
    time.advance(119_999);
    expect(opening(time)).toBe(0);
    time.advance(1);
    await event(events, "connected");
  });
});

describe("a stall", () => {
  it("is found after 75 s in which nothing was heard", async () => {
    const { connections, server, time, events } = await setUpConnected();
    time.advance(74_999);
    expect(kinds(events)).toEqual(["connected"]);
    time.advance(1);
    for (const timeframe of TIMEFRAMES) {
      expect(await event(events, "disconnected", timeframe)).toMatchObject({ reason: "stalled" });
    }
    expect(await connections["1m"].closed).toBe(1006);
    time.advance(500);
    await server.connection("1m");
    await event(events, "connected");
  });

  it("is not the silence of a quiet market: pings are enough", async () => {
    const { connections, time, feed } = await setUpConnected();
    for (let minute = 0; minute < 5; minute += 1) {
      time.advance(60_000);
      await Promise.all(TIMEFRAMES.map((timeframe) => connections[timeframe].ping()));
    }
    expect(feed.status().every(({ connected }) => connected)).toBe(true);
    time.advance(74_999);
    expect(feed.status().every(({ connected }) => connected)).toBe(true);
    time.advance(1);
    expect(feed.status().some(({ connected }) => connected)).toBe(false);
  });

  it("is not found where frames still come", async () => {
    const { connections, events, time, feed } = await setUpConnected();
    for (let minute = 0; minute < 5; minute += 1) {
      time.advance(60_000);
      connections["1m"].kline("BTCUSDT", OPEN_TIME);
      await event(events, "frame");
    }
    expect(statusOf(feed).connected).toBe(true);
    expect(statusOf(feed, "5m").connected).toBe(false);
  });

  it("is found after another time when so set", async () => {
    const { time, events } = await setUpConnected({ timings: { stallMs: 30_000 } });
    time.advance(30_000);
    expect(await event(events, "disconnected")).toMatchObject({ reason: "stalled" });
  });
});

describe("nonsense", () => {
  it("a hundred times in a row is reason enough for another connection", async () => {
    const { connections, server, time, events, feed } = await setUpConnected();
    for (let n = 0; n < 99; n += 1) connections["1m"].send("garbage");
    connections["1m"].kline("BTCUSDT", OPEN_TIME);
    await event(events, "frame");
    for (let n = 0; n < 100; n += 1) connections["1m"].send("garbage");
    expect(await event(events, "disconnected")).toMatchObject({ reason: "unreadable" });
    expect(statusOf(feed)).toMatchObject({ malformed: 199 });
    time.advance(500);
    await server.connection("1m");
  });

  it("of more than a megabyte closes the connection", async () => {
    const { connections, events, time, server } = await setUpConnected();
    await serve(events, connections["1m"]);
    connections["1m"].send("x".repeat(1024 * 1024 + 1));
    expect(await event(events, "disconnected")).toMatchObject({
      reason: "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH",
    });
    expect(await connections["1m"].closed).toBe(1009);
    time.advance(500);
    await server.connection("1m");
  });

  it("in the encoding of text closes the connection", async () => {
    const { connections, events } = await setUpConnected();
    connections["1m"].sendText(Buffer.from([0xff, 0xfe]));
    expect(await event(events, "disconnected")).toMatchObject({ reason: "WS_ERR_INVALID_UTF8" });
  });
});
