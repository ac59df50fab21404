/**
 * Everything known of one symbol: what may be traded, the price now, and the candles of all
 * timeframes. Candles that close at the same instant arrive on separate sockets in any order; here
 * they wait for each other, so that a judgement sees the same whatever the network did: prices first,
 * then the longer timeframe a rule looks at, then the rule's own.
 */
import type { Candle } from "../../domain/candle.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { DecimalText } from "../../domain/money.ts";
import type { Timeframe } from "../../domain/timeframe.ts";
import { BOUNDARY_PATIENCE_MS, LONGEST_FIRST } from "../settings.ts";
import type { Cohort } from "../trading/cohort.ts";
import type { StrategyState } from "../trading/strategy-state.ts";
import { emptyBar, readCandle } from "./candle-series.ts";
import type { Bar } from "./kernel.ts";
import { MarketGroup } from "./market-group.ts";
import { PriceTracker } from "./price-tracker.ts";

interface Waiting {
  readonly group: MarketGroup;
  readonly candle: Candle;
  readonly since: number;
}

/** A price and when the market was there, epoch ms. */
export interface KnownPrice {
  readonly price: DecimalText;
  readonly at: number;
}

export class SymbolMarket {
  readonly symbol: string;
  readonly tracker = new PriceTracker();
  readonly detail: MarketGroup;
  instrument: Instrument | null = null;
  /** The newest price of storage, for as long as none has been seen. */
  storedPrice: KnownPrice | null = null;
  /** Strategies with an order that waits for a price. */
  readonly waitingOrders = new Set<StrategyState>();
  readonly cohorts = new Set<Cohort>();
  /** Prices strictly between these need no look at any cohort. */
  fallBound = Number.NEGATIVE_INFINITY;
  riseBound = Number.POSITIVE_INFINITY;
  deadline = Number.POSITIVE_INFINITY;
  readonly #groups: Record<Timeframe, MarketGroup>;
  readonly #waiting: Waiting[] = [];

  constructor(symbol: string, detailTimeframe: Timeframe) {
    this.symbol = symbol;
    const group = (timeframe: Timeframe) => new MarketGroup(this, timeframe);
    this.#groups = {
      "1m": group("1m"),
      "5m": group("5m"),
      "15m": group("15m"),
      "1h": group("1h"),
      "4h": group("4h"),
      "1d": group("1d"),
    };
    this.detail = this.group(detailTimeframe);
  }

  group(timeframe: Timeframe): MarketGroup {
    return this.#groups[timeframe];
  }

  get groups(): readonly MarketGroup[] {
    return LONGEST_FIRST.map((timeframe) => this.#groups[timeframe]);
  }

  /** Some price or time would reach a cohort; without any no price needs to be looked at. */
  get watches(): boolean {
    return (
      this.fallBound !== Number.NEGATIVE_INFINITY ||
      this.riseBound !== Number.POSITIVE_INFINITY ||
      this.deadline !== Number.POSITIVE_INFINITY
    );
  }

  /** No order waits for a price and no position for a level: what is new in a price is all one. */
  get isIdle(): boolean {
    return this.waitingOrders.size === 0 && !this.watches;
  }

  /** The newest price there is, however old; null before the first. */
  get lastPrice(): KnownPrice | null {
    const { point } = this.tracker;
    return point === null ? this.storedPrice : { price: point.last, at: point.time };
  }

  /** Recomputes the bounds after cohorts came, went or moved their trailing stops. */
  rebound(): void {
    this.fallBound = Number.NEGATIVE_INFINITY;
    this.riseBound = Number.POSITIVE_INFINITY;
    this.deadline = Number.POSITIVE_INFINITY;
    for (const cohort of this.cohorts) {
      this.fallBound = Math.max(this.fallBound, cohort.fallBound);
      this.riseBound = Math.min(this.riseBound, cohort.riseBound);
      this.deadline = Math.min(this.deadline, cohort.deadline);
    }
  }

  /**
   * Takes a closed candle. "next": it waits for its turn. "revised": it differs from the one held and
   * the indicators were rebuilt. "known": nothing new. Older than what is held and not held: "known".
   */
  close(candle: Candle, at: number): "next" | "revised" | "known" {
    const group = this.group(candle.timeframe);
    if (candle.openTime > this.#newestOf(group)) {
      this.#waiting.push({ group, candle, since: at });
      return "next";
    }
    return this.#isRevision(group, readCandle(candle, emptyBar())) ? "revised" : "known";
  }

  /** True for a candle newer than every one taken so far on its timeframe. */
  awaits({ timeframe, openTime }: Candle): boolean {
    return openTime > this.#newestOf(this.group(timeframe));
  }

  /** A closed candle of the group has not had its turn yet. */
  hasWaiting(group: MarketGroup): boolean {
    return this.#hasInQueue(group, 0, this.#waiting.length);
  }

  /** Rebuilds the graphs that read a timeframe whose history has changed. */
  replayReadersOf(timeframe: Timeframe): void {
    for (const group of this.groups) {
      if (group.graph.foreignTimeframes.has(timeframe)) group.replay();
    }
  }

  /** The next candle whose turn it is, or null; `at` is the present. */
  nextInTurn(at: number): Omit<Waiting, "since"> | null {
    for (let i = 0; i < this.#waiting.length; i++) {
      const waiting = this.#waiting[i];
      if (waiting === undefined || this.#hasInQueue(waiting.group, 0, i)) continue;
      const overtaken = this.#hasInQueue(waiting.group, i + 1, this.#waiting.length);
      const impatient = overtaken || at - waiting.since > BOUNDARY_PATIENCE_MS;
      if (!impatient && !this.#isReady(waiting)) continue;
      // Nearly always it waits alone, and an array that shrinks at its end keeps its memory.
      if (i === this.#waiting.length - 1) this.#waiting.pop();
      else this.#waiting.splice(i, 1);
      return waiting;
    }
    return null;
  }

  /** Whether a candle of the group waits at one of the places from `begin` to before `end`. */
  #hasInQueue(group: MarketGroup, begin: number, end: number): boolean {
    for (let i = begin; i < end; i++) if (this.#waiting[i]?.group === group) return true;
    return false;
  }

  #newestOf(group: MarketGroup): number {
    let newest = group.series.lastOpenTime;
    for (const waiting of this.#waiting) {
      if (waiting.group === group) newest = Math.max(newest, waiting.candle.openTime);
    }
    return newest;
  }

  #isReady({ group, candle }: Waiting): boolean {
    const closedAt = candle.openTime + group.lengthMs;
    if (group !== this.detail && !this.tracker.hasSeenUntil(closedAt)) return false;
    for (const timeframe of group.graph.foreignTimeframes) {
      const foreign = this.group(timeframe);
      if (closedAt % foreign.lengthMs === 0 && foreign.closedUntil < closedAt) return false;
    }
    return true;
  }

  #isRevision(group: MarketGroup, bar: Bar): boolean {
    const held = emptyBar();
    for (let i = group.series.length - 1; i >= 0; i--) {
      if (group.series.read(i, held).openTime > bar.openTime) continue;
      if (held.openTime !== bar.openTime || sameBar(held, bar)) return false;
      group.series.revise(bar);
      group.replay();
      this.replayReadersOf(group.timeframe);
      return true;
    }
    return false;
  }
}

function sameBar(a: Bar, b: Bar): boolean {
  return (
    a.open === b.open &&
    a.high === b.high &&
    a.low === b.low &&
    a.close === b.close &&
    a.volume === b.volume
  );
}
