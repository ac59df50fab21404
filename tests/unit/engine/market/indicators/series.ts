/**
 * Made-up candles for the indicator tests: seeded random walks and the awkward markets that break
 * indicators (no movement, no volume, gaps, prices of 1e-8 and of 1e12, a coarse tick).
 */
import type { CandleColumns } from "../../../../../src/engine/market/indicators/run-kernel.ts";
import type { Bar } from "../../../../../src/engine/market/kernel.ts";

export const QUARTER_HOUR_MS = 900_000;
const START = Date.UTC(2024, 0, 1, 5, 30);

export function toColumns(bars: readonly Bar[]): CandleColumns {
  const column = (field: keyof Bar) => Float64Array.from(bars, (bar) => bar[field]);
  return {
    openTime: column("openTime"),
    open: column("open"),
    high: column("high"),
    low: column("low"),
    close: column("close"),
    volume: column("volume"),
  };
}

/** Columns of the prices given, for published samples; what is missing is the close. */
export function sample(given: Partial<Record<keyof Bar, readonly number[]>>): CandleColumns {
  const close = given.close ?? given.high ?? [];
  return toColumns(
    close.map((price, i) => ({
      openTime: given.openTime?.[i] ?? START + i * QUARTER_HOUR_MS,
      open: given.open?.[i] ?? price,
      high: given.high?.[i] ?? price,
      low: given.low?.[i] ?? price,
      close: price,
      volume: given.volume?.[i] ?? 1,
    })),
  );
}

/** mulberry32: uniform numbers in [0, 1). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Walk {
  readonly seed: number;
  readonly candles: number;
  readonly price?: number;
  /** Prices are whole multiples of it. */
  readonly tick?: number;
  /** Share of candles without any trade. */
  readonly quiet?: number;
  /** Share of candles that open far from the close before. */
  readonly gaps?: number;
}

export function walk(options: Walk): Bar[] {
  const { seed, candles, price = 100, tick = 0, quiet = 0, gaps = 0 } = options;
  const random = randomNumbers(seed);
  const onTick = (value: number): number =>
    tick === 0 ? value : Math.max(1, Math.round(value / tick)) * tick;
  let close = onTick(price);
  return Array.from({ length: candles }, (_, i) => {
    const isQuiet = random() < quiet;
    const jump = random() < gaps ? 1 + (random() - 0.5) * 0.4 : 1;
    const open = isQuiet ? close : onTick(close * jump);
    const end = isQuiet ? open : onTick(open * Math.exp((random() - 0.5) * 0.03));
    const high = isQuiet ? open : onTick(Math.max(open, end) * (1 + random() * 0.005));
    const low = isQuiet ? open : onTick(Math.min(open, end) * (1 - random() * 0.005));
    close = end;
    const volume = isQuiet ? 0 : random() * 1000;
    return { openTime: START + i * QUARTER_HOUR_MS, open, high, low, close, volume };
  });
}

export function flat(candles: number, price: number, volume = 0): Bar[] {
  return Array.from({ length: candles }, (_, i) => ({
    openTime: START + i * QUARTER_HOUR_MS,
    open: price,
    high: price,
    low: price,
    close: price,
    volume,
  }));
}

/** The second series right after the first. */
export function joined(first: readonly Bar[], second: readonly Bar[]): Bar[] {
  const shift = first.length * QUARTER_HOUR_MS;
  return [...first, ...second.map((bar) => ({ ...bar, openTime: bar.openTime + shift }))];
}

/** Markets in which plain formulas agree with each other. */
export const LIVELY: Readonly<Record<string, Bar[]>> = {
  "a random walk": walk({ seed: 1, candles: 2500 }),
  "a walk with gaps": walk({ seed: 2, candles: 2500, gaps: 0.05 }),
  "prices around 1e-8": walk({ seed: 3, candles: 2500, price: 1e-8 }),
  "prices around 1e12": walk({ seed: 4, candles: 2500, price: 1e12 }),
};

/** Markets in which plain formulas divide nothing by nothing. */
export const AWKWARD: Readonly<Record<string, Bar[]>> = {
  "a coarse tick": walk({ seed: 5, candles: 1200, price: 2e-7, tick: 1e-8, quiet: 0.3 }),
  "hardly any trades": walk({ seed: 6, candles: 1200, price: 0.1, tick: 0.001, quiet: 0.9 }),
  "no movement at all": flat(300, 0.1),
  "no movement but trades": flat(300, 0.1, 5),
  "a market that falls asleep": joined(walk({ seed: 7, candles: 300 }), flat(300, 0.3)),
  "a market that wakes up": joined(flat(300, 0.7), walk({ seed: 8, candles: 300, price: 0.7 })),
};
