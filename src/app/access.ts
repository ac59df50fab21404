/**
 * Who is speaking, and what may they do. A person is found by the platform's own id, never by a name.
 * The terminal belongs to whoever runs the process: its person is an administrator, made on first use.
 */
import { randomBytes } from "node:crypto";
import { Fault } from "../domain/fault.ts";
import { roleAllows, type Platform, type Role, type User } from "../domain/user.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";

/** The terminal has one person; this is the id the platform "console" knows them by. */
export const CONSOLE_EXTERNAL_ID = "local";

const USER_ID_BYTES = 9;

export class Access {
  readonly #accounts: AccountStore;
  readonly #clock: Clock;

  constructor(parts: { readonly accounts: AccountStore; readonly clock: Clock }) {
    this.#accounts = parts.accounts;
    this.#clock = parts.clock;
  }

  /** The person behind a platform's id, or null for a stranger. */
  async identify(platform: Platform, externalId: string): Promise<User | null> {
    return this.#accounts.userByIdentity(platform, externalId);
  }

  /** The person at the terminal: found, or made on first use as an administrator. */
  async ensureConsoleUser(): Promise<User> {
    const known = await this.#consoleUser();
    if (known !== null) return known;
    const user: User = {
      id: `u${randomBytes(USER_ID_BYTES).toString("hex")}`,
      name: "Administrator",
      role: "admin",
      suspended: false,
      timeZone: "UTC",
      language: "en",
      createdAt: this.#clock.now(),
    };
    const identity = {
      platform: "console",
      externalId: CONSOLE_EXTERNAL_ID,
      userId: user.id,
    } as const;
    try {
      await this.#accounts.createUser(user, identity);
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

/**
 * Lets the actor pass or throws. A suspended person may look but not act.
 * Faults: forbidden {needed}, suspended.
 */
export function requireRole(actor: User, needed: Role): void {
  if (!roleAllows(actor.role, needed)) throw new Fault("forbidden", { needed });
  if (actor.suspended && needed !== "viewer") throw new Fault("suspended");
}
