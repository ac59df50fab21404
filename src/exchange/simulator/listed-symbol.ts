/**
 * The symbols the simulated exchange can list: what exchangeInfo says about them, and how their
 * random market behaves. Filter values of BTCUSDT and ETHUSDT are recorded ones (August 2025); the
 * others have the same shape. Any other name quoted in USDT is listed with ordinary values.
 */
import { Fault } from "../../domain/fault.ts";
import type { Instrument } from "../../domain/instrument.ts";

export interface ListedSymbol {
  readonly instrument: Instrument;
  readonly maxPrice: string;
  readonly marketMaxQuantity: string;
  /** Tick size is 10 to the minus this. */
  readonly priceDecimals: number;
  /** Step size is 10 to the minus this. */
  readonly quantityDecimals: number;
  /** The price the random market wanders around. */
  readonly basePrice: number;
  /** Mean base volume of two seconds, counted in steps of the quantity. */
  readonly stepVolume: number;
  /** Mean size of one trade, counted in steps of the quantity. */
  readonly tradeVolume: number;
  /** Share of two-second steps in which nobody trades. */
  readonly idleShare: number;
}

type Draft = Omit<ListedSymbol, "instrument"> & { readonly maxQuantity: string };

const DRAFTS: Readonly<Record<string, Draft>> = {
  BTCUSDT: {
    maxPrice: "1000000",
    maxQuantity: "9000",
    marketMaxQuantity: "97.09521512",
    priceDecimals: 2,
    quantityDecimals: 5,
    basePrice: 64_000,
    stepVolume: 30_000,
    tradeVolume: 900,
    idleShare: 0,
  },
  ETHUSDT: {
    maxPrice: "1000000",
    maxQuantity: "9000",
    marketMaxQuantity: "2357.34408702",
    priceDecimals: 2,
    quantityDecimals: 4,
    basePrice: 3200,
    stepVolume: 50_000,
    tradeVolume: 2500,
    idleShare: 0.01,
  },
  SOLUSDT: {
    maxPrice: "100000",
    maxQuantity: "90000",
    marketMaxQuantity: "21300.4475",
    priceDecimals: 2,
    quantityDecimals: 3,
    basePrice: 170,
    stepVolume: 60_000,
    tradeVolume: 7000,
    idleShare: 0.03,
  },
  BNBUSDT: {
    maxPrice: "100000",
    maxQuantity: "900000",
    marketMaxQuantity: "1543.64508333",
    priceDecimals: 2,
    quantityDecimals: 3,
    basePrice: 620,
    stepVolume: 5000,
    tradeVolume: 400,
    idleShare: 0.05,
  },
  XRPUSDT: {
    maxPrice: "10000",
    maxQuantity: "9222449",
    marketMaxQuantity: "2196320.2125",
    priceDecimals: 4,
    quantityDecimals: 1,
    basePrice: 2.2,
    stepVolume: 50_000,
    tradeVolume: 5000,
    idleShare: 0.06,
  },
  DOGEUSDT: {
    maxPrice: "1000",
    maxQuantity: "9000000",
    marketMaxQuantity: "12873614.325",
    priceDecimals: 5,
    quantityDecimals: 0,
    basePrice: 0.21,
    stepVolume: 20_000,
    tradeVolume: 3000,
    idleShare: 0.12,
  },
};

const ORDINARY: Draft = {
  maxPrice: "10000",
  maxQuantity: "9000000",
  marketMaxQuantity: "100000",
  priceDecimals: 4,
  quantityDecimals: 1,
  basePrice: 5,
  stepVolume: 2000,
  tradeVolume: 400,
  idleShare: 0.25,
};

const QUOTE_ASSET = "USDT";
const NAME = /^[A-Z0-9]{2,15}USDT$/;

/** What is listed when nothing else is asked for. */
export const DEFAULT_SYMBOLS: readonly string[] = Object.keys(DRAFTS);

/** The symbol of that name. Fault: simulator-symbol-invalid {symbol} when not quoted in USDT. */
export function listedSymbol(name: string): ListedSymbol {
  if (!NAME.test(name)) throw new Fault("simulator-symbol-invalid", { symbol: name });
  const { maxQuantity, ...draft } = DRAFTS[name] ?? ORDINARY;
  const stepSize = powerOfTen(draft.quantityDecimals);
  return {
    ...draft,
    instrument: {
      symbol: name,
      baseAsset: name.slice(0, -QUOTE_ASSET.length),
      quoteAsset: QUOTE_ASSET,
      status: "TRADING",
      tickSize: powerOfTen(draft.priceDecimals),
      stepSize,
      minQuantity: stepSize,
      maxQuantity,
      minNotional: "5",
    },
  };
}

function powerOfTen(decimals: number): string {
  return decimals === 0 ? "1" : `0.${"0".repeat(decimals - 1)}1`;
}
