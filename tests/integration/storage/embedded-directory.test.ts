/** The embedded database in a directory: one process, durable, and honest about its death. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "../../../src/storage/database.ts";
import { silentLogger as logger } from "../../support/database.ts";
import { start } from "./embedded-start.ts";
import { addUsers } from "./samples.ts";

const KILLS = 5;

class Writer {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(dir: string) {
    const script = fileURLToPath(new URL("writer-process.ts", import.meta.url));
    const stdio = ["ignore", "pipe", "inherit"] as const;
    this.#process = spawn(process.execPath, [script, dir], { stdio: [...stdio] });
    this.#lines = createInterface(this.#process.stdout!)[Symbol.asyncIterator]();
  }

  async line(): Promise<string | null> {
    const { value, done } = await this.#lines.next();
    return done === true ? null : value;
  }

  /** kill -9; returns the last number it had acknowledged. */
  async kill(): Promise<number> {
    const exited = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    let last = 0;
    for (let line = await this.line(); line !== null; line = await this.line()) last = Number(line);
    await exited;
    return last;
  }
}

async function numbersIn(database: Database): Promise<readonly number[]> {
  const rows = await database.query<{ id: string }>("select id from outbox order by seq");
  return rows.map(({ id }) => Number(id.slice(1)));
}

describe("in a directory", () => {
  /** A closed, migrated database that each test gets a copy of. */
  let prepared: string;
  let dir: string;
  beforeAll(async () => {
    prepared = await mkdtemp(join(tmpdir(), "vigie-prepared-"));
    await (await start({ dataDir: prepared })).embedded.close();
    return () => rm(prepared, { recursive: true });
  });
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "vigie-embedded-"));
    await cp(prepared, dir, { recursive: true });
    return () => rm(dir, { recursive: true });
  });

  test("what was written is there after closing and opening again", async () => {
    const first = await openDatabase({ dataDir: dir, logger });
    await addUsers(first, "ann");
    await first.close();
    await using second = await openDatabase({ dataDir: dir, logger });
    expect(await second.query("select id from users")).toEqual([{ id: "ann" }]);
  });

  test("nobody else may read the files, and a second database there is refused", async () => {
    const fresh = join(dir, "made", "by", "us");
    await using database = await start({ dataDir: fresh });
    expect((await stat(fresh)).mode & 0o777).toBe(0o700);
    await expect(start({ dataDir: fresh })).rejects.toMatchObject({
      code: "database-in-use",
      facts: { dir: fresh },
    });
    expect((await database.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  });

  test(`${KILLS} times kill -9 of a writing process: nothing acknowledged is lost, nothing is stale`, async () => {
    let acknowledged = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const writer = new Writer(dir);
      expect(await writer.line()).toBe("open");
      const opening = openDatabase({ dataDir: dir, logger });
      await expect(opening).rejects.toMatchObject({ code: "database-in-use" });
      for (let line = 0; line < kill * 7; line++) acknowledged = Number(await writer.line());
      acknowledged = Math.max(acknowledged, await writer.kill());
      await using database = await openDatabase({ dataDir: dir, logger });
      const numbers = await numbersIn(database);
      expect(numbers.length).toBeGreaterThanOrEqual(acknowledged);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      const [lease] = await database.query<{ seq: string }>(
        "select commit_seq as seq from engine_lease",
      );
      expect(Number(lease?.seq)).toBe(numbers.length);
    }
  });

  test("each commit is forced to disk", async () => {
    await using database = await start({ dataDir: dir });
    await database.pool.query("create table t (n int)");
    const before = (await database.embedded.stats()).fsyncs;
    for (let n = 0; n < 10; n++) await database.pool.query("insert into t values ($1)", [n]);
    const forced = (await database.embedded.stats()).fsyncs - before;
    expect(forced).toBeGreaterThanOrEqual(10);
    await database.pool.query("select * from t");
    expect((await database.embedded.stats()).fsyncs - before).toBe(forced);
  });

  test("a checkpoint keeps the log that a recovery would replay short", async () => {
    await using database = await start({
      dataDir: dir,
      checkpointBytes: 100_000,
      idleTransactionMs: 20,
    });
    await database.pool.query("create table t (x text)");
    await database.pool.query(
      "insert into t select repeat('x', 100) from generate_series(1, 9999)",
    );
    await expect.poll(async () => (await database.embedded.stats()).walBytes).toBeLessThan(100_000);
  });

  test("a cluster that was never finished is made anew", async () => {
    await rm(join(dir, "postgres"), { recursive: true });
    await mkdir(join(dir, "postgres.new"));
    await writeFile(join(dir, "postgres.new", "PG_VERSION"), "18\n");
    await using database = await start({ dataDir: dir, template: undefined });
    expect((await database.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  });

  test("a cluster that cannot be read is reported, left alone, and the directory set free", async () => {
    await rm(join(dir, "postgres", "global"), { recursive: true });
    const open = () => openDatabase({ dataDir: dir, logger });
    await expect(open()).rejects.toMatchObject({ code: "database-unusable", facts: { dir } });
    await expect(open()).rejects.toMatchObject({ code: "database-unusable" });
    expect((await stat(join(dir, "postgres", "PG_VERSION"))).isFile()).toBe(true);
  });

  test("when the engine can no longer write its log, it dies instead of going on", async () => {
    await using database = await start({ dataDir: dir });
    const died = Promise.withResolvers<string>();
    database.embedded.onExit(died.resolve);
    await rm(join(dir, "postgres", "pg_wal"), { recursive: true });
    const write = database.pool.query("create table t as select generate_series(1, 999999) as n");
    await expect(write).rejects.toThrow();
    expect(await died.promise).toMatch(/PANIC/);
    await expect(database.pool.query("select 1")).rejects.toThrow();
  });
});
