/**
 * Candles as lines of text, "openTime,open,high,low,close,volume": how many of them are written to
 * files and handed between threads. One text is copied at once where thousands of objects are not.
 */
import type { Candle } from "./candle.ts";
import type { Timeframe } from "./timeframe.ts";

/** With the newline at its end. */
export function candleLine({ openTime, open: first, high, low, close, volume }: Candle): string {
  return `${openTime},${first},${high},${low},${close},${volume}\n`;
}

/** The candles of lines that `candleLine` or the database wrote; nothing in them is checked again. */
export function candlesOfLines(
  lines: string,
  { symbol, timeframe }: { symbol: string; timeframe: Timeframe },
): Candle[] {
  const candles: Candle[] = [];
  let at = 0;
  const field = (end: "," | "\n"): string => {
    const found = lines.indexOf(end, at);
    const stop = found < 0 ? lines.length : found;
    const text = lines.slice(at, stop);
    at = stop + 1;
    return text;
  };
  while (at < lines.length) {
    candles.push({
      symbol,
      timeframe,
      openTime: Number(field(",")),
      open: field(","),
      high: field(","),
      low: field(","),
      close: field(","),
      volume: field("\n"),
    });
  }
  return candles;
}
