/** Questions about the past: right sums, right periods, and never a word about somebody else. */
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Decimal, decimalText } from "../../../src/domain/money.ts";
import type { Trade } from "../../../src/domain/order.ts";
import type { ProfitGrouping } from "../../../src/ports/read-models.ts";
import type { Database } from "../../../src/storage/database.ts";
import { openEngineStore, type PostgresEngineStore } from "../../../src/storage/engine-store.ts";
import { acquireLease } from "../../../src/storage/lease.ts";
import { PostgresReadModels } from "../../../src/storage/read-models.ts";
import { silentLogger, testDatabases, type TestHandle } from "../../support/database.ts";
import * as sample from "./samples.ts";

const { NOON, MINUTE } = sample;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe.each(testDatabases())("on the $name database", ({ create }) => {
  let handle: TestHandle;
  let database: Database;
  let store: PostgresEngineStore;
  let models: PostgresReadModels;
  beforeAll(async () => {
    handle = await create();
    database = handle.database;
    models = new PostgresReadModels(database);
  });
  afterAll(() => handle[Symbol.asyncDispose]());
  beforeEach(async () => {
    await handle.empty();
    await sample.addUsers(database, "ann", "bob");
    const lease = await acquireLease({ database, logger: silentLogger });
    store = await openEngineStore({ database, lease, logger: silentLogger });
    return async () => {
      await store.close();
      await lease.release();
    };
  });

  const strategy = sample.strategy("ann", 1, { name: "First" });
  const second = sample.strategy("ann", 2, { name: "Second" });
  const run = sample.run(strategy);
  const run2 = sample.run(second);

  function tradeOf(number: number, changes: Partial<Trade> = {}, of = run): Trade {
    return sample.trade(sample.position(of, number), changes);
  }

  async function save(...trades: readonly Trade[]): Promise<void> {
    const strategies = [strategy, second];
    await store.commit(sample.saves({ strategies, runs: [run, run2], trades }), NOON);
  }

  async function numbers(query: object): Promise<readonly number[]> {
    const page = { ownerId: "ann", limit: 9, offset: 0 };
    const { trades, total } = await models.trades({ ...page, ...query });
    expect(total).toBe(trades.length);
    return trades.map(({ number }) => number);
  }

  async function keys(grouping: ProfitGrouping, timeZone: string): Promise<readonly string[]> {
    const rows = await models.profitBy("ann", grouping, { timeZone, limit: 9 });
    return rows.map(({ key }) => key);
  }

  test("trades are paged, newest exit first, with the strategy's number and name", async () => {
    const trades = [1, 2, 3, 4].map((n) => tradeOf(n, { exitAt: NOON + n * HOUR }));
    await save(...trades);
    const page = await models.trades({ ownerId: "ann", limit: 2, offset: 1 });
    expect(page.total).toBe(4);
    const named = { strategyNumber: 1, strategyName: "First" };
    expect(page.trades).toEqual([
      { ...trades[2], ...named },
      { ...trades[1], ...named },
    ]);
  });

  test("trades are chosen by strategy and by exit, from inclusive, until exclusive", async () => {
    await save(
      tradeOf(1, { exitAt: NOON + HOUR }),
      tradeOf(2, { exitAt: NOON + 2 * HOUR }, run2),
      tradeOf(3, { exitAt: NOON + 3 * HOUR }),
    );
    expect(await numbers({ strategyNumber: 2 })).toEqual([2]);
    expect(await numbers({ strategyNumber: 9 })).toEqual([]);
    expect(await numbers({ from: NOON + 2 * HOUR })).toEqual([3, 2]);
    expect(await numbers({ until: NOON + 2 * HOUR })).toEqual([1]);
    expect(await numbers({ from: NOON + HOUR, until: NOON + 3 * HOUR })).toEqual([2, 1]);
  });

  test("profit is summed exactly, and is zero for who has not traded", async () => {
    await save(
      tradeOf(1, { pnl: "0.1", fees: "0.000000000000000001", stake: "100" }),
      tradeOf(2, { pnl: "0.2", fees: "2", stake: "100.5" }),
      tradeOf(3, { pnl: "-0.4", fees: "0", stake: "1", exitAt: NOON + DAY }),
      tradeOf(4, { pnl: "0", fees: "0", stake: "1", exitAt: NOON + DAY }),
    );
    expect(await models.profit("ann", {})).toEqual({
      trades: 4,
      wins: 2,
      pnl: "-0.1",
      fees: "2.000000000000000001",
      stake: "202.5",
      best: "0.2",
      worst: "-0.4",
    });
    expect(await models.profit("ann", { from: NOON + DAY })).toMatchObject({ trades: 2, wins: 0 });
    expect(await models.profit("ann", { until: NOON + DAY })).toMatchObject({ pnl: "0.3" });
    expect(await models.profit("bob", {})).toEqual({
      trades: 0,
      wins: 0,
      pnl: "0",
      fees: "0",
      stake: "0",
      best: null,
      worst: null,
    });
  });

  test("trades of everybody are counted since a time", async () => {
    await save(...[1, 2, 3].map((n) => tradeOf(n, { exitAt: NOON + n * HOUR })));
    expect(await models.tradesOfAll(NOON + 2 * HOUR)).toBe(2);
    expect(await models.tradesOfAll(NOON + 4 * HOUR)).toBe(0);
  });

  test("periods are cut in the asker's time zone, newest first", async () => {
    const lateSunday = Date.UTC(2026, 10, 29, 23, 30);
    const newYear = Date.UTC(2026, 11, 31, 23, 30);
    await save(
      tradeOf(1, { exitAt: lateSunday, pnl: "1" }),
      tradeOf(2, { exitAt: newYear, pnl: "2" }),
    );
    expect(await keys("day", "UTC")).toEqual(["2026-12-31", "2026-11-29"]);
    expect(await keys("day", "Europe/Paris")).toEqual(["2027-01-01", "2026-11-30"]);
    expect(await keys("day", "America/New_York")).toEqual(["2026-12-31", "2026-11-29"]);
    expect(await keys("week", "UTC")).toEqual(["2026-W53", "2026-W48"]);
    expect(await keys("week", "Europe/Paris")).toEqual(["2026-W53", "2026-W49"]);
    expect(await keys("month", "UTC")).toEqual(["2026-12", "2026-11"]);
    expect(await keys("month", "Asia/Tokyo")).toEqual(["2027-01", "2026-11"]);
  });

  test("other groups come best first, as many as asked for", async () => {
    await save(
      tradeOf(1, { pnl: "1", exitReason: "rule" }),
      tradeOf(2, { pnl: "5", exitReason: "stop_loss", symbol: "ETHUSDT" }, run2),
      tradeOf(3, { pnl: "2", exitReason: "rule" }),
    );
    const options = { timeZone: "UTC", limit: 9 };
    const brief = async (grouping: ProfitGrouping) =>
      (await models.profitBy("ann", grouping, options)).map(
        ({ key, label, trades, pnl }) => `${key} ${label} ${trades} ${pnl}`,
      );
    expect(await brief("strategy")).toEqual(["2 Second 1 5", "1 First 2 3"]);
    expect(await brief("symbol")).toEqual(["ETHUSDT ETHUSDT 1 5", "BTCUSDT BTCUSDT 2 3"]);
    expect(await brief("exit-reason")).toEqual(["stop_loss stop_loss 1 5", "rule rule 2 3"]);
    const best = await models.profitBy("ann", "strategy", { ...options, limit: 1 });
    expect(best.map(({ key }) => key)).toEqual(["2"]);
    const since = { ...options, from: NOON + DAY };
    expect(await models.profitBy("ann", "strategy", since)).toEqual([]);
  });

  test("the groups of any trades add up to the whole", async () => {
    const made = fc.record({
      pnl: fc.integer({ min: -1e9, max: 1e9 }).map((n) => decimalText(new Decimal(n).div(1e8))),
      exitAt: fc.integer({ min: 1, max: 400 * DAY }).map((ms) => NOON + MINUTE + ms),
      exitReason: fc.constantFrom("rule", "stop_loss", "manual"),
      symbol: fc.constantFrom("BTCUSDT", "ETHUSDT"),
      of: fc.constantFrom(run, run2),
    });
    const groupings = ["day", "week", "month", "strategy", "symbol", "exit-reason"] as const;
    const options = { timeZone: "Europe/Paris", limit: 10_000 };
    await fc.assert(
      fc.asyncProperty(fc.array(made, { minLength: 1, maxLength: 20 }), async (trades) => {
        await database.query("delete from trades");
        await save(...trades.map(({ of, ...changes }, index) => tradeOf(index + 1, changes, of)));
        const whole = trades.reduce((sum, { pnl }) => sum.plus(pnl), new Decimal(0));
        expect((await models.profit("ann", {})).pnl).toBe(decimalText(whole));
        for (const grouping of groupings) {
          const rows = await models.profitBy("ann", grouping, options);
          const sum = rows.reduce((total, { pnl }) => total.plus(pnl), new Decimal(0));
          expect(decimalText(sum)).toBe(decimalText(whole));
        }
      }),
      { numRuns: 8 },
    );
  });

  describe("details of a trade", () => {
    const first = sample.position(run, 1, { closedAt: NOON + HOUR, openedAt: NOON });
    const next = sample.position(run, 2, { openedAt: NOON + HOUR, side: "short" });
    const orders = {
      entry: sample.order(run, { id: "o1", state: "filled", createdAt: NOON - 1 }),
      canceled: sample.order(run, {
        id: "o2",
        purpose: "exit",
        state: "canceled",
        createdAt: NOON + 1,
      }),
      exit: sample.order(run, {
        id: "o3",
        purpose: "exit",
        state: "filled",
        createdAt: NOON + HOUR,
      }),
      reverse: sample.order(run, {
        id: "o4",
        side: "short",
        state: "filled",
        createdAt: NOON + HOUR,
      }),
    };
    const fills = {
      entry: sample.fill(orders.entry, { at: NOON }),
      exit: sample.fill(orders.exit, { at: NOON + HOUR }),
      reverse: sample.fill(orders.reverse, { at: NOON + HOUR }),
    };
    beforeEach(async () => {
      await save(sample.trade(first));
      await store.commit(
        sample.saves({
          positions: [first, next],
          orders: Object.values(orders),
          fills: Object.values(fills),
        }),
        NOON,
      );
    });

    test("are its own orders and fills, not those of the position it was reversed into", async () => {
      expect(await models.tradeDetails("ann", 1)).toEqual({
        trade: sample.trade(first),
        opened: first,
        orders: [orders.entry, orders.canceled, orders.exit],
        fills: [fills.entry, fills.exit],
      });
    });

    test("of an open position have no trade yet", async () => {
      expect(await models.tradeDetails("ann", 2)).toEqual({
        trade: null,
        opened: next,
        orders: [orders.reverse],
        fills: [fills.reverse],
      });
    });

    test("are nobody else's", async () => {
      expect(await models.tradeDetails("bob", 1)).toBeNull();
      expect(await models.tradeDetails("ann", 3)).toBeNull();
    });
  });

  test("runs of a strategy come newest first", async () => {
    const later = sample.run({ ...strategy, run: 2 }, { startedAt: NOON + DAY });
    await save();
    await store.commit(sample.saves({ runs: [later] }), NOON);
    expect(await models.runs("ann", 1)).toEqual([later, run]);
    expect(await models.runs("ann", 3)).toEqual([]);
    expect(await models.runs("bob", 1)).toEqual([]);
  });

  test("what one owner is told does not depend on what another owns", async () => {
    await save(tradeOf(1), tradeOf(2, { exitAt: NOON + DAY }, run2));
    const ask = async () => ({
      trades: await models.trades({ ownerId: "ann", limit: 9, offset: 0 }),
      ofFirst: await models.trades({ ownerId: "ann", strategyNumber: 1, limit: 9, offset: 0 }),
      details: await models.tradeDetails("ann", 1),
      profit: await models.profit("ann", {}),
      days: await models.profitBy("ann", "day", { timeZone: "UTC", limit: 9 }),
      strategies: await models.profitBy("ann", "strategy", { timeZone: "UTC", limit: 9 }),
      runs: await models.runs("ann", 1),
    });
    const alone = await ask();
    const foreign = sample.strategy("bob", 1, { name: "Foreign" });
    const foreignRun = sample.run(foreign);
    const position = sample.position(foreignRun, 1, { closedAt: NOON + MINUTE + 3 });
    const order = sample.order(foreignRun, { state: "filled" });
    await store.commit(
      sample.saves({
        strategies: [foreign],
        runs: [foreignRun],
        positions: [position],
        trades: [sample.trade(position, { pnl: "1000000" })],
        orders: [order],
        fills: [sample.fill(order)],
      }),
      NOON,
    );
    expect(await ask()).toEqual(alone);
    expect((await models.profit("bob", {})).pnl).toBe("1000000");
  });

  test("the database knows how many rows its tables have and how big they are", async () => {
    await save(tradeOf(1), tradeOf(2));
    const info = await models.databaseInfo();
    const trades = info.find(({ table }) => table === "trades");
    expect(trades?.rows).toBe(2);
    expect(trades?.bytes).toBeGreaterThan(0);
    expect(info.map(({ table }) => table)).toContain("engine_lease");
  });
});
