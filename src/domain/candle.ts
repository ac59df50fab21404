/** A candle of one symbol and timeframe; prices and volume are exact decimal text from the wire. */
import type { DecimalText } from "./money.ts";
import type { Timeframe } from "./timeframe.ts";

export interface Candle {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** Epoch ms; the identity of a candle together with symbol and timeframe. */
  readonly openTime: number;
  readonly open: DecimalText;
  readonly high: DecimalText;
  readonly low: DecimalText;
  readonly close: DecimalText;
  /** Base asset volume. */
  readonly volume: DecimalText;
}

/** One push of the kline stream: the candle as it stands, and whether it is final. */
export interface CandleFrame {
  readonly candle: Candle;
  readonly closed: boolean;
  /** The exchange's event time, epoch ms. */
  readonly eventTime: number;
  /** When it reached us on our clock (equal to eventTime when the clock follows the feed), epoch ms. */
  readonly receivedAt: number;
}
