/** Previews of chart indicators: on which candles they rest, and what they say of them. */
import { describe, expect, it } from "vitest";
import { NOON, person, testApp } from "../../support/test-app.ts";

const ann = person("ann", { role: "viewer" });
const HOURLY = { symbol: null, timeframe: "1h" } as const;
const HOUR_MS = 3_600_000;

describe("a preview", () => {
  it("shows each output now, ten candles before, and as it went", async () => {
    const { app } = testApp();
    const preview = await app.previews.preview(ann, "kst", HOURLY);
    expect(preview).toMatchObject({ symbol: "BTCUSDT", closedAt: NOON - (NOON % HOUR_MS) });
    expect(preview.outputs.map(({ name }) => name)).toEqual(["kst", "signal"]);
    for (const { last, before, recent } of [...preview.outputs, preview.close]) {
      expect(recent).toHaveLength(32);
      expect(recent.at(-1)).toBe(last);
      expect(recent.at(-11)).toBe(before);
      expect(last).toEqual(expect.any(Number));
    }
  });

  it("of Heikin-Ashi candles ends at the mean of the last candle's prices", async () => {
    const { app, exchange } = testApp();
    const to = NOON - (NOON % HOUR_MS) - HOUR_MS;
    const from = to - 199 * HOUR_MS;
    const { outputs, close } = await app.previews.preview(ann, "heikinashi", HOURLY);
    const request = { symbol: "BTCUSDT", timeframe: "1h", from, to } as const;
    const candle = (await Array.fromAsync(exchange.closedCandles(request))).flat().at(-1)!;
    const prices = [candle.open, candle.high, candle.low, candle.close].map(Number);
    const mean = prices.reduce((sum, price) => sum + price, 0) / 4;
    expect(outputs.find(({ name }) => name === "close")?.last).toBeCloseTo(mean, 6);
    expect(close.last).toBe(Number(candle.close));
  });

  it.each([
    ["unknown-chart-indicator", "none", HOURLY],
    ["unknown-symbol", "kst", { ...HOURLY, symbol: "NOPEUSDT" }],
  ] as const)("is refused with %s", async (code, name, of) => {
    await expect(testApp().app.previews.preview(ann, name, of)).rejects.toMatchObject({ code });
  });

  it("says that the exchange is away, or has nothing yet", async () => {
    const { app, exchange } = testApp();
    exchange.closedCandles = async function* () {};
    await expect(app.previews.preview(ann, "kst", HOURLY)).rejects.toMatchObject({
      code: "no-candles",
    });
    exchange.isAway = true;
    await expect(app.previews.preview(ann, "kst", HOURLY)).rejects.toMatchObject({
      code: "exchange-unreachable",
    });
  });
});
