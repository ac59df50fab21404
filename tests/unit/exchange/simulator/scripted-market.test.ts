/** A scripted market plays the given minutes and refuses a list that cannot be played. */
import { describe, expect, it } from "vitest";
import type { Candle } from "../../../../src/domain/candle.ts";
import { scriptedMarket } from "../../../../src/exchange/simulator/scripted-minutes.ts";

const START = Date.UTC(2026, 0, 5);
const MINUTE_MS = 60_000;

function minute(index: number, changes: Partial<Candle> = {}): Candle {
  return {
    symbol: "BTCUSDT",
    timeframe: "1m",
    openTime: START + index * MINUTE_MS,
    open: "100.5",
    high: "102",
    low: "99.25",
    close: "101",
    volume: "3.00001",
    ...changes,
  };
}

describe("a scripted market", () => {
  const market = scriptedMarket([
    minute(0),
    minute(1, { open: "101", high: "107.12345678", close: "107", volume: "0" }),
    minute(3, { open: "90", high: "90", low: "80", close: "85", volume: "2" }),
    minute(0, { symbol: "ETHUSDT" }),
  ]);
  const at = (openTime: number, until: number, timeframe: "1m" | "5m" = "1m") =>
    market.candle({ symbol: "BTCUSDT", timeframe, openTime }, until);

  it("shows a minute's open price until it ends, and then all of it", () => {
    const flat = { open: "100.50000000", high: "100.50000000", low: "100.50000000" };
    expect(at(START, START)).toMatchObject({ ...flat, close: "100.50000000", trades: 0 });
    expect(at(START, START + MINUTE_MS - 1)).toMatchObject({ ...flat, volume: "0.00000000" });
    expect(at(START, START + MINUTE_MS)).toMatchObject({
      open: "100.50000000",
      high: "102.00000000",
      low: "99.25000000",
      close: "101.00000000",
      volume: "3.00001000",
      quoteVolume: "303.00101000",
      trades: 1,
    });
  });

  it("sums what there is into longer candles, around the gap", () => {
    expect(at(START, START + 5 * MINUTE_MS, "5m")).toMatchObject({
      open: "100.50000000",
      high: "107.12345678",
      low: "80.00000000",
      close: "85.00000000",
      volume: "5.00001000",
      quoteVolume: "473.00101000",
      trades: 2,
    });
    expect(at(START, START + 2.5 * MINUTE_MS, "5m")).toMatchObject({ close: "107.00000000" });
  });

  it("has no candle for a missing minute", () => {
    expect(at(START + 2 * MINUTE_MS, START + 9 * MINUTE_MS)).toBeNull();
    expect(at(START + 5 * MINUTE_MS, START + 10 * MINUTE_MS, "5m")).toBeNull();
  });

  it("changes at a minute's first step and at its end only", () => {
    const steps = Array.from({ length: 121 }, (_, step) => step * 2000);
    const changes = steps.filter((time) => market.traded("BTCUSDT", START + time));
    expect(changes).toEqual([2000, 60_000, 62_000, 120_000, 182_000, 240_000]);
  });

  it("lists the symbols it was given, each since its first minute", () => {
    const names = market.symbols.map(({ instrument }) => instrument.symbol);
    expect(names).toEqual(["BTCUSDT", "ETHUSDT"]);
    expect(scriptedMarket([minute(5), minute(2)]).listedAt("BTCUSDT")).toBe(START + 2 * MINUTE_MS);
  });

  it.each([
    ["timeframe", [minute(0, { timeframe: "5m" })]],
    ["open-time", [minute(0, { openTime: START + 1 })]],
    ["repeated", [minute(0), minute(0)]],
    ["decimals", [minute(0, { close: "100.123456789" })]],
    ["prices", [minute(0, { high: "100.9" })]],
    ["price-too-high", [minute(0, { high: "90071993" })]],
  ])("refuses a candle with a bad %s", (reason, candles) => {
    expect(() => scriptedMarket(candles)).toThrow(
      expect.objectContaining({
        code: "simulator-candle-invalid",
        facts: expect.objectContaining({ reason }),
      }),
    );
  });
});
