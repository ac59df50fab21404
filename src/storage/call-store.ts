/**
 * What buttons mean, in the database, so that one works after a restart. All buttons of a reply are one
 * statement, which also lets the owner's oldest go.
 */
import { z } from "zod";
import { Fault } from "../domain/fault.ts";
import {
  MAX_CALLS_PER_OWNER,
  type CallStore,
  type KeptCall,
  type StoredCall,
} from "../ports/call-store.ts";
import type { Database } from "./database.ts";
import { ButtonRow } from "./schema/chat-tables.ts";
import { instantText } from "./schema/columns.ts";
import { TableWriter } from "./table-writer.ts";

const PROPERTIES = ["id", "ownerId", "command", "args", "once", "confirmed", "expiresAt"];

/** $8 is the owner, $9 how many of theirs may stay besides the new ones. */
const OLDEST_GO = `
  with gone as (
    delete from buttons where owner_id = $8 and seq <= (
      select seq from buttons where owner_id = $8 order by seq desc offset $9::int limit 1
    )
  )`;

const COLUMNS = "owner_id, command, args, once, confirmed, expires_at";

/** Another process may be busy with some of them; those are left to it. */
const PRUNE = `
  with gone as (
    delete from buttons where id in (
      select id from buttons where expires_at <= $1 order by expires_at limit $2::int
      for update skip locked
    ) returning 1
  ) select count(*)::int as count from gone`;

const callRow = z
  .object({
    owner_id: z.string(),
    command: z.string(),
    args: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    once: z.boolean(),
    confirmed: z.boolean(),
    expires_at: z.string(),
  })
  .transform(({ owner_id: ownerId, expires_at: expiresAt, ...rest }): StoredCall => ({
    ...rest,
    ownerId,
    expiresAt: Date.parse(expiresAt),
  }));

export class PostgresCallStore implements CallStore {
  readonly #database: Database;
  readonly #writer: TableWriter;

  constructor(database: Database) {
    this.#database = database;
    this.#writer = new TableWriter(database.orm, {
      entity: ButtonRow,
      properties: PROPERTIES,
      onConflict: "ignore",
    });
  }

  async put(ownerId: string, calls: readonly KeptCall[]): Promise<void> {
    if (calls.length === 0) return;
    const { sql, params } = this.#writer.statement(calls);
    const staying = Math.max(0, MAX_CALLS_PER_OWNER - calls.length);
    await this.#database.query(`${OLDEST_GO} ${sql}`, [...params, ownerId, staying]);
  }

  get(id: string): Promise<StoredCall | null> {
    return this.#one(`select ${COLUMNS} from buttons where id = $1`, id);
  }

  take(id: string): Promise<StoredCall | null> {
    return this.#one(`delete from buttons where id = $1 returning ${COLUMNS}`, id);
  }

  async prune(now: number, limit: number): Promise<number> {
    const [row] = await this.#database.query<{ count: number }>(PRUNE, [instantText(now), limit]);
    return row?.count ?? 0;
  }

  /** Fault: row-damaged {field}. */
  async #one(sql: string, id: string): Promise<StoredCall | null> {
    const [row] = await this.#database.query(sql, [id]);
    if (row === undefined) return null;
    const { data, error } = callRow.safeParse(row);
    if (error === undefined) return data;
    throw new Fault("row-damaged", { field: String(error.issues[0]?.path[0]) });
  }
}
