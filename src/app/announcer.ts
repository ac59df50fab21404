/**
 * Notices that no engine step makes: what administrators tell everybody, and what people are told about
 * their own accounts. They go through the same outbox as all others.
 */
import { Fault, faultCode } from "../domain/fault.ts";
import type { Notice } from "../domain/notice.ts";
import type { User } from "../domain/user.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";
import type { OutboxStore } from "../ports/outbox-store.ts";
import { requireRole } from "./require-role.ts";
import type { AuditTrail } from "./audit-trail.ts";

/** Longest announcement, in UTF-16 units. */
const MAX_TEXT_LENGTH = 1_000;

export interface AnnouncerParts {
  readonly accounts: Pick<AccountStore, "users">;
  /** Null where there is no outbox: nothing can be announced. */
  readonly outbox: Pick<OutboxStore, "add"> | null;
  /** Something waits in the outbox. */
  readonly wake: () => void;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class Announcer {
  readonly #parts: AnnouncerParts;

  constructor(parts: AnnouncerParts) {
    this.#parts = parts;
  }

  /** To everybody there is; resolves to how many. Faults: forbidden, suspended, not-kept {what}, text-empty. */
  async broadcast(actor: User, text: string): Promise<number> {
    requireRole(actor, "admin");
    const told = text.trim().slice(0, MAX_TEXT_LENGTH);
    if (told === "") throw new Fault("text-empty");
    const at = this.#parts.clock.now();
    const body = { kind: "broadcast", text: told } as const;
    const users = await this.#parts.accounts.users();
    await this.tell(
      users.map(({ id }) => ({ id: `broadcast-${actor.id}-${at}-${id}`, ownerId: id, at, body })),
    );
    await this.#parts.audit.record(actor, "broadcast", { text: told, people: users.length });
    return users.length;
  }

  /** How many people a broadcast reaches. */
  async audience(): Promise<number> {
    return (await this.#parts.accounts.users()).length;
  }

  /** Fault: not-kept {what}. */
  async tell(notices: readonly Notice[]): Promise<void> {
    const { outbox, wake } = this.#parts;
    if (outbox === null) throw new Fault("not-kept", { what: "outbox" });
    for (const notice of notices) await outbox.add(notice);
    if (notices.length > 0) wake();
  }

  /** For what has happened already: that it cannot be told must not undo it. */
  async tellIfPossible(notice: Notice): Promise<void> {
    try {
      await this.tell([notice]);
    } catch (error) {
      this.#parts.logger.warn({ code: faultCode(error), notice: notice.id }, "not announced");
    }
  }
}
