/** The schema: up, down, up again, in step with the entities, and opened by several processes at once. */
import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Fault } from "../../../src/domain/fault.ts";
import { MIGRATIONS } from "../../../migrations/list.ts";
import { openDatabase, type Database } from "../../../src/storage/database.ts";
import {
  administer,
  serverDatabases,
  silentLogger,
  testDatabases,
  type TestHandle,
} from "../../support/database.ts";

async function tablesOf(database: Database): Promise<readonly string[]> {
  const sql = `select tablename as name from pg_tables where schemaname = 'public' order by 1`;
  return (await database.query<{ name: string }>(sql)).map(({ name }) => name);
}

describe.each(testDatabases())("on the $name database", ({ create }) => {
  let handle: TestHandle;
  let database: Database;
  beforeAll(async () => {
    handle = await create();
    database = handle.database;
  });
  afterAll(() => handle[Symbol.asyncDispose]());

  test("migrations go up, down to nothing, and up again, in step with the entities", async () => {
    const { orm } = database;
    const before = await tablesOf(database);
    expect(before).toContain("ledger_entries");
    expect(await orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe("");
    await orm.migrator.down({ to: 0 });
    expect(await tablesOf(database)).toEqual(["mikro_orm_migrations"]);
    await orm.migrator.up();
    expect(await tablesOf(database)).toEqual(before);
    expect(await orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe("");
  });

  test("notices that wait across an upgrade learn which strategy they are about", async () => {
    const { orm } = database;
    await orm.migrator.down({ to: "0001-initial" });
    const bodies = {
      exit: { kind: "exit", strategyName: "old", trade: { strategyId: "ann.s7" } },
      blocked: { kind: "entry-blocked", strategyNumber: 7, strategyName: "old", code: "x" },
      others: { kind: "broadcast", text: "hi" },
      sent: { kind: "exit", strategyName: "old", trade: { strategyId: "ann.s7" } },
    };
    await database.query(`
      insert into users values ('ann', 'Ann', 'trader', false, 'UTC', 'en', now());
      insert into strategies values ('ann.s7', 'ann', 7, 'new', 'ETHUSDT', '4h', '', 1, null,
        'paper', 'closed', true, null, null, now(), 0, null, 1);`);
    for (const [id, body] of Object.entries(bodies)) {
      await database.query(
        "insert into outbox (id, owner_id, at, body, not_before, sent_at) values ($1, 'ann', now(), $2, now(), $3)",
        [id, JSON.stringify(body), id === "sent" ? new Date().toISOString() : null],
      );
    }
    await orm.migrator.up();
    const rows = await database.query<{ id: string; body: object }>("select id, body from outbox");
    const bodyOf = (id: string) => rows.find((row) => row.id === id)?.body;
    const facts = { strategyNumber: 7, symbol: "ETHUSDT", timeframe: "4h", mode: "paper" };
    expect(bodyOf("exit")).toMatchObject({ kind: "exit", strategyName: "new", ...facts });
    expect(bodyOf("blocked")).toMatchObject({ kind: "entry-blocked", code: "x", ...facts });
    expect(bodyOf("others")).toEqual(bodies.others);
    expect(bodyOf("sent")).toEqual(bodies.sent);
    await handle.empty();
  });

  test("there is one lease row, and there cannot be another", async () => {
    expect(await database.query("select id from engine_lease")).toEqual([{ id: 1 }]);
    await expect(database.query("insert into engine_lease (id) values (2)")).rejects.toThrow(
      /engine_lease_single_check/,
    );
  });
});

describe.each(serverDatabases())("on a $name", ({ create }) => {
  test("many processes may open an empty database at once", async () => {
    await using handle = await create();
    const name = `${new URL(handle.url!).pathname.slice(1)}_empty`;
    await administer(`create database ${name}`);
    const url = new URL(handle.url!);
    url.pathname = name;
    const opened = await Promise.all(
      Array.from({ length: 4 }, () => openDatabase({ url: url.href, logger: silentLogger })),
    );
    const executed = await opened[0]!.orm.migrator.getExecuted();
    expect(executed.map(({ name: migration }) => migration)).toEqual(
      MIGRATIONS.map(({ name: known }) => known),
    );
    await Promise.all(opened.map((database) => database.close()));
    await administer(`drop database ${name} with (force)`);
  });

  test("a database of a newer program is refused", async () => {
    await using handle = await create();
    await handle.database.query("insert into mikro_orm_migrations (name) values ('9999-later')");
    await expect(openDatabase({ url: handle.url!, logger: silentLogger })).rejects.toMatchObject({
      code: "schema-newer",
      facts: { migration: "9999-later" },
    });
  });

  test("sessions have their limits and their name", async () => {
    await using handle = await create();
    const [row] = await handle.database.query(`
      select current_setting('application_name') as name, current_setting('timezone') as zone,
        current_setting('synchronous_commit') as sync, current_setting('lock_timeout') as lock,
        current_setting('statement_timeout') as statement,
        current_setting('idle_in_transaction_session_timeout') as idle`);
    expect(row).toEqual({
      name: "vigie",
      zone: "UTC",
      sync: "on",
      lock: "2s",
      statement: "5s",
      idle: "10s",
    });
  });
});

async function faultOf(url: string, patienceMs = 300): Promise<Fault> {
  const opening = openDatabase({ url, logger: silentLogger, patienceMs });
  const error: unknown = await opening.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Fault)) throw new TypeError(`no fault: ${String(error)}`);
  return error;
}

describe("a server that is away", () => {
  test("is reported by its place, without the password", async () => {
    const fault = await faultOf("postgres://vigie:s3cret@127.0.0.1:1/trades?sslmode=disable");
    expect(fault.code).toBe("database-unreachable");
    expect(fault.facts).toEqual({
      host: "127.0.0.1",
      port: "1",
      database: "trades",
      reason: "ECONNREFUSED",
    });
    expect(`${fault.message}${fault.stack}${String(fault.cause)}`).not.toContain("s3cret");
  });

  test("is waited for", async () => {
    const server = createServer((socket) => socket.destroy());
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    let attempts = 0;
    server.on("connection", () => (attempts += 1));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const fault = await faultOf(`postgres://vigie@127.0.0.1:${port}/trades`, 1_000);
    server.close();
    expect(fault.facts).toMatchObject({ port: String(port) });
    expect(attempts).toBeGreaterThan(1);
  });

  test.each(["", "not a url", "http://127.0.0.1/x", "mysql://u:s3cret@h/d"])(
    "%j is no address",
    async (url) => {
      const fault = await faultOf(url);
      expect(fault.code).toBe("database-url-invalid");
      expect(fault.message).not.toContain("s3cret");
    },
  );
});
