/** The words and figures of pictures, in both languages. */
import { describe, expect, it } from "vitest";
import {
  backtestChart,
  backtestLabels,
  equityLabels,
  marketLabels,
  tradeLabels,
} from "../../../../bots/views/pictures.ts";
import { Reader } from "../../../../bots/views/reader.ts";
import { NOON, person, RULE, testApp } from "../../../support/test-app.ts";

const ann = person("ann");

async function sheets() {
  const test = testApp();
  const { app, gateway } = test;
  const terms = { name: "Swing & co", symbol: "BTCUSDT", timeframe: "1h" as const, ruleText: RULE };
  await app.strategies.create(ann, terms);
  gateway.openPosition("ann", 1);
  const report = await app.queries.trade(ann, 1);
  const chart = await app.charts.trade(ann, report);
  const what = { kind: "strategy" as const, number: 1 };
  const all = { symbol: null, timeframe: null, from: null, until: null };
  return {
    market: await app.charts.market(ann, { what: "1", timeframe: null, indicators: null }),
    equity: await app.equityHistory.equity(ann, null),
    backtest: await app.backtests.run(ann, { what, ...all }),
    trade: { report, chart: chart! },
  };
}

describe.each(["en", "fr"])("the words of pictures in %s", (language) => {
  const reader = new Reader({ language, timeZone: "UTC" }, { now: NOON, quoteAsset: "USDT" });

  it("are all there", async () => {
    const { market, equity, backtest, trade } = await sheets();
    const labels = [
      marketLabels(reader, market),
      equityLabels(reader, equity),
      backtestLabels(reader, backtest),
      tradeLabels(reader, trade.report, trade.chart),
    ];
    const words = labels.flatMap(stringsIn);
    expect(words.length).toBeGreaterThan(60);
    for (const word of words) {
      expect(word).not.toMatch(
        /^(?:picture|figure|column|field|exit|equity)-|\{\s?\$|undefined|NaN/,
      );
    }
  });
});

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

describe("a backtest's picture", () => {
  it("holds every trade with its levels, the one still open and where the rest begins", async () => {
    const { backtest } = await sheets();
    const { trades, open, entries, parts } = backtest.result;
    const chart = backtestChart(backtest);
    expect(chart.trades).toHaveLength(trades.length + (open === null ? 0 : 1));
    expect(chart.trades[0]?.stop).toBe(Number(entries[0]?.stopPrice));
    expect(chart.trades[0]?.exit?.won).toBe(Number(trades[0]?.pnl) > 0);
    expect(chart.splitAt).toBe(parts?.outOfSample.from);
    expect(chart.columns.times.length).toBeLessThanOrEqual(300);
    expect(chart.equity.times.length).toBeLessThanOrEqual(700);
    expect(Math.min(...chart.drawdown.values)).toBeCloseTo(
      -(backtest.result.metrics.maxDrawdown?.percent ?? 0),
      9,
    );
  });
});
