/**
 * What the REST endpoints answer: ping, time, exchangeInfo, klines, ticker/price. Klines follow the
 * recorded rules: a row is included by its open time, both ends inclusive; without startTime the
 * newest rows, otherwise the oldest; oldest first always; the still open candle comes last.
 */
import { openTimeAt, timeframeMs, type Timeframe } from "../../domain/timeframe.ts";
import { exchangeInfo } from "./exchange-info.ts";
import type { Faults } from "./faults.ts";
import { klineRow, type KlineRow } from "./kline-text.ts";
import type { ListedSymbol } from "./listed-symbol.ts";
import type { CandleKey, Market, MarketCandle } from "./market.ts";
import { RestRefusal, type RestQuery } from "./rest-query.ts";

const DEFAULT_ROWS = 500;
const MAX_ROWS = 1000;
const DAY_MS = timeframeMs("1d");

export interface MarketDataParts {
  readonly market: Market;
  readonly faults: Faults;
  readonly weightPerMinute: number;
  /** Virtual time, epoch ms. */
  readonly now: () => number;
}

export interface Endpoint {
  readonly parameters: readonly string[];
  readonly weight: (values: URLSearchParams) => number;
  readonly answer: (query: RestQuery, parts: MarketDataParts) => unknown;
}

/** Every path that answers, with what it costs. */
export const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  "/api/v3/ping": { parameters: [], weight: () => 1, answer: () => ({}) },
  "/api/v3/time": {
    parameters: [],
    weight: () => 1,
    answer: (_query, { now }) => ({ serverTime: now() }),
  },
  "/api/v3/exchangeInfo": {
    parameters: ["symbol", "symbols", "showPermissionSets"],
    weight: () => 20,
    answer: (query, parts) =>
      exchangeInfo({
        serverTime: parts.now(),
        symbols: wanted(query, parts.market),
        weightPerMinute: parts.weightPerMinute,
        showPermissionSets: query.optionalFlag("showPermissionSets") ?? true,
      }),
  },
  "/api/v3/klines": {
    parameters: ["symbol", "interval", "startTime", "endTime", "limit"],
    weight: () => 2,
    answer: klines,
  },
  "/api/v3/ticker/price": {
    parameters: ["symbol", "symbols"],
    weight: (values) => (values.has("symbol") ? 2 : 4),
    answer: prices,
  },
};

function klines(query: RestQuery, parts: MarketDataParts): readonly KlineRow[] {
  const { instrument } = listed(query.symbol(), parts.market);
  const series = { symbol: instrument.symbol, timeframe: query.interval() };
  const startTime = query.optionalInteger("startTime");
  const endTime = query.optionalInteger("endTime");
  const limit = query.optionalInteger("limit") ?? DEFAULT_ROWS;
  if (limit === 0) throw new RestRefusal(-1130, "Data sent for parameter 'limit' is not valid.");
  const page = { startTime, endTime, limit: Math.min(limit, MAX_ROWS) };
  return rows(series, page, parts).map(klineRow);
}

interface Series {
  readonly symbol: string;
  readonly timeframe: Timeframe;
}

interface Page {
  readonly startTime: number | null;
  readonly endTime: number | null;
  readonly limit: number;
}

function rows(series: Series, page: Page, parts: MarketDataParts): readonly MarketCandle[] {
  const { market, faults, now } = parts;
  const step = timeframeMs(series.timeframe);
  const until = now();
  const listing = openTimeAt(series.timeframe, market.listedAt(series.symbol));
  const first = Math.max(Math.ceil((page.startTime ?? 0) / step) * step, listing);
  const last = openTimeAt(series.timeframe, Math.min(page.endTime ?? until, until));
  const forward = page.startTime !== null;
  const found: MarketCandle[] = [];
  for (let offset = 0; offset <= last - first && found.length < page.limit; offset += step) {
    const key: CandleKey = { ...series, openTime: forward ? first + offset : last - offset };
    const candle = market.candle(key, until);
    const told = candle === null ? null : faults.row(key, candle);
    if (told !== null) found.push(told);
  }
  return forward ? found : found.toReversed();
}

interface SymbolPrice {
  readonly symbol: string;
  readonly price: string;
}

/** The last price of one symbol, or a list of those of some or all symbols. */
function prices(query: RestQuery, parts: MarketDataParts): SymbolPrice | readonly SymbolPrice[] {
  const told = wanted(query, parts.market).flatMap(({ instrument }) => {
    const price = lastPrice(instrument.symbol, parts);
    return price === null ? [] : [{ symbol: instrument.symbol, price }];
  });
  if (query.optionalSymbol() === null) return told;
  return told[0] ?? notListed();
}

/** Close of the newest day that has a candle; null before the symbol's first one. */
function lastPrice(symbol: string, { market, now }: MarketDataParts): string | null {
  const until = now();
  const listing = openTimeAt("1d", market.listedAt(symbol));
  for (let openTime = openTimeAt("1d", until); openTime >= listing; openTime -= DAY_MS) {
    const candle = market.candle({ symbol, timeframe: "1d", openTime }, until);
    if (candle !== null) return candle.close;
  }
  return null;
}

function wanted(query: RestQuery, market: Market): readonly ListedSymbol[] {
  const symbol = query.optionalSymbol();
  const symbols = query.optionalSymbols();
  if (symbol !== null && symbols !== null) {
    throw new RestRefusal(-1128, "Combination of optional parameters invalid.");
  }
  if (symbol !== null) return [listed(symbol, market)];
  return symbols?.map((name) => listed(name, market)) ?? market.symbols;
}

function listed(name: string, market: Market): ListedSymbol {
  const symbol = market.symbols.find(({ instrument }) => instrument.symbol === name);
  return symbol ?? notListed();
}

function notListed(): never {
  throw new RestRefusal(-1121, "Invalid symbol.");
}
