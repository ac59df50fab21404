/**
 * The two forms in which a candle leaves the exchange: the kline event of the streams and the row of
 * twelve of the REST answer. Fields, order and types are those of recorded messages; the event is
 * built by hand because it is the simulator's hot path.
 */
import type { CandleKey, MarketCandle } from "./market.ts";

export type KlineRow = readonly (number | string)[];

/** The raw kline event; `at` is the event time, epoch ms. */
export function klineEvent(
  { symbol, timeframe }: CandleKey,
  candle: MarketCandle,
  { at, closed }: { readonly at: number; readonly closed: boolean },
): string {
  return (
    `{"e":"kline","E":${at},"s":"${symbol}","k":{"t":${candle.openTime},"T":${candle.closeTime},` +
    `"s":"${symbol}","i":"${timeframe}","f":${candle.firstTradeId},"L":${candle.lastTradeId},` +
    `"o":"${candle.open}","c":"${candle.close}","h":"${candle.high}","l":"${candle.low}",` +
    `"v":"${candle.volume}","n":${candle.trades},"x":${closed},"q":"${candle.quoteVolume}",` +
    `"V":"${candle.takerVolume}","Q":"${candle.takerQuoteVolume}","B":"0"}}`
  );
}

/** An event as it looks on a combined connection. */
export function combinedEvent(stream: string, raw: string): string {
  return `{"stream":${JSON.stringify(stream)},"data":${raw}}`;
}

/** The row of GET /api/v3/klines. */
export function klineRow(candle: MarketCandle): KlineRow {
  return [
    candle.openTime,
    candle.open,
    candle.high,
    candle.low,
    candle.close,
    candle.volume,
    candle.closeTime,
    candle.quoteVolume,
    candle.trades,
    candle.takerVolume,
    candle.takerQuoteVolume,
    "0",
  ];
}
