/** How candles reach the engine: complete, in order, each symbol by itself. */
import { describe, expect, it } from "vitest";
import type { Candle, CandleFrame } from "../../../src/domain/candle.ts";
import { Fault } from "../../../src/domain/fault.ts";
import { closeTimeOf, timeframeMs } from "../../../src/domain/timeframe.ts";
import { Engine } from "../../../src/engine/engine.ts";
import type { EngineEvent } from "../../../src/engine/event.ts";
import type { EngineStore } from "../../../src/ports/engine-store.ts";
import type { CandleRequest, MarketData } from "../../../src/ports/market-data.ts";
import type { FeedEvent } from "../../../src/ports/market-feed.ts";
import { Feeds } from "../../../src/runtime/feeds.ts";
import { BTCUSDT, START } from "../../support/engine-world.ts";
import { silentLogger } from "../../support/silent-logger.ts";

const MINUTE = timeframeMs("1m");
const RULE = "enter long when close > 105 size 10%";

/** Feeds between a market of flat candles and an engine, every port in memory. */
function world(symbols: readonly string[]) {
  let now = START + 30_000;
  const events: EngineEvent[] = [];
  const asked: CandleRequest[] = [];
  const waits: (() => void)[] = [];
  let refusal: Error | null = null;
  let listener: (event: FeedEvent) => void = () => {};
  const followed: string[][] = [];
  const engine = new Engine();
  const abort = new AbortController();
  const store: EngineStore = {
    load: () => Promise.reject(new Error("not asked for")),
    candles: () => Promise.resolve([]),
    extremes: () => Promise.resolve(null),
    commit: () => Promise.resolve(),
  };
  const data: MarketData = {
    async *closedCandles(request) {
      asked.push(request);
      if (refusal !== null) throw refusal;
      await Promise.resolve();
      const length = timeframeMs(request.timeframe);
      const candles: Candle[] = [];
      for (let at = request.from; at <= request.to; at += length) candles.push(flat(request, at));
      yield candles;
    },
    instrument: (symbol) =>
      symbol === "DEADUSDT"
        ? Promise.reject(new Fault("unknown-symbol", { symbol }))
        : Promise.resolve({ ...BTCUSDT, symbol }),
    serverTime: () => Promise.resolve(now),
    limits: () => ({ usedWeight: 0, weightLimit: 6000, bannedUntil: null }),
  };
  for (const symbol of symbols) engine.step(adopt(symbol));
  const feeds = new Feeds({
    engine,
    data,
    store,
    feed: {
      start: (take) => (listener = take),
      follow: (wanted) => followed.push([...wanted]),
      status: () => [],
      stop: () => Promise.resolve(),
    },
    clock: { now: () => now },
    logger: silentLogger,
    counted: { countCandle: () => {}, countGap: () => {}, countDuplicate: () => {} },
    entryLatenessMs: 15_000,
    post: (event) => {
      events.push(event);
      engine.step(event);
    },
    persist: () => {},
    judgedUntil: () => null,
    wait: () => new Promise((resolve) => waits.push(resolve)),
    signal: abort.signal,
  });
  feeds.start();
  return {
    feeds,
    engine,
    events,
    asked,
    followed,
    refuse: (error: Error | null) => (refusal = error),
    letTimePass: () => waits.splice(0).forEach((resume) => resume()),
    tell: (event: FeedEvent) => listener(event),
    push: (frame: CandleFrame) => listener({ kind: "frame", frame }),
    setNow: (time: number) => (now = time),
    frames: () => events.flatMap((event) => (event.kind === "frame" ? [event] : [])),
    backfilled: () => events.flatMap((event) => (event.kind === "backfill" ? event.candles : [])),
  };
}

function adopt(symbol: string): EngineEvent {
  const draft = {
    name: "test",
    symbol,
    timeframe: "1m" as const,
    ruleText: RULE,
    template: null,
    judging: "closed" as const,
    active: true,
    startingBalance: "10000",
  };
  return {
    kind: "command",
    at: START,
    command: { kind: "create-strategies", ownerId: "ann", drafts: [draft] },
  };
}

function flat(of: Pick<Candle, "symbol" | "timeframe">, openTime: number): Candle {
  const { symbol, timeframe } = of;
  return {
    symbol,
    timeframe,
    openTime,
    open: "100",
    high: "100",
    low: "100",
    close: "100",
    volume: "1",
  };
}

function minute(openTime: number, closed: boolean, at = openTime + 2_000): CandleFrame {
  const eventTime = closed ? closeTimeOf("1m", openTime) + 50 : at;
  const candle = flat({ symbol: "BTCUSDT", timeframe: "1m" }, openTime);
  return { candle, closed, eventTime, receivedAt: eventTime };
}

/** Lets everything that needs no time happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
}

describe("a symbol that cannot be had", () => {
  it("keeps no other symbol waiting, and is named in the problems", async () => {
    const { feeds, engine, events } = world(["DEADUSDT", "BTCUSDT"]);
    void feeds.sync();
    await settle();
    expect(engine.registry.markets.get("BTCUSDT")?.group("1m").series.length).toBeGreaterThan(0);
    expect(feeds.problems()).toEqual(["unknown-symbol"]);
    expect(events).toContainEqual({ kind: "delisted", symbol: "DEADUSDT" });
    expect(engine.registry.instruments.get("DEADUSDT")?.status).toBe("DELISTED");
  });

  it("is dropped with its last strategy and asked for no more", async () => {
    const { feeds, engine, followed, letTimePass } = world(["DEADUSDT"]);
    void feeds.sync();
    await settle();
    engine.step({
      kind: "command",
      at: START,
      command: { kind: "delete-strategy", ownerId: "ann", number: 1 },
    });
    expect(feeds.isBehind()).toBe(true);
    void feeds.sync();
    letTimePass();
    await feeds.settled();
    expect(followed.at(-1)).toEqual([]);
    expect(feeds.problems()).toEqual([]);
  });
});

describe("pushes", () => {
  it("pass once the history is there, in order and once", async () => {
    const { feeds, push, frames } = world(["BTCUSDT"]);
    const synced = feeds.sync();
    push(minute(START, false));
    expect(frames()).toHaveLength(0);
    await synced;
    push(minute(START, true));
    push(minute(START + MINUTE, false));
    expect(frames().map(({ frame }) => [frame.candle.openTime, frame.closed])).toEqual([
      [START, false],
      [START, true],
      [START + MINUTE, false],
    ]);
  });

  it("are held while a hole is fetched, and pass after what was missed", async () => {
    const { feeds, push, tell, setNow, frames, backfilled } = world(["BTCUSDT"]);
    await feeds.sync();
    push(minute(START, true));
    setNow(START + 4 * MINUTE + 30_000);
    tell({ kind: "connected", timeframe: "1m", at: START + 4 * MINUTE });
    push(minute(START + 4 * MINUTE, false));
    expect(frames()).toHaveLength(1);
    await settle();
    expect(
      backfilled()
        .filter(({ timeframe }) => timeframe === "1m")
        .map(({ openTime }) => openTime),
    ).toEqual([1, 2, 3].map((i) => START + i * MINUTE));
    expect(frames().at(-1)).toMatchObject({ afterGap: true, frame: { closed: false } });
  });

  it("bring prices to the stops when the past cannot be fetched for a while", async () => {
    const { feeds, push, tell, setNow, frames, refuse, letTimePass, backfilled } = world([
      "BTCUSDT",
    ]);
    await feeds.sync();
    push(minute(START, true));
    refuse(new Fault("exchange-unreachable"));
    setNow(START + 4 * MINUTE + 30_000);
    tell({ kind: "connected", timeframe: "1m", at: START + 4 * MINUTE });
    push(minute(START + 4 * MINUTE, false));
    await settle();
    letTimePass();
    await settle();
    expect(frames().at(-1)?.frame.candle.openTime).toBe(START + 4 * MINUTE);
    expect(feeds.problems()).toEqual(["exchange-unreachable"]);
    refuse(null);
    letTimePass();
    await settle();
    expect(backfilled().some(({ openTime }) => openTime === START + MINUTE)).toBe(true);
    expect(feeds.problems()).toEqual([]);
  });

  it("that never closed a candle are made up for after two looks in a row", async () => {
    const { feeds, push, setNow, frames } = world(["BTCUSDT"]);
    await feeds.sync();
    push(minute(START, false));
    setNow(START + MINUTE + 6_000);
    feeds.watch();
    await settle();
    expect(frames().some(({ frame }) => frame.closed)).toBe(false);
    feeds.watch();
    await settle();
    expect(frames().filter(({ frame }) => frame.closed)).toMatchObject([
      { frame: { candle: { openTime: START }, receivedAt: START + MINUTE + 6_000 } },
    ]);
  });
});
