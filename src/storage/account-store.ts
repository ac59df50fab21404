/** Users, identities, invites and link codes. A code is taken by one statement, so only one can take it. */
import type { ZodType } from "zod";
import { Fault } from "../domain/fault.ts";
import type { Identity, Platform, User } from "../domain/user.ts";
import type { AccountStore, Invite, LinkCode } from "../ports/account-store.ts";
import type { Database } from "./database.ts";
import { identityRow, inviteRow, linkCodeRow, userRow } from "./rows.ts";
import {
  AuditRow,
  IdentityRow,
  InviteRow,
  LinkCodeRow,
  UserRow,
  UserSettingsRow,
} from "./schema/account-tables.ts";
import { isDuplicate } from "./sql-errors.ts";

export class PostgresAccountStore implements AccountStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async user(id: string): Promise<User | null> {
    const row = await this.#database.run((em) => em.findOne(UserRow, { id }));
    return row && checked(userRow, row);
  }

  async users(): Promise<readonly User[]> {
    const orderBy = { createdAt: "asc", id: "asc" } as const;
    const rows = await this.#database.run((em) => em.find(UserRow, {}, { orderBy }));
    return rows.map((row) => checked(userRow, row));
  }

  async userByIdentity(platform: Platform, externalId: string): Promise<User | null> {
    return this.#database.run(async (em) => {
      const identity = await em.findOne(IdentityRow, { platform, externalId });
      const row = identity && (await em.findOne(UserRow, { id: identity.userId }));
      return row && checked(userRow, row);
    });
  }

  async identities(userId: string): Promise<readonly Identity[]> {
    const orderBy = { platform: "asc", externalId: "asc" } as const;
    const rows = await this.#database.run((em) => em.find(IdentityRow, { userId }, { orderBy }));
    return rows.map((row) => checked(identityRow, row));
  }

  /** Fault: identity-taken {platform} when somebody has it already. */
  createUser(user: User, identity: Identity): Promise<void> {
    return this.#claim(identity, () =>
      this.#database.run((em) =>
        em.transactional(async (transaction) => {
          await transaction.insert(UserRow, { ...user });
          await transaction.insert(IdentityRow, { ...identity });
        }),
      ),
    );
  }

  async saveUser(user: User): Promise<void> {
    const { id, ...changes } = user;
    await this.#database.run((em) => em.nativeUpdate(UserRow, { id }, changes));
  }

  /** Fault: identity-taken {platform}. */
  addIdentity(identity: Identity): Promise<void> {
    return this.#claim(identity, async () => {
      await this.#database.run((em) => em.insert(IdentityRow, { ...identity }));
    });
  }

  async moveIdentity({ userId, ...identity }: Identity): Promise<void> {
    await this.#database.run((em) => em.nativeUpdate(IdentityRow, identity, { userId }));
  }

  async removeIdentity(platform: Platform, externalId: string): Promise<void> {
    await this.#database.run((em) => em.nativeDelete(IdentityRow, { platform, externalId }));
  }

  async addInvite(invite: Invite): Promise<void> {
    await this.#database.run((em) => em.insert(InviteRow, { ...invite }));
  }

  takeInvite(codeHash: string, usedBy: string, now: number): Promise<Invite | null> {
    return this.#database.run(async (em) => {
      const usable = { codeHash, usedBy: null, expiresAt: { $gt: now } };
      const taken = await em.nativeUpdate(InviteRow, usable, { usedBy });
      return taken === 0
        ? null
        : checked(inviteRow, await em.findOneOrFail(InviteRow, { codeHash }));
    });
  }

  async addLinkCode(code: LinkCode): Promise<void> {
    await this.#database.run((em) => em.insert(LinkCodeRow, { ...code }));
  }

  takeLinkCode(codeHash: string, now: number): Promise<LinkCode | null> {
    return this.#database.run(async (em) => {
      const usable = { codeHash, usedAt: null, expiresAt: { $gt: now } };
      const taken = await em.nativeUpdate(LinkCodeRow, usable, { usedAt: now });
      if (taken === 0) return null;
      return checked(linkCodeRow, await em.findOneOrFail(LinkCodeRow, { codeHash }));
    });
  }

  async noticeSettings(userId: string): Promise<Readonly<Record<string, unknown>> | null> {
    const row = await this.#database.run((em) => em.findOne(UserSettingsRow, { userId }));
    return row?.notifications ?? null;
  }

  async allNoticeSettings(): Promise<
    readonly { readonly userId: string; readonly settings: Readonly<Record<string, unknown>> }[]
  > {
    const rows = await this.#database.run((em) => em.find(UserSettingsRow, {}));
    return rows.map(({ userId, notifications: settings }) => ({ userId, settings }));
  }

  async saveNoticeSettings(
    userId: string,
    notifications: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    await this.#database.run((em) => em.upsert(UserSettingsRow, { userId, notifications }));
  }

  async audit(entry: Parameters<AccountStore["audit"]>[0]): Promise<void> {
    await this.#database.run((em) => em.insert(AuditRow, { ...entry }));
  }

  async #claim({ platform }: Identity, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (isDuplicate(error)) throw new Fault("identity-taken", { platform }, { cause: error });
      throw error;
    }
  }
}

/** Fault: row-damaged {field}. */
function checked<T>(schema: ZodType<T>, row: object): T {
  const { data, error } = schema.safeParse(row);
  if (error === undefined) return data;
  throw new Fault("row-damaged", { field: String(error.issues[0]?.path[0]) });
}
