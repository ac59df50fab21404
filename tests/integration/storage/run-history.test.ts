/** The records of one run come back as they were written, and nothing of any other. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Circumstance } from "../../../src/domain/circumstance.ts";
import type { Effect } from "../../../src/engine/effect.ts";
import type { Database } from "../../../src/storage/database.ts";
import { openEngineStore, type PostgresEngineStore } from "../../../src/storage/engine-store.ts";
import { acquireLease } from "../../../src/storage/lease.ts";
import { PostgresRunHistory } from "../../../src/storage/run-history.ts";
import { silentLogger, testDatabases, type TestHandle } from "../../support/database.ts";
import * as sample from "./samples.ts";

const { NOON, MINUTE } = sample;

describe.each(testDatabases())("on the $name database", ({ create }) => {
  let handle: TestHandle;
  let database: Database;
  let store: PostgresEngineStore;
  let history: PostgresRunHistory;
  beforeAll(async () => {
    handle = await create();
    database = handle.database;
    history = new PostgresRunHistory(database);
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

  const strategy = sample.strategy("ann", 1, { run: 2 });
  const run = sample.run(strategy);
  const other = sample.strategy("bob", 1);
  const otherRun = sample.run(other);

  function circumstance(id: string, of: Partial<Circumstance>): Circumstance {
    const nothing = { strategyId: null, symbol: null, until: null, ruleVersion: null };
    return { id, kind: "unseen", at: NOON, ruleText: null, ...nothing, ...of };
  }

  function recorded(...circumstances: readonly Circumstance[]): readonly Effect[] {
    return circumstances.map((one) => ({ kind: "record-circumstance", circumstance: one }));
  }

  async function save(effects: readonly Effect[]): Promise<void> {
    const runs = sample.saves({ strategies: [strategy, other], runs: [run, otherRun] });
    await store.commit([...runs, ...effects], NOON);
  }

  test("orders, fills, positions, trades and signals of the current run, oldest first", async () => {
    const positions = [2, 1].map((n) => sample.position(run, n, { closedAt: NOON + n * MINUTE }));
    const trades = positions.map((position) => sample.trade(position));
    const theirs = sample.position(otherRun, 7, { closedAt: NOON + MINUTE });
    const signal = sample.decision(run, { id: "s", kind: "enter-short" });
    const leaving = sample.decision(run, { id: "x", kind: "exit-short" });
    const order = sample.order(run);
    const fill = sample.fill(order);
    await save([
      ...sample.saves({ trades: [...trades, sample.trade(theirs)] }),
      ...[...positions, theirs].map((position) => ({ kind: "save-position", position }) as const),
      { kind: "save-order", order },
      { kind: "record-fill", fill },
      { kind: "record-decision", decision: signal },
      { kind: "record-decision", decision: leaving },
    ]);
    const records = await history.records(strategy, NOON);
    expect(records.trades).toEqual(trades.toReversed());
    expect(records.positions).toEqual(positions.toReversed());
    expect(records).toMatchObject({ orders: [order], fills: [fill], signals: [signal] });
  });

  test("circumstances of the strategy, of its symbol and of everything, since then", async () => {
    const { id, symbol } = strategy;
    const wanted = [
      circumstance("away", { kind: "away", at: NOON - MINUTE, until: NOON + MINUTE }),
      circumstance("edited", {
        kind: "rule-changed",
        strategyId: id,
        ruleVersion: 1,
        ruleText: "enter long when close > 1",
      }),
      circumstance("unseen", { symbol, at: NOON + 1, until: NOON + MINUTE }),
    ];
    const others = [
      circumstance("before", { strategyId: id, at: NOON - 1, kind: "switched-off" }),
      circumstance("over", { symbol, at: NOON - MINUTE, until: NOON - 1 }),
      circumstance("their symbol", { symbol: "ETHUSDT", until: NOON + MINUTE }),
      circumstance("theirs", { strategyId: other.id, kind: "switched-off" }),
    ];
    await save(recorded(...others, ...wanted.toReversed()));
    await save(recorded({ ...circumstance("unseen", { symbol }), at: NOON + 5 }));
    expect((await history.records(strategy, NOON)).circumstances).toEqual(wanted);
  });

  test("how far the engine has judged, of the strategy's timeframe and of a minute", async () => {
    const { timeframe } = strategy;
    expect((await history.records(strategy, NOON)).judgedUntil).toEqual({
      own: null,
      minute: null,
    });
    const own = Date.UTC(2026, 10, 22, 11, 45);
    const minute = Date.UTC(2026, 10, 22, 12, 3);
    await save([
      { kind: "save-candle", candle: sample.candle(own, { timeframe }) },
      { kind: "save-candle", candle: sample.candle(minute, { timeframe: "1m" }) },
      { kind: "save-candle", candle: sample.candle(minute + MINUTE, { symbol: "ETHUSDT" }) },
    ]);
    expect((await history.records(strategy, NOON)).judgedUntil).toEqual({
      own: own + 15 * MINUTE,
      minute: minute + MINUTE,
    });
  });
});
