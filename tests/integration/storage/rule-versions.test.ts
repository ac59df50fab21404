/** What is stored of rules: every version, which one an open position follows, and what was before. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { restore } from "../../../src/engine/restore.ts";
import type { Database } from "../../../src/storage/database.ts";
import { openEngineStore, type PostgresEngineStore } from "../../../src/storage/engine-store.ts";
import { acquireLease } from "../../../src/storage/lease.ts";
import { PostgresReadModels } from "../../../src/storage/read-models.ts";
import { silentLogger, testDatabases, type TestHandle } from "../../support/database.ts";
import { BTCUSDT, EngineWorld } from "../../support/engine-world.ts";
import * as sample from "./samples.ts";

const ENTER = "enter long when close > 105";
const OLD = `${ENTER} stop 20% size 10%`;
const NEW = `${ENTER} stop 1% take 9% size 10%`;

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

  function edit(world: EngineWorld, ruleText: string): void {
    const change = { ownerId: "ann", number: 1, name: null, ruleText, judging: null };
    world.command({ kind: "edit-strategy", ...change });
  }

  /** Another engine on what is stored. */
  async function restarted(before: EngineWorld): Promise<EngineWorld> {
    await store.commit(before.effects, before.now);
    const world = new EngineWorld();
    const stored = { ...(await store.load()), suspendedOwners: [] };
    world.effects.push(...restore(world.engine, stored, before.now));
    world.take({ kind: "instrument", instrument: BTCUSDT });
    const candles = before.of("save-candle").map(({ candle }) => candle);
    world.take({ kind: "warm-up", symbol: "BTCUSDT", timeframe: "1m", candles, complete: true });
    world.continueAt(before.now, 107);
    return world;
  }

  function inPosition(): EngineWorld {
    const world = new EngineWorld();
    world.adopt(OLD);
    world.warm();
    world.minutes([106, 107]);
    return world;
  }

  test("an open position follows after a restart the version it followed before", async () => {
    const world = inPosition();
    edit(world, NEW);
    const second = await restarted(world);
    second.minute({ low: 104, close: 107 });
    expect(second.trades).toEqual([]);
    second.minute({ low: 80, close: 107 });
    expect(second.trades).toMatchObject([{ exitReason: "stop_loss", exitPrice: "84.8" }]);
  });

  test("a move outlives a restart, with its levels and the time since when they count", async () => {
    const world = inPosition();
    edit(world, NEW);
    world.command({ kind: "move-position", ownerId: "ann", number: 1 });
    const second = await restarted(world);
    const state = second.engine.registry.owner("ann").strategies.get(1)!;
    expect(state.position).toMatchObject({ ruleVersion: 2, ruleText: NEW, stopPrice: "104.94" });
    expect(state.position?.ruleSince).toBe(world.of("save-position").at(-1)?.position.ruleSince);
    expect(state.position?.ruleSince).toBeGreaterThan(state.position?.openedAt ?? 0);
    second.minute({ low: 104, close: 107 });
    expect(second.trades).toMatchObject([{ exitReason: "stop_loss", exitPrice: "104.94" }]);
    await store.commit(second.effects, second.now);
    expect(await models.ruleVersions("ann", 1)).toMatchObject([
      { version: 2, ruleText: NEW, since: world.now, trades: 1, wins: 0, pnl: "-9.9999976" },
      { version: 1, ruleText: OLD, trades: 0, wins: 0, pnl: "0" },
    ]);
  });

  test("a move that ends at the next price is carried out after a restart", async () => {
    const world = inPosition();
    edit(world, `${ENTER} take 0.5% size 10%`);
    world.command({ kind: "move-position", ownerId: "ann", number: 1 });
    const second = await restarted(world);
    second.minute({ open: 108, close: 108 });
    expect(second.trades).toMatchObject([{ exitReason: "take_profit", exitPrice: "108" }]);
  });

  test("versions are shown to their owner alone, and are never overwritten", async () => {
    const world = inPosition();
    edit(world, NEW);
    await store.commit(world.effects, world.now);
    const version = { strategyId: "ann.s1", version: 1, ruleText: "forged", since: world.now };
    await store.commit([{ kind: "record-rule-version", version }], world.now);
    expect((await models.ruleVersions("ann", 1)).map(({ ruleText }) => ruleText)).toEqual([
      NEW,
      OLD,
    ]);
    expect(await models.ruleVersions("bob", 1)).toEqual([]);
    expect(await models.ruleVersions("ann", 2)).toEqual([]);
  });

  test("a settled trade and its order can be stored", async () => {
    const world = inPosition();
    world.take({ kind: "delisted", symbol: "BTCUSDT" });
    world.skip(60);
    world.command({ kind: "delete-strategy", ownerId: "ann", number: 1, settle: true });
    await store.commit(world.effects, world.now);
    const rows = await models.profitBy("ann", "exit-reason", { timeZone: "UTC", limit: 5 });
    expect(rows).toMatchObject([{ key: "settled", trades: 1 }]);
  });
});

describe.each(testDatabases())("a $name database from before versions were kept", ({ create }) => {
  test("is given the versions its strategies and positions tell of", async () => {
    await using handle = await create();
    const { database } = handle;
    const { migrator } = database.orm;
    await sample.addUsers(database, "ann");
    await migrator.down({ migrations: ["0003-rule-versions"] });
    await database.query(`
      insert into strategies values
        ('ann.s1', 'ann', 1, 'Edited', 'BTCUSDT', '1m', 'third', 3, null, 'paper', 'closed', true,
          null, null, '2026-01-01T00:00Z', 0, null, 1),
        ('ann.s2', 'ann', 2, 'New', 'BTCUSDT', '1m', 'only', 1, null, 'paper', 'closed', true,
          null, null, '2026-01-05T00:00Z', 0, null, 1)`);
    await database.query(`
      insert into runs values ('ann.s1.r1', 'ann.s1', 'ann', 1, '2026-01-01T00:00Z', null, 'USDT',
        1, 1, 0, 0, 0, 0, 0, '1970-01-01T00:00Z', '1970-01-01T00:00Z')`);
    await database.query(`
      insert into orders values ('o1', 'd1', 'ann', 'ann.s1', 'ann.s1.r1', 'BTCUSDT', 'paper', 'entry',
        'long', 1, null, 'filled', 'signal', null, '2026-01-04T00:00Z', '2026-01-04T00:00Z',
        '2026-01-04T00:00Z', 3)`);
    const position = (number: number, day: number, rule: [string, number], closed: string) =>
      database.query(`
        insert into positions values ('p${number}', 'ann.s1.r1', 'ann.s1', 'ann', ${number}, 'BTCUSDT',
          '1m', 'long', 1, 1, 1, 0, '2026-01-0${day}T12:00Z', '${rule[0]}', ${rule[1]}, null, null, 1, null,
          ${closed})`);
    await position(1, 1, ["first", 1], "'2026-01-01T13:00Z'");
    await position(2, 2, ["first", 1], "'2026-01-02T13:00Z'");
    await position(3, 4, ["third", 3], "null");
    await migrator.up();
    const versions = await new PostgresReadModels(database).ruleVersions("ann", 1);
    expect(versions).toMatchObject([
      { version: 3, ruleText: "third", since: Date.UTC(2026, 0, 4) },
      { version: 1, ruleText: "first", since: Date.UTC(2026, 0, 1) },
    ]);
    const only = await new PostgresReadModels(database).ruleVersions("ann", 2);
    expect(only).toMatchObject([{ version: 1, ruleText: "only", since: Date.UTC(2026, 0, 5) }]);
    const [open] = await database.query(
      "select rule_since = opened_at as same from positions where closed_at is null",
    );
    expect(open).toEqual({ same: true });
    expect(await database.orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe("");
  });
});
