/** What is looked at as a picture: the right candles, the actor's own trades, and nothing of others. */
import { describe, expect, it } from "vitest";
import { timeframeMs } from "../../../src/domain/timeframe.ts";
import { SHOWN_CANDLES } from "../../../src/app/charts.ts";
import { NOON, person, RULE, testApp, type TestApp } from "../../support/test-app.ts";
import { closedTrade } from "../../support/test-trades.ts";

const ann = person("ann");
const eve = person("eve");
const HOUR = 3_600_000;

async function withStrategy(ruleText = RULE): Promise<TestApp> {
  const test = testApp();
  const terms = { name: "Swing", symbol: "BTCUSDT", timeframe: "1h" as const, ruleText };
  await test.app.strategies.create(ann, terms);
  return test;
}

const asked = { what: null, timeframe: null, indicators: null };

describe("a market", () => {
  it("shows the newest closed candles, fetched once", async () => {
    const { app, exchange } = testApp();
    const sheet = await app.charts.market(ann, { ...asked, what: "ethusdt", timeframe: "15m" });
    const { times, close } = sheet.chart.columns;
    expect([sheet.symbol, times.length, sheet.complete]).toEqual(["ETHUSDT", SHOWN_CANDLES, true]);
    const length = timeframeMs("15m");
    expect(times.at(-1)! + length).toBe(Math.floor(NOON / length) * length);
    expect(sheet.last.close).toBe(String(close.at(-1)));
    const before = exchange.asked.length;
    await app.charts.market(ann, { ...asked, what: "ETHUSDT", timeframe: "15m" });
    expect(exchange.asked.length).toBe(before);
  });

  it("shows what the actor's strategy there reads, and its trades with their levels", async () => {
    const { app, gateway, readModels } = await withStrategy();
    const opened = { ...gatewayPosition(gateway), stopPrice: "98", takePrice: "120" };
    const trade = closedTrade("ann", 12);
    readModels.addTrade(trade, { opened: { ...opened, id: trade.id } });
    const sheet = await app.charts.market(ann, { ...asked, timeframe: "1h" });
    expect(sheet.strategy?.name).toBe("Swing");
    const [pane] = sheet.chart.panes;
    expect(pane?.lines.map(({ label }) => label)).toEqual(["rsi(14)"]);
    expect(pane?.lines[0]?.line.values).toHaveLength(SHOWN_CANDLES);
    expect(pane?.lines[0]?.line.values.every(Number.isFinite)).toBe(true);
    expect(pane?.thresholds).toEqual([30, 70]);
    const [closed, open] = sheet.chart.trades;
    expect(closed).toMatchObject({ entryPrice: 100, exit: { price: 110, won: true } });
    expect([closed?.stop, closed?.target]).toEqual([98, 120]);
    expect([open?.exit, open?.stop]).toEqual([null, 98]);
  });

  it("shows nothing of others' strategies", async () => {
    const { app, readModels } = await withStrategy();
    readModels.addTrade(closedTrade("ann", 12));
    const sheet = await app.charts.market(eve, { ...asked, timeframe: "1h" });
    expect([sheet.strategy, sheet.chart.trades, sheet.chart.panes]).toEqual([null, [], []]);
    const foreign = app.charts.market(eve, { ...asked, what: "1" });
    await expect(foreign).rejects.toMatchObject({ code: "not-found" });
  });

  it("reads longer timeframes and indicators that only charts know", async () => {
    const { app } = testApp();
    const named = { ...asked, timeframe: "15m" as const, indicators: "ema(20)@1h kst psar(0.02)" };
    const { chart } = await app.charts.market(ann, named);
    expect(chart.overlays.map(({ label, dotted }) => [label, dotted])).toEqual([
      ["ema(20)@1h", false],
      ["psar(0.02, 0.2)", true],
    ]);
    expect(chart.overlays.every(({ line }) => line.values.every(Number.isFinite))).toBe(true);
    expect(chart.panes.map(({ lines }) => lines.map(({ label }) => label))).toEqual([
      ["kst kst", "kst signal"],
    ]);
  });

  it("refuses what it cannot draw", async () => {
    const { app } = testApp();
    const ask = (indicators: string) => app.charts.market(ann, { ...asked, indicators });
    await expect(ask("foo")).rejects.toMatchObject({ code: "chart-indicator" });
    await expect(ask("5")).rejects.toMatchObject({ code: "chart-indicator" });
    const many = "ema(1) ema(2) ema(3) ema(4) ema(5) ema(6) ema(7)";
    await expect(ask(many)).rejects.toMatchObject({ code: "chart-too-many-indicators" });
    const unknown = app.charts.market(ann, { ...asked, what: "NOPE" });
    await expect(unknown).rejects.toMatchObject({ code: "unknown-symbol" });
  });

  it("does with stored candles while the exchange is away, and says so", async () => {
    const { app, exchange } = testApp();
    await app.charts.market(ann, asked);
    exchange.isAway = true;
    expect((await app.charts.market(ann, asked)).complete).toBe(false);
    const other = app.charts.market(ann, { ...asked, what: "ETHUSDT" });
    await expect(other).rejects.toMatchObject({ code: "no-candles" });
  });
});

function gatewayPosition(gateway: TestApp["gateway"]) {
  gateway.openPosition("ann", 1);
  return gateway.strategies("ann")[0]!.position!.position;
}

describe("a trade", () => {
  it("is shown from before its signal to after its exit, with its stop and extremes", async () => {
    const { app, gateway, readModels } = await withStrategy(
      "enter long when close > 1 stop 2% take 50% trail 1%",
    );
    const opened = gatewayPosition(gateway);
    const trade = closedTrade("ann", 12);
    const { entryAt, exitAt } = trade;
    const held = { openedAt: entryAt, ruleSince: entryAt, closedAt: exitAt };
    const position = { ...opened, id: trade.id, ...held };
    readModels.addTrade(trade, { opened: position, orders: [entryOrder(entryAt)] });
    const report = await app.queries.trade(ann, 12);
    const chart = (await app.charts.trade(ann, report))!;
    const { columns, signal, stops, target, exit } = chart;
    // The signal's candle is the hour before the entry's.
    const hour = Math.floor(entryAt / HOUR) * HOUR;
    expect(signal).toEqual({ from: hour - HOUR, until: hour });
    expect(columns.times[0]).toBeLessThan(signal!.from);
    expect(columns.times.at(-1)).toBeGreaterThan(exitAt);
    expect([exit?.won, target]).toEqual([true, 150]);
    expect(stops[0]).toEqual({ at: entryAt, price: 98 });
    expect(chart.best.percent).toBeGreaterThanOrEqual(10);
  });

  it("that is open ends at the price now", async () => {
    const { app, gateway } = await withStrategy();
    gatewayPosition(gateway);
    const chart = (await app.charts.trade(ann, await app.queries.trade(ann, 1)))!;
    expect([chart.exit, chart.now?.at]).toEqual([null, NOON]);
    expect(chart.best.percent).toBeGreaterThanOrEqual(9);
  });

  it("of which nothing is stored but figures has no picture", async () => {
    const { app, readModels } = await withStrategy();
    readModels.addTrade(closedTrade("ann", 12));
    expect(await app.charts.trade(ann, await app.queries.trade(ann, 12))).toBeNull();
  });
});

function entryOrder(fillFrom: number) {
  return {
    id: "o1",
    decisionId: "d1",
    ownerId: "ann",
    strategyId: "ann.s1",
    runId: "ann.s1.r1",
    symbol: "BTCUSDT",
    mode: "paper" as const,
    purpose: "entry" as const,
    side: "long" as const,
    stake: "100",
    amount: "1",
    state: "filled" as const,
    reason: "signal" as const,
    refusal: null,
    createdAt: fillFrom,
    updatedAt: fillFrom,
    fillFrom,
    ruleVersion: 1,
  };
}

describe("an equity", () => {
  it("adds up the trades of the current runs, and ends with what is open", async () => {
    const { app, gateway, readModels, clock } = await withStrategy();
    const { run } = gateway.strategies("ann")[0]!;
    clock.advance(6 * HOUR);
    const later = clock.now();
    const at = (number: number, exitAt: number, pnl: string, runId = run.id) =>
      readModels.addTrade(closedTrade("ann", number, { exitAt, pnl, runId }));
    at(1, later - 3 * HOUR, "50", "ann.s1.r0");
    at(2, later - 2 * HOUR, "-100");
    at(3, later - HOUR, "40.5");
    const sheet = await app.equityHistory.equity(ann, null);
    const { equity, drawdown, hold, start } = sheet.lines;
    expect(start).toBe(10_000);
    expect(equity.values.slice(0, 3)).toEqual([10_000, 9_900, 9_940.5]);
    expect(equity.times.slice(1, 3)).toEqual([later - 2 * HOUR, later - HOUR]);
    expect(drawdown.values[1]).toBeCloseTo(-1, 9);
    expect([sheet.trades, sheet.symbol, sheet.deepestPercent]).toEqual([
      2,
      "BTCUSDT",
      expect.closeTo(-1, 9),
    ]);
    expect(hold?.values[0]).toBe(10_000);
    expect(hold?.times.at(-1)).toBeLessThanOrEqual(later);
  });

  it("compares with no coin where several are traded, and is nobody else's", async () => {
    const { app, clock } = await withStrategy();
    const eth = { name: "Other", symbol: "ETHUSDT", timeframe: "1h" as const, ruleText: RULE };
    await app.strategies.create(ann, eth);
    clock.advance(HOUR);
    const sheet = await app.equityHistory.equity(ann, null);
    expect([sheet.strategies, sheet.symbol, sheet.lines.hold]).toEqual([2, null, null]);
    expect((await app.equityHistory.equity(ann, 2)).symbol).toBe("ETHUSDT");
    await expect(app.equityHistory.equity(eve, null)).rejects.toMatchObject({ code: "no-equity" });
    await expect(app.equityHistory.equity(eve, 1)).rejects.toMatchObject({ code: "not-found" });
  });
});
