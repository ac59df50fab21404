/** One engine at a time: taking over, being told, giving back. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../../src/storage/database.ts";
import { openDatabase } from "../../../src/storage/database.ts";
import { acquireLease } from "../../../src/storage/lease.ts";
import {
  serverDatabases,
  silentLogger,
  testDatabases,
  type TestHandle,
} from "../../support/database.ts";

const logger = silentLogger;

async function epochIn(database: Database): Promise<number> {
  const [row] = await database.query<{ epoch: string }>("select epoch from engine_lease");
  return Number(row?.epoch);
}

describe.each(testDatabases())("on the $name database", ({ create }) => {
  let handle: TestHandle;
  let database: Database;
  beforeAll(async () => {
    handle = await create();
    database = handle.database;
  });
  afterAll(() => handle[Symbol.asyncDispose]());
  beforeEach(() => handle.empty());

  test("each owner has an epoch of its own", async () => {
    const first = await acquireLease({ database, logger });
    await first.release();
    const second = await acquireLease({ database, logger });
    expect(first.token.epoch).toBe(1);
    expect(second.token).toMatchObject({ epoch: 2 });
    expect(second.token.owner).not.toBe(first.token.owner);
    await second.release();
  });

  test("a heartbeat tells an owner that it was overtaken", async () => {
    const lease = await acquireLease({ database, logger });
    await lease.beat();
    expect(lease.lost.aborted).toBe(false);
    await database.query("update engine_lease set epoch = epoch + 1");
    await lease.beat();
    expect(lease.lost.aborted).toBe(true);
    await lease.release();
    expect(await epochIn(database)).toBe(2);
  });

  test("giving back does not take it from the next owner", async () => {
    const lease = await acquireLease({ database, logger });
    await database.query("update engine_lease set owner = gen_random_uuid()");
    await lease.release();
    const [row] = await database.query("select owner is not null as owned from engine_lease");
    expect(row).toEqual({ owned: true });
  });
});

describe.each(serverDatabases())("between two processes on a $name", ({ create }) => {
  let handle: TestHandle;
  let one: Database;
  let other: Database;
  beforeAll(async () => {
    handle = await create();
    one = await openDatabase({ url: handle.url!, logger });
    other = await openDatabase({ url: handle.url!, logger });
    return async () => {
      await one.close();
      await other.close();
      await handle[Symbol.asyncDispose]();
    };
  });
  beforeEach(() => handle.empty());

  test("the second is told since when the first has it", async () => {
    const lease = await acquireLease({ database: one, logger });
    const [row] = await handle.database.query<{ since: string }>(
      "select (extract(epoch from acquired_at) * 1000)::bigint as since from engine_lease",
    );
    await expect(acquireLease({ database: other, logger })).rejects.toMatchObject({
      code: "engine-elsewhere",
      facts: { since: Number(row?.since) },
    });
    await lease.release();
    const next = await acquireLease({ database: other, logger });
    expect(next.token.epoch).toBe(2);
    await next.release();
  });

  test("one whose process is gone is succeeded at once", async () => {
    const doomed = await openDatabase({ url: handle.url!, logger });
    await acquireLease({ database: doomed, logger });
    await doomed.close();
    await noLockHeld(handle.database);
    const next = await acquireLease({ database: other, logger, ttlMs: 3_600_000 });
    expect(next.token.epoch).toBe(2);
    await next.release();
  });

  test("one that hangs is succeeded when its heartbeat is older than the limit", async () => {
    const hanging = await acquireLease({ database: one, logger, ttlMs: 60_000 });
    await handle.database.query(
      "update engine_lease set heartbeat_at = clock_timestamp() - interval '59 seconds'",
    );
    const taking = () => acquireLease({ database: other, logger, ttlMs: 60_000 });
    await expect(taking()).rejects.toMatchObject({ code: "engine-elsewhere" });
    await handle.database.query(
      "update engine_lease set heartbeat_at = clock_timestamp() - interval '61 seconds'",
    );
    const next = await taking();
    expect(next.token.epoch).toBe(hanging.token.epoch + 1);
    await hanging.beat();
    expect(hanging.lost.aborted).toBe(true);
    await hanging.release();
    await noLockHeld(handle.database);
    await next.beat();
    expect(next.lost.aborted).toBe(false);
    await expect(taking()).rejects.toMatchObject({ code: "engine-elsewhere" });
    await next.release();
  });

  test("a heartbeat keeps it, and takes the advisory lock again after the connection broke", async () => {
    const lease = await acquireLease({ database: one, logger, ttlMs: 60_000 });
    await handle.database.query(`
      select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`);
    await noLockHeld(handle.database);
    await expect
      .poll(async () => {
        await lease.beat();
        return (await advisoryLocks(handle.database)).length;
      })
      .toBe(1);
    expect(lease.lost.aborted).toBe(false);
    await expect(acquireLease({ database: other, logger })).rejects.toMatchObject({
      code: "engine-elsewhere",
    });
    await lease.release();
  });
});

async function advisoryLocks(database: Database): Promise<readonly object[]> {
  return database.query(`
    select pid from pg_locks where locktype = 'advisory'
      and database = (select oid from pg_database where datname = current_database())`);
}

/** A session's locks are freed a moment after its connection has ended. */
async function noLockHeld(database: Database): Promise<void> {
  while ((await advisoryLocks(database)).length > 0);
}
