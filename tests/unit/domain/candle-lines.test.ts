/** Candles as lines come back as they were. */
import { describe, expect, it } from "vitest";
import { candleLine, candlesOfLines } from "../../../src/domain/candle-lines.ts";
import { randomCandles, SYMBOL } from "../../support/candle-lists.ts";

const OF = { symbol: SYMBOL, timeframe: "15m" } as const;

describe("candles as lines", () => {
  it("come back digit by digit", () => {
    const candles = randomCandles(3, 50, OF);
    expect(candlesOfLines(candles.map(candleLine).join(""), OF)).toEqual(candles);
  });

  it("need no newline at their end, and may be none", () => {
    const [candle] = randomCandles(3, 1, OF);
    expect(candlesOfLines(candleLine(candle!).trimEnd(), OF)).toEqual([candle]);
    expect(candlesOfLines("", OF)).toEqual([]);
  });
});
