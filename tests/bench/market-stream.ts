/** A stream as the exchange pushes it: a minute's opening, its close, and the longer candles with it. */
import type { Candle } from "../../src/domain/candle.ts";
import { closeTimeOf, openTimeAt, timeframeMs, TIMEFRAMES } from "../../src/domain/timeframe.ts";
import type { EngineEvent } from "../../src/engine/event.ts";
import { LONGEST_FIRST } from "../../src/engine/settings.ts";
import { START } from "../support/engine-world.ts";
import { randomBars } from "../support/random-market.ts";

export const SYMBOL = "BTCUSDT";
/** A typical spread of one-minute bars on a busy market. */
const VOLATILITY = 0.0015;

export interface MarketStream {
  /** History for every timeframe, up to the first event. */
  readonly warmUps: readonly EngineEvent[];
  readonly events: readonly EngineEvent[];
}

/** `minutes` of market after as many candles of history as the templates need. */
export function marketStream(seed: number, minutes: number, history: number): MarketStream {
  const warmUps: EngineEvent[] = LONGEST_FIRST.map((timeframe, index) => {
    const length = timeframeMs(timeframe);
    const bars = randomBars(seed + index, history, VOLATILITY);
    const candles = bars.map((bar, i) => toCandle(timeframe, START - (history - i) * length, bar));
    return { kind: "warm-up", symbol: SYMBOL, timeframe, candles, complete: true };
  });
  return { warmUps, events: [...pushes(seed, minutes)] };
}

function* pushes(seed: number, minutes: number): Generator<EngineEvent> {
  const forming = new Map<string, Candle>();
  for (const [i, bar] of randomBars(seed + 99, minutes, VOLATILITY).entries()) {
    const openTime = START + i * timeframeMs("1m");
    const minute = toCandle("1m", openTime, bar);
    const opened = { ...minute, high: minute.open, low: minute.open, close: minute.open };
    yield frame(opened, false, openTime);
    const until = closeTimeOf("1m", openTime);
    for (const timeframe of TIMEFRAMES) {
      const candle = merged(forming.get(timeframe), minute, openTimeAt(timeframe, openTime));
      const closes = closeTimeOf(timeframe, candle.openTime) === until;
      if (closes) forming.delete(timeframe);
      else forming.set(timeframe, { ...candle, timeframe });
      if (closes) yield frame({ ...candle, timeframe }, true, until + 60);
    }
  }
}

function merged(before: Candle | undefined, minute: Candle, openTime: number): Candle {
  if (before === undefined) return { ...minute, openTime };
  return {
    ...before,
    high: String(Math.max(Number(before.high), Number(minute.high))),
    low: String(Math.min(Number(before.low), Number(minute.low))),
    close: minute.close,
    volume: String(Number(before.volume) + Number(minute.volume)),
  };
}

function frame(candle: Candle, closed: boolean, at: number): EngineEvent {
  return {
    kind: "frame",
    frame: { candle, closed, eventTime: at, receivedAt: at },
    afterGap: false,
  };
}

function toCandle(
  timeframe: Candle["timeframe"],
  openTime: number,
  bar: ReturnType<typeof randomBars>[number],
): Candle {
  return {
    symbol: SYMBOL,
    timeframe,
    openTime,
    open: String(bar.open),
    high: String(bar.high),
    low: String(bar.low),
    close: String(bar.close),
    volume: String(bar.volume),
  };
}
