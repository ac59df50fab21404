/**
 * Trading filters for backtests without a network: Binance's of well-known symbols as of August 2025.
 * Any other symbol gets a tick and a step so fine that they change nothing.
 */
import type { Instrument } from "./domain/instrument.ts";

/** Tick and step of the price and the amount, and the least value of an order. */
export interface Filters {
  readonly tickSize: string;
  readonly stepSize: string;
  readonly minNotional: string;
}

const KNOWN: Readonly<Record<string, Filters>> = {
  BTCUSDT: { tickSize: "0.01", stepSize: "0.00001", minNotional: "5" },
  ETHUSDT: { tickSize: "0.01", stepSize: "0.0001", minNotional: "5" },
  SOLUSDT: { tickSize: "0.01", stepSize: "0.001", minNotional: "5" },
  BNBUSDT: { tickSize: "0.01", stepSize: "0.001", minNotional: "5" },
  XRPUSDT: { tickSize: "0.0001", stepSize: "0.1", minNotional: "5" },
  DOGEUSDT: { tickSize: "0.00001", stepSize: "1", minNotional: "1" },
  ETHBTC: { tickSize: "0.00001", stepSize: "0.0001", minNotional: "0.0001" },
  BNBBTC: { tickSize: "0.000001", stepSize: "0.001", minNotional: "0.0001" },
};

const FINEST: Filters = { tickSize: "0.00000001", stepSize: "0.00000001", minNotional: "0" };
const QUOTES = ["USDT", "USDC", "FDUSD", "TUSD", "BTC", "ETH", "BNB", "EUR", "TRY"];
const DEFAULT_QUOTE = "USDT";

/** The symbol's filters, those in `given` in their place. */
export function knownInstrument(symbol: string, given: Partial<Filters>): Instrument {
  const quoteAsset = QUOTES.find((quote) => symbol.endsWith(quote)) ?? DEFAULT_QUOTE;
  const { tickSize, stepSize, minNotional } = { ...(KNOWN[symbol] ?? FINEST), ...given };
  return {
    symbol,
    baseAsset: symbol.endsWith(quoteAsset) ? symbol.slice(0, -quoteAsset.length) : symbol,
    quoteAsset,
    status: "TRADING",
    tickSize,
    stepSize,
    minQuantity: "0",
    maxQuantity: "0",
    minNotional,
  };
}
