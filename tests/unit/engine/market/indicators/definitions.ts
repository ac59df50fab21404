/**
 * The indicators once more, written from their definitions over whole histories, as slow and as
 * plain as possible: what the kernels are compared with. Nothing here is shared with them.
 */
import type { CandleColumns } from "../../../../../src/engine/market/indicators/run-kernel.ts";

type Column = readonly number[];
type Definition = (candles: Candles, params: readonly number[]) => Column[];

interface Candles {
  readonly dates: readonly string[];
  readonly high: Column;
  readonly low: Column;
  readonly close: Column;
  readonly volume: Column;
  readonly typical: Column;
}

/** One column per output. */
export function define(name: string, columns: CandleColumns, params: readonly number[]): Column[] {
  const [high, low, close] = [[...columns.high], [...columns.low], [...columns.close]];
  return DEFINITIONS[name]!(
    {
      dates: Array.from(columns.openTime, (time) => new Date(time).toISOString().slice(0, 10)),
      high,
      low,
      close,
      volume: [...columns.volume],
      typical: close.map((price, i) => (high[i]! + low[i]! + price) / 3),
    },
    params,
  );
}

const zip = (left: Column, right: Column, join: (l: number, r: number) => number): number[] =>
  left.map((value, i) => join(value, right[i]!));

/** `of` the last n values where there are n of them. */
const windows = (values: Column, n: number, of: (window: number[]) => number): number[] =>
  values.map((_, i) => {
    const window = values.slice(Math.max(0, i - n + 1), i + 1);
    return window.length === n && !window.some(Number.isNaN) ? of(window) : NaN;
  });

const sum = (values: Column): number => values.reduce((total, value) => total + value, 0);
const isFlat = (values: Column): boolean => values.every((value) => value === values[0]);
const mean = (values: Column): number =>
  isFlat(values) ? values[0]! : sum(values) / values.length;
const deviation = (values: Column): number =>
  Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
const sma = (values: Column, n: number): number[] => windows(values, n, mean);
const wma = (values: Column, n: number): number[] =>
  windows(
    values,
    n,
    (w) => sum(w.map((value, i) => value * (i + 1))) / sum(w.map((_, i) => i + 1)),
  );

function ema(values: Column, n: number, weight = 2 / (n + 1)): number[] {
  const first = values.findIndex((value) => !Number.isNaN(value));
  const begin = first < 0 ? values.length : first + n - 1;
  let average = begin < values.length ? mean(values.slice(first, begin + 1)) : NaN;
  return values.map((value, i) => {
    if (i < begin) return NaN;
    if (i > begin) average = average * (1 - weight) + value * weight;
    return average;
  });
}

const wilder = (values: Column, n: number): number[] => ema(values, n, 1 / n);
const change = (values: Column): number[] =>
  values.map((value, i) => value - (values[i - 1] ?? NaN));
const percent = (values: Column, n: number): number[] =>
  values.map((value, i) => {
    const before = values[i - n] ?? NaN;
    return value === before ? 0 : (100 * (value - before)) / before;
  });

function rsi(values: Column, n: number): number[] {
  const gains = wilder(
    change(values).map((x) => (x < 0 ? 0 : x)),
    n,
  );
  const losses = wilder(
    change(values).map((x) => (x > 0 ? 0 : -x)),
    n,
  );
  return zip(gains, losses, (gain, loss) => {
    return gain + loss === 0 ? 50 : (100 * gain) / (gain + loss);
  });
}

const highest = (values: Column, n: number): number[] => windows(values, n, (w) => Math.max(...w));
const lowest = (values: Column, n: number): number[] => windows(values, n, (w) => Math.min(...w));
const middle = ({ high, low }: Candles, n: number): number[] =>
  zip(highest(high, n), lowest(low, n), (h, l) => (h + l) / 2);

function trueRange({ high, low, close }: Candles): number[] {
  return close.map((_, i) => {
    if (i === 0) return NaN;
    return Math.max(high[i]!, close[i - 1]!) - Math.min(low[i]!, close[i - 1]!);
  });
}

const atr = (candles: Candles, n: number): number[] => wilder(trueRange(candles), n);

function adx(candles: Candles, n: number): Column[] {
  const ups = change(candles.high);
  const downs = change(candles.low).map((x) => -x);
  const plusMoves = zip(ups, downs, (up, down) => (up > down && up > 0 ? up : up - up));
  const minusMoves = zip(downs, ups, (down, up) => (down > up && down > 0 ? down : down - down));
  const share = (part: Column, whole: Column): number[] =>
    zip(part, whole, (x, y) => (y === 0 ? 0 : (100 * x) / y));
  const plus = share(wilder(plusMoves, n), atr(candles, n));
  const minus = share(wilder(minusMoves, n), atr(candles, n));
  const difference = zip(plus, minus, (x, y) => Math.abs(x - y));
  const dx = share(
    difference,
    zip(plus, minus, (x, y) => x + y),
  );
  return [wilder(dx, n), plus, minus];
}

function stochastic(value: Column, high: Column, low: Column, leastRange = 0): number[] {
  return value.map((x, i) => {
    const range = high[i]! - low[i]!;
    return range <= leastRange ? 50 : (100 * (x - low[i]!)) / range;
  });
}

function aroon({ high, low }: Candles, n: number): Column[] {
  const up = windows(high, n + 1, (w) => (100 * w.lastIndexOf(Math.max(...w))) / n);
  const down = windows(low, n + 1, (w) => (100 * w.lastIndexOf(Math.min(...w))) / n);
  return [up, down, zip(up, down, (x, y) => x - y)];
}

function mfi({ typical, volume }: Candles, n: number): number[] {
  const moves = change(typical);
  const flow = zip(typical, volume, (price, amount) => price * amount);
  const inflow = zip(flow, moves, (x, move) => (Number.isNaN(move) ? NaN : move > 0 ? x : 0));
  const outflow = zip(flow, moves, (x, move) => (Number.isNaN(move) ? NaN : move < 0 ? x : 0));
  return zip(windows(inflow, n, sum), windows(outflow, n, sum), (x, y) => {
    return x + y === 0 ? 50 : (100 * x) / (x + y);
  });
}

function cmf({ high, low, close, volume }: Candles, n: number): number[] {
  const flow = close.map((price, i) => {
    const range = high[i]! - low[i]!;
    return range === 0 ? 0 : ((2 * price - high[i]! - low[i]!) / range) * volume[i]!;
  });
  return zip(windows(flow, n, sum), windows(volume, n, sum), (x, y) => (y === 0 ? 0 : x / y));
}

function vwma(values: Column, volume: Column, n: number): number[] {
  const products = windows(
    zip(values, volume, (x, y) => x * y),
    n,
    sum,
  );
  return zip(products, windows(volume, n, sum), (x, y) => x / y).map((value, i) => {
    return Number.isNaN(value) ? (sma(values.slice(0, i + 1), n).at(-1) ?? NaN) : value;
  });
}

function vwap({ dates, typical, volume }: Candles): number[] {
  return typical.map((price, i) => {
    const day = dates.indexOf(dates[i]!);
    const volumes = volume.slice(day, i + 1);
    const traded = typical.slice(day, i + 1).map((x, j) => x * volumes[j]!);
    return sum(volumes) === 0 ? price : sum(traded) / sum(volumes);
  });
}

function obv({ close, volume }: Candles): number[] {
  return close.map((_, i) =>
    sum(close.slice(1, i + 1).map((price, j) => Math.sign(price - close[j]!) * volume[j + 1]!)),
  );
}

/** After ti_psar of Tulip Indicators, the first speed limited too. */
function psar({ high, low }: Candles, step: number, max: number): number[] {
  let isLong = high[0]! + low[0]! <= high[1]! + low[1]!;
  let extreme = isLong ? high[0]! : low[0]!;
  let sar = isLong ? low[0]! : high[0]!;
  let speed = Math.min(step, max);
  return high.map((_, i) => {
    if (i === 0) return NaN;
    sar = (extreme - sar) * speed + sar;
    if (isLong) {
      if (i >= 2 && sar > low[i - 2]!) sar = low[i - 2]!;
      if (sar > low[i - 1]!) sar = low[i - 1]!;
      if (high[i]! > extreme) speed = Math.min(speed + step, max);
      extreme = Math.max(extreme, high[i]!);
    } else {
      if (i >= 2 && sar < high[i - 2]!) sar = high[i - 2]!;
      if (sar < high[i - 1]!) sar = high[i - 1]!;
      if (low[i]! < extreme) speed = Math.min(speed + step, max);
      extreme = Math.min(extreme, low[i]!);
    }
    if (isLong ? low[i]! < sar : high[i]! > sar) {
      speed = Math.min(step, max);
      sar = extreme;
      isLong = !isLong;
      extreme = isLong ? high[i]! : low[i]!;
    }
    return sar;
  });
}

/** After ta.supertrend in the Pine Script manual, where -1 means rising; turned around here. */
function supertrend(candles: Candles, n: number, factor: number): Column[] {
  const { high, low, close } = candles;
  const range = atr(candles, n);
  const [lines, directions]: [number[], number[]] = [[], []];
  let [upper, lower, direction] = [NaN, NaN, NaN];
  for (let i = 0; i < close.length; i++) {
    const [before, priorUpper, priorLower] = [close[i - 1] ?? NaN, upper || 0, lower || 0];
    const source = (high[i]! + low[i]!) / 2;
    const [ceiling, floor] = [source + factor * range[i]!, source - factor * range[i]!];
    lower = floor > priorLower || before < priorLower ? floor : priorLower;
    upper = ceiling < priorUpper || before > priorUpper ? ceiling : priorUpper;
    if (Number.isNaN(range[i]!)) [upper, lower] = [NaN, NaN];
    if (Number.isNaN(range[i - 1] ?? NaN)) direction = 1;
    else if (direction === 1) direction = close[i]! > upper ? -1 : 1;
    else direction = close[i]! < lower ? 1 : -1;
    lines.push(direction === -1 ? lower : upper);
    directions.push(Number.isNaN(range[i]!) ? NaN : -direction);
  }
  return [lines, directions];
}

function bollinger(values: Column, n: number, factor: number): Column[] {
  const center = sma(values, n);
  const spread = windows(values, n, deviation).map((x) => x * factor);
  const upper = zip(center, spread, (x, y) => x + y);
  const lower = zip(center, spread, (x, y) => x - y);
  const width = spread.map((x, i) => (2 * x) / center[i]!);
  const place = values.map((x, i) => {
    return upper[i] === lower[i] ? 0.5 : (x - lower[i]!) / (upper[i]! - lower[i]!);
  });
  return [center, upper, lower, width, place];
}

const DEFINITIONS: Readonly<Record<string, Definition>> = {
  sma: ({ close }, [n]) => [sma(close, n!)],
  ema: ({ close }, [n]) => [ema(close, n!)],
  wma: ({ close }, [n]) => [wma(close, n!)],
  dema: ({ close }, [n]) => [zip(ema(close, n!), ema(ema(close, n!), n!), (x, y) => 2 * x - y)],
  tema: ({ close }, [n]) => {
    const once = ema(close, n!);
    const twice = ema(once, n!);
    const part = zip(once, twice, (x, y) => 3 * x - 3 * y);
    return [zip(part, ema(twice, n!), (x, y) => x + y)];
  },
  hma: ({ close }, [n]) => {
    const raw = zip(wma(close, Math.floor(n! / 2)), wma(close, n!), (x, y) => 2 * x - y);
    return [wma(raw, Math.floor(Math.sqrt(n!)))];
  },
  vwma: ({ close, volume }, [n]) => [vwma(close, volume, n!)],
  stddev: ({ close }, [n]) => [windows(close, n!, deviation)],
  highest: ({ close }, [n]) => [highest(close, n!)],
  lowest: ({ close }, [n]) => [lowest(close, n!)],
  rsi: ({ close }, [n]) => [rsi(close, n!)],
  roc: ({ close }, [n]) => [percent(close, n!)],
  trix: ({ close }, [n]) => [percent(ema(ema(ema(close, n!), n!), n!), 1)],
  macd: ({ close }, [fast, slow, signal]) => {
    const line = zip(ema(close, fast!), ema(close, slow!), (x, y) => x - y);
    const smooth = ema(line, signal!);
    return [line, smooth, zip(line, smooth, (x, y) => x - y)];
  },
  bb: ({ close }, [n, factor]) => bollinger(close, n!, factor!),
  stochrsi: ({ close }, [n, stoch, k, d]) => {
    const strength = rsi(close, n!);
    const high = highest(strength, stoch!);
    const slow = sma(stochastic(strength, high, lowest(strength, stoch!), 1e-9), k!);
    return [slow, sma(slow, d!)];
  },
  atr: (candles, [n]) => [atr(candles, n!)],
  adx: (candles, [n]) => adx(candles, n!),
  aroon: (candles, [n]) => aroon(candles, n!),
  stoch: ({ high, low, close }, [n, smooth, d]) => {
    const slow = sma(stochastic(close, highest(high, n!), lowest(low, n!)), smooth!);
    return [slow, sma(slow, d!)];
  },
  cci: ({ typical }, [n]) => [
    windows(typical, n!, (w) => {
      const spread = mean(w.map((x) => Math.abs(x - mean(w))));
      return spread === 0 ? 0 : (w.at(-1)! - mean(w)) / (0.015 * spread);
    }),
  ],
  willr: ({ high, low, close }, [n]) => [
    stochastic(close, highest(high, n!), lowest(low, n!)).map((x) => x - 100),
  ],
  mfi: (candles, [n]) => [mfi(candles, n!)],
  cmf: (candles, [n]) => [cmf(candles, n!)],
  obv: (candles) => [obv(candles)],
  vwap: (candles) => [vwap(candles)],
  psar: (candles, [step, max]) => [psar(candles, step!, max!)],
  ichimoku: (candles, [conversion, base, span, shift]) => {
    const [quick, calm] = [middle(candles, conversion!), middle(candles, base!)];
    const moved = (column: Column): number[] => column.map((_, i) => column[i - shift! + 1] ?? NaN);
    const spanA = zip(quick, calm, (x, y) => (x + y) / 2);
    return [quick, calm, moved(spanA), moved(middle(candles, span!))];
  },
  donchian: (candles, [n]) => [
    highest(candles.high, n!),
    lowest(candles.low, n!),
    middle(candles, n!),
  ],
  keltner: (candles, [n, factor, range]) => {
    const center = ema(candles.close, n!);
    const reach = atr(candles, range!).map((x) => x * factor!);
    return [center, zip(center, reach, (x, y) => x + y), zip(center, reach, (x, y) => x - y)];
  },
  supertrend: (candles, [n, factor]) => supertrend(candles, n!, factor!),
};
