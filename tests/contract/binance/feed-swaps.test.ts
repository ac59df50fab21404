/** Planned replacements: before the 24 h cut, on serverShutdown, for other symbols. Nothing falls between. */
import { describe, expect, it } from "vitest";
import { TIMEFRAMES } from "../../../src/domain/timeframe.ts";
import { FEED_TIMINGS } from "../../../src/exchange/binance/timing.ts";
import {
  event,
  eventually,
  finishSwap,
  kinds,
  OPEN_TIME,
  opening,
  serve,
  setUp,
  setUpConnected,
  statusOf,
} from "./feed-harness.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Quiet servers are not what these tests are about. */
const PATIENT = { timings: { stallMs: 100 * HOUR_MS } };

describe("a swap", () => {
  it("loses no frame, whatever is sent while it goes on", async () => {
    const { connections, server, time, feed, events } = await setUpConnected(PATIENT);
    let sent = 0;
    const broadcast = (): void => {
      for (let n = 0; n < 3; n += 1) {
        for (const open of server.openConnections("1m")) {
          open.kline("BTCUSDT", OPEN_TIME, { c: `100.${1_000 + sent}` });
        }
        sent += 1;
      }
    };
    broadcast();
    feed.follow(["BTCUSDT", "ETHUSDT"]);
    broadcast();
    const replacement = await server.connection("1m");
    broadcast();
    await time.timers(FEED_TIMINGS.overlapMs, 6);
    broadcast();
    time.advance(FEED_TIMINGS.overlapMs - 1);
    broadcast();
    time.advance(1);
    broadcast();
    expect(await connections["1m"].closed).toBe(1000);
    broadcast();
    replacement.kline("ETHUSDT", OPEN_TIME);
    await events.next((item) => item.kind === "frame" && item.frame.candle.symbol === "ETHUSDT");
    const received = new Set(
      events.all.flatMap((item) => (item.kind === "frame" ? [item.frame.candle.close] : [])),
    );
    for (let n = 0; n < sent; n += 1) expect(received).toContain(`100.${1_000 + n}`);
  });

  it("is no event and no reconnect", async () => {
    const { connections, server, time, feed, events } = await setUpConnected(PATIENT);
    const before = statusOf(feed).connectedAt;
    feed.follow(["ETHUSDT"]);
    const replacement = await server.connection("1m");
    await finishSwap(time, connections["1m"], replacement);
    await serve(events, replacement);
    expect(kinds(events)).toEqual(["connected", "frame"]);
    expect(statusOf(feed)).toMatchObject({ connected: true, reconnects: 0, connectedAt: before });
  });

  it("is finished at once when the old connection dies during it", async () => {
    const { connections, server, time, feed, events } = await setUpConnected(PATIENT);
    feed.follow(["ETHUSDT"]);
    const replacement = await server.connection("1m");
    await time.timers(FEED_TIMINGS.overlapMs, 6);
    connections["1m"].drop();
    await eventually(() => time.running(FEED_TIMINGS.overlapMs) === 5);
    await serve(events, replacement);
    expect(statusOf(feed).connected).toBe(true);
    expect(kinds(events)).toEqual(["connected", "frame"]);
  });

  it("is tried again when the new connection dies during it, the old one serving on", async () => {
    const { connections, server, time, feed, events } = await setUpConnected(PATIENT);
    feed.follow(["ETHUSDT"]);
    const replacement = await server.connection("1m");
    await time.timers(FEED_TIMINGS.overlapMs, 6);
    replacement.drop();
    await time.timers(500);
    await serve(events, connections["1m"]);
    time.advance(500);
    const second = await server.connection("1m");
    await finishSwap(time, connections["1m"], second);
    expect(second.isOpen).toBe(true);
    expect(kinds(events)).toEqual(["connected", "frame"]);
  });

  it("that failed does not lend its overlap to the next attempt", async () => {
    const { connections, server, time, feed, events } = await setUpConnected(PATIENT);
    feed.follow(["ETHUSDT"]);
    const replacement = await server.connection("1m");
    await time.timers(FEED_TIMINGS.overlapMs, 6);
    replacement.drop();
    await time.timers(500);
    server.handshake = "hang";
    time.advance(FEED_TIMINGS.overlapMs);
    await connections["5m"].closed;
    await serve(events, connections["1m"]);
    expect(statusOf(feed).connected).toBe(true);
    expect(kinds(events)).toEqual(["connected", "frame"]);
  });

  it("that fails leaves a loss to be told and mended as any other", async () => {
    const { connections, server, time, feed, events } = await setUpConnected(PATIENT);
    server.handshake = { status: 503 };
    feed.follow(["ETHUSDT"]);
    await time.timers(500, 6);
    connections["1m"].drop();
    await event(events, "disconnected");
    server.handshake = "accept";
    time.advance(500);
    await event(events, "connected");
    expect((await server.connection("1m")).symbols).toEqual(["ETHUSDT"]);
    expect(statusOf(feed).reconnects).toBe(1);
  });
});

describe("before the 24 h cut", () => {
  it("each timeframe is replaced at an age of its own", async () => {
    const { connections, server, time, events } = await setUpConnected(PATIENT);
    const stagger = 10 * MINUTE_MS;
    // With a random of 0.5 each lies in the middle of its place: 1d first, 1m last.
    time.advance(23 * HOUR_MS - 5.5 * stagger - 1);
    expect(opening(time)).toBe(0);
    time.advance(1);
    expect(opening(time)).toBe(1);
    for (const timeframe of TIMEFRAMES.toReversed()) {
      const before = server.openConnections().length;
      const replacement = await server.connection(timeframe);
      expect(server.openConnections()).toHaveLength(before + 1);
      await finishSwap(time, connections[timeframe], replacement);
      expect(replacement.isOpen).toBe(true);
      expect(kinds(events, timeframe)).toEqual(["connected"]);
      time.advance(stagger - FEED_TIMINGS.overlapMs);
    }
    expect(time.now()).toBeLessThan(24 * HOUR_MS);
  });

  it("all are replaced again and again", async () => {
    const timings = { ...PATIENT.timings, staggerMs: 0 };
    const { server, time, events, feed } = await setUpConnected({ timings });
    for (let day = 0; day < 3; day += 1) {
      const old = server.openConnections();
      time.advance(23 * HOUR_MS);
      for (const timeframe of TIMEFRAMES) await (await server.connection(timeframe)).ping();
      time.advance(FEED_TIMINGS.overlapMs);
      await Promise.all(old.map((connection) => connection.closed));
    }
    expect(server.connections.all).toHaveLength(24);
    expect(events.all.every(({ kind }) => kind === "connected")).toBe(true);
    expect(feed.status().every(({ connected }) => connected)).toBe(true);
  });
});

describe("serverShutdown", () => {
  const shutdown = { e: "serverShutdown", E: OPEN_TIME };
  it.each([
    ["raw", shutdown],
    ["combined", { stream: "!serverShutdown", data: shutdown }],
    ["WebSocket API", { event: shutdown }],
  ])("in its %s shape brings another connection at once", async (_, message) => {
    const { connections, server, time, events } = await setUpConnected(PATIENT);
    await serve(events, connections["1m"]);
    connections["1m"].send(message);
    connections["1m"].send(message);
    const replacement = await server.connection("1m");
    await finishSwap(time, connections["1m"], replacement);
    expect(replacement.isOpen).toBe(true);
    expect(server.connections.all).toHaveLength(7);
    expect(kinds(events)).toEqual(["connected", "frame"]);
  });

  it("is the reason told when the server goes before the replacement is up", async () => {
    const { connections, server, events, time } = await setUpConnected(PATIENT);
    await serve(events, connections["1m"]);
    server.handshake = "hang";
    connections["1m"].send(shutdown);
    await time.timers(FEED_TIMINGS.connectTimeoutMs);
    connections["1m"].close(1001);
    expect(await event(events, "disconnected")).toMatchObject({ reason: "server shutdown" });
    // The attempt under way is the reconnect.
    expect([opening(time), time.running(500)]).toEqual([1, 0]);
  });

  it("of a replacement is followed too", async () => {
    const { connections, server, events, time } = await setUpConnected(PATIENT);
    await serve(events, connections["1m"]);
    connections["1m"].send(shutdown);
    const second = await server.connection("1m");
    await serve(events, second);
    second.send(shutdown);
    await finishSwap(time, connections["1m"], second);
    const third = await server.connection("1m");
    await finishSwap(time, second, third);
    expect(third.isOpen).toBe(true);
    expect(kinds(events)).toEqual(["connected", "frame", "frame"]);
  });

  it("from a server that has served nothing yet is answered after a pause", async () => {
    const { connections, server, time } = await setUpConnected(PATIENT);
    connections["1m"].send(shutdown);
    await time.timers(500);
    expect(opening(time)).toBe(0);
    time.advance(500);
    await server.connection("1m");
  });
});

describe("following other symbols", () => {
  it("asks for them in the URL of a replacement, from whose opening they are delivered", async () => {
    const { server, feed, events } = await setUpConnected(PATIENT);
    feed.follow(["BTCUSDT", "SOLUSDT"]);
    const replacement = await server.connection("1h");
    expect(replacement.symbols).toEqual(["BTCUSDT", "SOLUSDT"]);
    replacement.kline("SOLUSDT", OPEN_TIME);
    expect((await event(events, "frame", "1h")).frame.candle.symbol).toBe("SOLUSDT");
    expect(statusOf(feed, "1h").symbols).toBe(2);
  });

  it("changes nothing when they are the same", async () => {
    const { feed, time } = await setUpConnected(PATIENT);
    feed.follow(["BTCUSDT", "BTCUSDT"]);
    expect(opening(time)).toBe(0);
  });

  it("gathers changes that come quickly into one replacement", async () => {
    const timings = { ...PATIENT.timings, followPauseMs: 9_000 };
    const { server, feed, time } = await setUpConnected({ timings });
    const old = server.openConnections();
    feed.follow(["BTCUSDT", "A"]);
    const next = await Promise.all(TIMEFRAMES.map((timeframe) => server.connection(timeframe)));
    for (const symbol of ["B", "C", "D"]) feed.follow(["BTCUSDT", symbol]);
    await Promise.all(next.map((connection) => connection.ping()));
    time.advance(FEED_TIMINGS.overlapMs);
    await Promise.all(old.map((connection) => connection.closed));
    expect(next.map(({ symbols }) => symbols)).toEqual(next.map(() => ["BTCUSDT", "A"]));
    time.advance(8_999);
    expect(opening(time)).toBe(0);
    time.advance(1);
    expect(opening(time)).toBe(6);
    expect((await server.connection("1m")).symbols).toEqual(["BTCUSDT", "D"]);
  });

  it("is taken up by a reconnect under way", async () => {
    const { connections, server, feed, events, time } = await setUpConnected(PATIENT);
    connections["1m"].drop();
    await event(events, "disconnected");
    feed.follow(["ETHUSDT"]);
    time.advance(500);
    expect((await server.connection("1m")).symbols).toEqual(["ETHUSDT"]);
  });

  it("past 1,024 takes a further connection, and control messages where the URL is full", async () => {
    const { server, feed, events, time } = await setUp(PATIENT);
    const symbols = Array.from({ length: 1_030 }, (_, n) => `SYM${n}USDT`);
    feed.follow(symbols);
    feed.start(events.put);
    const connections = await Promise.all(
      Array.from({ length: 12 }, () => server.connections.next()),
    );
    for (let batch = 0; batch < 4; batch += 1) {
      await time.timers(FEED_TIMINGS.subscribePauseMs, 6);
      expect(kinds(events)).not.toContain("connected");
      time.advance(FEED_TIMINGS.subscribePauseMs);
    }
    for (const timeframe of TIMEFRAMES) {
      await event(events, "connected", timeframe);
      const mine = connections.filter((connection) => connection.timeframe === timeframe);
      expect(new Set(mine.map(({ streams }) => streams.length))).toEqual(new Set([1_024, 6]));
      expect(mine.flatMap((connection) => connection.symbols).toSorted()).toEqual(
        symbols.toSorted(),
      );
      expect(mine.flatMap(({ batches }) => batches).every(({ length }) => length <= 200)).toBe(
        true,
      );
      expect(statusOf(feed, timeframe)).toMatchObject({ symbols: 1_030, connected: true });
    }
  });
});

describe("a timeframe of several connections", () => {
  it("is down when one of them is, and up when all are back", async () => {
    const { server, feed, events, time } = await setUp({ ...PATIENT, streamsPerConnection: 1 });
    feed.follow(["A", "B"]);
    feed.start(events.put);
    const one = await server.connection("1m");
    await server.connection("1m");
    await event(events, "connected");
    one.drop();
    await event(events, "disconnected");
    expect(statusOf(feed).connected).toBe(false);
    time.advance(500);
    await event(events, "connected");
    expect(kinds(events)).toEqual(["connected", "disconnected", "connected"]);
  });

  it("touches only the connection whose symbols change", async () => {
    const { server, feed, events } = await setUp({ ...PATIENT, streamsPerConnection: 2 });
    feed.follow(["A", "B", "C"]);
    feed.start(events.put);
    await event(events, "connected");
    const [a, b] = [await server.connection("1m"), await server.connection("1m")];
    const [small, large] = a.streams.length === 1 ? [a, b] : [b, a];
    feed.follow(["A", "B"]);
    await small.closed;
    expect(large.isOpen).toBe(true);
    expect(statusOf(feed)).toMatchObject({ connected: true, symbols: 2 });
    expect(kinds(events)).toEqual(["connected"]);
  });

  it("is told down when a further connection cannot be opened", async () => {
    const { server, feed, events, time } = await setUp({ ...PATIENT, streamsPerConnection: 1 });
    feed.follow(["A"]);
    feed.start(events.put);
    await event(events, "connected");
    server.handshake = { status: 503 };
    feed.follow(["A", "B"]);
    expect(await event(events, "disconnected")).toMatchObject({ reason: "http 503" });
    server.handshake = "accept";
    time.advance(500);
    await event(events, "connected");
  });
});

describe("subscribing by message", () => {
  it("that is refused is a failed attempt", async () => {
    const { server, feed, events, time } = await setUp(PATIENT);
    server.subscribeError = 2;
    feed.follow(Array.from({ length: 600 }, (_, n) => `SYMBOL${n}USDT`));
    feed.start(events.put);
    await time.timers(500, 6);
    expect(statusOf(feed)).toMatchObject({ connected: false, lastReason: "subscribe refused 2" });
  });
});
