/**
 * Who is speaking, and what may they do: the door every platform knocks at. A person is found by the
 * platform's own id, never by a name; strangers come in by a code. The terminal belongs to whoever runs
 * the process: its person is an administrator, made on first use.
 */
import type { Platform, Role, User } from "../domain/user.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { Invitations, ShownInvite } from "./invitations.ts";
import type { Linking } from "./linking.ts";
import { newUser } from "./new-user.ts";

/** The terminal has one person; this is the id the platform "console" knows them by. */
export const CONSOLE_EXTERNAL_ID = "local";

export interface AccessParts {
  readonly accounts: AccountStore;
  readonly clock: Clock;
  readonly invitations: Invitations;
  readonly linking: Pick<Linking, "redeem">;
}

export class Access {
  readonly #parts: AccessParts;

  constructor(parts: AccessParts) {
    this.#parts = parts;
  }

  /** The person behind a platform's id, or null for a stranger. */
  async identify(platform: Platform, externalId: string): Promise<User | null> {
    return this.#parts.accounts.userByIdentity(platform, externalId);
  }

  /** A code that lets one person in; faults as Invitations.create. */
  createInvite(
    actor: User,
    asked: { readonly role: Role; readonly expiresInMs: number },
  ): Promise<ShownInvite> {
    return this.#parts.invitations.create(actor, asked);
  }

  /** A code for an administrator, for whoever can run commands on the machine. It lives a day. */
  createAdminInvite(): Promise<ShownInvite> {
    return this.#parts.invitations.createForAdmin();
  }

  /** As `createAdminInvite`, or null when somebody can be reached by chat already. */
  createFirstAdminInvite(): Promise<ShownInvite | null> {
    return this.#parts.invitations.createForFirstAdmin();
  }

  /** Makes a user of a stranger who holds an invite; faults as Invitations.redeem. */
  redeemInvite(platform: Platform, externalId: string, name: string, code: string): Promise<User> {
    return this.#parts.invitations.redeem(platform, externalId, { name, code });
  }

  /** Adds a stranger's account to the person who made the code; faults as Linking.redeem. */
  redeemLink(platform: Platform, externalId: string, code: string, name?: string): Promise<User> {
    return this.#parts.linking.redeem(platform, externalId, code, name);
  }

  /** The person at the terminal: found, or made on first use as an administrator. */
  async ensureConsoleUser(): Promise<User> {
    const known = await this.#consoleUser();
    if (known !== null) return known;
    const { accounts, clock } = this.#parts;
    const user = newUser({ name: "Administrator", role: "admin", createdAt: clock.now() });
    const identity = {
      platform: "console",
      externalId: CONSOLE_EXTERNAL_ID,
      userId: user.id,
    } as const;
    try {
      await accounts.createUser(user, identity);
      return user;
    } catch (error) {
      // Another process may have been first: then theirs is the one.
      const made = await this.#consoleUser();
      if (made === null) throw error;
      return made;
    }
  }

  #consoleUser(): Promise<User | null> {
    return this.identify("console", CONSOLE_EXTERNAL_ID);
  }
}
