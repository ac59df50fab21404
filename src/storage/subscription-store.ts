/** The groups and channels that want status messages, one row each. */
import type { ChatRef, Subscription } from "../domain/subscription.ts";
import type { SubscriptionStore } from "../ports/subscription-store.ts";
import type { Database } from "./database.ts";
import { SubscriptionRow } from "./schema/chat-tables.ts";

export class PostgresSubscriptionStore implements SubscriptionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async all(): Promise<readonly Subscription[]> {
    const orderBy = { createdAt: "asc", platform: "asc", chatId: "asc" } as const;
    const rows = await this.#database.run((em) => em.find(SubscriptionRow, {}, { orderBy }));
    return rows.map((row) => plain(row));
  }

  async get({ platform, chatId }: ChatRef): Promise<Subscription | null> {
    const row = await this.#database.run((em) => em.findOne(SubscriptionRow, { platform, chatId }));
    return row && plain(row);
  }

  async save(subscription: Subscription): Promise<void> {
    await this.#database.run((em) => em.upsert(SubscriptionRow, { ...subscription }));
  }

  async remove({ platform, chatId }: ChatRef): Promise<Subscription | null> {
    return this.#database.run(async (em) => {
      const row = await em.findOne(SubscriptionRow, { platform, chatId });
      const removed = await em.nativeDelete(SubscriptionRow, { platform, chatId });
      return row === null || removed === 0 ? null : plain(row);
    });
  }

  async move({ platform, chatId }: ChatRef, to: string): Promise<void> {
    await this.#database.run(async (em) => {
      // The new chat may have subscribed by itself already; then that is the one.
      const there = await em.findOne(SubscriptionRow, { platform, chatId: to });
      if (there === null) {
        await em.nativeUpdate(SubscriptionRow, { platform, chatId }, { chatId: to });
      } else await em.nativeDelete(SubscriptionRow, { platform, chatId });
    });
  }
}

/** Without what the ORM hangs on a row. */
function plain(row: Subscription): Subscription {
  const { platform, chatId, threadId, title, rhythm } = row;
  const { language, timeZone, createdBy, createdAt } = row;
  return {
    platform,
    chatId,
    threadId,
    title,
    rhythm,
    language,
    timeZone,
    createdBy,
    createdAt,
  };
}
