/**
 * Market data asked from Binance's keyless REST: closed candles in pages, instruments, the exchange's
 * clock. What cannot be true is a fault, a candle that still forms is never handed out as closed.
 * Facts: binance-spot-api-docs, rest-api.md.
 */
import type { Candle } from "../../domain/candle.ts";
import { closeTimeOf } from "../../domain/timeframe.ts";
import { Fault } from "../../domain/fault.ts";
import type { Instrument } from "../../domain/instrument.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import type { CandleRequest, MarketData } from "../../ports/market-data.ts";
import { Cached } from "./cached.ts";
import { sentNonsense, type Nonsense } from "./faults.ts";
import { readExchangeInfo } from "./filters.ts";
import { BinanceHttp } from "./http.ts";
import { decodeCandle, isRecord, type RawKline } from "./parse.ts";
import { RateLimit } from "./rate-limit.ts";
import { abortable, REST_TIMINGS, systemTimers, type RestTimings, type Timers } from "./timing.ts";

export interface BinanceMarketDataOptions {
  /** "https://data-api.binance.vision" or another base to which the documented paths are appended. */
  readonly restUrl: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly timings?: Partial<RestTimings>;
  /** In [0, 1), for jitter. */
  readonly random?: () => number;
  readonly timers?: Timers;
}

const KLINES = "/api/v3/klines";
const EXCHANGE_INFO = "/api/v3/exchangeInfo";
const TIME = "/api/v3/time";

/** Most rows of one klines answer. */
const PAGE_ROWS = 1_000;

/** The clock is measured so often; the quickest answer counts. */
const TIME_SAMPLES = 3;

export class BinanceMarketData implements MarketData {
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #timers: Timers;
  readonly #limit: RateLimit;
  readonly #http: BinanceHttp;
  readonly #instruments: Cached<ReadonlyMap<string, Instrument>>;
  readonly #measuredOffset: Cached<number>;
  #offsetMs: number | null = null;

  constructor(options: BinanceMarketDataOptions) {
    const { restUrl, clock, logger, random = Math.random, timers = systemTimers } = options;
    this.#clock = clock;
    this.#logger = logger;
    this.#timers = timers;
    const timings: RestTimings = { ...REST_TIMINGS, ...options.timings };
    const limit = new RateLimit(timings, { clock, timers, serverNow: () => this.#serverNow() });
    this.#limit = limit;
    this.#http = new BinanceHttp(restUrl, timings, { limit, timers, random, logger });
    const { instrumentsMs, timeSyncMs } = timings;
    this.#instruments = new Cached(() => this.#fetchInstruments(), instrumentsMs, timers);
    this.#measuredOffset = new Cached(() => this.syncTime(), timeSyncMs, timers);
  }

  /**
   * See the port. Further fault: exchange-sent-nonsense {path, problem, symbol, timeframe}; an abort
   * throws the signal's reason. Candles Binance does not have are simply absent.
   */
  async *closedCandles(
    request: CandleRequest,
    signal?: AbortSignal,
  ): AsyncGenerator<readonly Candle[], void, undefined> {
    let from = request.from;
    while (from <= request.to) {
      await abortable(this.#measuredOffset.get(), signal);
      // Taken before asking: a candle that closes while the answer travels was still open in it.
      const askedAt = this.#serverNow();
      const candles = await this.#klines({ ...request, from }, signal);
      const closed = candles.filter((candle) => closesAt(candle) < askedAt);
      if (closed.length > 0) yield closed;
      const last = closed.at(-1);
      if (last === undefined || closed.length < PAGE_ROWS) return;
      from = closesAt(last) + 1;
    }
  }

  async instrument(symbol: string): Promise<Instrument> {
    const instrument = (await this.#instruments.get()).get(symbol);
    if (instrument === undefined) throw new Fault("unknown-symbol", { symbol });
    return instrument;
  }

  /** All symbols that can be traded now, in the exchange's order. Faults as of `instrument`. */
  async symbols(): Promise<readonly string[]> {
    const instruments = await this.#instruments.get();
    return [...instruments.values()]
      .filter(({ status }) => status === "TRADING")
      .map(({ symbol }) => symbol);
  }

  async serverTime(): Promise<number> {
    const body = await this.#http.get({ path: TIME, weight: 1 });
    const time = isRecord(body) ? body["serverTime"] : undefined;
    if (typeof time === "number" && Number.isSafeInteger(time) && time > 0) return time;
    throw sentNonsense(TIME, "bad-time");
  }

  /** The exchange's clock minus ours, ms, as last measured; null before. */
  timeOffsetMs(): number | null {
    return this.#offsetMs;
  }

  /** Measures the offset anew and answers with it, ms. Faults as of `serverTime`. */
  async syncTime(): Promise<number> {
    let best = { offsetMs: 0, roundTripMs: Infinity };
    for (let sample = 0; sample < TIME_SAMPLES; sample += 1) {
      const sentAt = this.#timers.now();
      const serverTime = await this.serverTime();
      const roundTripMs = this.#timers.now() - sentAt;
      // The answer was written half a round trip ago, as far as one can know.
      const offsetMs = Math.round(serverTime - (this.#clock.now() - roundTripMs / 2));
      if (roundTripMs < best.roundTripMs) best = { offsetMs, roundTripMs };
    }
    this.#offsetMs = best.offsetMs;
    return best.offsetMs;
  }

  limits(): ReturnType<MarketData["limits"]> {
    return {
      usedWeight: this.#limit.used(),
      weightLimit: this.#limit.limit,
      bannedUntil: this.#limit.bannedUntil(),
    };
  }

  async #klines(
    { symbol, timeframe, from, to }: CandleRequest,
    signal: AbortSignal | undefined,
  ): Promise<Candle[]> {
    const body = await this.#http.get({
      path: KLINES,
      parameters: { symbol, interval: timeframe, startTime: from, endTime: to, limit: PAGE_ROWS },
      weight: 2,
      signal,
    });
    const nonsense = (problem: Nonsense): Fault =>
      sentNonsense(KLINES, problem, { symbol, timeframe, from });
    if (!Array.isArray(body)) throw nonsense("wrong-shape");
    let earliest = from;
    return body.map((row: unknown) => {
      if (!Array.isArray(row)) throw nonsense("wrong-shape");
      const candle = decodeCandle(symbol, timeframe, fieldsOf(row));
      if (typeof candle === "string") throw nonsense(candle);
      if (candle.openTime < earliest || candle.openTime > to) throw nonsense("out-of-order");
      earliest = candle.openTime + 1;
      return candle;
    });
  }

  async #fetchInstruments(): Promise<ReadonlyMap<string, Instrument>> {
    const body = await this.#http.get({
      path: EXCHANGE_INFO,
      parameters: { showPermissionSets: "false" },
      weight: 20,
    });
    const info = readExchangeInfo(body);
    if (info === null) throw sentNonsense(EXCHANGE_INFO, "wrong-shape");
    if (info.weightLimit !== null) this.#limit.noteLimit(info.weightLimit);
    if (info.leftOut > 0) {
      this.#logger.warn({ symbols: info.leftOut }, "symbols of exchangeInfo not understood");
    }
    return info.instruments;
  }

  #serverNow(): number {
    return this.#clock.now() + (this.#offsetMs ?? 0);
  }
}

function closesAt({ timeframe, openTime }: Candle): number {
  return closeTimeOf(timeframe, openTime);
}

/** A row by name: open time, open, high, low, close, volume, close time, and five more we do not use. */
function fieldsOf(row: readonly unknown[]): RawKline {
  const [openTime, open, high, low, close, volume, closeTime] = row;
  return { openTime, open, high, low, close, volume, closeTime };
}
