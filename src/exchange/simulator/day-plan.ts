/**
 * The course of one simulated day, minute by minute: where each minute opens, how wildly it moves and
 * how much is traded. Days are joined by anchors, slow noise around the symbol's base price, so any
 * day can be planned without its past and no price ever runs away. Within a day regimes of one
 * to eight hours follow each other: up, down, range, volatile, quiet.
 */
import type { ListedSymbol } from "./listed-symbol.ts";
import { mix, noise, Prng } from "./prng.ts";

export const MINUTES_PER_DAY = 1440;

export interface DayPlan {
  /** Price in ticks at the start of each minute, and at the end of the day: 1,441 points. */
  readonly points: Float64Array;
  /** Standard deviation of each minute's movement, in ticks. */
  readonly deviations: Float64Array;
  /** How lively trading is, 1 being ordinary. */
  readonly activities: Float64Array;
}

/**
 * A regime is noise around a centre line: prices have a little momentum and are slowly drawn back to
 * the line, without swinging around it. Numbers are fractions of the price, per minute.
 */
interface Regime {
  readonly name: string;
  /** Slope of the centre line. */
  readonly drift: number;
  /** Standard deviation of the noise. */
  readonly deviation: number;
  /** Standard deviation of the pushes that momentum receives. */
  readonly push: number;
  /** Share of the distance to the centre line that momentum gains towards it. */
  readonly pull: number;
  /** How lively trading is. */
  readonly activity: number;
}

const REGIMES = [
  { name: "up", drift: 0.0001, deviation: 0.0009, push: 0.0003, pull: 0.006, activity: 1.2 },
  { name: "down", drift: -0.0001, deviation: 0.001, push: 0.0003, pull: 0.006, activity: 1.3 },
  { name: "range", drift: 0, deviation: 0.0009, push: 0.0003, pull: 0.02, activity: 0.9 },
  { name: "volatile", drift: 0, deviation: 0.0018, push: 0.0006, pull: 0.01, activity: 2.2 },
  { name: "quiet", drift: 0, deviation: 0.0005, push: 0.000_15, pull: 0.015, activity: 0.5 },
] as const satisfies readonly Regime[];

/** Share of the momentum that is left after a minute: little, so that prices do not swing like a bell. */
const MOMENTUM_KEPT = 0.3;

const SHORTEST_REGIME_MINUTES = 60;
const LONGEST_REGIME_MINUTES = 480;

/** Slow noise that makes the anchors: half height as a fraction of the price, and period in days. */
const ANCHOR_WAVES = [
  { height: 0.035, days: 2 },
  { height: 0.06, days: 9 },
  { height: 0.12, days: 45 },
] as const;

/** The plan of a day, numbered from the Unix epoch; `key` is the hash of seed and symbol. */
export function planDay(symbol: ListedSymbol, key: number, day: number): DayPlan {
  const start = anchor(key, day);
  const path = new Float64Array(MINUTES_PER_DAY + 1);
  const deviations = new Float64Array(MINUTES_PER_DAY);
  const activities = new Float64Array(MINUTES_PER_DAY);
  path[0] = start;
  const random = new Prng(mix(key, ~day));
  let minute = 0;
  while (minute < MINUTES_PER_DAY) {
    const regime = REGIMES[Math.floor(random.next() * REGIMES.length)] ?? REGIMES[0];
    const length = between(random, SHORTEST_REGIME_MINUTES, LONGEST_REGIME_MINUTES);
    const end = Math.min(minute + length, MINUTES_PER_DAY);
    walk({ path, deviations, activities }, { regime, from: minute, to: end }, random);
    minute = end;
  }
  const points = pointsInTicks(path, anchor(key, day + 1), symbol);
  const ticks = 10 ** symbol.priceDecimals;
  const price = symbol.basePrice * Math.exp(start) * ticks;
  return { points, deviations: deviations.map((fraction) => fraction * price), activities };
}

interface Course {
  readonly path: Float64Array;
  readonly deviations: Float64Array;
  readonly activities: Float64Array;
}

interface Stretch {
  readonly regime: Regime;
  readonly from: number;
  readonly to: number;
}

/** Extends the path, the logarithm of price over base price, through one regime. */
function walk(course: Course, { regime, from, to }: Stretch, random: Prng): void {
  const centre = course.path[from] ?? 0;
  let place = centre;
  let momentum = 0;
  for (let minute = from; minute < to; minute += 1) {
    const line = centre + regime.drift * (minute - from);
    momentum = MOMENTUM_KEPT * momentum + regime.pull * (line - place);
    momentum += regime.push * nearlyNormal(random);
    place += momentum + regime.deviation * nearlyNormal(random);
    course.path[minute + 1] = place;
    course.deviations[minute] = regime.deviation;
    course.activities[minute] = regime.activity * (0.6 + 0.8 * random.next());
  }
}

/** Bends the path evenly so that it ends at `target`, and counts it in ticks. */
function pointsInTicks(path: Float64Array, target: number, symbol: ListedSymbol): Float64Array {
  const ticks = 10 ** symbol.priceDecimals;
  const missing = target - (path[MINUTES_PER_DAY] ?? 0);
  return path.map((place, minute) => {
    const bent = minute === MINUTES_PER_DAY ? target : place + (missing * minute) / MINUTES_PER_DAY;
    return Math.max(1, Math.round(symbol.basePrice * Math.exp(bent) * ticks));
  });
}

/** Logarithm of price over base price at the start of a day: three octaves of value noise. */
function anchor(key: number, day: number): number {
  return ANCHOR_WAVES.reduce((sum, { height, days }, octave) => {
    const wave = mix(key, octave + 1);
    const left = Math.floor(day / days);
    const share = day / days - left;
    const smooth = share * share * (3 - 2 * share);
    const value = noise(wave, left) * (1 - smooth) + noise(wave, left + 1) * smooth;
    return sum + height * (2 * value - 1);
  }, 0);
}

function between(random: Prng, least: number, most: number): number {
  return least + Math.floor(random.next() * (most - least + 1));
}

/** Mean 0 and deviation 1: the sum of three uniform numbers, each of variance 1/12, doubled. */
function nearlyNormal(random: Prng): number {
  return 2 * (random.next() + random.next() + random.next() - 1.5);
}
