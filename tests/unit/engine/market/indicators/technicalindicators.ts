/**
 * The technicalindicators package as a second opinion: each indicator it shares with the catalogue,
 * driven candle by candle, its answers laid out like the outputs of the kernel.
 */
import * as ti from "technicalindicators";

import type { Bar } from "../../../../../src/engine/market/kernel.ts";

type Answer = (bar: Bar) => readonly (number | undefined)[];
type Reference = (params: readonly number[]) => Answer;

const NONE = { open: [], high: [], low: [], close: [], volume: [], values: [] };

/** One column per output, NaN where the package has no answer. */
export function ask(name: string, bars: readonly Bar[], params: readonly number[]): number[][] {
  const answer = REFERENCES[name]!(params);
  const rows = bars.map((bar) => answer(bar));
  return Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, output) =>
    rows.map((row) => row[output] ?? NaN),
  );
}

interface Stream<Output> {
  nextValue(input: unknown): Output | undefined;
}

const closes =
  (stream: { nextValue(value: number): number | undefined }): Answer =>
  (bar) => [stream.nextValue(bar.close)];

const candles =
  (stream: { nextValue(bar: Bar): number | undefined }): Answer =>
  (bar) => [stream.nextValue(bar)];

/** For classes whose declarations ask for arrays where one candle is meant. */
function declared<Output>(stream: object): Stream<Output> {
  return stream as Stream<Output>;
}

type Point<Name extends string> = Partial<Record<Name, number>>;

const REFERENCES: Readonly<Record<string, Reference>> = {
  sma: ([period = 0]) => closes(new ti.SMA({ ...NONE, period })),
  ema: ([period = 0]) => closes(new ti.EMA({ ...NONE, period })),
  wma: ([period = 0]) => closes(new ti.WMA({ ...NONE, period })),
  stddev: ([period = 0]) => closes(new ti.SD({ ...NONE, period })),
  highest: ([period = 0]) => closes(declared<number>(new ti.Highest({ ...NONE, period }))),
  lowest: ([period = 0]) => closes(declared<number>(new ti.Lowest({ ...NONE, period }))),
  rsi: ([period = 0]) => closes(new ti.RSI({ ...NONE, period })),
  roc: ([period = 0]) => closes(new ti.ROC({ ...NONE, period })),
  trix: ([period = 0]) => closes(declared<number>(new ti.TRIX({ ...NONE, period }))),
  macd: ([fastPeriod = 0, slowPeriod = 0, signalPeriod = 0]) => {
    const variant = { SimpleMAOscillator: false, SimpleMASignal: false };
    const periods = { fastPeriod, slowPeriod, signalPeriod };
    const stream = new ti.MACD({ ...NONE, ...variant, ...periods });
    return (bar) => {
      const point: Point<"MACD" | "signal" | "histogram"> = stream.nextValue(bar.close) ?? {};
      return [point.MACD, point.signal, point.histogram];
    };
  },
  bb: ([period = 0, stdDev = 0]) => {
    const stream = new ti.BollingerBands({ ...NONE, period, stdDev });
    return (bar) => {
      const point: Point<"middle" | "upper" | "lower" | "pb"> = stream.nextValue(bar.close) ?? {};
      const { middle = NaN, upper = NaN, lower = NaN, pb } = point;
      return [middle, upper, lower, (upper - lower) / middle, pb];
    };
  },
  stochrsi: ([rsiPeriod = 0, stochasticPeriod = 0, kPeriod = 0, dPeriod = 0]) => {
    const periods = { rsiPeriod, stochasticPeriod, kPeriod, dPeriod };
    const stream = declared<Point<"k" | "d">>(new ti.StochasticRSI({ ...NONE, ...periods }));
    return (bar) => {
      const { k, d } = stream.nextValue(bar.close) ?? {};
      return [k, d];
    };
  },
  atr: ([period = 0]) => candles(new ti.ATR({ ...NONE, period })),
  adx: ([period = 0]) => {
    const stream = declared<Point<"adx" | "pdi" | "mdi">>(new ti.ADX({ ...NONE, period }));
    return (bar) => {
      const { adx, pdi, mdi } = stream.nextValue(bar) ?? {};
      return [adx, pdi, mdi];
    };
  },
  /** Its %K is the fast one, its %D our smoothed %K. */
  stoch: ([period = 0, signalPeriod = 0]) => {
    const stream = declared<Point<"k" | "d">>(new ti.Stochastic({ ...NONE, period, signalPeriod }));
    return (bar) => [stream.nextValue(bar)?.d];
  },
  cci: ([period = 0]) => candles(declared<number>(new ti.CCI({ ...NONE, period }))),
  willr: ([period = 0]) => candles(declared<number>(new ti.WilliamsR({ ...NONE, period }))),
  mfi: ([period = 0]) => candles(new ti.MFI({ ...NONE, period })),
  obv: () => candles(new ti.OBV(NONE)),
  vwap: () => candles(declared<number>(new ti.VWAP(NONE))),
  psar: ([step = 0, max = 0]) => candles(declared<number>(new ti.PSAR({ ...NONE, step, max }))),
  ichimoku: ([conversionPeriod = 0, basePeriod = 0, spanPeriod = 0]) => {
    const periods = { conversionPeriod, basePeriod, spanPeriod, displacement: 1 };
    const stream = declared<Point<"conversion" | "base" | "spanA" | "spanB">>(
      new ti.IchimokuCloud({ ...NONE, ...periods }),
    );
    return (bar) => {
      const { conversion, base, spanA, spanB } = stream.nextValue(bar) ?? {};
      return [conversion, base, spanA, spanB];
    };
  },
  donchian: ([period = 0]) => {
    const highs = declared<number>(new ti.Highest({ ...NONE, period }));
    const lows = declared<number>(new ti.Lowest({ ...NONE, period }));
    return (bar) => [highs.nextValue(bar.high), lows.nextValue(bar.low)];
  },
  keltner: ([maPeriod = 0, multiplier = 0, atrPeriod = 0]) => {
    const options = { maPeriod, multiplier, atrPeriod, useSMA: false };
    const stream = declared<Point<"middle" | "upper" | "lower">>(
      new ti.KeltnerChannels({ ...NONE, ...options }),
    );
    return (bar) => {
      const { middle, upper, lower } = stream.nextValue(bar) ?? {};
      return [middle, upper, lower];
    };
  },
};

/** Names of the catalogue that the package has too. */
export const SHARED_NAMES: readonly string[] = Object.keys(REFERENCES);
