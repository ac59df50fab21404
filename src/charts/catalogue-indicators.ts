/**
 * Indicators for charts that have no kernel of ours, computed by the technicalindicators package; no
 * other file imports it. The package takes candle by candle, never a batch, so that a value stands
 * at its own candle, and is kept from what it does wrong: its memory leak is patched, candles that
 * are no numbers are not shown to it (one spoils the rest), its A/D line is not rounded. Left out is
 * what does not work (hammers, hanging man, shooting star and tweezers compare arrays as text,
 * crosses keep everything) or has no value per candle (renko, volume profile).
 */
import * as ti from "technicalindicators";

import type { Candle } from "../domain/candle.ts";
import { Fault } from "../domain/fault.ts";
import { allowsValue, factor, type IndicatorParameter, period } from "../domain/indicator.ts";

/** Most candles one chart may ask for. */
export const MAX_CHART_CANDLES = 5_000;

export interface ChartIndicator {
  readonly name: string;
  readonly title: string;
  readonly params: readonly IndicatorParameter[];
  readonly outputs: readonly string[];
}

/**
 * All outputs of one indicator by name, each as long as `candles`, null where there is no value.
 * Missing parameters take their defaults. Patterns answer 1 where they end, else 0.
 * Faults: unknown-chart-indicator {name}; bad-indicator-parameter {name, parameter, value};
 * too-many-candles {candles, limit}.
 */
export function chartIndicator(
  name: string,
  params: readonly number[],
  candles: readonly Candle[],
): Map<string, (number | null)[]> {
  const row = ROWS.find((candidate) => candidate.name === name);
  if (row === undefined) throw new Fault("unknown-chart-indicator", { name });
  if (candles.length > MAX_CHART_CANDLES) {
    throw new Fault("too-many-candles", { candles: candles.length, limit: MAX_CHART_CANDLES });
  }
  const bars = candles.map(toChartBar);
  const next = row.start(complete(row, params), bars.filter(isWhole));
  const values = bars.map((bar) => (isWhole(bar) ? next(bar) : []));
  return new Map(
    row.outputs.map((output, i) => [output, values.map((value) => toValue(value[i]))]),
  );
}

/** Also the shape of the package's candles. */
interface ChartBar {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

type Values = readonly (number | undefined)[];

/** Input of the package's patterns. */
type StockData = Parameters<typeof ti.doji>[0];

interface Row extends ChartIndicator {
  /** Begins a series; the answer takes its bars one by one and gives the outputs' values. */
  readonly start: (
    params: readonly number[],
    bars: readonly ChartBar[],
  ) => (bar: ChartBar) => Values;
}

const VALUE = ["value"];
const NOTHING = { open: [], high: [], low: [], close: [], volume: [], values: [] };

const SERIES: readonly Row[] = [
  {
    name: "truerange",
    title: "true range",
    params: [],
    outputs: VALUE,
    start: () => feed(new ti.TrueRange(NOTHING), wholeBar, single),
  },
  {
    name: "wema",
    title: "Wilder's moving average",
    params: [period("period", 14)],
    outputs: VALUE,
    start: ([length = 0]) => feed(new ti.WEMA({ ...NOTHING, period: length }), closeOf, single),
  },
  {
    name: "kst",
    title: "know sure thing (Pring)",
    params: [
      ...[10, 15, 20, 30].map((length, i) => period(`roc${i + 1}`, length)),
      ...[10, 10, 10, 15].map((length, i) => period(`sma${i + 1}`, length)),
      period("signal", 9),
    ],
    outputs: ["kst", "signal"],
    start: (params) =>
      feed(new ti.KST(kstInput(params)), closeOf, ({ kst, signal }) => [kst, signal]),
  },
  {
    name: "awesomeoscillator",
    title: "awesome oscillator (Williams)",
    params: [period("fast", 5), period("slow", 34)],
    outputs: VALUE,
    start: ([fastPeriod = 0, slowPeriod = 0]) =>
      feed(new ti.AwesomeOscillator({ ...NOTHING, fastPeriod, slowPeriod }), wholeBar, single),
  },
  {
    name: "forceindex",
    title: "force index (Elder)",
    params: [period("period", 13)],
    outputs: VALUE,
    start: ([length = 0]) =>
      feed(new ti.ForceIndex({ ...NOTHING, period: length }), wholeBar, single),
  },
  {
    name: "adl",
    title: "accumulation/distribution line (Chaikin)",
    params: [],
    outputs: VALUE,
    start: (_params, bars) => accumulation(bars),
  },
  {
    name: "chandelierexit",
    title: "chandelier exit (Le Beau)",
    params: [period("period", 22), factor("multiplier", 3)],
    outputs: ["long", "short"],
    start: ([length = 0, times = 0]) => {
      const chandelier = new ti.ChandelierExit({ ...NOTHING, period: length, multiplier: times });
      return feed(chandelier, wholeBar, ({ exitLong, exitShort }) => [exitLong, exitShort]);
    },
  },
  {
    name: "heikinashi",
    title: "Heikin-Ashi candles",
    params: [],
    outputs: ["open", "high", "low", "close"],
    start: () =>
      feed(new ti.HeikinAshi(NOTHING), wholeBar, ({ open, high, low, close }) => {
        return [open, high, low, close];
      }),
  },
];

/** Candles a pattern spans, and the package's test of it. */
const PATTERNS: readonly (readonly [string, string, number, (data: StockData) => unknown])[] = [
  ["doji", "doji", 1, ti.doji],
  ["dragonflydoji", "dragonfly doji", 1, ti.dragonflydoji],
  ["gravestonedoji", "gravestone doji", 1, ti.gravestonedoji],
  ["bullishmarubozu", "bullish marubozu", 1, ti.bullishmarubozu],
  ["bearishmarubozu", "bearish marubozu", 1, ti.bearishmarubozu],
  ["bullishengulfing", "bullish engulfing", 2, ti.bullishengulfingpattern],
  ["bearishengulfing", "bearish engulfing", 2, ti.bearishengulfingpattern],
  ["bullishharami", "bullish harami", 2, ti.bullishharami],
  ["bearishharami", "bearish harami", 2, ti.bearishharami],
  ["piercingline", "piercing line", 2, ti.piercingline],
  ["darkcloudcover", "dark cloud cover", 2, ti.darkcloudcover],
  ["threewhitesoldiers", "three white soldiers", 3, ti.threewhitesoldiers],
  ["threeblackcrows", "three black crows", 3, ti.threeblackcrows],
  ["morningstar", "morning star", 3, ti.morningstar],
  ["eveningstar", "evening star", 3, ti.eveningstar],
];

const ROWS: readonly Row[] = [
  ...SERIES,
  ...PATTERNS.map(([name, title, length, matches]) => ({
    name,
    title,
    params: [],
    outputs: VALUE,
    start: () => lookFor(length, matches),
  })),
];

/** What `chartIndicator` offers, for help and menus. */
export const CHART_INDICATORS: readonly ChartIndicator[] = ROWS.map(
  ({ name, title, params, outputs }) => ({ name, title, params, outputs }),
);

/**
 * Drives one object of the package through its generator, which is all that `nextValue` does; the
 * declarations of `nextValue` itself are partly wrong.
 */
function feed<Output>(
  indicator: { readonly generator: IterableIterator<Output | undefined> },
  input: (bar: ChartBar) => unknown,
  read: (output: Output) => Values,
): (bar: ChartBar) => Values {
  return (bar) => {
    const output: Output | undefined = indicator.generator.next(input(bar)).value;
    return output === undefined ? [] : read(output);
  };
}

const wholeBar = (bar: ChartBar): ChartBar => bar;
const closeOf = (bar: ChartBar): number => bar.close;
const single = (value: number): Values => [value];

/**
 * The package rounds this sum to whole units and takes a candle without range for pure buying, so
 * volumes go in as large as doubles count exactly, and such candles with none.
 */
function accumulation(bars: readonly ChartBar[]): (bar: ChartBar) => Values {
  const traded = bars.reduce((sum, bar) => sum + bar.volume, 0);
  const scale = traded > 0 ? 2 ** Math.floor(50 - Math.log2(traded)) : 1;
  return feed(
    new ti.ADL(NOTHING),
    (bar) => ({ ...bar, volume: bar.high > bar.low ? bar.volume * scale : 0 }),
    (sum: number) => [sum / scale],
  );
}

function kstInput(params: readonly number[]) {
  const [roc1 = 0, roc2 = 0, roc3 = 0, roc4 = 0, sma1 = 0, sma2 = 0, sma3 = 0, sma4 = 0] = params;
  const rates = { ROCPer1: roc1, ROCPer2: roc2, ROCPer3: roc3, ROCPer4: roc4 };
  const means = { SMAROCPer1: sma1, SMAROCPer2: sma2, SMAROCPer3: sma3, SMAROCPer4: sma4 };
  return { ...rates, ...means, signalPeriod: params[8] ?? 0, values: [] };
}

/** Tries a pattern on the last `length` candles at every candle. */
function lookFor(length: number, matches: (data: StockData) => unknown): (bar: ChartBar) => Values {
  const last: ChartBar[] = [];
  return (bar) => {
    last.push(bar);
    if (last.length > length) last.shift();
    return last.length < length ? [] : [matches(toColumns(last)) === true ? 1 : 0];
  };
}

function complete(row: ChartIndicator, given: readonly number[]): number[] {
  const { name, params } = row;
  if (given.length > params.length) {
    const value = given[params.length] ?? null;
    throw new Fault("bad-indicator-parameter", { name, parameter: params.length + 1, value });
  }
  return params.map((parameter, i) => {
    const value = given[i] ?? parameter.default;
    if (value === null || !allowsValue(parameter, value)) {
      throw new Fault("bad-indicator-parameter", { name, parameter: parameter.name, value });
    }
    return value;
  });
}

function toChartBar(candle: Candle): ChartBar {
  return {
    open: Number(candle.open),
    high: Number(candle.high),
    low: Number(candle.low),
    close: Number(candle.close),
    volume: Number(candle.volume),
  };
}

function isWhole(bar: ChartBar): boolean {
  return [bar.open, bar.high, bar.low, bar.close, bar.volume].every(Number.isFinite);
}

function toValue(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

function toColumns(bars: readonly ChartBar[]): StockData {
  return {
    open: bars.map((bar) => bar.open),
    high: bars.map((bar) => bar.high),
    low: bars.map((bar) => bar.low),
    close: bars.map((bar) => bar.close),
  };
}

interface LinkedList {
  _head?: { prev?: unknown };
  shift: (this: LinkedList) => unknown;
}

/**
 * The package's list never lets go of what it shifts out: the new head still points back at it
 * (technicalindicators#264), so a window would keep every value it has ever seen.
 */
function forgetShiftedItems(list: LinkedList): void {
  const { shift } = list;
  list.shift = function () {
    const value = shift.call(this);
    if (this._head !== undefined) this._head.prev = undefined;
    return value;
  };
}
forgetShiftedItems(Object.getPrototypeOf(ti.FixedSizeLinkedList.prototype));
