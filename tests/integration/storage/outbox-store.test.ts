/** What waits to be told: in order for each person, fair between people, never lost, never twice due. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../../src/storage/database.ts";
import { PostgresOutboxStore } from "../../../src/storage/outbox-store.ts";
import { testDatabases, type TestHandle } from "../../support/database.ts";
import { notice, NOON } from "./samples.ts";

describe.each(testDatabases())("on the $name database", ({ create }) => {
  let handle: TestHandle;
  let database: Database;
  let outbox: PostgresOutboxStore;
  beforeAll(async () => {
    handle = await create();
    database = handle.database;
    outbox = new PostgresOutboxStore(database);
  });
  afterAll(() => handle[Symbol.asyncDispose]());
  beforeEach(() => handle.empty());

  async function add(...notices: readonly [id: string, owner: string, at?: number][]) {
    for (const [id, owner, at = NOON] of notices) await outbox.add(notice(id, owner, { at }));
  }

  async function due(now = NOON, limit = 100): Promise<readonly string[]> {
    return (await outbox.due(now, limit)).map(({ notice: { id } }) => id);
  }

  test("the same notice is kept once", async () => {
    await add(["n1", "ann"], ["n1", "ann"]);
    expect(await due()).toEqual(["n1"]);
  });

  test("what is sent or parked is not due any more, and cannot be added again", async () => {
    await add(["n1", "ann"], ["n2", "ann"], ["n3", "ann"]);
    await outbox.markSent(["n1"], NOON + 1);
    await outbox.park("n2", "forbidden", NOON + 2);
    await add(["n1", "ann"], ["n2", "ann"]);
    expect(await due()).toEqual(["n3"]);
    const rows = await database.query(
      "select id, sent_at, parked_at, last_error from outbox order by id",
    );
    expect(rows).toMatchObject([
      { id: "n1", sent_at: "2026-11-22 12:00:00.124+00", parked_at: null },
      { id: "n2", sent_at: null, parked_at: "2026-11-22 12:00:00.125+00", last_error: "forbidden" },
      { id: "n3", sent_at: null, parked_at: null },
    ]);
  });

  test("a notice is not due before its time", async () => {
    await add(["n1", "ann", NOON + 5]);
    expect(await due(NOON + 4)).toEqual([]);
    expect(await due(NOON + 5)).toEqual(["n1"]);
  });

  test("a postponed notice keeps the later ones of the same person behind it, and nobody else's", async () => {
    await add(["a1", "ann"], ["a2", "ann"], ["b1", "bob"], ["a3", "ann"]);
    await outbox.postpone("a2", NOON + 100, "429");
    expect(await due(NOON + 1)).toEqual(["a1", "b1"]);
    await outbox.markSent(["a1"], NOON);
    expect(await due(NOON + 99)).toEqual(["b1"]);
    expect(await outbox.due(NOON + 100, 1)).toEqual([
      { notice: notice("a2", "ann"), attempts: 1, notBefore: NOON + 100 },
    ]);
    expect(await due(NOON + 100)).toEqual(["a2", "b1", "a3"]);
  });

  test("a parked notice lets the later ones pass", async () => {
    await add(["a1", "ann"], ["a2", "ann"]);
    await outbox.park("a1", "blocked", NOON);
    expect(await due()).toEqual(["a2"]);
  });

  test("somebody with a long queue does not push the others out", async () => {
    for (let n = 1; n <= 9; n++) await add([`a${n}`, "ann"]);
    await add(["b1", "bob"], ["b2", "bob"], ["c1", "cyd"]);
    expect(await due(NOON, 5)).toEqual(["a1", "b1", "c1", "a2", "b2"]);
  });

  test("the depth counts what waits, whether due or not", async () => {
    expect(await outbox.depth()).toEqual({ pending: 0, oldestAt: null });
    await add(["n1", "ann", NOON + 7], ["n2", "bob", NOON + 5], ["n3", "bob", NOON]);
    await outbox.markSent(["n3"], NOON);
    expect(await outbox.depth()).toEqual({ pending: 2, oldestAt: NOON + 5 });
  });

  test("what was told or given up long ago is forgotten step by step; what waits never is", async () => {
    for (let n = 1; n <= 4; n++) await add([`n${n}`, "ann"]);
    await outbox.markSent(["n1", "n2"], NOON);
    await outbox.park("n3", "no-address", NOON + 5);
    expect(await outbox.prune(NOON, 10)).toBe(0);
    expect(await outbox.prune(NOON + 1, 1)).toBe(1);
    expect(await outbox.prune(NOON + 1, 10)).toBe(1);
    expect(await outbox.prune(NOON + 100, 10)).toBe(1);
    expect(await database.query("select id from outbox")).toEqual([{ id: "n4" }]);
  });

  test("marking nothing sent is nothing", async () => {
    await add(["n1", "ann"]);
    await outbox.markSent([], NOON);
    expect(await due()).toEqual(["n1"]);
  });
});
