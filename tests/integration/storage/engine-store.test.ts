/** What the engine commits is what a start restores: every kind of effect, exactly. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Position } from "../../../src/domain/order.ts";
import type { EngineRecords } from "../../../src/ports/engine-store.ts";
import type { Database } from "../../../src/storage/database.ts";
import { openEngineStore, type PostgresEngineStore } from "../../../src/storage/engine-store.ts";
import { acquireLease, type EngineLease } from "../../../src/storage/lease.ts";
import { PostgresOutboxStore } from "../../../src/storage/outbox-store.ts";
import { PostgresReadModels } from "../../../src/storage/read-models.ts";
import { DecisionRow, LedgerRow } from "../../../src/storage/schema/trading-tables.ts";
import { silentLogger, testDatabases, type TestHandle } from "../../support/database.ts";
import { strategyFacts } from "../../support/test-trades.ts";
import * as sample from "./samples.ts";

const { NOON, MINUTE } = sample;

describe.each(testDatabases())("on the $name database", ({ create }) => {
  let handle: TestHandle;
  let database: Database;
  let lease: EngineLease;
  let store: PostgresEngineStore;
  beforeAll(async () => {
    handle = await create();
    database = handle.database;
  });
  afterAll(() => handle[Symbol.asyncDispose]());
  beforeEach(async () => {
    await handle.empty();
    await sample.addUsers(database, "ann", "bob");
    lease = await acquireLease({ database, logger: silentLogger });
    store = await openEngineStore({ database, lease, logger: silentLogger });
    return async () => {
      await store.close();
      await lease.release();
    };
  });

  const strategy = sample.strategy("ann", 1);
  const run = sample.run(strategy);

  test("an empty database has nothing to restore", async () => {
    expect(await store.load()).toEqual<EngineRecords>({
      strategies: [],
      runs: [],
      openPositions: [],
      openOrders: [],
      pauses: [],
      watermarks: [],
      strategyNumbers: new Map(),
      positionNumbers: new Map(),
      tradesEver: 0,
      lastCommitAt: null,
      damaged: [],
    });
  });

  test("strategies, runs, positions, orders, pauses and candles come back as they were", async () => {
    const other = sample.strategy("bob", 4, {
      template: "rsi-15m",
      judging: "live",
      active: false,
      activeSince: null,
      haltedBy: "poison",
      run: 2,
    });
    const records = {
      strategies: [strategy, other],
      runs: [run, sample.run(other, { endedAt: NOON + 7, trades: 0, wins: 0 })],
      positions: [sample.position(run, 41)],
      orders: [sample.order(run)],
    };
    const pauses = [
      { ownerId: "ann", scope: "all", since: NOON, until: null },
      { ownerId: "bob", scope: "#3", since: NOON, until: NOON + 9 },
    ];
    await store.commit(
      [
        ...sample.saves(records),
        ...pauses.map((pause) => ({ kind: "save-pause", pause }) as const),
        { kind: "save-candle", candle: sample.candle(NOON) },
      ],
      NOON + 1,
    );
    const loaded = await store.load();
    expect(loaded).toEqual<EngineRecords>({
      strategies: records.strategies,
      runs: records.runs,
      openPositions: records.positions,
      openOrders: records.orders,
      pauses: expect.arrayContaining(pauses),
      watermarks: [{ symbol: "BTCUSDT", timeframe: "1m", openTime: NOON }],
      strategyNumbers: new Map([
        ["ann", 1],
        ["bob", 4],
      ]),
      positionNumbers: new Map([["ann", 41]]),
      tradesEver: 0,
      lastCommitAt: NOON + 1,
      damaged: [],
    });
  });

  test("fills, trades, decisions, ledger lines and notices come back as they were", async () => {
    const order = sample.order(run, { state: "filled", amount: "0.01543018" });
    const fill = sample.fill(order);
    const position = sample.position(run, 1, { closedAt: NOON + MINUTE + 3 });
    const trade = sample.trade(position);
    const decision = sample.decision(run);
    const ledger = sample.deposit(run, "99999999999999999999.999999999999999999");
    const notice = sample.notice("n1", "ann", {
      body: { kind: "exit", ...strategyFacts({ strategyName: 'Émile\'s "best" \\ {1}\n' }), trade },
    });
    const facts = { orders: [order], fills: [fill], trades: [trade], ledger };
    await store.commit(
      [
        ...sample.saves({ strategies: [strategy], runs: [run], positions: [position], ...facts }),
        { kind: "record-decision", decision },
        { kind: "notify", notice },
      ],
      NOON,
    );
    const details = await new PostgresReadModels(database).tradeDetails("ann", 1);
    expect(details).toEqual({ trade, opened: position, orders: [order], fills: [fill] });
    const due = await new PostgresOutboxStore(database).due(NOON, 10);
    expect(due).toEqual([{ notice, attempts: 0, notBefore: NOON }]);
    await database.run(async (em) => {
      const lines = await em.find(LedgerRow, {}, { orderBy: { id: "asc" } });
      expect(lines.map((row) => ({ ...row }))).toEqual(ledger);
      const decisions = await em.find(DecisionRow, {});
      expect(decisions.map((row) => ({ ...row }))).toEqual([decision]);
    });
    expect(await store.load()).toMatchObject({ openPositions: [], openOrders: [], tradesEver: 1 });
  });

  test("of what is saved twice the last counts, within a commit and across commits", async () => {
    const renamed = { ...strategy, name: "second" };
    await store.commit(sample.saves({ strategies: [strategy, renamed], runs: [run] }), NOON);
    expect((await store.load()).strategies).toEqual([renamed]);
    const third = { ...strategy, name: "third", active: false };
    await store.commit(sample.saves({ strategies: [third] }), NOON);
    expect((await store.load()).strategies).toEqual([third]);
  });

  test("of what is recorded twice the first counts, within a commit and across commits", async () => {
    const first = sample.decision(run, { outcome: "first" });
    const second = sample.decision(run, { outcome: "second" });
    const record = (decision: typeof first) => ({ kind: "record-decision", decision }) as const;
    const ledger = sample.deposit(run, "5");
    await store.commit([record(first), record(second), ...sample.saves({ ledger })], NOON);
    await store.commit([record(second), ...sample.saves({ ledger })], NOON);
    expect(await database.query("select outcome from decisions")).toEqual([{ outcome: "first" }]);
    expect(await database.query("select id from ledger_entries")).toHaveLength(2);
  });

  test("a pause that is set and lifted in one commit is gone, and the other way round it is there", async () => {
    const pause = { ownerId: "ann", scope: "BTCUSDT", since: NOON, until: null };
    const set = { kind: "save-pause", pause } as const;
    const lift = { kind: "delete-pause", ownerId: "ann", scope: "BTCUSDT" } as const;
    await store.commit([set, lift], NOON);
    expect((await store.load()).pauses).toEqual([]);
    await store.commit([lift, set], NOON);
    expect((await store.load()).pauses).toEqual([pause]);
    await store.commit([lift], NOON);
    expect((await store.load()).pauses).toEqual([]);
  });

  test("candles are read by range, oldest first, revisions overwrite", async () => {
    const candles = [0, 1, 2, 3, 4].map((n) =>
      sample.candle(NOON + n * MINUTE, { high: `${64_900 + n}`, low: `${64_700 - n}.5` }),
    );
    const save = (candle: (typeof candles)[number]) => ({ kind: "save-candle", candle }) as const;
    await store.commit(candles.toReversed().map(save), NOON);
    const revised = { ...candles[1]!, close: "64800.000000000000000001" };
    await store.commit([save(revised)], NOON);
    const expected = candles.with(1, revised);
    const range = { from: NOON + MINUTE, to: NOON + 3 * MINUTE };
    expect(await store.candles("BTCUSDT", "1m", range)).toEqual(expected.slice(1, 4));
    const extremes = { low: "64697.5", high: "64903" };
    expect(await store.extremes("BTCUSDT", "1m", range)).toEqual(extremes);
    expect(await store.extremes("BTCUSDT", "5m", range)).toBeNull();
    expect(await store.extremes("BTCUSDT", "1m", { from: NOON, to: NOON - 1 })).toBeNull();
    expect(await store.candles("BTCUSDT", "5m", range)).toEqual([]);
    expect((await store.load()).watermarks).toEqual([
      { symbol: "BTCUSDT", timeframe: "1m", openTime: NOON + 4 * MINUTE },
    ]);
  });

  test("one step may close a position and open the next, in whatever order it says so", async () => {
    const first = sample.position(run, 1);
    await store.commit(
      sample.saves({ strategies: [strategy], runs: [run], positions: [first] }),
      NOON,
    );
    const closed: Position = { ...first, closedAt: NOON + MINUTE };
    const next = sample.position(run, 2);
    await store.commit(sample.saves({ positions: [next, closed] }), NOON);
    expect((await store.load()).openPositions).toEqual([next]);
  });

  test("numbers count deleted strategies and closed positions too", async () => {
    const deleted = sample.strategy("ann", 9, { deletedAt: NOON });
    const closed = sample.position(run, 77, { closedAt: NOON + MINUTE });
    await store.commit(
      sample.saves({ strategies: [strategy, deleted], runs: [run], positions: [closed] }),
      NOON,
    );
    const records = await store.load();
    expect(records.strategies).toEqual([strategy]);
    expect(records.strategyNumbers.get("ann")).toBe(9);
    expect(records.positionNumbers.get("ann")).toBe(77);
  });

  test("text that PostgreSQL cannot hold is mended instead of poisoning the commit", async () => {
    const name = "cut \ud83d in two, and \0";
    const renamed = { ...strategy, name };
    const notice = sample.notice("n1", "ann", {
      body: { kind: "run-reset", ...strategyFacts({ strategyName: name }), run: 2 },
    });
    const effects = sample.saves({ strategies: [renamed], runs: [run] });
    await store.commit([...effects, { kind: "notify", notice }], NOON);
    const mended = "cut \ufffd in two, and \ufffd";
    expect((await store.load()).strategies[0]?.name).toBe(mended);
    const [due] = await new PostgresOutboxStore(database).due(NOON, 1);
    expect(due?.notice.body).toMatchObject({ strategyName: mended });
  });

  describe("a damaged row", () => {
    const spared = sample.strategy("bob", 1);
    const sparedRun = sample.run(spared);
    const beside = sample.strategy("ann", 2);
    const besideRun = sample.run(beside);
    beforeEach(async () => {
      const records = { strategies: [strategy, beside, spared], runs: [run, besideRun, sparedRun] };
      const open = { positions: [sample.position(run, 1)], orders: [sample.order(run)] };
      await store.commit(sample.saves({ ...records, ...open }), NOON);
    });

    test.each([
      ["strategies", "ann.s1", "name = name, created_at = 'infinity'", "invalid-createdAt"],
      ["runs", "ann.s1.r1", "balance = 'NaN'", "invalid-balance"],
      ["positions", "ann.s1.r1.p1", "stop_price = 'NaN'", "invalid-stopPrice"],
      ["orders", sample.order(run).id, "fill_from = '-infinity'", "invalid-fillFrom"],
    ])("of %s is named, and its strategy left out whole", async (table, id, damage, code) => {
      await database.query(`update ${table} set ${damage} where id = $1`, [id]);
      const records = await store.load();
      expect(records.damaged).toEqual([{ table, id, code }]);
      expect(records.strategies).toEqual([beside, spared]);
      expect(records.runs).toEqual([besideRun, sparedRun]);
      expect(records.openPositions).toEqual([]);
      expect(records.openOrders).toEqual([]);
    });

    test("that is missing altogether is named too", async () => {
      await database.query("update strategies set run = 5 where id = 'ann.s1'");
      const records = await store.load();
      expect(records.damaged).toEqual([{ table: "runs", id: "ann.s1.r5", code: "missing" }]);
      expect(records.strategies).toEqual([beside, spared]);
    });

    test("among the pauses keeps its owner's strategies back", async () => {
      const pause = { ownerId: "ann", scope: "all", since: NOON, until: null };
      await store.commit([{ kind: "save-pause", pause }], NOON);
      await database.query("update pauses set until = 'infinity'");
      const records = await store.load();
      expect(records.damaged).toEqual([{ table: "pauses", id: "ann all", code: "invalid-until" }]);
      expect(records.strategies).toEqual([spared]);
    });
  });
});
