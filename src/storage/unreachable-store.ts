/** Accounts that do not take our messages, with what they missed. */
import type { Platform } from "../domain/user.ts";
import type { Missed, UnreachableStore } from "../ports/unreachable-store.ts";
import type { Database } from "./database.ts";
import { UnreachableRow } from "./schema/chat-tables.ts";
import { instantText } from "./schema/columns.ts";

const NOTE = `
  insert into unreachable (platform, external_id, since, missed) values ($1, $2, $3, $4::int)
  on conflict (platform, external_id) do update set missed = unreachable.missed + excluded.missed`;

const FORGET = `
  delete from unreachable where platform = $1 and external_id = $2 returning since, missed`;

export class PostgresUnreachableStore implements UnreachableStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async all(platform: Platform): Promise<readonly string[]> {
    const rows = await this.#database.run((em) => em.find(UnreachableRow, { platform }));
    return rows.map(({ externalId }) => externalId);
  }

  async note(platform: Platform, externalId: string, { since, count }: Missed): Promise<void> {
    await this.#database.query(NOTE, [platform, externalId, instantText(since), count]);
  }

  async forget(platform: Platform, externalId: string): Promise<Missed | null> {
    const [row] = await this.#database.query<{ since: string; missed: number }>(FORGET, [
      platform,
      externalId,
    ]);
    return row === undefined ? null : { since: Date.parse(row.since), count: row.missed };
  }
}
