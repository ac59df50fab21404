/**
 * How people come in: by a code that works once, for a while, and gives one role. Administrators make
 * them; whoever can run commands on the machine makes the first one.
 */
import { Fault } from "../domain/fault.ts";
import type { Platform, Role, User } from "../domain/user.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import { requireRole } from "./require-role.ts";
import type { AuditTrail } from "./audit-trail.ts";
import { codeHash, INVITE_LENGTH, newCode, Tries } from "./codes.ts";
import { cleanName } from "./names.ts";
import { newUser } from "./new-user.ts";

/** Longest life of an invite. */
export const MAX_INVITE_MS = 30 * 86_400_000;
/** Life of a code made on the machine itself. */
const ADMIN_INVITE_MS = 86_400_000;

export interface InvitationsParts {
  readonly accounts: AccountStore;
  readonly clock: Clock;
  /** The machine's time: codes live by it, however fast a replayed market runs. */
  readonly machineClock: Clock;
  readonly audit: AuditTrail;
}

/** An invite as it is shown, once: nobody can read it again. */
export interface ShownInvite {
  /** "ABCD-EFGH-…", 100 random bits. */
  readonly code: string;
  readonly role: Role;
  /** Epoch ms. */
  readonly expiresAt: number;
}

export class Invitations {
  readonly #parts: InvitationsParts;
  readonly #tries = new Tries();

  constructor(parts: InvitationsParts) {
    this.#parts = parts;
  }

  /** A code that lets one person in. Faults: forbidden, suspended, invite-too-long {maxMs}. */
  async create(
    actor: User,
    { role, expiresInMs }: { readonly role: Role; readonly expiresInMs: number },
  ): Promise<ShownInvite> {
    requireRole(actor, "admin");
    if (expiresInMs > MAX_INVITE_MS) throw new Fault("invite-too-long", { maxMs: MAX_INVITE_MS });
    const invite = await this.#add(role, expiresInMs, actor.id);
    await this.#parts.audit.record(actor, "invite", { role, expiresAt: invite.expiresAt });
    return invite;
  }

  /** A code for an administrator, for whoever can run commands on the machine. It lives a day. */
  createForAdmin(): Promise<ShownInvite> {
    return this.#add("admin", ADMIN_INVITE_MS, null);
  }

  /** As `createForAdmin`, or null when somebody can be reached by chat already. */
  async createForFirstAdmin(): Promise<ShownInvite | null> {
    const { accounts } = this.#parts;
    for (const { id } of await accounts.users()) {
      const identities = await accounts.identities(id);
      if (identities.some(({ platform }) => platform !== "console")) return null;
    }
    return this.createForAdmin();
  }

  /**
   * Makes a user of a stranger who holds a code; the code is used up.
   * Faults: too-many-tries {waitMs}, identity-taken {platform}, name-empty, invite-invalid.
   */
  async redeem(
    platform: Platform,
    externalId: string,
    { name, code }: { readonly name: string; readonly code: string },
  ): Promise<User> {
    const { accounts, clock, machineClock, audit } = this.#parts;
    const now = machineClock.now();
    this.#tries.count(`${platform} ${externalId}`, now);
    const known = await accounts.userByIdentity(platform, externalId);
    if (known !== null) throw new Fault("identity-taken", { platform });
    const guest = newUser({ name: cleanName(name), role: "viewer", createdAt: clock.now() });
    const invite = await accounts.takeInvite(codeHash(code), guest.id, now);
    if (invite === null) throw new Fault("invite-invalid");
    const user = { ...guest, role: invite.role };
    await accounts.createUser(user, { platform, externalId, userId: user.id });
    await audit.record(user, "redeem-invite", { platform, role: user.role });
    return user;
  }

  async #add(role: Role, expiresInMs: number, createdBy: string | null): Promise<ShownInvite> {
    const { accounts, machineClock } = this.#parts;
    const { shown, hash } = newCode(INVITE_LENGTH);
    const expiresAt = machineClock.now() + expiresInMs;
    await accounts.addInvite({ codeHash: hash, role, createdBy, expiresAt, usedBy: null });
    return { code: shown, role, expiresAt };
  }
}
