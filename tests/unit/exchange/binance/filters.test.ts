/** exchangeInfo to instruments, on rows as the exchange sends them. */
import { describe, expect, it } from "vitest";
import { readExchangeInfo, readInstrument } from "../../../../src/exchange/binance/filters.ts";

const LOT = { filterType: "LOT_SIZE", minQty: "0.00001000", maxQty: "9000.0", stepSize: "0.00001" };
const MARKET_LOT = {
  filterType: "MARKET_LOT_SIZE",
  minQty: "0.00000000",
  maxQty: "97.09521512",
  stepSize: "0.00000000",
};
const PRICE = {
  filterType: "PRICE_FILTER",
  minPrice: "0.01000000",
  maxPrice: "1000000.00000000",
  tickSize: "0.01000000",
};
const NOTIONAL = {
  filterType: "NOTIONAL",
  minNotional: "5.00000000",
  applyMinToMarket: true,
  maxNotional: "9000000.00000000",
  applyMaxToMarket: false,
  avgPriceMins: 5,
};
const OTHERS = [
  { filterType: "ICEBERG_PARTS", limit: 100 },
  { filterType: "TRAILING_DELTA", minTrailingAboveDelta: 10, maxTrailingAboveDelta: 2000 },
  { filterType: "MAX_NUM_ORDERS", maxNumOrders: 200 },
  { filterType: "A_FILTER_OF_TOMORROW", anything: [1] },
];

const btcusdt = (filters: unknown[], otherwise = {}): Record<string, unknown> => ({
  symbol: "BTCUSDT",
  status: "TRADING",
  baseAsset: "BTC",
  baseAssetPrecision: 8,
  quoteAsset: "USDT",
  orderTypes: ["LIMIT", "MARKET"],
  filters,
  permissionSets: [["SPOT"]],
  ...otherwise,
});

describe("readInstrument", () => {
  it("takes the units from the filters, the narrower lot size of both", () => {
    expect(readInstrument(btcusdt([PRICE, LOT, MARKET_LOT, NOTIONAL, ...OTHERS]))).toEqual({
      symbol: "BTCUSDT",
      status: "TRADING",
      baseAsset: "BTC",
      quoteAsset: "USDT",
      tickSize: "0.01",
      stepSize: "0.00001",
      minQuantity: "0.00001",
      maxQuantity: "97.09521512",
      minNotional: "5",
    });
  });

  it("knows the older MIN_NOTIONAL", () => {
    const minNotional = { filterType: "MIN_NOTIONAL", minNotional: "10.0", applyToMarket: true };
    expect(readInstrument(btcusdt([LOT, minNotional]))).toMatchObject({ minNotional: "10" });
  });

  it("takes an absent filter as switched off, and an upper bound of 0 too", () => {
    const off = { tickSize: "0", stepSize: "0", minQuantity: "0", maxQuantity: "0" };
    expect(readInstrument(btcusdt([]))).toMatchObject({ ...off, minNotional: "0" });
    const unbounded = { ...LOT, maxQty: "0.00000000" };
    expect(readInstrument(btcusdt([unbounded]))).toMatchObject({ maxQuantity: "0" });
  });

  it("writes small steps without an exponent", () => {
    const tiny = { ...PRICE, tickSize: "0.00000001" };
    expect(readInstrument(btcusdt([tiny]))).toMatchObject({ tickSize: "0.00000001" });
  });

  it.each([
    ["no filters", { filters: undefined }],
    ["a step that is no decimal", { filters: [{ ...LOT, stepSize: "1e-5" }] }],
    ["a negative tick", { filters: [{ ...PRICE, tickSize: "-0.01" }] }],
    ["an endless name", { symbol: "A".repeat(65) }],
    ["no name", { symbol: "" }],
    ["no base asset", { baseAsset: null }],
  ])("does not understand %s", (_, otherwise) => {
    expect(readInstrument(btcusdt([], otherwise))).toBeNull();
  });
});

describe("readExchangeInfo", () => {
  const weight = { rateLimitType: "REQUEST_WEIGHT", interval: "MINUTE", intervalNum: 1 };
  const orders = { rateLimitType: "ORDERS", interval: "SECOND", intervalNum: 10, limit: 100 };

  it("leaves out what it does not understand and keeps the rest", () => {
    const symbols = [btcusdt([LOT]), { symbol: "BROKEN" }, btcusdt([], { symbol: "ETHUSDT" })];
    const info = readExchangeInfo({ rateLimits: [orders, { ...weight, limit: 6000 }], symbols });
    expect([...info!.instruments.keys()]).toEqual(["BTCUSDT", "ETHUSDT"]);
    expect(info).toMatchObject({ weightLimit: 6_000, leftOut: 1 });
  });

  it("says when no weight limit is given", () => {
    expect(readExchangeInfo({ rateLimits: [orders], symbols: [] })?.weightLimit).toBeNull();
  });

  it.each([null, [], {}, { symbols: [] }, { rateLimits: [], symbols: {} }])(
    "does not take %j for one",
    (value) => {
      expect(readExchangeInfo(value)).toBeNull();
    },
  );
});
