/**
 * Writes who did what to the audit log. The act has happened by then, so a log that cannot be written
 * is reported to the operator's log and never turns a success into a failure.
 */
import type { User } from "../domain/user.ts";
import { faultCode } from "../domain/fault.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { Logger } from "../ports/logger.ts";

export interface AuditTrailParts {
  readonly accounts: Pick<AccountStore, "audit">;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class AuditTrail {
  readonly #parts: AuditTrailParts;

  constructor(parts: AuditTrailParts) {
    this.#parts = parts;
  }

  async record(
    actor: User,
    action: string,
    facts: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    const { accounts, clock, logger } = this.#parts;
    try {
      await accounts.audit({ at: clock.now(), userId: actor.id, action, facts });
    } catch (error) {
      logger.error({ code: faultCode(error), action, userId: actor.id }, "audit entry not written");
    }
  }
}
