/** The embedded database in memory: fair between connections, and plain about its end. */
import { once } from "node:events";
import { beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "../../../src/storage/database.ts";
import { openEngineStore } from "../../../src/storage/engine-store.ts";
import { acquireLease } from "../../../src/storage/lease.ts";
import { embeddedDatabase, silentLogger as logger } from "../../support/database.ts";
import { start } from "./embedded-start.ts";
import { addUsers, NOON, notice } from "./samples.ts";

describe("in memory", () => {
  test("a dump is a template for others", async () => {
    await using handle = await embeddedDatabase.create();
    await addUsers(handle.database, "ann");
    const template = await handle.database.embedded!.dump();
    await using copy = await openDatabase({ logger, template });
    await addUsers(copy, "bob");
    expect(await copy.query("select id from users order by id")).toEqual([
      { id: "ann" },
      { id: "bob" },
    ]);
    expect(await handle.database.query("select id from users")).toEqual([{ id: "ann" }]);
  });

  test("a transaction that idles while others wait is ended", async () => {
    await using database = await start({ idleTransactionMs: 20 });
    const client = await database.pool.connect();
    const failed = once(client, "error");
    await client.query("begin");
    const other = database.pool.query("select 1 as one");
    expect((await other).rows).toEqual([{ one: 1 }]);
    expect(await failed).toMatchObject([{ code: "25P03" }]);
    client.release(true);
  });

  test("when the thread dies, queries fail at once and the listener is told", async () => {
    await using database = await start({});
    const died = Promise.withResolvers<string>();
    database.embedded.onExit(died.resolve);
    const client = await database.pool.connect();
    client.on("error", () => {});
    await client.query("begin");
    const waiting = database.pool.query("select 'waits for the transaction'");
    const outcome = expect(waiting).rejects.toThrow();
    await database.embedded.terminate();
    await outcome;
    await died.promise;
    expect(database.embedded.stopped).toBe(true);
    client.release(true);
    await expect(database.pool.query("select 1")).rejects.toThrow(/stopped/);
    await expect(database.embedded.stats()).rejects.toThrow(/stopped/);
  });

  test("closing is no death, and may be asked for twice", async () => {
    const { embedded } = await start({});
    let told = false;
    embedded.onExit(() => (told = true));
    await Promise.all([embedded.close(), embedded.close()]);
    expect(told).toBe(false);
    expect(embedded.stopped).toBe(true);
  });

  test("a commit does not wait for a thread that is dead", async () => {
    await using handle = await embeddedDatabase.create();
    const { database } = handle;
    const lease = await acquireLease({ database, logger });
    const store = await openEngineStore({ database, lease, logger });
    const say = (id: string) => store.commit([{ kind: "notify", notice: notice(id, "ann") }], NOON);
    await say("n1");
    await database.embedded!.terminate();
    await expect(say("n2")).rejects.toMatchObject({ code: "database-stopped" });
    await expect(store.load()).rejects.toMatchObject({ code: "database-away" });
    await store.close();
    await lease.release();
  });
});

describe("shared by many connections", () => {
  let database: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    database = await start({});
    return () => database[Symbol.asyncDispose]();
  });

  test("concurrent transactions with large values do not get into each other's way", async () => {
    await database.pool.query("create table t (worker int, round int, text text)");
    const workers = Array.from({ length: 8 }, async (_, worker) => {
      for (let round = 0; round < 5; round++) {
        const text = String(worker).repeat(100_000 + round);
        const client = await database.pool.connect();
        await client.query("begin");
        await client.query("insert into t values ($1, $2, $3)", [worker, round, text]);
        const { rows } = await client.query("select text from t where worker = $1 and round = $2", [
          worker,
          round,
        ]);
        expect(rows[0].text === text).toBe(true);
        await client.query(round === 4 ? "rollback" : "commit");
        client.release();
      }
    });
    await Promise.all(workers);
    const { rows } = await database.pool.query("select count(*)::int as n from t");
    expect(rows).toEqual([{ n: 8 * 4 }]);
  });

  test("an error inside a group of messages leaves the connection usable", async () => {
    const client = await database.pool.connect();
    await expect(client.query("select $1::int", ["not a number"])).rejects.toMatchObject({
      code: "22P02",
    });
    await client.query("begin");
    await expect(client.query("select wrong")).rejects.toMatchObject({ code: "42703" });
    await expect(client.query("select 1")).rejects.toMatchObject({ code: "25P02" });
    await client.query("rollback");
    expect((await client.query("select $1::int as n", [7])).rows).toEqual([{ n: 7 }]);
    client.release();
  });

  test("timers keep ticking while queries run one after the other", async () => {
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 1);
    for (let n = 0; n < 300; n++) await database.pool.query("select pg_sleep(0)");
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(10);
  });
});
