/**
 * All symbols' ways into the engine. The set of symbols follows the strategies: a new one is given its
 * instrument and its history before its first push passes, one that nobody needs is dropped.
 */
import { faultCode } from "../domain/fault.ts";
import { closeTimeOf, timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import type { Effect } from "../engine/effect.ts";
import type { Engine } from "../engine/engine.ts";
import type { HistoryNeed } from "../engine/event.ts";
import { LONGEST_FIRST } from "../engine/settings.ts";
import type { FeedEvent, MarketFeed } from "../ports/market-feed.ts";
import type { FeedModules } from "./feed-modules.ts";
import { loadHistory, MAX_REPLAYED_CANDLES } from "./history.ts";
import { SymbolFeed } from "./symbol-feed.ts";

/** First pause after a failure to reach the exchange; it doubles up to the last. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

export interface FeedsModules extends FeedModules {
  readonly feed: MarketFeed;
  readonly engine: Engine;
  readonly persist: (effects: readonly Effect[]) => void;
  /** End (first ms after) of the newest candle judged before this start; null when there is none. */
  readonly judgedUntil: (symbol: string, timeframe: Timeframe) => number | null;
}

export class Feeds {
  readonly #modules: FeedsModules;
  readonly #symbols = new Map<string, SymbolFeed>();
  /** Symbols whose strategies were restored: what they missed is made up for. */
  readonly #restored: Set<string>;
  readonly #problems = new Map<string, string>();
  /** What is being loaded, by symbol: one that cannot be had keeps nobody else waiting. */
  readonly #loading = new Map<string, Promise<void>>();

  constructor(modules: FeedsModules) {
    this.#modules = modules;
    this.#restored = new Set(modules.engine.symbols());
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

  /** The engine follows other symbols than we do. */
  isBehind(): boolean {
    return this.#modules.engine.symbols().length !== this.#symbols.size;
  }

  /** Follows what the engine needs now; resolves when every symbol has its history. */
  sync(): Promise<void> {
    const { engine, feed } = this.#modules;
    const wanted = new Set(engine.symbols());
    for (const [symbol, one] of this.#symbols) if (!wanted.has(symbol)) this.#drop(symbol, one);
    const held = engine.historyNeeds().filter(({ symbol }) => this.#symbols.has(symbol));
    const added = [...wanted].filter((symbol) => !this.#symbols.has(symbol));
    for (const symbol of added) this.#symbols.set(symbol, new SymbolFeed(symbol, this.#modules));
    feed.follow([...this.#symbols.keys()]);
    for (const symbol of added) this.#load(symbol, () => this.#open(symbol));
    for (const symbol of new Set(held.map((need) => need.symbol))) {
      this.#load(symbol, () => this.#lengthenAll(symbol));
    }
    return this.settled();
  }

  /** Resolves when nothing is being loaded. */
  async settled(): Promise<void> {
    while (this.#loading.size > 0) await Promise.allSettled(this.#loading.values());
  }

  /** Looks for overdue closes; to be called about once a second. */
  watch(): void {
    const now = this.#modules.clock.now();
    for (const symbol of this.#symbols.values()) symbol.watch(now);
  }

  /** Asks the exchange again what may be traded how. */
  async refreshInstruments(): Promise<void> {
    const { logger } = this.#modules;
    for (const symbol of this.#symbols.keys()) {
      try {
        await this.#instrument(symbol);
      } catch (error) {
        logger.warn({ symbol, code: faultCode(error) }, "a symbol's filters could not be renewed");
      }
    }
  }

  #take(event: FeedEvent): void {
    if (event.kind === "frame") {
      this.#symbols.get(event.frame.candle.symbol)?.accept(event.frame);
    } else if (event.kind === "connected") {
      for (const symbol of this.#symbols.values()) symbol.reconnected(event.timeframe);
    }
  }

  /** One thing after another for a symbol; symbols do not wait for each other. */
  #load(symbol: string, work: () => Promise<void>): void {
    const before = this.#loading.get(symbol) ?? Promise.resolve();
    const loading = before.then(work).finally(() => {
      if (this.#loading.get(symbol) === loading) this.#loading.delete(symbol);
    });
    this.#loading.set(symbol, loading);
  }

  #drop(symbol: string, feed: SymbolFeed): void {
    feed.stop();
    this.#restored.delete(symbol);
    this.#symbols.delete(symbol);
    this.#problems.delete(symbol);
    this.#loading.delete(symbol);
  }

  async #lengthenAll(symbol: string): Promise<void> {
    for (const timeframe of LONGEST_FIRST) {
      const candles = this.#wanted(symbol, timeframe);
      if (candles === 0) continue;
      await this.#tryUntilDone(symbol, () => this.#lengthen({ symbol, timeframe, candles }));
    }
  }

  async #open(symbol: string): Promise<void> {
    await this.#tryUntilDone(symbol, () => this.#instrument(symbol));
    const newest = new Map<Timeframe, number>();
    for (const timeframe of LONGEST_FIRST) {
      await this.#tryUntilDone(symbol, async () => {
        const wanted = Math.max(1, this.#wanted(symbol, timeframe));
        const last = await this.#lengthen({ symbol, timeframe, candles: wanted });
        if (last !== undefined) newest.set(timeframe, last);
      });
    }
    await this.#symbols.get(symbol)?.begin(newest);
  }

  #wanted(symbol: string, timeframe: Timeframe): number {
    const needs = this.#modules.engine.historyNeeds();
    const need = needs.find((one) => one.symbol === symbol && one.timeframe === timeframe);
    return need?.candles ?? 0;
  }

  async #instrument(symbol: string): Promise<void> {
    const { data, post } = this.#modules;
    try {
      post({ kind: "instrument", instrument: await data.instrument(symbol) });
    } catch (error) {
      if (faultCode(error) === "unknown-symbol") post({ kind: "delisted", symbol });
      throw error;
    }
  }

  /** Gives the engine the history it needs; returns the open time of its newest candle. */
  async #lengthen(need: HistoryNeed): Promise<number | undefined> {
    const { symbol, timeframe } = need;
    const until = this.#historyEnd(need);
    const of = { symbol, timeframe, wanted: need.candles, until };
    const { candles, fetched, complete } = await loadHistory(this.#modules, of);
    const closed = candles.filter(({ openTime }) => closeTimeOf(timeframe, openTime) < until);
    this.#modules.persist(fetched.map((candle) => ({ kind: "save-candle", candle })));
    this.#modules.post({ kind: "warm-up", symbol, timeframe, candles: closed, complete });
    return closed.at(-1)?.openTime;
  }

  /**
   * Where what was learnt ends and what was missed begins: the newest candle the engine has judged,
   * however much others have stored since; the present for a symbol it has not followed lately.
   */
  #historyEnd({ symbol, timeframe }: HistoryNeed): number {
    const { clock, engine, judgedUntil } = this.#modules;
    const held = engine.closedUntil(symbol, timeframe);
    if (held !== null) return held;
    const now = clock.now();
    const judged = this.#restored.has(symbol) ? judgedUntil(symbol, timeframe) : null;
    const missed = judged === null ? Infinity : (now - judged) / timeframeMs(timeframe);
    return judged === null || missed > MAX_REPLAYED_CANDLES ? now : judged;
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
