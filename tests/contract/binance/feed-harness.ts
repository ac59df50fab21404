/** A feed on a scripted server in manual time, with what it says collected. */
import { onTestFinished } from "vitest";
import { TIMEFRAMES, type Timeframe } from "../../../src/domain/timeframe.ts";
import { BinanceFeed, type BinanceFeedOptions } from "../../../src/exchange/binance/feed.ts";
import { FEED_TIMINGS } from "../../../src/exchange/binance/timing.ts";
import type { Logger } from "../../../src/ports/logger.ts";
import type { ConnectionStatus, FeedEvent } from "../../../src/ports/market-feed.ts";
import { BinanceServer, Inbox, type ServerConnection } from "../../support/binance-server.ts";
import { ManualTime, START } from "../../unit/exchange/binance/manual-time.ts";

/** Opens a candle of every timeframe. */
export const OPEN_TIME = START - (START % 86_400_000);

export const SILENT: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => SILENT,
};

export interface Harness {
  readonly server: BinanceServer;
  readonly time: ManualTime;
  readonly feed: BinanceFeed;
  readonly events: Inbox<FeedEvent>;
}

export async function setUp(options: Partial<BinanceFeedOptions> = {}): Promise<Harness> {
  const server = await BinanceServer.start();
  const time = new ManualTime();
  const feed = new BinanceFeed({
    wsUrl: server.wsUrl,
    clock: time.clock,
    logger: SILENT,
    timers: time,
    random: () => 0.5,
    ...options,
  });
  onTestFinished(async () => {
    await feed.stop();
    await server.stop();
  });
  return { server, time, feed, events: new Inbox<FeedEvent>() };
}

/** Started, following BTCUSDT, all six connections up. */
export async function setUpConnected(
  options: Partial<BinanceFeedOptions> = {},
): Promise<Harness & { readonly connections: Record<Timeframe, ServerConnection> }> {
  const harness = await setUp(options);
  const { server, feed, events } = harness;
  feed.follow(["BTCUSDT"]);
  feed.start(events.put);
  const entries = TIMEFRAMES.map(async (timeframe) => {
    const connection = await server.connection(timeframe);
    await event(events, "connected", timeframe);
    return [timeframe, connection] as const;
  });
  const connections = Object.fromEntries(await Promise.all(entries));
  return { ...harness, connections: connections as Record<Timeframe, ServerConnection> };
}

/** The next untaken event of a kind and timeframe. */
export function event<K extends FeedEvent["kind"]>(
  events: Inbox<FeedEvent>,
  kind: K,
  timeframe: Timeframe = "1m",
): Promise<Extract<FeedEvent, { kind: K }>> {
  const next = events.next((item) => item.kind === kind && timeframeOf(item) === timeframe);
  return next as Promise<Extract<FeedEvent, { kind: K }>>;
}

export function kinds(events: Inbox<FeedEvent>, timeframe: Timeframe = "1m"): string[] {
  return events.all.filter((item) => timeframeOf(item) === timeframe).map(({ kind }) => kind);
}

export function statusOf(feed: BinanceFeed, timeframe: Timeframe = "1m"): ConnectionStatus {
  return feed.status().find((status) => status.timeframe === timeframe)!;
}

/** How many connections are being opened at this moment, by their timers. */
export function opening(time: ManualTime): number {
  return time.running(FEED_TIMINGS.connectTimeoutMs);
}

/** Resolves when something that sockets bring about has come true. */
export async function eventually(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise(setImmediate);
}

/** Sends a frame and waits until the feed has passed it on: the connection serves. */
export async function serve(events: Inbox<FeedEvent>, connection: ServerConnection): Promise<void> {
  connection.kline(connection.symbols[0]!, OPEN_TIME);
  await event(events, "frame", connection.timeframe as Timeframe);
}

/** Lets the overlap of a swap pass and waits until the old connection is closed. */
export async function finishSwap(
  time: ManualTime,
  old: ServerConnection,
  replacement: ServerConnection,
): Promise<void> {
  // Once it answers it is open, and the overlap has begun.
  await replacement.ping();
  time.advance(FEED_TIMINGS.overlapMs);
  await old.closed;
}

function timeframeOf(item: FeedEvent): Timeframe {
  return item.kind === "frame" ? item.frame.candle.timeframe : item.timeframe;
}
