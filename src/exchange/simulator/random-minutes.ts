/**
 * The random market: every minute is thirty two-second steps that lead from the planned open to the
 * planned close (a Brownian bridge on the tick grid), drawn from a generator seeded by seed, symbol and
 * minute alone. So a minute is the same whenever and in whatever order it is asked for, and what
 * was shown while it formed always fits what it became. The last step of a minute always trades.
 */
import { timeframeMs } from "../../domain/timeframe.ts";
import { untraded, type CandleSum, type UnitScale } from "./candle-sum.ts";
import { MINUTES_PER_DAY, planDay, type DayPlan } from "./day-plan.ts";
import type { ListedSymbol } from "./listed-symbol.ts";
import { STEP_MS, type Market } from "./market.ts";
import { MinuteMarket, type MinuteSource } from "./minute-market.ts";
import { hashText, mix, Prng } from "./prng.ts";

const MINUTE_MS = timeframeMs("1m");
const STEPS_PER_MINUTE = MINUTE_MS / STEP_MS;
/** Days whose minutes are kept per symbol; others are made again when asked for. */
const KEPT_DAYS = 16;
/** Trade ids are numbered through within a day; each day starts its own hundred million. */
const TRADE_IDS_PER_DAY = 100_000_000;
/** Turns the sum of two uniform numbers (variance 1/6) into one of variance 1. */
const TRIANGLE_SCALE = Math.sqrt(6);

export interface RandomMarketOptions {
  readonly seed: number;
  readonly symbols: readonly ListedSymbol[];
  /** Open time of every symbol's first minute, epoch ms, a multiple of a minute. */
  readonly listedAt: number;
}

/** A market that is a function of seed, symbol and minute. */
export function randomMarket(options: RandomMarketOptions): Market {
  return new MinuteMarket(new RandomMinutes(options));
}

/** The thirty steps of a minute. A step without trades repeats the price before it. */
interface Steps {
  readonly prices: Float64Array;
  readonly volumes: Float64Array;
  readonly takerVolumes: Float64Array;
  readonly trades: Float64Array;
}

interface Day {
  readonly plan: DayPlan;
  readonly minutes: readonly CandleSum[];
}

class RandomMinutes implements MinuteSource {
  readonly symbols: readonly ListedSymbol[];
  private readonly listing: number;
  private readonly books = new Map<string, RandomSymbol>();

  constructor({ seed, symbols, listedAt }: RandomMarketOptions) {
    this.symbols = symbols;
    this.listing = listedAt;
    for (const symbol of symbols) {
      const name = symbol.instrument.symbol;
      this.books.set(name, new RandomSymbol(symbol, hashText(`${seed} ${name}`)));
    }
  }

  listedAt(): number {
    return this.listing;
  }

  scale(symbol: string): UnitScale {
    return this.book(symbol).symbol;
  }

  minute(symbol: string, openTime: number): CandleSum | null {
    return openTime < this.listing ? null : this.book(symbol).minute(openTime / MINUTE_MS);
  }

  partOfMinute(symbol: string, openTime: number, until: number): CandleSum | null {
    if (openTime < this.listing) return null;
    const count = Math.floor((until - openTime) / STEP_MS);
    return this.book(symbol).part(openTime / MINUTE_MS, count);
  }

  traded(symbol: string, stepEnd: number): boolean {
    if (stepEnd <= this.listing) return false;
    const minute = Math.ceil(stepEnd / MINUTE_MS) - 1;
    const step = Math.round((stepEnd - minute * MINUTE_MS) / STEP_MS) - 1;
    return (this.book(symbol).steps(minute).trades[step] ?? 0) > 0;
  }

  private book(symbol: string): RandomSymbol {
    const book = this.books.get(symbol);
    if (book === undefined) throw new RangeError(`${symbol} is not listed`);
    return book;
  }
}

/** One symbol's minutes, numbered since the Unix epoch. */
class RandomSymbol {
  readonly symbol: ListedSymbol;
  private readonly key: number;
  private readonly days = new Map<number, Day>();
  private lastMinute = -1;
  private lastSteps: Steps = emptySteps();

  constructor(symbol: ListedSymbol, key: number) {
    this.symbol = symbol;
    this.key = key;
  }

  minute(minute: number): CandleSum {
    const sum = this.day(minute).minutes[minute % MINUTES_PER_DAY];
    if (sum === undefined) throw new RangeError(`${minute} is not a minute`);
    return sum;
  }

  part(minute: number, count: number): CandleSum {
    const whole = this.minute(minute);
    return sumOfSteps(this.steps(minute), count, whole.open, whole.firstTradeId);
  }

  steps(minute: number): Steps {
    if (minute !== this.lastMinute) {
      const { plan } = this.day(minute);
      this.lastSteps = emptySteps();
      this.draw(plan, minute, this.lastSteps);
      this.lastMinute = minute;
    }
    return this.lastSteps;
  }

  private day(minute: number): Day {
    const number = Math.floor(minute / MINUTES_PER_DAY);
    let day = this.days.get(number);
    if (day === undefined) {
      day = this.makeDay(number);
      const oldest = this.days.keys().next();
      if (this.days.size >= KEPT_DAYS && oldest.done !== true) this.days.delete(oldest.value);
      this.days.set(number, day);
    }
    return day;
  }

  private makeDay(number: number): Day {
    const plan = planDay(this.symbol, this.key, number);
    const scratch = emptySteps();
    const minutes: CandleSum[] = [];
    let tradeId = number * TRADE_IDS_PER_DAY;
    for (let index = 0; index < MINUTES_PER_DAY; index += 1) {
      this.draw(plan, number * MINUTES_PER_DAY + index, scratch);
      const open = plan.points[index] ?? 1;
      const sum = sumOfSteps(scratch, STEPS_PER_MINUTE, open, tradeId);
      tradeId += sum.trades;
      minutes.push(sum);
    }
    return { plan, minutes };
  }

  /** Draws the minute's steps into `steps`: a bridge from its first to its last planned price. */
  private draw(plan: DayPlan, minute: number, steps: Steps): void {
    const index = minute % MINUTES_PER_DAY;
    const open = plan.points[index] ?? 1;
    const close = plan.points[index + 1] ?? 1;
    const activity = plan.activities[index] ?? 1;
    const spread = ((plan.deviations[index] ?? 0) * TRIANGLE_SCALE) / Math.sqrt(STEPS_PER_MINUTE);
    const random = new Prng(mix(this.key, minute));
    const { prices } = steps;
    let sway = 0;
    for (let step = 0; step < STEPS_PER_MINUTE; step += 1) {
      sway += random.next() + random.next() - 1;
      prices[step] = sway;
    }
    let price = open;
    for (let step = 0; step < STEPS_PER_MINUTE; step += 1) {
      const last = step === STEPS_PER_MINUTE - 1;
      const share = (step + 1) / STEPS_PER_MINUTE;
      const off = spread * ((prices[step] ?? 0) - share * sway);
      const idle = random.next() < this.symbol.idleShare && !last;
      if (!idle) price = last ? close : nearestTick(open + (close - open) * share + off);
      prices[step] = price;
      this.drawVolume(steps, step, idle ? 0 : activity, random);
    }
  }

  private drawVolume(steps: Steps, step: number, activity: number, random: Prng): void {
    const size = random.next();
    const taken = random.next();
    if (activity === 0) {
      steps.volumes[step] = 0;
      steps.takerVolumes[step] = 0;
      steps.trades[step] = 0;
      return;
    }
    // The square of a uniform number has mean 1/3: most steps are small, a few are large.
    const volume = 1 + Math.floor(3 * size * size * activity * this.symbol.stepVolume);
    steps.volumes[step] = volume;
    steps.takerVolumes[step] = Math.floor(volume * taken);
    steps.trades[step] = 1 + Math.floor(volume / this.symbol.tradeVolume);
  }
}

function nearestTick(price: number): number {
  return Math.max(1, Math.round(price));
}

function emptySteps(): Steps {
  return {
    prices: new Float64Array(STEPS_PER_MINUTE),
    volumes: new Float64Array(STEPS_PER_MINUTE),
    takerVolumes: new Float64Array(STEPS_PER_MINUTE),
    trades: new Float64Array(STEPS_PER_MINUTE),
  };
}

/** The first `count` steps as a candle. The amounts of one minute are exact in doubles. */
function sumOfSteps(steps: Steps, count: number, open: number, firstTradeId: number): CandleSum {
  let high = open;
  let low = open;
  let close = open;
  let volume = 0;
  let quoteVolume = 0;
  let takerVolume = 0;
  let takerQuoteVolume = 0;
  let trades = 0;
  for (let step = 0; step < count; step += 1) {
    close = steps.prices[step] ?? close;
    if (close > high) high = close;
    if (close < low) low = close;
    const traded = steps.volumes[step] ?? 0;
    const taken = steps.takerVolumes[step] ?? 0;
    volume += traded;
    quoteVolume += traded * close;
    takerVolume += taken;
    takerQuoteVolume += taken * close;
    trades += steps.trades[step] ?? 0;
  }
  if (trades === 0) return untraded(open);
  return {
    open,
    high,
    low,
    close,
    volume: BigInt(volume),
    quoteVolume: BigInt(quoteVolume),
    trades,
    takerVolume: BigInt(takerVolume),
    takerQuoteVolume: BigInt(takerQuoteVolume),
    firstTradeId,
    lastTradeId: firstTradeId + trades - 1,
  };
}
