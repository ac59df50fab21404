/**
 * Who is speaking, and what may they do. A person is found by the platform's own id, never by a name;
 * others come in by an invite that works once. The terminal belongs to whoever runs the process: its
 * person is an administrator, made on first use.
 */
import { randomBytes } from "node:crypto";
import { Fault } from "../domain/fault.ts";
import { roleAllows, type Platform, type Role, type User } from "../domain/user.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { AuditTrail } from "./audit-trail.ts";
import { codeHash, INVITE_LENGTH, newCode, Tries } from "./codes.ts";
import type { Linking } from "./linking.ts";
import { cleanName } from "./names.ts";

/** The terminal has one person; this is the id the platform "console" knows them by. */
export const CONSOLE_EXTERNAL_ID = "local";
/** Longest life of an invite. */
export const MAX_INVITE_MS = 30 * 86_400_000;
/** Life of the code that lets the first administrator in. */
const FIRST_INVITE_MS = 86_400_000;

const USER_ID_BYTES = 9;

export interface AccessParts {
  readonly accounts: AccountStore;
  readonly clock: Clock;
  readonly audit: AuditTrail;
  readonly linking: Linking;
}

/** An invite as it is shown, once: nobody can read it again. */
export interface ShownInvite {
  /** "ABCD-EFGH-…", 100 random bits. */
  readonly code: string;
  readonly role: Role;
  /** Epoch ms. */
  readonly expiresAt: number;
}

export class Access {
  readonly #parts: AccessParts;
  readonly #tries = new Tries();

  constructor(parts: AccessParts) {
    this.#parts = parts;
  }

  /** The person behind a platform's id, or null for a stranger. */
  async identify(platform: Platform, externalId: string): Promise<User | null> {
    return this.#parts.accounts.userByIdentity(platform, externalId);
  }

  /** A code that lets one person in. Faults: forbidden, suspended, invite-too-long {maxMs}. */
  async createInvite(
    actor: User,
    { role, expiresInMs }: { readonly role: Role; readonly expiresInMs: number },
  ): Promise<ShownInvite> {
    requireRole(actor, "admin");
    if (expiresInMs > MAX_INVITE_MS) throw new Fault("invite-too-long", { maxMs: MAX_INVITE_MS });
    const invite = await this.#invite(role, expiresInMs, actor.id);
    await this.#parts.audit.record(actor, "invite", { role, expiresAt: invite.expiresAt });
    return invite;
  }

  /** A code for an administrator, for whoever can run commands on the machine. It lives a day. */
  createAdminInvite(): Promise<ShownInvite> {
    return this.#invite("admin", FIRST_INVITE_MS, null);
  }

  /** As `createAdminInvite`, or null when somebody can be reached by chat already. */
  async createFirstAdminInvite(): Promise<ShownInvite | null> {
    const { accounts } = this.#parts;
    for (const { id } of await accounts.users()) {
      const identities = await accounts.identities(id);
      if (identities.some(({ platform }) => platform !== "console")) return null;
    }
    return this.createAdminInvite();
  }

  /**
   * Makes a user of a stranger who holds an invite; the invite is used up.
   * Faults: too-many-tries {waitMs}, identity-taken {platform}, invite-invalid, name-empty.
   */
  async redeemInvite(
    platform: Platform,
    externalId: string,
    name: string,
    code: string,
  ): Promise<User> {
    const { accounts, clock, audit } = this.#parts;
    const now = clock.now();
    this.#tries.count(`${platform} ${externalId}`, now);
    if ((await this.identify(platform, externalId)) !== null) {
      throw new Fault("identity-taken", { platform });
    }
    const kept = cleanName(name);
    const id = newUserId();
    const invite = await accounts.takeInvite(codeHash(code), id, now);
    if (invite === null) throw new Fault("invite-invalid");
    const user = newUser(id, { name: kept, role: invite.role, createdAt: now });
    await accounts.createUser(user, { platform, externalId, userId: id });
    await audit.record(user, "redeem-invite", { platform, role: user.role });
    return user;
  }

  /** Adds an account that nobody has yet to the person who made the code; faults as Linking.redeem. */
  redeemLink(platform: Platform, externalId: string, code: string): Promise<User> {
    return this.#parts.linking.redeem(platform, externalId, code);
  }

  /** The person at the terminal: found, or made on first use as an administrator. */
  async ensureConsoleUser(): Promise<User> {
    const known = await this.#consoleUser();
    if (known !== null) return known;
    const { accounts, clock } = this.#parts;
    const createdAt = clock.now();
    const user = newUser(newUserId(), { name: "Administrator", role: "admin", createdAt });
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

  async #invite(role: Role, expiresInMs: number, createdBy: string | null): Promise<ShownInvite> {
    const { accounts, clock } = this.#parts;
    const { shown, hash } = newCode(INVITE_LENGTH);
    const expiresAt = clock.now() + expiresInMs;
    await accounts.addInvite({ codeHash: hash, role, createdBy, expiresAt, usedBy: null });
    return { code: shown, role, expiresAt };
  }
}

function newUserId(): string {
  return `u${randomBytes(USER_ID_BYTES).toString("hex")}`;
}

function newUser(id: string, given: Pick<User, "name" | "role" | "createdAt">): User {
  return { id, suspended: false, timeZone: "UTC", language: "en", ...given };
}

/**
 * Lets the actor pass or throws. A suspended person may look but not act.
 * Faults: forbidden {needed}, suspended.
 */
export function requireRole(actor: User, needed: Role): void {
  if (!roleAllows(actor.role, needed)) throw new Fault("forbidden", { needed });
  if (actor.suspended && needed !== "viewer") throw new Fault("suspended");
}
