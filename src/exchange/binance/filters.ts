/**
 * What exchangeInfo says about symbols and limits, turned into instruments. A symbol that cannot be
 * understood is left out alone; it does not take the others with it.
 */
import { z } from "zod";
import type { Instrument } from "../../domain/instrument.ts";
import { Decimal, decimalText, type DecimalText } from "../../domain/money.ts";
import { DECIMAL } from "./parse.ts";

const decimal = z.string().regex(DECIMAL);

/** The fields of all filters we use; the others are let pass unread (binance-spot-api-docs, filters.md). */
const filterShape = z.object({
  filterType: z.string(),
  tickSize: decimal.optional(),
  stepSize: decimal.optional(),
  minQty: decimal.optional(),
  maxQty: decimal.optional(),
  minNotional: decimal.optional(),
});

const symbolShape = z.object({
  symbol: z.string().min(1).max(64),
  status: z.string(),
  baseAsset: z.string(),
  quoteAsset: z.string(),
  filters: z.array(filterShape),
});

const exchangeInfoShape = z.object({
  rateLimits: z.array(
    z.object({
      rateLimitType: z.string(),
      interval: z.string(),
      intervalNum: z.number(),
      limit: z.number().positive(),
    }),
  ),
  symbols: z.array(z.unknown()),
});

export interface ExchangeInfo {
  readonly instruments: ReadonlyMap<string, Instrument>;
  /** Request weight allowed per minute, or null when it does not say. */
  readonly weightLimit: number | null;
  /** Symbols left out because they could not be understood. */
  readonly leftOut: number;
}

/** Reads a whole answer of GET /api/v3/exchangeInfo; null when it is none. */
export function readExchangeInfo(value: unknown): ExchangeInfo | null {
  const info = exchangeInfoShape.safeParse(value);
  if (!info.success) return null;
  const instruments = new Map<string, Instrument>();
  for (const symbol of info.data.symbols) {
    const instrument = readInstrument(symbol);
    if (instrument !== null) instruments.set(instrument.symbol, instrument);
  }
  const weight = info.data.rateLimits.find(
    ({ rateLimitType, interval, intervalNum }) =>
      rateLimitType === "REQUEST_WEIGHT" && interval === "MINUTE" && intervalNum === 1,
  );
  return {
    instruments,
    weightLimit: weight?.limit ?? null,
    leftOut: info.data.symbols.length - instruments.size,
  };
}

/**
 * One element of exchangeInfo's `symbols`, or null. Market orders must pass LOT_SIZE and
 * MARKET_LOT_SIZE, so the narrower of both counts; a filter that is absent is switched off ("0").
 */
export function readInstrument(value: unknown): Instrument | null {
  const parsed = symbolShape.safeParse(value);
  if (!parsed.success) return null;
  const { symbol, status, baseAsset, quoteAsset, filters } = parsed.data;
  const filter = (type: string): z.infer<typeof filterShape> | undefined =>
    filters.find(({ filterType }) => filterType === type);
  const lot = filter("LOT_SIZE");
  const marketLot = filter("MARKET_LOT_SIZE");
  return {
    symbol,
    status,
    baseAsset,
    quoteAsset,
    tickSize: largest(filter("PRICE_FILTER")?.tickSize),
    stepSize: largest(lot?.stepSize, marketLot?.stepSize),
    minQuantity: largest(lot?.minQty, marketLot?.minQty),
    maxQuantity: smallestOn(lot?.maxQty, marketLot?.maxQty),
    minNotional: largest(filter("NOTIONAL")?.minNotional, filter("MIN_NOTIONAL")?.minNotional),
  };
}

/** The largest of the bounds that are given; "0" when none is. */
function largest(...bounds: (DecimalText | undefined)[]): DecimalText {
  return decimalText(Decimal.max(0, ...bounds.map((bound) => bound ?? 0)));
}

/** The smallest of the bounds that are switched on; "0" when none is. */
function smallestOn(...bounds: (DecimalText | undefined)[]): DecimalText {
  const on = bounds.map((bound) => new Decimal(bound ?? 0)).filter((bound) => !bound.isZero());
  return on.length === 0 ? "0" : decimalText(Decimal.min(...on));
}
