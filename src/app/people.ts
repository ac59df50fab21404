/**
 * What administrators may do with people: see who there is, suspend, give another role. Nobody changes
 * themselves, so an administrator who acts is always left.
 */
import { Fault } from "../domain/fault.ts";
import type { Platform, Role, User } from "../domain/user.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { EngineGateway } from "../ports/engine-gateway.ts";
import { requireRole } from "./require-role.ts";
import type { AuditTrail } from "./audit-trail.ts";

export interface PeopleParts {
  readonly accounts: AccountStore;
  readonly gateway: Pick<EngineGateway, "execute" | "strategies">;
  readonly audit: AuditTrail;
}

/** A person as administrators see them. */
export interface PersonView {
  /** Counted by who came first; it never changes. */
  readonly number: number;
  readonly user: User;
  readonly strategies: number;
  readonly platforms: readonly Platform[];
}

export interface PeoplePage {
  readonly rows: readonly PersonView[];
  readonly page: number;
  readonly pages: number;
  readonly total: number;
}

export class People {
  readonly #parts: PeopleParts;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  /** Who there is, the first ones first; a page past the end is the last one. Faults: of requireRole. */
  async list(actor: User, page: number, pageRows: number): Promise<PeoplePage> {
    requireRole(actor, "admin");
    const users = await this.#parts.accounts.users();
    const pages = Math.max(1, Math.ceil(users.length / pageRows));
    const shown = Math.min(page, pages);
    const first = (shown - 1) * pageRows;
    const rows = await Promise.all(
      users
        .slice(first, first + pageRows)
        .map((user, index) => this.#view(user, first + index + 1)),
    );
    return { rows, page: shown, pages, total: users.length };
  }

  /** Fault: not-found {what, number}. */
  async find(actor: User, number: number): Promise<User> {
    requireRole(actor, "admin");
    const user = (await this.#parts.accounts.users())[number - 1];
    if (user === undefined) throw new Fault("not-found", { what: "user", number });
    return user;
  }

  /**
   * A suspended person's strategies stop entering and keep their stops. Faults: forbidden, suspended,
   * not-found {what, number}, not-yourself, and those of the engine.
   */
  async setSuspended(actor: User, number: number, suspended: boolean): Promise<User> {
    const user = await this.#change(actor, number, { suspended });
    // Stored first: an engine that starts anew reads it there.
    await this.#parts.gateway.execute({ kind: "suspend-owner", ownerId: user.id, suspended });
    return user;
  }

  /** Faults: forbidden, suspended, not-found {what, number}, not-yourself. */
  async setRole(actor: User, number: number, role: Role): Promise<User> {
    return this.#change(actor, number, { role });
  }

  async #change(
    actor: User,
    number: number,
    change: Partial<Pick<User, "role" | "suspended">>,
  ): Promise<User> {
    const found = await this.find(actor, number);
    if (found.id === actor.id) throw new Fault("not-yourself");
    const user = { ...found, ...change };
    await this.#parts.accounts.saveUser(user);
    await this.#parts.audit.record(actor, "change-user", { user: user.id, ...change });
    return user;
  }

  async #view(user: User, number: number): Promise<PersonView> {
    const identities = await this.#parts.accounts.identities(user.id);
    const strategies = this.#parts.gateway.strategies(user.id).length;
    return { number, user, strategies, platforms: identities.map(({ platform }) => platform) };
  }
}
