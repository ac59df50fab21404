/**
 * The catalogue of indicators: names, parameters, outputs and memory. The rule checker reads it, the
 * kernels in engine/market/indicators implement it, help is printed from it. One row per indicator;
 * a new one is a row here and a kernel there.
 */

export interface IndicatorParameter {
  readonly name: string;
  /** Null when it must be written. */
  readonly default: number | null;
  readonly min: number;
  readonly max: number;
  readonly integer: boolean;
}

export interface IndicatorSpec {
  readonly name: string;
  readonly title: string;
  /** source: reads one series (close when none is written). candle: reads whole candles. */
  readonly input: "source" | "candle";
  readonly params: readonly IndicatorParameter[];
  /** The first one is meant when none is named. */
  readonly outputs: readonly string[];
  /** Closed candles needed before every output has a value. */
  readonly warmup: (params: readonly number[]) => number;
  /** True for recursive ones (EMA and its kin): their start fades only after some ten periods. */
  readonly recursive: boolean;
}

/** Whether a number may stand for the parameter. */
export function allowsValue(parameter: IndicatorParameter, value: number): boolean {
  const isWhole = !parameter.integer || Number.isInteger(value);
  return isWhole && value >= parameter.min && value <= parameter.max;
}

/** Longest look-back a rule may ask for, in candles. */
export const MAX_PERIOD = 500;

/** A look-back in candles. */
export const period = (name: string, fallback: number | null, min = 1): IndicatorParameter => ({
  name,
  default: fallback,
  min,
  max: MAX_PERIOD,
  integer: true,
});
/** A positive number that scales something. */
export const factor = (name: string, fallback: number): IndicatorParameter => ({
  name,
  default: fallback,
  min: 0.001,
  max: 100,
  integer: false,
});
const at = (params: readonly number[], index: number): number => params[index] ?? 0;

/** What a row leaves out: one output, a window of the first parameter, no recursion. */
const row = (
  spec: Pick<IndicatorSpec, "name" | "title" | "input" | "params"> & Partial<IndicatorSpec>,
): IndicatorSpec => ({
  outputs: ["value"],
  warmup: (params) => at(params, 0),
  recursive: false,
  ...spec,
});
const window = (name: string, title: string): IndicatorSpec =>
  row({ name, title, input: "source", params: [period("period", null)] });

const SPECS: readonly IndicatorSpec[] = [
  window("sma", "simple moving average"),
  row({
    name: "ema",
    title: "exponential moving average",
    input: "source",
    params: [period("period", null)],
    recursive: true,
  }),
  window("wma", "weighted moving average"),
  row({
    name: "dema",
    title: "double exponential moving average",
    input: "source",
    params: [period("period", null)],
    warmup: (p) => 2 * at(p, 0) - 1,
    recursive: true,
  }),
  row({
    name: "tema",
    title: "triple exponential moving average",
    input: "source",
    params: [period("period", null)],
    warmup: (p) => 3 * at(p, 0) - 2,
    recursive: true,
  }),
  row({
    name: "hma",
    title: "Hull moving average",
    input: "source",
    params: [period("period", null, 2)],
    warmup: (p) => at(p, 0) + Math.floor(Math.sqrt(at(p, 0))) - 1,
  }),
  row({
    name: "vwma",
    title: "volume-weighted moving average",
    input: "source",
    params: [period("period", 20)],
  }),
  row({
    name: "stddev",
    title: "standard deviation (population)",
    input: "source",
    params: [period("period", 20, 2)],
  }),
  window("highest", "highest value of the last n candles"),
  window("lowest", "lowest value of the last n candles"),
  row({
    name: "rsi",
    title: "relative strength index",
    input: "source",
    params: [period("period", 14, 2)],
    warmup: (p) => at(p, 0) + 1,
    recursive: true,
  }),
  row({
    name: "roc",
    title: "rate of change, percent",
    input: "source",
    params: [period("period", 12)],
    warmup: (p) => at(p, 0) + 1,
  }),
  row({
    name: "trix",
    title: "rate of change of a triple EMA, percent",
    input: "source",
    params: [period("period", 18)],
    warmup: (p) => 3 * at(p, 0) - 1,
    recursive: true,
  }),
  row({
    name: "macd",
    title: "moving average convergence divergence",
    input: "source",
    params: [period("fast", 12), period("slow", 26), period("signal", 9)],
    outputs: ["macd", "signal", "histogram"],
    warmup: (p) => Math.max(at(p, 0), at(p, 1)) + at(p, 2) - 1,
    recursive: true,
  }),
  row({
    name: "bb",
    title: "Bollinger bands",
    input: "source",
    params: [period("period", 20, 2), factor("deviations", 2)],
    outputs: ["middle", "upper", "lower", "width", "percent"],
  }),
  row({
    name: "stochrsi",
    title: "stochastic of the RSI: %K smoothed, %D its average",
    input: "source",
    params: [period("rsi", 14, 2), period("stoch", 14), period("k", 3), period("d", 3)],
    outputs: ["k", "d"],
    warmup: (p) => at(p, 0) + at(p, 1) + at(p, 2) + at(p, 3) - 2,
    recursive: true,
  }),
  row({
    name: "atr",
    title: "average true range (Wilder)",
    input: "candle",
    params: [period("period", 14)],
    warmup: (p) => at(p, 0) + 1,
    recursive: true,
  }),
  row({
    name: "adx",
    title: "average directional index with +DI and -DI",
    input: "candle",
    params: [period("period", 14, 2)],
    outputs: ["adx", "plus", "minus"],
    warmup: (p) => 2 * at(p, 0),
    recursive: true,
  }),
  row({
    name: "aroon",
    title: "Aroon: how fresh the highest high and the lowest low are",
    input: "candle",
    params: [period("period", 14)],
    outputs: ["up", "down", "oscillator"],
    warmup: (p) => at(p, 0) + 1,
  }),
  row({
    name: "stoch",
    title: "stochastic oscillator: %K smoothed, %D its average",
    input: "candle",
    params: [period("period", 14), period("smooth", 3), period("d", 3)],
    outputs: ["k", "d"],
    warmup: (p) => at(p, 0) + at(p, 1) + at(p, 2) - 2,
  }),
  row({
    name: "cci",
    title: "commodity channel index",
    input: "candle",
    params: [period("period", 20, 2)],
  }),
  row({
    name: "willr",
    title: "Williams %R",
    input: "candle",
    params: [period("period", 14)],
  }),
  row({
    name: "mfi",
    title: "money flow index",
    input: "candle",
    params: [period("period", 14)],
    warmup: (p) => at(p, 0) + 1,
  }),
  row({
    name: "cmf",
    title: "Chaikin money flow",
    input: "candle",
    params: [period("period", 20)],
  }),
  row({
    name: "obv",
    title: "on-balance volume, counted from the first stored candle",
    input: "candle",
    params: [],
    warmup: () => 1,
    recursive: true,
  }),
  row({
    name: "vwap",
    title: "volume-weighted average price since 00:00 UTC",
    input: "candle",
    params: [],
    warmup: () => 1,
  }),
  row({
    name: "psar",
    title: "parabolic stop and reverse",
    input: "candle",
    params: [factor("step", 0.02), factor("max", 0.2)],
    warmup: () => 2,
    recursive: true,
  }),
  row({
    name: "ichimoku",
    title: "Ichimoku cloud; the spans are those drawn under the current candle",
    input: "candle",
    params: [period("conversion", 9), period("base", 26), period("span", 52), period("shift", 26)],
    outputs: ["conversion", "base", "spana", "spanb"],
    warmup: (p) => Math.max(at(p, 0), at(p, 1), at(p, 2)) + at(p, 3) - 1,
  }),
  row({
    name: "donchian",
    title: "Donchian channel of the last n candles, the current one included",
    input: "candle",
    params: [period("period", 20)],
    outputs: ["upper", "lower", "middle"],
  }),
  row({
    name: "keltner",
    title: "Keltner channel: EMA of close and ATR bands",
    input: "candle",
    params: [period("period", 20), factor("multiplier", 2), period("atr", 10)],
    outputs: ["middle", "upper", "lower"],
    warmup: (p) => Math.max(at(p, 0), at(p, 2) + 1),
    recursive: true,
  }),
  row({
    name: "supertrend",
    title: "SuperTrend line; direction is 1 rising, -1 falling",
    input: "candle",
    params: [period("period", 10), factor("multiplier", 3)],
    outputs: ["line", "direction"],
    warmup: (p) => at(p, 0) + 1,
    recursive: true,
  }),
];

export const INDICATORS: ReadonlyMap<string, IndicatorSpec> = new Map(
  SPECS.map((spec) => [spec.name, spec]),
);
