/** Seeded random one-minute bars on the tick grid, lively enough for every kind of exit. */
import type { BarShape } from "./engine-world.ts";

/** Small, fast and good enough for tests: mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** `count` bars around 100; `volatility` is a share per bar. */
export function randomBars(seed: number, count: number, volatility = 0.01): BarShape[] {
  const random = seededRandom(seed);
  let last = 100;
  return Array.from({ length: count }, () => {
    const jump = random() < 0.1 ? (random() - 0.5) * volatility * 2 : 0;
    const open = cents(last * (1 + jump));
    const pull = (100 - last) / 2_000;
    const close = cents(open * (1 + (random() - 0.5) * volatility * 2 + pull));
    const high = cents(Math.max(open, close) * (1 + random() * volatility));
    const low = cents(Math.min(open, close) * (1 - random() * volatility));
    last = close;
    return { open, high, low, close, volume: Math.ceil(random() * 100) };
  });
}

function cents(price: number): number {
  return Math.max(0.01, Math.round(price * 100) / 100);
}
