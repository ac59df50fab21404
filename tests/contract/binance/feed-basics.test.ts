/** What the feed passes on, counts and drops; starting, following and stopping. */
import { describe, expect, it } from "vitest";
import { TIMEFRAMES } from "../../../src/domain/timeframe.ts";
import { klineEvent } from "../../support/binance-server.ts";
import { START } from "../../unit/exchange/binance/manual-time.ts";
import {
  event,
  kinds,
  OPEN_TIME,
  opening,
  setUp,
  setUpConnected,
  statusOf,
} from "./feed-harness.ts";

describe("the feed", () => {
  it("opens one connection per timeframe for all symbols", async () => {
    const { server, feed, events } = await setUp();
    feed.follow(["BTCUSDT", "ETHUSDT"]);
    feed.start(events.put);
    for (const timeframe of TIMEFRAMES) {
      const connection = await server.connection(timeframe);
      const streams = [`btcusdt@kline_${timeframe}`, `ethusdt@kline_${timeframe}`];
      expect(connection.streams).toEqual(streams);
      const connected = await event(events, "connected", timeframe);
      expect(connected).toEqual({ kind: "connected", timeframe, at: START });
    }
    expect(server.connections.all).toHaveLength(6);
  });

  it("passes frames on in the order received", async () => {
    const { connections, events } = await setUpConnected();
    for (const close of ["100.1", "100.2", "100.3"]) {
      connections["1m"].kline("BTCUSDT", OPEN_TIME, { c: close });
    }
    connections["1m"].kline("BTCUSDT", OPEN_TIME, { c: "100.4", x: true });
    const closes = [];
    for (let n = 0; n < 4; n += 1) {
      const { frame } = await event(events, "frame");
      closes.push([frame.candle.close, frame.closed]);
    }
    expect(closes).toEqual([
      ["100.1", false],
      ["100.2", false],
      ["100.3", false],
      ["100.4", true],
    ]);
  });

  it("takes the time of receiving from the clock that observes", async () => {
    const observed: number[] = [];
    const observe = (eventTime: number): number => {
      observed.push(eventTime);
      return eventTime + 40;
    };
    const { connections, events, feed } = await setUpConnected({
      clock: { now: () => START, observe },
    });
    connections["4h"].kline("BTCUSDT", OPEN_TIME);
    const { frame } = await event(events, "frame", "4h");
    expect(frame).toMatchObject({ eventTime: OPEN_TIME + 1_000, receivedAt: OPEN_TIME + 1_040 });
    expect(observed).toEqual([OPEN_TIME + 1_000]);
    const status = statusOf(feed, "4h");
    expect(status).toMatchObject({ lagMs: 40, messages: 1, lastMessageAt: OPEN_TIME + 1_040 });
  });

  it("says of each timeframe how it stands", async () => {
    const { feed } = await setUpConnected();
    expect(feed.status().map(({ timeframe }) => timeframe)).toEqual(TIMEFRAMES);
    expect(statusOf(feed, "1h")).toEqual({
      timeframe: "1h",
      connected: true,
      connectedAt: START,
      symbols: 1,
      reconnects: 0,
      messages: 0,
      malformed: 0,
      lastMessageAt: null,
      lagMs: null,
      lastReason: null,
    });
  });

  it("drops and counts what is malformed, and keeps the connection", async () => {
    const { connections, events, feed } = await setUpConnected();
    const connection = connections["1m"];
    connection.send({ code: 3, msg: "Invalid JSON" });
    connection.send("{");
    connection.sendBinary(Buffer.from(JSON.stringify(klineEvent("BTCUSDT", "1m", OPEN_TIME))));
    connection.kline("ETHUSDT", OPEN_TIME);
    connection.kline("BTCUSDT", OPEN_TIME, { l: "200" });
    connection.kline("BTCUSDT", OPEN_TIME);
    await event(events, "frame");
    expect(kinds(events)).toEqual(["connected", "frame"]);
    expect(statusOf(feed)).toMatchObject({ connected: true, messages: 6, malformed: 4 });
  });

  it("ignores and counts event types it does not use", async () => {
    const { connections, events, feed } = await setUpConnected();
    connections["1d"].send({ stream: "btcusdt@trade", data: { e: "trade", E: 1, s: "BTCUSDT" } });
    connections["1d"].send({ e: "anEventOfTomorrow" });
    connections["1d"].kline("BTCUSDT", OPEN_TIME);
    await event(events, "frame", "1d");
    expect(feed.ignoredEvents()).toBe(2);
    expect(statusOf(feed, "1d").malformed).toBe(0);
  });

  it("reads raw payloads as well as combined ones", async () => {
    const { connections, events } = await setUpConnected();
    connections["1m"].send(klineEvent("BTCUSDT", "1m", OPEN_TIME));
    expect((await event(events, "frame")).frame.candle.symbol).toBe("BTCUSDT");
  });
});

describe("without symbols", () => {
  it("no connection is opened, which is no loss", async () => {
    const { server, feed, events } = await setUp();
    feed.start(events.put);
    expect(statusOf(feed)).toMatchObject({ connected: false, symbols: 0, lastReason: null });
    feed.follow(["BTCUSDT"]);
    await event(events, "connected");
    expect(server.handshakes.all.every((url) => url.includes("btcusdt"))).toBe(true);
  });

  it("connections are closed, and opened again with the first symbol", async () => {
    const { connections, server, feed, events } = await setUpConnected();
    feed.follow([]);
    await Promise.all(TIMEFRAMES.map((timeframe) => connections[timeframe].closed));
    expect(statusOf(feed)).toMatchObject({ connected: false, connectedAt: null, symbols: 0 });
    feed.follow(["ETHUSDT"]);
    const connection = await server.connection("1m");
    await event(events, "connected");
    expect(connection.symbols).toEqual(["ETHUSDT"]);
    expect(kinds(events)).toEqual(["connected", "connected"]);
    expect(statusOf(feed)).toMatchObject({ connected: true, reconnects: 0, symbols: 1 });
  });
});

describe("stopping", () => {
  it("closes every connection, leaves no timer and says nothing more", async () => {
    const { connections, server, feed, events, time } = await setUpConnected();
    connections["1m"].kline("BTCUSDT", OPEN_TIME);
    await event(events, "frame");
    await feed.stop();
    expect(await Promise.all(TIMEFRAMES.map((timeframe) => connections[timeframe].closed))).toEqual(
      TIMEFRAMES.map(() => 1000),
    );
    expect(server.openConnections()).toEqual([]);
    expect(time.runningAtAll).toBe(0);
    expect(kinds(events)).toEqual(["connected", "frame"]);
    expect(statusOf(feed).connected).toBe(false);
  });

  it("does not wait for a server that never answered", async () => {
    const { server, feed, events, time } = await setUp();
    server.handshake = "hang";
    feed.follow(["BTCUSDT"]);
    feed.start(events.put);
    await server.handshakes.next((url) => url.includes("1d"));
    await feed.stop();
    expect(time.runningAtAll).toBe(0);
    expect(events.all).toEqual([]);
  });

  it("can be followed by another start with the same symbols", async () => {
    const { server, feed, events } = await setUpConnected();
    await feed.stop();
    feed.start(events.put);
    expect((await server.connection("5m")).symbols).toEqual(["BTCUSDT"]);
    await event(events, "connected", "5m");
  });

  it("leaves nothing to be opened by following other symbols", async () => {
    const { feed, events, time, server } = await setUpConnected();
    await feed.stop();
    feed.follow(["ETHUSDT"]);
    expect(opening(time)).toBe(0);
    feed.start(events.put);
    await server.connections.next(({ symbols }) => symbols.includes("ETHUSDT"));
  });

  it("may be asked of a feed that never ran", async () => {
    const { feed } = await setUp();
    await feed.stop();
    expect(feed.status()).toHaveLength(6);
  });
});
