/**
 * A backtest's candles as the events a live market would have made of them, in its order: at one
 * instant prices first, then the longer timeframes, then the rule's own. Where all 1m candles of an
 * own candle are there they are the prices; elsewhere the own candle is, with the pessimistic order of
 * its low and high.
 */
import type { Candle } from "../domain/candle.ts";
import { Fault } from "../domain/fault.ts";
import { closeTimeOf, timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import { HigherCandles } from "./backtest-higher.ts";
import type { EngineEvent } from "./event.ts";
import { LONGEST_FIRST } from "./settings.ts";

/** The timeframe that decides what happened within longer candles. */
const DETAIL: Timeframe = "1m";

export interface BacktestCandles {
  readonly timeframe: Timeframe;
  /** Of the own timeframe, oldest first, each open time once; holes are taken as they are. */
  readonly candles: readonly Candle[];
  /** 1m candles, as far as there are any. */
  readonly detail?: readonly Candle[] | undefined;
  /** Longer timeframes, as far as there are any. */
  readonly higher?: Readonly<Partial<Record<Timeframe, readonly Candle[]>>> | undefined;
  /** Open time from which on candles are tested; earlier ones are history. All, when absent. */
  readonly from?: number | undefined;
  /** Lets the 1m candles after the last own candle happen too: prices of the one that is forming. */
  readonly lastMinutes?: boolean | undefined;
}

type Step = (event: EngineEvent) => void;

export class BacktestFeed {
  /** Index of the first tested candle. */
  readonly first: number;
  /** Own candles so far whose 1m candles were all there. */
  detailed = 0;
  readonly #candles: readonly Candle[];
  readonly #detail: readonly Candle[];
  readonly #higher: readonly HigherCandles[];
  readonly #timeframe: Timeframe;
  readonly #lengthMs: number;
  #nextDetail = 0;

  /**
   * `longer`: the timeframes the rule reads besides its own. Faults: candles-unordered {openTime},
   * backtest-no-candles {timeframe} when none is left to be tested.
   */
  constructor(of: BacktestCandles, longer: readonly Timeframe[]) {
    const { timeframe, candles, from = Number.NEGATIVE_INFINITY } = of;
    this.#candles = candles;
    this.#timeframe = timeframe;
    this.#lengthMs = timeframeMs(timeframe);
    this.#detail = timeframe === DETAIL ? [] : (of.detail ?? []);
    this.#higher = LONGEST_FIRST.filter((one) => longer.includes(one) && one !== timeframe).map(
      (one) => new HigherCandles(one, of.higher?.[one] ?? []),
    );
    for (const list of [candles, this.#detail, ...Object.values(of.higher ?? {})]) checkOrder(list);
    const first = candles.findIndex(({ openTime }) => openTime >= from);
    if (first < 0) throw new Fault("backtest-no-candles", { timeframe });
    this.first = first;
  }

  /** The candles whose pushes move prices. */
  get priceTimeframe(): Timeframe {
    return this.#detail.length === 0 ? this.#timeframe : DETAIL;
  }

  /**
   * History up to the first tested candle, of each timeframe as many candles as are needed, longest
   * timeframe first. To be asked for once, before anything is delivered.
   */
  warmUps(symbol: string, needed: (timeframe: Timeframe) => number): readonly EngineEvent[] {
    const past = this.#candles.slice(0, this.first);
    const from = this.#candles[this.first]?.openTime ?? 0;
    const events = this.#higher.map((higher) => {
      const ended: Candle[] = [];
      for (const candle of past) {
        higher.ended(candle.openTime, (one) => ended.push(one));
        higher.add(candle);
      }
      higher.ended(from, (one) => ended.push(one));
      return warmUp(symbol, higher.timeframe, ended.slice(-needed(higher.timeframe)));
    });
    return [...events, warmUp(symbol, this.#timeframe, past.slice(-needed(this.#timeframe)))];
  }

  /**
   * Lets the own candle at `index` happen, with everything within it and at its end. `awaitsPrice`:
   * an order waits, so the next opening price comes as an event of its own, at its own time, as it
   * does live; otherwise a candle is told once, when it has closed.
   */
  deliver(index: number, step: Step, awaitsPrice: () => boolean): void {
    const candle = this.#candles[index];
    if (candle === undefined) return;
    const end = candle.openTime + this.#lengthMs;
    for (const higher of this.#higher) higher.ended(candle.openTime, (one) => step(closing(one)));
    const minutes = this.#detailOf(candle.openTime, end);
    for (const minute of minutes) {
      if (awaitsPrice()) step(opening(minute, false));
      step(closing(minute));
    }
    for (const higher of this.#higher) {
      higher.add(candle);
      higher.ended(end, (one) => step(closing(one)));
    }
    const pricesToo = minutes.length === 0 && this.#detail.length > 0;
    if (minutes.length === 0 && awaitsPrice()) step(opening(candle, pricesToo));
    step(closing(candle, pricesToo));
  }

  /** The 1m candles after the last own candle, as far as they are unbroken; returns the last one. */
  deliverRest(step: Step, awaitsPrice: () => boolean): Candle | null {
    const detail = this.#detail;
    const lengthMs = timeframeMs(DETAIL);
    let end = (this.#candles.at(-1)?.openTime ?? 0) + this.#lengthMs;
    let last: Candle | null = null;
    for (let i = detail.findLastIndex(({ openTime }) => openTime < end) + 1; ; i++) {
      const minute = detail[i];
      if (minute?.openTime !== end) return last;
      if (awaitsPrice()) step(opening(minute, false));
      step(closing(minute));
      last = minute;
      end += lengthMs;
    }
  }

  /** The 1m candles from `openTime` to `end`; none unless all of them are there. */
  #detailOf(openTime: number, end: number): readonly Candle[] {
    const detail = this.#detail;
    if (detail.length === 0) return detail;
    while ((detail[this.#nextDetail]?.openTime ?? end) < openTime) this.#nextDetail++;
    const start = this.#nextDetail;
    while ((detail[this.#nextDetail]?.openTime ?? end) < end) this.#nextDetail++;
    if (this.#nextDetail - start < (end - openTime) / timeframeMs(DETAIL)) return [];
    this.detailed++;
    return detail.slice(start, this.#nextDetail);
  }
}

function warmUp(symbol: string, timeframe: Timeframe, candles: readonly Candle[]): EngineEvent {
  return { kind: "warm-up", symbol, timeframe, candles, complete: true };
}

type Frame = Extract<EngineEvent, { kind: "frame" }>;

function closing(candle: Candle, pricesToo = false): Frame {
  const at = closeTimeOf(candle.timeframe, candle.openTime);
  const frame = { candle, closed: true, eventTime: at, receivedAt: at };
  return { kind: "frame", frame, afterGap: false, pricesToo };
}

/** The candle's first price, alone, at its opening. */
function opening(candle: Candle, pricesToo: boolean): Frame {
  const { open, openTime: at } = candle;
  const begun = { ...candle, high: open, low: open, close: open, volume: "0" };
  const frame = { candle: begun, closed: false, eventTime: at, receivedAt: at };
  return { kind: "frame", frame, afterGap: false, pricesToo };
}

function checkOrder(candles: readonly Candle[]): void {
  let before = Number.NEGATIVE_INFINITY;
  for (const { openTime } of candles) {
    if (openTime <= before) throw new Fault("candles-unordered", { openTime });
    before = openTime;
  }
}
