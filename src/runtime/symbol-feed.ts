/**
 * One symbol's way into the engine. While its candles are complete, pushes pass straight through; when
 * a hole shows (a lost connection, a lost close, a restart) they are held back until the hole has
 * been fetched, so that the engine sees every closed candle once and in order.
 */
import type { Candle, CandleFrame } from "../domain/candle.ts";
import { faultCode } from "../domain/fault.ts";
import {
  closeTimeOf,
  openTimeAt,
  timeframeMs,
  TIMEFRAMES,
  type Timeframe,
} from "../domain/timeframe.ts";
import { Continuity } from "./continuity.ts";
import type { FeedModules } from "./feed-modules.ts";
import { missedCandles } from "./history.ts";

const DETAIL: Timeframe = "1m";
/** How long after its end a candle's closing push may come before it is fetched instead, ms. */
export const CLOSE_GRACE_MS = 5_000;
/** A hole that the exchange cannot fill is accepted once it is this old, ms. */
const HOLE_ACCEPTED_AFTER_MS = 60_000;
const RETRY_MS = 2_000;
/** How long prices wait for a hole to be mended, and how often they are let through after that, ms. */
const PRICES_HELD_MS = 3_000;
const PRICES_AGAIN_MS = 1_000;
/** Closed candles held back for one symbol while a hole is being fetched. */
const MAX_HELD = 20_000;

export class SymbolFeed {
  readonly symbol: string;
  readonly #modules: FeedModules;
  readonly #reach = new Map<Timeframe, Continuity>();
  readonly #suspects = new Set<Timeframe>();
  #held: CandleFrame[] = [];
  #holding = true;
  #mending: Promise<void> | null = null;
  #interrupted = false;
  #problem: string | null = null;
  #replayed = 0;
  readonly #stopped = new AbortController();

  constructor(symbol: string, modules: FeedModules) {
    this.symbol = symbol;
    this.#modules = modules;
  }

  /** Code of what keeps its candles from being complete, or null. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Candles replayed because they were missed when they happened. */
  get replayed(): number {
    return this.#replayed;
  }

  /** History is in the engine up to these open times: pushes may pass once the rest is fetched. */
  async begin(newest: ReadonlyMap<Timeframe, number>): Promise<void> {
    for (const timeframe of TIMEFRAMES) {
      const lengthMs = timeframeMs(timeframe);
      const known = newest.get(timeframe);
      const expected =
        known === undefined ? openTimeAt(timeframe, this.#modules.clock.now()) : known + lengthMs;
      this.#reach.set(timeframe, new Continuity(lengthMs, expected));
    }
    await this.mend();
  }

  accept(frame: CandleFrame): void {
    if (this.#holding) this.#hold(frame);
    else this.#pass(frame);
  }

  /** A connection came back: what it missed is fetched before its pushes pass. */
  reconnected(timeframe: Timeframe): void {
    if (timeframe === DETAIL) this.#interrupted = true;
    if (this.#reach.size > 0) void this.mend();
  }

  /** Nobody needs the symbol any more: nothing is fetched for it from now on. */
  stop(): void {
    this.#stopped.abort();
  }

  /** Looks for closes that are overdue; two looks in a row must agree. */
  watch(now: number): void {
    if (this.#holding) return;
    for (const [timeframe, reach] of this.#reach) {
      if (!reach.overdue(now, CLOSE_GRACE_MS)) this.#suspects.delete(timeframe);
      else if (this.#suspects.has(timeframe)) void this.mend();
      else this.#suspects.add(timeframe);
    }
  }

  /** Fetches what is missing and lets the held pushes through. */
  mend(): Promise<void> {
    this.#holding = true;
    if (this.#mending !== null) return this.#mending;
    this.#mending = this.#mendAll().finally(() => {
      this.#mending = null;
    });
    void this.#letPricesThrough();
    return this.#mending;
  }

  /** The stops do not wait long for the past: while it is being fetched they see the present. */
  async #letPricesThrough(): Promise<void> {
    const { wait } = this.#modules;
    await wait(PRICES_HELD_MS);
    while (this.#mending !== null && !this.#signal.aborted) {
      this.#releasePrices();
      await wait(PRICES_AGAIN_MS);
    }
  }

  get #signal(): AbortSignal {
    return AbortSignal.any([this.#modules.signal, this.#stopped.signal]);
  }

  async #mendAll(): Promise<void> {
    const signal = this.#signal;
    while (!signal.aborted) {
      try {
        const candles = await this.#fetchMissing();
        this.#problem = null;
        this.#deliver(candles);
        if (this.#releaseHeld()) {
          this.#suspects.clear();
          this.#holding = false;
          return;
        }
      } catch (error) {
        if (signal.aborted) return;
        this.#problem = faultCode(error);
        this.#modules.logger.warn(
          { symbol: this.symbol, code: this.#problem },
          "candles could not be fetched, trying again",
        );
      }
      await this.#modules.wait(RETRY_MS);
    }
  }

  async #fetchMissing(): Promise<Candle[]> {
    const { data, clock } = this.#modules;
    const signal = this.#signal;
    const candles: Candle[] = [];
    for (const [timeframe, reach] of this.#reach) {
      const newest = openTimeAt(timeframe, clock.now()) - timeframeMs(timeframe);
      if (newest < reach.expected) continue;
      const request = { symbol: this.symbol, timeframe, from: reach.expected, to: newest };
      for (const candle of await missedCandles(data, request, signal)) candles.push(candle);
    }
    return candles;
  }

  /** Old candles as a backfill, in which no entry is made; those that closed just now as closes. */
  #deliver(candles: readonly Candle[]): void {
    const { post, clock, entryLatenessMs, counted } = this.#modules;
    const at = clock.now();
    const isLate = ({ timeframe, openTime }: Candle) =>
      at - closeTimeOf(timeframe, openTime) > entryLatenessMs;
    const missed = candles.filter(isLate);
    if (missed.length > 0) {
      post({ kind: "backfill", symbol: this.symbol, candles: missed, at });
      this.#replayed += missed.length;
    }
    for (const candle of candles) {
      if (!isLate(candle)) {
        const eventTime = closeTimeOf(candle.timeframe, candle.openTime);
        this.#post({ candle, closed: true, eventTime, receivedAt: at });
      }
      counted.countCandle(candle.timeframe, "backfill");
      counted.countGap(candle.timeframe, 1);
      this.#reach.get(candle.timeframe)?.reached(candle.openTime);
    }
  }

  /** True when every held push could pass; false when a hole is left that is worth another try. */
  #releaseHeld(): boolean {
    const { clock } = this.#modules;
    const held = this.#held.toSorted((a, b) => a.eventTime - b.eventTime);
    this.#held = [];
    for (const [index, frame] of held.entries()) {
      const reach = this.#reach.get(frame.candle.timeframe);
      if (reach?.verdict(frame) === "hole") {
        const holeEnd = reach.expected + timeframeMs(frame.candle.timeframe);
        if (clock.now() - holeEnd < HOLE_ACCEPTED_AFTER_MS) {
          this.#held = held.slice(index);
          return false;
        }
        reach.reached(frame.candle.openTime - timeframeMs(frame.candle.timeframe));
      }
      this.#pass(frame);
    }
    return true;
  }

  /** While candles cannot be had, prices still reach the stops. */
  #releasePrices(): void {
    for (const frame of this.#held.filter(isPrice)) this.#post(frame);
    this.#held = this.#held.filter((frame) => !isPrice(frame));
  }

  #pass(frame: CandleFrame): void {
    const { candle, closed } = frame;
    const reach = this.#reach.get(candle.timeframe);
    const verdict = reach?.verdict(frame) ?? "hole";
    if (verdict === "hole") {
      this.#hold(frame);
      void this.mend();
      return;
    }
    if (verdict === "repeats") {
      if (closed) {
        this.#modules.counted.countDuplicate(candle.timeframe);
        this.#post(frame);
      }
      return;
    }
    if (closed) {
      reach?.reached(candle.openTime);
      this.#modules.counted.countCandle(candle.timeframe, "stream");
    }
    this.#post(frame);
  }

  #post(frame: CandleFrame): void {
    const afterGap = this.#interrupted && frame.candle.timeframe === DETAIL;
    if (afterGap) this.#interrupted = false;
    this.#modules.post({ kind: "frame", frame, afterGap });
  }

  #hold(frame: CandleFrame): void {
    const { timeframe } = frame.candle;
    if (!frame.closed) {
      this.#held = this.#held.filter(
        (other) => other.closed || other.candle.timeframe !== timeframe,
      );
    }
    if (this.#held.length < MAX_HELD) this.#held.push(frame);
  }
}

function isPrice({ candle, closed }: CandleFrame): boolean {
  return candle.timeframe === DETAIL && !closed;
}
