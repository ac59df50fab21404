/**
 * All symbols' ways into the engine. The set of symbols follows the strategies: a new one is given its
 * instrument and its history before its first push passes, one that nobody needs is dropped.
 */
import { faultCode } from "../domain/fault.ts";
import { closeTimeOf, type Timeframe } from "../domain/timeframe.ts";
import type { Effect } from "../engine/effect.ts";
import type { Engine } from "../engine/engine.ts";
import type { HistoryNeed } from "../engine/event.ts";
import { LONGEST_FIRST } from "../engine/settings.ts";
import type { FeedEvent, MarketFeed } from "../ports/market-feed.ts";
import type { FeedModules } from "./feed-modules.ts";
import { loadHistory } from "./history.ts";
import { SymbolFeed } from "./symbol-feed.ts";

/** First pause after a failure to reach the exchange; it doubles up to the last. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

export interface FeedsModules extends FeedModules {
  readonly feed: MarketFeed;
  readonly engine: Engine;
  readonly persist: (effects: readonly Effect[]) => void;
}

export class Feeds {
  readonly #modules: FeedsModules;
  readonly #symbols = new Map<string, SymbolFeed>();
  readonly #problems = new Map<string, string>();
  #syncing: Promise<void> = Promise.resolve();

  constructor(modules: FeedsModules) {
    this.#modules = modules;
  }

  start(): void {
    this.#modules.feed.start((event) => this.#take(event));
  }

  /** Codes of what keeps candles from coming, for the status. */
  problems(): readonly string[] {
    const codes = new Set(this.#problems.values());
    for (const { problem } of this.#symbols.values()) if (problem !== null) codes.add(problem);
    return [...codes].toSorted();
  }

  /** Candles replayed so far because they were missed when they happened. */
  get replayed(): number {
    return [...this.#symbols.values()].reduce((sum, symbol) => sum + symbol.replayed, 0);
  }

  /** Follows what the engine needs now; resolves when every symbol has its history. */
  sync(): Promise<void> {
    this.#syncing = this.#syncing.then(() => this.#sync());
    return this.#syncing;
  }

  /** Resolves when nothing is being loaded. */
  settled(): Promise<void> {
    return this.#syncing;
  }

  /** Looks for overdue closes; to be called about once a second. */
  watch(): void {
    const now = this.#modules.clock.now();
    for (const symbol of this.#symbols.values()) symbol.watch(now);
  }

  /** Asks the exchange again what may be traded how. */
  async refreshInstruments(): Promise<void> {
    for (const symbol of this.#symbols.keys()) await this.#instrument(symbol);
  }

  #take(event: FeedEvent): void {
    if (event.kind === "frame") {
      this.#symbols.get(event.frame.candle.symbol)?.accept(event.frame);
    } else if (event.kind === "connected") {
      for (const symbol of this.#symbols.values()) symbol.reconnected(event.timeframe);
    }
  }

  async #sync(): Promise<void> {
    const { engine, feed } = this.#modules;
    const wanted = new Set(engine.symbols());
    for (const symbol of this.#symbols.keys()) {
      if (wanted.has(symbol)) continue;
      this.#symbols.delete(symbol);
      this.#problems.delete(symbol);
    }
    const added = [...wanted].filter((symbol) => !this.#symbols.has(symbol));
    for (const symbol of added) this.#symbols.set(symbol, new SymbolFeed(symbol, this.#modules));
    feed.follow([...this.#symbols.keys()]);
    const held = engine.historyNeeds().filter(({ symbol }) => !added.includes(symbol));
    await Promise.all([
      ...added.map((symbol) => this.#open(symbol)),
      ...held.map((need) => this.#tryUntilDone(need.symbol, () => this.#lengthen(need))),
    ]);
  }

  async #open(symbol: string): Promise<void> {
    await this.#tryUntilDone(symbol, () => this.#instrument(symbol));
    const newest = new Map<Timeframe, number>();
    for (const timeframe of LONGEST_FIRST) {
      await this.#tryUntilDone(symbol, async () => {
        const wanted = this.#wanted(symbol, timeframe);
        const last = await this.#lengthen({ symbol, timeframe, candles: wanted });
        if (last !== undefined) newest.set(timeframe, last);
      });
    }
    await this.#symbols.get(symbol)?.begin(newest);
  }

  #wanted(symbol: string, timeframe: Timeframe): number {
    const needs = this.#modules.engine.historyNeeds();
    const need = needs.find((one) => one.symbol === symbol && one.timeframe === timeframe);
    return need?.candles ?? 1;
  }

  async #instrument(symbol: string): Promise<void> {
    const instrument = await this.#modules.data.instrument(symbol);
    this.#modules.post({ kind: "instrument", instrument });
  }

  /** Gives the engine the history it needs; returns the open time of its newest candle. */
  async #lengthen(need: HistoryNeed): Promise<number | undefined> {
    const { symbol, timeframe } = need;
    const until = this.#modules.clock.now();
    const of = { symbol, timeframe, wanted: need.candles, until };
    const { candles, fetched, complete } = await loadHistory(this.#modules, of);
    const closed = candles.filter(({ openTime }) => closeTimeOf(timeframe, openTime) < until);
    this.#modules.persist(fetched.map((candle) => ({ kind: "save-candle", candle })));
    this.#modules.post({ kind: "warm-up", symbol, timeframe, candles: closed, complete });
    return closed.at(-1)?.openTime;
  }

  async #tryUntilDone(symbol: string, action: () => Promise<unknown>): Promise<void> {
    const { signal, logger, wait } = this.#modules;
    let pauseMs = FIRST_RETRY_MS;
    while (!signal.aborted && this.#symbols.has(symbol)) {
      try {
        await action();
        this.#problems.delete(symbol);
        return;
      } catch (error) {
        if (signal.aborted) return;
        this.#problems.set(symbol, faultCode(error));
        logger.warn({ symbol, code: faultCode(error) }, "the exchange could not be asked");
        await wait(pauseMs);
        pauseMs = Math.min(2 * pauseMs, LAST_RETRY_MS);
      }
    }
  }
}
