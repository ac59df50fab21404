/** Whether two candles say the same: "42066" and "42066.00" are the same price. */
import type { Candle } from "../domain/candle.ts";
import { Decimal, type DecimalText } from "../domain/money.ts";

/** Compares prices and volume; symbol, timeframe and open time are the caller's business. */
export function sameCandle(a: Candle, b: Candle): boolean {
  return (
    sameNumber(a.open, b.open) &&
    sameNumber(a.high, b.high) &&
    sameNumber(a.low, b.low) &&
    sameNumber(a.close, b.close) &&
    sameNumber(a.volume, b.volume)
  );
}

function sameNumber(a: DecimalText, b: DecimalText): boolean {
  return a === b || new Decimal(a).eq(b);
}
