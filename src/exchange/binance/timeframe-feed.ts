/**
 * One timeframe of the feed: as many streams as its symbols need, seen from outside as one
 * connection. It is up when all its streams are; it tells of losses and returns, not of planned swaps.
 */
import type { Timeframe } from "../../domain/timeframe.ts";
import type { ObservingClock } from "../../ports/clock.ts";
import type { ConnectionStatus, FeedEvent } from "../../ports/market-feed.ts";
import type { Message } from "./parse.ts";
import { assignSymbols } from "./plan.ts";
import { KlineStream, type StreamModules, type StreamOptions } from "./stream.ts";

/** Different codes and event types are logged once each, up to this many. */
const KINDS_LOGGED = 50;

export interface TimeframeFeedOptions extends StreamOptions {
  readonly streamsPerConnection: number;
}

export interface TimeframeFeedModules extends StreamModules {
  readonly clock: ObservingClock;
  readonly listener: (event: FeedEvent) => void;
}

export class TimeframeFeed {
  readonly timeframe: Timeframe;
  readonly #options: TimeframeFeedOptions;
  readonly #modules: TimeframeFeedModules;
  readonly #logged = new Set<string>();
  readonly #stopping = new Set<Promise<void>>();
  #streams: KlineStream[] = [];
  #isUp = false;
  #connectedAt: number | null = null;
  #symbols = 0;
  #reconnects = 0;
  #messages = 0;
  #malformed = 0;
  #ignored = 0;
  #lastMessageAt: number | null = null;
  #lagMs: number | null = null;
  #lastReason: string | null = null;

  constructor(options: TimeframeFeedOptions, modules: TimeframeFeedModules) {
    this.timeframe = options.timeframe;
    this.#options = options;
    this.#modules = modules;
  }

  follow(symbols: ReadonlySet<string>): void {
    const present = this.#streams;
    const sets = assignSymbols(
      present.map((stream) => stream.symbols),
      symbols,
      this.#options.streamsPerConnection,
    );
    this.#symbols = symbols.size;
    this.#streams = sets.flatMap((set, index) => {
      const stream = present[index];
      if (set.size > 0) return [this.#streamFor(set, stream)];
      if (stream !== undefined) this.#retire(stream);
      return [];
    });
    this.#settle();
  }

  /** Events of types we do not use, counted and dropped. */
  get ignored(): number {
    return this.#ignored;
  }

  status(): ConnectionStatus {
    return {
      timeframe: this.timeframe,
      connected: this.#allUp(),
      connectedAt: this.#connectedAt,
      symbols: this.#symbols,
      reconnects: this.#reconnects,
      messages: this.#messages,
      malformed: this.#malformed,
      lastMessageAt: this.#lastMessageAt,
      lagMs: this.#lagMs,
      lastReason: this.#lastReason,
    };
  }

  /** Resolves when no socket is left; no event comes after the call. */
  async stop(): Promise<void> {
    for (const stream of this.#streams) this.#retire(stream);
    this.#streams = [];
    this.#isUp = false;
    this.#connectedAt = null;
    await Promise.all(this.#stopping);
  }

  #streamFor(symbols: ReadonlySet<string>, present: KlineStream | undefined): KlineStream {
    if (present !== undefined) {
      present.follow(symbols);
      return present;
    }
    return new KlineStream(symbols, this.#options, this.#modules, {
      up: (afterLoss) => this.#cameUp(afterLoss),
      down: (reason) => this.#wentDown(reason),
      message: (message) => this.#received(message),
    });
  }

  #retire(stream: KlineStream): void {
    const stopped = stream.stop().finally(() => this.#stopping.delete(stopped));
    this.#stopping.add(stopped);
  }

  #cameUp(afterLoss: boolean): void {
    if (afterLoss) this.#reconnects += 1;
    this.#settle();
  }

  /** Tells of the return once every stream is back; an empty timeframe is simply not connected. */
  #settle(): void {
    const { clock, listener } = this.#modules;
    if (this.#streams.length === 0) {
      this.#isUp = false;
      this.#connectedAt = null;
      return;
    }
    if (this.#isUp || !this.#allUp()) return;
    this.#isUp = true;
    this.#connectedAt = clock.now();
    listener({ kind: "connected", timeframe: this.timeframe, at: this.#connectedAt });
  }

  #wentDown(reason: string): void {
    const { clock, listener } = this.#modules;
    this.#lastReason = reason;
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#connectedAt = null;
    listener({ kind: "disconnected", timeframe: this.timeframe, at: clock.now(), reason });
  }

  #received(message: Message): void {
    const { clock, listener } = this.#modules;
    this.#messages += 1;
    if (message.kind === "kline") {
      const { candle, closed, eventTime } = message;
      const receivedAt = clock.observe(eventTime);
      this.#lastMessageAt = receivedAt;
      this.#lagMs = receivedAt - eventTime;
      listener({ kind: "frame", frame: { candle, closed, eventTime, receivedAt } });
      return;
    }
    this.#lastMessageAt = clock.now();
    if (message.kind === "malformed") {
      this.#malformed += 1;
      this.#logOnce(message.code, "malformed frame dropped");
    }
    if (message.kind === "ignored") {
      this.#ignored += 1;
      this.#logOnce(message.eventType.slice(0, 40), "unknown event ignored");
    }
  }

  #logOnce(what: string, message: string): void {
    if (this.#logged.has(what) || this.#logged.size >= KINDS_LOGGED) return;
    this.#logged.add(what);
    this.#modules.logger.warn({ what }, message);
  }

  #allUp(): boolean {
    return this.#streams.length > 0 && this.#streams.every((stream) => stream.isUp);
  }
}
