/** Figures are exact sums of the actor's own things, and nobody else's are ever among them. */
import { describe, expect, it } from "vitest";
import { NOON, person, RULE, testApp, type TestApp } from "../../support/test-app.ts";
import { closedTrade } from "../../support/test-trades.ts";

const ada = person("ada");
const bob = person("bob");
const request = { name: "Swing", symbol: "BTCUSDT", timeframe: "1h", ruleText: RULE } as const;
const DAY_MS = 86_400_000;

async function withStrategies(): Promise<TestApp> {
  const test = testApp();
  await test.app.strategies.create(ada, request);
  await test.app.strategies.create(ada, request);
  await test.app.strategies.create(bob, { ...request, symbol: "ETHUSDT" });
  return test;
}

describe("balance", () => {
  it("sums wallets and open positions without losing a cent", async () => {
    const test = await withStrategies();
    test.gateway.setRun("ada", 1, { balance: "9000.1", realisedPnl: "0.1", fees: "0.30" });
    test.gateway.setRun("ada", 2, { balance: "10000.2", realisedPnl: "0.2" });
    test.gateway.openPosition("ada", 1);
    expect(test.app.queries.balance(ada)).toEqual({
      strategies: 2,
      startingBalance: "20000",
      free: "19000.3",
      equity: "19098.2",
      realisedPnl: "0.3",
      unrealisedPnl: "97.9",
      fees: "0.3",
      returnPercent: "-4.509",
    });
  });

  it("does not call free what a short has sold and owes", async () => {
    const test = await withStrategies();
    // 10,000 at the start, 1,000 from the sale, 1 of fee.
    test.gateway.setRun("ada", 1, { balance: "10999" });
    test.gateway.openPosition("ada", 1, "short");
    expect(test.app.queries.balance(ada).free).toBe("18999");
  });

  it("has no return where nothing was started", () => {
    expect(testApp().app.queries.balance(ada).returnPercent).toBeNull();
  });
});

describe("profit", () => {
  it("cuts today in the reader's own time zone", async () => {
    const test = await withStrategies();
    // 30 minutes past midnight in Paris is still yesterday in UTC.
    const paris = person("ada", { timeZone: "Europe/Paris" });
    test.clock.time = Date.UTC(2026, 10, 22, 10);
    const exitAt = Date.UTC(2026, 10, 21, 23, 30);
    test.readModels.addTrade(closedTrade("ada", 1, { exitAt }));
    expect((await test.app.queries.profit(paris)).today.pnl).toBe("9.8");
    expect((await test.app.queries.profit(ada)).today.pnl).toBe("0");
  });

  it("counts 7 days, 30 days and ever, of the actor's trades alone", async () => {
    const test = await withStrategies();
    for (const [index, days] of [1, 8, 31].entries()) {
      test.readModels.addTrade(closedTrade("ada", index + 1, { exitAt: NOON - days * DAY_MS }));
    }
    test.readModels.addTrade(closedTrade("bob", 1, { pnl: "1000" }));
    const { week, month, all } = await test.app.queries.profit(ada);
    expect([week.pnl, month.pnl, all.pnl]).toEqual(["9.8", "19.6", "29.4"]);
  });
});

describe("trades", () => {
  it("come in pages, and a page past the end is the last one", async () => {
    const test = await withStrategies();
    for (let number = 1; number <= 25; number++)
      test.readModels.addTrade(closedTrade("ada", number));
    const page = async (n: number) => {
      const list = await test.app.queries.trades(ada, n, 10);
      return [list.page, list.pages, list.total, list.trades[0]?.number];
    };
    expect(await page(1)).toEqual([1, 3, 25, 25]);
    expect(await page(3)).toEqual([3, 3, 25, 5]);
    expect(await page(99)).toEqual([3, 3, 25, 5]);
    expect((await test.app.queries.trades(bob, 1, 10)).pages).toBe(1);
  });

  it("are found by number, open or closed, by their owner alone", async () => {
    const test = await withStrategies();
    test.readModels.addTrade(closedTrade("ada", 5));
    const open = test.gateway.openPosition("ada", 2);
    expect(await test.app.queries.trade(ada, 5)).toMatchObject({
      number: 5,
      position: null,
      strategyNumber: 1,
    });
    expect(await test.app.queries.trade(ada, open)).toMatchObject({
      trade: null,
      position: { strategyNumber: 2 },
      strategyNumber: 2,
    });
    await expect(test.app.queries.trade(bob, 5)).rejects.toThrow("not-found");
  });

  it("survive their strategy", async () => {
    const test = await withStrategies();
    test.readModels.addTrade(closedTrade("ada", 5));
    await test.app.strategies.delete(ada, 1);
    expect((await test.app.queries.trade(ada, 5)).strategyNumber).toBeNull();
  });
});

describe("status", () => {
  it("shows which symbols others trade to administrators only", async () => {
    const test = await withStrategies();
    const seen = (actor = ada) => test.app.queries.status(actor).daemon.symbols;
    expect(seen()).toEqual(["BTCUSDT"]);
    expect(seen(person("stranger"))).toEqual([]);
    expect(seen(person("root", { role: "admin" }))).toEqual(["BTCUSDT", "ETHUSDT"]);
    expect(test.app.queries.status(ada).symbolCount).toBe(2);
  });

  it("counts what is the actor's own", async () => {
    const test = await withStrategies();
    test.gateway.openPosition("ada", 1);
    await test.app.trading.pause(ada, "all", null);
    expect(test.app.queries.status(ada).own).toMatchObject({
      strategies: 2,
      active: 2,
      openPositions: 1,
      pauses: [{ scope: "all" }],
    });
  });
});

describe("a strategy's details", () => {
  it("come with all its runs and are its owner's alone", async () => {
    const test = await withStrategies();
    const { view } = await test.app.queries.strategy(ada, 1);
    test.readModels.addRun({ ...view.run, endedAt: NOON });
    expect((await test.app.queries.strategy(ada, 1)).runs).toHaveLength(1);
    await expect(test.app.queries.strategy(bob, 2)).rejects.toThrow("not-found");
    expect(() => test.app.queries.why(bob, 2)).toThrow("not-found");
    expect(test.app.queries.why(ada, 2).strategy.number).toBe(2);
  });
});
