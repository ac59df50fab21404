/** What a picture shows of a rule is what the engine decides by. */
import { describe, expect, it } from "vitest";
import { ruleLines, type RuleLines } from "../../../../src/engine/charting/rule-series.ts";
import { parseRule } from "../../../../src/rules/parse.ts";
import { randomCandles, summed } from "../../../support/candle-lists.ts";
import { backtest } from "../backtest/run.ts";

const CANDLES = randomCandles(11, 1_200, { timeframe: "15m", volatility: 0.004 });

function linesOf(ruleText: string, candles = CANDLES, higher = {}): RuleLines {
  const rule = parseRule(ruleText, { timeframe: "15m" });
  const work = ruleLines(rule, { timeframe: "15m", candles, higher });
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

const labelled = ({ series }: RuleLines, label: string) =>
  series.find((one) => one.label === label)!;

describe("the lines of a rule", () => {
  it("are its indicators with their bands, each once, on their scales", () => {
    const { series, thresholds } = linesOf(
      "enter long when rsi(14) < 30 and close > ema(50) and sma(volume, 20) > 1\nexit long when rsi(14) > 70 or close > bb(20, 2).upper or macd(12, 26, 9) crosses below 0",
    );
    expect(series.map(({ label, scale }) => [label, scale])).toEqual([
      ["rsi(14)", "rsi"],
      ["ema(50)", "price"],
      ["sma(volume, 20)", "volume"],
      ["bb(20, 2).middle", "price"],
      ["bb(20, 2).upper", "price"],
      ["bb(20, 2).lower", "price"],
      ["macd(12, 26, 9)", "macd"],
      ["macd(12, 26, 9).signal", "macd"],
      ["macd(12, 26, 9).histogram", "macd"],
    ]);
    expect(
      new Set(series.filter(({ scale }) => scale === "macd").map(({ family }) => family)).size,
    ).toBe(1);
    expect(thresholds.get("rsi")).toEqual([30, 70]);
  });

  it("live on the scale of what they are made of", () => {
    const scales = (text: string) => {
      const { series } = linesOf(`enter long when ${text}`);
      return series.map(({ scale }) => scale);
    };
    expect(scales("close > ema(20) * 1.02")).toEqual(["price"]);
    expect(scales("close > ema(20) + 2 * atr(14)")).toEqual(["price"]);
    expect(scales("ema(10) / ema(20) > 1.01")).toEqual(["price/price"]);
    expect(scales("ema(10) - ema(20) > 5")).toEqual(["price-price"]);
    expect(scales("sma(rsi(14), 5) > 50")).toEqual(["rsi"]);
    expect(scales("bb(20, 2).width > 1")).toEqual(["bb.width"]);
    expect(scales("ema(20)[3] rising 2")).toEqual(["price"]);
  });

  it("hold the values that the entries of a backtest were decided by", () => {
    const text =
      "enter long when rsi(7) crosses above 40 and close > ema(20)@1h exit long when rsi(7) > 60";
    const { trades } = backtest(text, { candles: CANDLES });
    expect(trades.length).toBeGreaterThan(10);
    const lines = linesOf(text);
    const [rsi, ema] = [labelled(lines, "rsi(7)").values, labelled(lines, "ema(20)@1h").values];
    for (const { entryAt } of trades) {
      // Filled at the opening of the candle after the signal.
      const signal = CANDLES.findIndex(({ openTime }) => openTime === entryAt) - 1;
      expect(rsi[signal - 1]).toBeLessThanOrEqual(40);
      expect(rsi[signal]).toBeGreaterThan(40);
      expect(Number(CANDLES[signal]!.close)).toBeGreaterThan(ema[signal]!);
    }
  });

  it("read longer candles that are given, and else the sum of their own", () => {
    const text = "enter long when close > ema(5)@1h";
    const given = linesOf(text, CANDLES, { "1h": summed(CANDLES, "1h") });
    expect(labelled(given, "ema(5)@1h").values).toEqual(
      labelled(linesOf(text), "ema(5)@1h").values,
    );
  });

  it("are nothing where a rule reads prices alone, and short where candles are", () => {
    expect(linesOf("enter long when close > 5").series).toEqual([]);
    const short = linesOf("enter long when rsi(14) < 30", CANDLES.slice(0, 5)).series[0]!;
    expect([...short.values]).toEqual(Array.from({ length: 5 }, () => NaN));
  });
});
