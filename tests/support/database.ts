/**
 * Databases for tests: real ones, fresh for each caller. The embedded database starts from a dump that
 * is migrated once and kept in the temporary directory until the migrations change. A server takes
 * part when one answers at TEST_DATABASE_URL, or at 127.0.0.1:5432 without a password.
 */
import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MikroORM } from "@mikro-orm/postgresql";
import { Database, openDatabase } from "../../src/storage/database.ts";
import { silentLogger } from "./silent-logger.ts";
import { ENTITIES } from "../../src/storage/schema/entities.ts";

const SERVER_URL =
  process.env["TEST_DATABASE_URL"] ?? "postgres://postgres@127.0.0.1:5432/postgres";

export { silentLogger };

/** A kind of database that a suite runs against. */
export interface TestDatabase {
  readonly name: "embedded" | "server";
  /** A new, migrated, empty database; gone when disposed. */
  readonly create: () => Promise<TestHandle>;
}

export interface TestHandle extends AsyncDisposable {
  readonly database: Database;
  /** For further connections of one's own; null when embedded. */
  readonly url: string | null;
  /** Empties every table. */
  empty(): Promise<void>;
}

const serverAnswers = await answers(SERVER_URL);

/** What suites run against: describe.each(testDatabases()). */
export function testDatabases(): readonly TestDatabase[] {
  return [embeddedDatabase, ...serverDatabases()];
}

/** The server alone, or nothing when none answers. */
export function serverDatabases(): readonly TestDatabase[] {
  return serverAnswers ? [serverDatabase] : [];
}

export const embeddedDatabase: TestDatabase = {
  name: "embedded",
  async create() {
    const database = await openDatabase({ logger: silentLogger, template: await template() });
    return handleOf(database, null, () => database.close());
  },
};

const serverDatabase: TestDatabase = {
  name: "server",
  async create() {
    const name = `vigie_test_${randomUUID().replaceAll("-", "")}`;
    await administer(`create database ${name}`);
    const url = new URL(SERVER_URL);
    url.pathname = name;
    const database = await openDatabase({ url: url.href, logger: silentLogger });
    return handleOf(database, url.href, async () => {
      await database.close();
      await administer(`drop database ${name} with (force)`);
    });
  },
};

function handleOf(
  database: Database,
  url: string | null,
  dispose: () => Promise<void>,
): TestHandle {
  /* Deleting from small tables is quicker than truncating them; ledger lines cannot be deleted. */
  const tables = ENTITIES.map((entity) => entity.meta.tableName).toReversed();
  const statements = tables.map((table) =>
    table === "ledger_entries" ? `truncate ${table}` : `delete from ${table}`,
  );
  return {
    database,
    url,
    async empty() {
      await database.query([...statements, "insert into engine_lease (id) values (1)"].join("; "));
    },
    [Symbol.asyncDispose]: dispose,
  };
}

/** A statement outside the databases under test. */
export async function administer(sql: string): Promise<void> {
  const orm = await MikroORM.init({
    entities: [],
    discovery: { warnWhenNoEntities: false },
    dbName: "postgres",
    driverOptions: { connectionString: SERVER_URL, connectionTimeoutMillis: 2_000 },
    logger: () => {},
  });
  try {
    await orm.driver.getConnection().execute(sql);
  } finally {
    await orm.close();
  }
}

async function answers(url: string): Promise<boolean> {
  if (!URL.canParse(url)) return false;
  return administer("select 1").then(
    () => true,
    () => false,
  );
}

/** A migrated database as a dump, made by whoever needs it first. */
export async function template(): Promise<Uint8Array> {
  const path = join(tmpdir(), `vigie-test-template-${await schemaHash()}.tar.gz`);
  const known = await readFile(path).catch(() => null);
  if (known !== null) return known;
  await using database = await openDatabase({ logger: silentLogger });
  const dump = (await database.embedded?.dump()) ?? new Uint8Array();
  const unfinished = `${path}.${randomUUID()}`;
  await writeFile(unfinished, dump);
  await rename(unfinished, path);
  return dump;
}

async function schemaHash(): Promise<string> {
  const hash = createHash("sha256");
  const dir = new URL("../../migrations/", import.meta.url);
  for (const name of (await readdir(dir)).toSorted()) {
    hash.update(name).update(await readFile(new URL(name, dir)));
  }
  const pglite = createRequire(import.meta.url).resolve("@electric-sql/pglite");
  return hash.update(pglite).update(process.version).digest("hex").slice(0, 16);
}
