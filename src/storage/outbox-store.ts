/**
 * The outbox as the dispatcher sees it. Messages of one person come out in the order they were written:
 * while one waits for its next attempt, the later ones wait behind it. People do not wait for each
 * other: each gets a first message before anybody gets a second.
 */
import type { Notice, NoticeBody } from "../domain/notice.ts";
import type { OutboxArchive, OutboxRow as DueNotice, OutboxStore } from "../ports/outbox-store.ts";
import type { Database } from "./database.ts";
import { NOTICE_PROPERTIES, noticeRow } from "./effect-batch.ts";
import { OutboxRow } from "./schema/engine-tables.ts";
import { instantText } from "./schema/columns.ts";
import { TableWriter } from "./table-writer.ts";

const PENDING = "sent_at is null and parked_at is null";

/** `clear`: neither this message nor one before it is put off. */
const DUE = `
  select pending.* from (select distinct owner_id from outbox where ${PENDING}) owners
  cross join lateral (
    select *, row_number() over line as place, bool_and(not_before <= $1) over line as clear
    from (
      select id, seq, owner_id, at, body, attempts, not_before from outbox
      where owner_id = owners.owner_id and ${PENDING} order by seq limit $2
    ) first window line as (order by seq)
  ) pending
  where clear order by place, seq limit $2`;

const DEPTH = `select count(*) as pending, min(at) as oldest from outbox where ${PENDING}`;

const PRUNE = `
  with gone as (
    delete from outbox where id in (
      select id from outbox where sent_at < $1 or parked_at < $1 limit $2::int
      for update skip locked
    ) returning 1
  ) select count(*)::int as count from gone`;

interface RawNotice {
  readonly id: string;
  readonly owner_id: string;
  readonly at: string;
  readonly body: NoticeBody;
  readonly attempts: number;
  readonly not_before: string;
}

export class PostgresOutboxStore implements OutboxStore, OutboxArchive {
  readonly #database: Database;
  readonly #writer: TableWriter;

  constructor(database: Database) {
    this.#database = database;
    this.#writer = new TableWriter(database.orm, {
      entity: OutboxRow,
      properties: NOTICE_PROPERTIES,
      onConflict: "ignore",
    });
  }

  async due(now: number, limit: number): Promise<readonly DueNotice[]> {
    const rows = await this.#database.query<RawNotice>(DUE, [instantText(now), limit]);
    return rows.map((row) => ({
      notice: { id: row.id, ownerId: row.owner_id, at: Date.parse(row.at), body: row.body },
      attempts: row.attempts,
      notBefore: Date.parse(row.not_before),
    }));
  }

  async markSent(ids: readonly string[], at: number): Promise<void> {
    await this.#database.run((em) =>
      em.nativeUpdate(OutboxRow, { id: { $in: [...ids] } }, { sentAt: at }),
    );
  }

  async postpone(id: string, notBefore: number, error: string): Promise<void> {
    const sql = `
      update outbox set attempts = attempts + 1, not_before = $2, last_error = $3 where id = $1`;
    await this.#database.query(sql, [id, instantText(notBefore), error]);
  }

  async park(id: string, error: string, at: number): Promise<void> {
    await this.#database.run((em) =>
      em.nativeUpdate(OutboxRow, { id }, { parkedAt: at, lastError: error }),
    );
  }

  async depth(): Promise<{ readonly pending: number; readonly oldestAt: number | null }> {
    const [row] = await this.#database.query<{ pending: string; oldest: string | null }>(DEPTH, []);
    const oldest = row?.oldest ?? null;
    return {
      pending: Number(row?.pending ?? 0),
      oldestAt: oldest === null ? null : Date.parse(oldest),
    };
  }

  async add(notice: Notice): Promise<void> {
    const { sql, params } = this.#writer.statement([noticeRow(notice)]);
    await this.#database.query(sql, params);
  }

  async prune(before: number, limit: number): Promise<number> {
    const [row] = await this.#database.query<{ count: number }>(PRUNE, [
      instantText(before),
      limit,
    ]);
    return row?.count ?? 0;
  }
}
