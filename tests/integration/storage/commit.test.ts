/** A commit is written once and by the owner alone, whatever happens to the connection around it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Effect } from "../../../src/engine/effect.ts";
import { openDatabase, type Database } from "../../../src/storage/database.ts";
import { openEngineStore, type PostgresEngineStore } from "../../../src/storage/engine-store.ts";
import { acquireLease, type EngineLease } from "../../../src/storage/lease.ts";
import {
  serverDatabases,
  silentLogger,
  testDatabases,
  type TestHandle,
} from "../../support/database.ts";
import { type Cut, CuttingProxy } from "./cutting-proxy.ts";
import * as sample from "./samples.ts";

const { NOON } = sample;
const strategy = sample.strategy("ann", 1);
const run = sample.run(strategy);

interface Engine {
  readonly lease: EngineLease;
  readonly store: PostgresEngineStore;
}

async function startEngine(database: Database): Promise<Engine> {
  const lease = await acquireLease({ database, logger: silentLogger });
  return { lease, store: await openEngineStore({ database, lease, logger: silentLogger }) };
}

const named = (name: string): readonly Effect[] =>
  sample.saves({ strategies: [{ ...strategy, name }], runs: [run] });

async function nameIn(database: Database): Promise<string | null> {
  const [row] = await database.query<{ name: string }>("select name from strategies");
  return row?.name ?? null;
}

async function commitSeq(database: Database): Promise<number> {
  const [row] = await database.query<{ seq: string }>("select commit_seq as seq from engine_lease");
  return Number(row?.seq);
}

describe.each(testDatabases())("on the $name database", ({ create }) => {
  let handle: TestHandle;
  let database: Database;
  let engine: Engine;
  beforeAll(async () => {
    handle = await create();
    database = handle.database;
  });
  afterAll(() => handle[Symbol.asyncDispose]());
  beforeEach(async () => {
    await handle.empty();
    await sample.addUsers(database, "ann");
    engine = await startEngine(database);
    return async () => {
      await engine.store.close();
      await engine.lease.release();
    };
  });

  test("commits asked for at once are written in that order", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `name ${index}`);
    await Promise.all(names.map((name) => engine.store.commit(named(name), NOON)));
    expect(await nameIn(database)).toBe("name 19");
    expect(await commitSeq(database)).toBe(20);
  });

  test("a store that is opened again goes on counting; without the lease it is not opened", async () => {
    await engine.store.commit(named("first"), NOON);
    await engine.store.close();
    const reopen = () => openEngineStore({ database, lease: engine.lease, logger: silentLogger });
    const again = await reopen();
    await again.commit(named("second"), NOON);
    await again.close();
    expect(await commitSeq(database)).toBe(2);
    await database.query("update engine_lease set epoch = epoch + 1");
    await expect(reopen()).rejects.toMatchObject({ code: "lease-lost" });
  });

  test("the time of the newest commit never goes back", async () => {
    await engine.store.commit(named("a"), NOON + 500);
    await engine.store.commit(named("b"), NOON);
    expect((await engine.store.load()).lastCommitAt).toBe(NOON + 500);
  });

  test("an owner that was overtaken cannot write, and knows it", async () => {
    await engine.store.commit(named("first"), NOON);
    await database.query(
      "update engine_lease set epoch = epoch + 1, owner = gen_random_uuid() where id = 1",
    );
    const late = engine.store.commit(named("too late"), NOON);
    await expect(late).rejects.toMatchObject({ code: "lease-lost" });
    expect(engine.lease.lost.aborted).toBe(true);
    await expect(engine.store.commit(named("again"), NOON)).rejects.toMatchObject({
      code: "lease-lost",
    });
    expect(await nameIn(database)).toBe("first");
  });

  test("the same epoch with another owner is another owner: epochs may repeat after a failover", async () => {
    await database.query("update engine_lease set owner = gen_random_uuid() where id = 1");
    await expect(engine.store.commit(named("x"), NOON)).rejects.toMatchObject({
      code: "lease-lost",
    });
    expect(await nameIn(database)).toBeNull();
  });

  test("a ledger transaction that does not balance is refused, with all that came along", async () => {
    const [wallet, external] = sample.deposit(run, "100");
    const short = { ...external!, amount: "-99.999999999999999999" };
    const effects = [...named("unbalanced"), ...sample.saves({ ledger: [wallet!, short] })];
    await expect(engine.store.commit(effects, NOON)).rejects.toMatchObject({
      code: "commit-refused",
      facts: { constraint: "ledger_entries_balance_check", table: "ledger_entries" },
    });
    expect(await nameIn(database)).toBeNull();
    await engine.store.commit(named("goes on"), NOON);
    expect(await nameIn(database)).toBe("goes on");
    expect(await commitSeq(database)).toBe(1);
  });

  test("each asset of a transaction balances on its own", async () => {
    const [wallet, external] = sample.deposit(run, "100");
    const effects = sample.saves({ ledger: [wallet!, { ...external!, asset: "BTC" }] });
    await expect(engine.store.commit(effects, NOON)).rejects.toMatchObject({
      code: "commit-refused",
    });
  });

  test("ledger lines are never changed nor deleted", async () => {
    await engine.store.commit(sample.saves({ ledger: sample.deposit(run, "100") }), NOON);
    await expect(database.query("update ledger_entries set amount = 0")).rejects.toThrow(/never/);
    await expect(database.query("delete from ledger_entries")).rejects.toThrow(/never/);
  });

  test("a second open position of a run is refused by the database", async () => {
    const positions = [sample.position(run, 1), sample.position(run, 2)];
    const effects = [...named("two"), ...sample.saves({ positions })];
    await expect(engine.store.commit(effects, NOON)).rejects.toMatchObject({
      code: "commit-refused",
      facts: { sqlState: "23505", constraint: "positions_open_unique", table: "positions" },
    });
  });

  test.each([
    ["a number given twice", { ...strategy, id: "ann.s1b" }, "strategies_owner_number_unique"],
    ["an owner nobody knows", sample.strategy("eve", 1), "strategies_owner_id_foreign"],
  ])("%s is refused", async (_name, wrong, constraint) => {
    await engine.store.commit(named("first"), NOON);
    const commit = engine.store.commit(sample.saves({ strategies: [wrong] }), NOON);
    await expect(commit).rejects.toMatchObject({ code: "commit-refused", facts: { constraint } });
  });

  test.each([
    ["balance", { ...run, balance: "0.1234567890123456789" }],
    ["balance", { ...run, balance: "1e5" }],
    ["realised_pnl", { ...run, realisedPnl: "NaN" }],
    ["started_at", { ...run, startedAt: Number.NaN }],
    ["trades", { ...run, trades: 1.5 }],
  ])(
    "a %s that would be rounded or misread is refused before anything is sent",
    async (column, wrong) => {
      const effects = sample.saves({ strategies: [strategy], runs: [wrong] });
      await expect(engine.store.commit(effects, NOON)).rejects.toMatchObject({
        code: "commit-refused",
        facts: { table: "runs", column, id: run.id },
      });
      expect(await commitSeq(database)).toBe(0);
    },
  );

  test("after closing, commits are refused", async () => {
    await engine.store.close();
    await expect(engine.store.commit(named("x"), NOON)).rejects.toMatchObject({
      code: "database-closed",
    });
  });
});

describe.each(serverDatabases())("with the $name behind a bad connection", ({ create }) => {
  let handle: TestHandle;
  let proxy: CuttingProxy;
  let database: Database;
  let engine: Engine;
  beforeAll(async () => {
    handle = await create();
    proxy = await CuttingProxy.before(handle.url!);
    database = await openDatabase({ url: proxy.url, logger: silentLogger });
    return async () => {
      await database.close();
      await proxy[Symbol.asyncDispose]();
      await handle[Symbol.asyncDispose]();
    };
  });
  beforeEach(async () => {
    await handle.empty();
    await sample.addUsers(handle.database, "ann");
    engine = await startEngine(database);
    return async () => {
      await engine.store.close();
      await engine.lease.release();
    };
  });

  const cuts: readonly (readonly Cut[])[] = [
    [{ at: "commit\0", lose: "answer" }],
    [{ at: "commit\0", lose: "request" }],
    [{ at: "begin", lose: "answer" }],
    [{ at: "update engine_lease", lose: "answer" }],
    [{ at: 'insert into "runs"', lose: "request" }],
    [
      { at: "commit\0", lose: "request" },
      { at: "begin", lose: "request" },
      { at: "commit\0", lose: "answer" },
      { at: "select 1 from engine_lease", lose: "answer" },
    ],
  ];
  test.each(
    cuts.map((list) => ({
      list,
      name: list.map((c) => `${c.lose} of ${c.at.replace("\0", "")}`).join(", "),
    })),
  )("losing the $name, a commit is written exactly once", async ({ list }) => {
    await engine.store.commit(named("before"), NOON);
    proxy.cuts = list;
    const ledger = sample.deposit(run, "100");
    await engine.store.commit([...named("cut"), ...sample.saves({ ledger })], NOON);
    await engine.store.commit(named("after"), NOON);
    expect(proxy.cutsLeft).toBe(0);
    expect(await commitSeq(handle.database)).toBe(3);
    expect(await nameIn(handle.database)).toBe("after");
    expect(await handle.database.query("select id from ledger_entries")).toHaveLength(2);
    expect(engine.lease.lost.aborted).toBe(false);
  });

  test("a commit whose backend is terminated is written once", async () => {
    await engine.store.commit(named("before"), NOON);
    const others = "pid <> pg_backend_pid() and datname = current_database()";
    await handle.database.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where ${others}`,
    );
    await engine.store.commit(named("after"), NOON);
    expect(await commitSeq(handle.database)).toBe(2);
  });

  test("a deadlock with another session is sat out", async () => {
    await engine.store.commit(named("before"), NOON);
    const other = await (await handle.database.pool()).connect();
    await other.query("begin");
    await other.query("update strategies set name = 'mine' where id = $1", [strategy.id]);
    const committed = engine.store.commit(named("after"), NOON);
    await waitsForLock(handle.database);
    const crossing = other.query(
      "update engine_lease set heartbeat_at = heartbeat_at where id = 1",
    );
    await crossing.then(
      () => other.query("commit"),
      () => other.query("rollback"),
    );
    other.release();
    await committed;
    expect(await nameIn(handle.database)).toBe("after");
    expect(await commitSeq(handle.database)).toBe(2);
  });

  test("an owner that was overtaken while it had no connection does not write any more", async () => {
    await engine.store.commit(named("before"), NOON);
    proxy.cuts = [{ at: "begin", lose: "request" }];
    await handle.database.query("update engine_lease set epoch = epoch + 1 where id = 1");
    await expect(engine.store.commit(named("late"), NOON)).rejects.toMatchObject({
      code: "lease-lost",
    });
    expect(await nameIn(handle.database)).toBe("before");
  });
});

/** Resolves once some session waits for a lock. */
async function waitsForLock(database: Database): Promise<void> {
  const sql = "select 1 from pg_stat_activity where wait_event_type = 'Lock'";
  while ((await database.query(sql)).length === 0);
}
