/**
 * The way from a person's wish to the engine's queue: checks that they may act, hands the command over,
 * and notes in the audit log what became of it.
 */
import { Fault } from "../domain/fault.ts";
import type { User } from "../domain/user.ts";
import type { Command, CommandItem } from "../engine/command.ts";
import type { EngineGateway } from "../ports/engine-gateway.ts";
import { requireRole } from "./require-role.ts";
import type { AuditTrail } from "./audit-trail.ts";

export interface OrderDeskParts {
  readonly gateway: Pick<EngineGateway, "execute">;
  readonly audit: AuditTrail;
}

export class OrderDesk {
  readonly #parts: OrderDeskParts;

  constructor(parts: OrderDeskParts) {
    this.#parts = parts;
  }

  /** Resolves once the engine has committed. Faults: those of requireRole and of the engine. */
  async submit(actor: User, command: Command): Promise<readonly CommandItem[]> {
    requireRole(actor, "trader");
    const { items } = await this.#parts.gateway.execute(command);
    await this.#parts.audit.record(actor, command.kind, {
      outcomes: items.map((item) => `${item.number} ${item.outcome}`),
    });
    return items;
  }

  /** For a command that names one thing: its outcome, or the fault it ended with {what, number}. */
  async submitOne(
    actor: User,
    command: Command,
    target: { readonly what: string; readonly number: number },
  ): Promise<CommandItem> {
    const items = await this.submit(actor, command);
    const item = items[0];
    if (item === undefined) throw new Fault("not-found", { ...target });
    if (!succeeded(item)) throw new Fault(item.outcome, { ...target });
    return item;
  }
}

/** waiting: carried out at the next price. */
const SUCCESSES = ["done", "unchanged", "waiting"];

/** True when the thing is, or will by itself be, as it was asked to be. */
export function succeeded(item: CommandItem): boolean {
  return SUCCESSES.includes(item.outcome);
}
