/** One symbol on one timeframe: its closed candles, its graph, and the plans judged on its closes. */
import { timeframeMs, type Timeframe } from "../../domain/timeframe.ts";
import { MIN_WARMUP_CANDLES } from "../settings.ts";
import type { Plan } from "../trading/plan.ts";
import { CandleSeries, emptyBar } from "./candle-series.ts";
import { ConditionGraph } from "./condition-graph.ts";
import type { Bar } from "./kernel.ts";
import type { SymbolMarket } from "./symbol-market.ts";

export class MarketGroup {
  readonly market: SymbolMarket;
  readonly timeframe: Timeframe;
  readonly lengthMs: number;
  readonly series = new CandleSeries();
  readonly graph: ConditionGraph;
  readonly plans = new Map<string, Plan>();
  /** The forming candle as last pushed; its openTime is 0 before the first. */
  readonly forming: Bar = emptyBar();
  /** The closed candle whose turn it is. */
  readonly closing: Bar = emptyBar();
  /** Candles wanted in memory, and whether the exchange has no older ones than we hold. */
  #needed = MIN_WARMUP_CANDLES;
  complete = false;

  constructor(market: SymbolMarket, timeframe: Timeframe) {
    this.market = market;
    this.timeframe = timeframe;
    this.lengthMs = timeframeMs(timeframe);
    this.graph = new ConditionGraph(timeframe, (other) => market.group(other).graph);
  }

  /** First millisecond after the newest closed candle, or -Infinity. */
  get closedUntil(): number {
    return this.series.lastOpenTime + this.lengthMs;
  }

  /** How many candles must still be fetched from before the held ones; 0 when none. */
  get missing(): number {
    return this.complete || this.series.length >= this.#needed ? 0 : this.#needed;
  }

  need(candles: number): void {
    this.#needed = Math.max(this.#needed, candles);
    this.series.ensureCapacity(this.#needed);
  }

  /** Takes the next closed candle into memory and graph; the plans are not judged yet. */
  append(bar: Bar): void {
    this.series.append(bar);
    this.graph.advance(bar);
  }

  settle(): void {
    for (const plan of this.plans.values()) plan.settle();
  }

  /** Rebuilds every indicator from the held candles. Decides nothing. */
  replay(): void {
    this.graph.replay(this.series, () => this.settle());
  }

  /** Replaces the held candles by a longer history that ends at or after their end, and replays. */
  warmUp(bars: Iterable<Bar>, complete: boolean): void {
    const older = [...bars];
    const newest = older.at(-1)?.openTime ?? Number.NEGATIVE_INFINITY;
    const tail: Bar[] = [];
    for (let i = 0; i < this.series.length; i++) {
      const bar = this.series.read(i, emptyBar());
      if (bar.openTime > newest) tail.push(bar);
    }
    this.series.ensureCapacity(older.length + tail.length);
    this.series.clear();
    for (const one of [...older, ...tail]) this.series.append(one);
    this.complete ||= complete;
    this.replay();
  }
}
