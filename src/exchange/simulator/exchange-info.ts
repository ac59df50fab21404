/**
 * The answer of GET /api/v3/exchangeInfo: the fields, filters and their order as recorded in August
 * 2025, with the two filters added in 2026. Values that differ from symbol to symbol come from the
 * list of symbols.
 */
import { Decimal } from "../../domain/money.ts";
import type { ListedSymbol } from "./listed-symbol.ts";

const ORDER_TYPES = [
  "LIMIT",
  "LIMIT_MAKER",
  "MARKET",
  "STOP_LOSS",
  "STOP_LOSS_LIMIT",
  "TAKE_PROFIT",
  "TAKE_PROFIT_LIMIT",
];

const STP_MODES = ["EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH", "DECREMENT", "TRANSFER"];

const ORDERS_PER_10_SECONDS = 100;
const ORDERS_PER_DAY = 200_000;
const RAW_REQUESTS_PER_5_MINUTES = 300_000;

export interface ExchangeInfoOptions {
  /** Epoch ms. */
  readonly serverTime: number;
  readonly symbols: readonly ListedSymbol[];
  readonly weightPerMinute: number;
  readonly showPermissionSets: boolean;
}

/** The whole answer, ready to be written as JSON. */
export function exchangeInfo(options: ExchangeInfoOptions): object {
  const { serverTime, symbols, weightPerMinute, showPermissionSets } = options;
  return {
    timezone: "UTC",
    serverTime,
    rateLimits: [
      rateLimit("REQUEST_WEIGHT", ["MINUTE", 1], weightPerMinute),
      rateLimit("ORDERS", ["SECOND", 10], ORDERS_PER_10_SECONDS),
      rateLimit("ORDERS", ["DAY", 1], ORDERS_PER_DAY),
      rateLimit("RAW_REQUESTS", ["MINUTE", 5], RAW_REQUESTS_PER_5_MINUTES),
    ],
    exchangeFilters: [],
    symbols: symbols.map((symbol) => symbolRecord(symbol, showPermissionSets)),
  };
}

function rateLimit(
  rateLimitType: string,
  [interval, intervalNum]: readonly [string, number],
  limit: number,
): object {
  return { rateLimitType, interval, intervalNum, limit };
}

function symbolRecord(symbol: ListedSymbol, showPermissionSets: boolean): object {
  const { instrument } = symbol;
  return {
    symbol: instrument.symbol,
    status: instrument.status,
    baseAsset: instrument.baseAsset,
    baseAssetPrecision: 8,
    quoteAsset: instrument.quoteAsset,
    quotePrecision: 8,
    quoteAssetPrecision: 8,
    baseCommissionPrecision: 8,
    quoteCommissionPrecision: 8,
    orderTypes: ORDER_TYPES,
    icebergAllowed: true,
    ocoAllowed: true,
    otoAllowed: true,
    opoAllowed: true,
    quoteOrderQtyMarketAllowed: true,
    allowTrailingStop: true,
    cancelReplaceAllowed: true,
    amendAllowed: true,
    pegInstructionsAllowed: true,
    isSpotTradingAllowed: true,
    isMarginTradingAllowed: true,
    filters: filters(symbol),
    permissions: [],
    ...(showPermissionSets ? { permissionSets: [["SPOT", "MARGIN"]] } : {}),
    defaultSelfTradePreventionMode: "EXPIRE_MAKER",
    allowedSelfTradePreventionModes: STP_MODES,
  };
}

function filters({ instrument, maxPrice, marketMaxQuantity }: ListedSymbol): readonly object[] {
  return [
    {
      filterType: "PRICE_FILTER",
      minPrice: wire(instrument.tickSize),
      maxPrice: wire(maxPrice),
      tickSize: wire(instrument.tickSize),
    },
    {
      filterType: "LOT_SIZE",
      minQty: wire(instrument.minQuantity),
      maxQty: wire(instrument.maxQuantity),
      stepSize: wire(instrument.stepSize),
    },
    { filterType: "ICEBERG_PARTS", limit: 100 },
    {
      filterType: "MARKET_LOT_SIZE",
      minQty: wire("0"),
      maxQty: wire(marketMaxQuantity),
      stepSize: wire("0"),
    },
    {
      filterType: "TRAILING_DELTA",
      minTrailingAboveDelta: 10,
      maxTrailingAboveDelta: 2000,
      minTrailingBelowDelta: 10,
      maxTrailingBelowDelta: 2000,
    },
    {
      filterType: "PERCENT_PRICE_BY_SIDE",
      bidMultiplierUp: "5",
      bidMultiplierDown: "0.2",
      askMultiplierUp: "5",
      askMultiplierDown: "0.2",
      avgPriceMins: 5,
    },
    {
      filterType: "NOTIONAL",
      minNotional: wire(instrument.minNotional),
      applyMinToMarket: true,
      maxNotional: wire("9000000"),
      applyMaxToMarket: false,
      avgPriceMins: 5,
    },
    { filterType: "MAX_NUM_ORDERS", maxNumOrders: 200 },
    { filterType: "MAX_NUM_ORDER_LISTS", maxNumOrderLists: 20 },
    { filterType: "MAX_NUM_ALGO_ORDERS", maxNumAlgoOrders: 5 },
    { filterType: "MAX_NUM_ORDER_AMENDS", maxNumOrderAmends: 10 },
  ];
}

function wire(value: string): string {
  return new Decimal(value).toFixed(8);
}
