/** What an administrator may do to the running service: start it afresh, re-read its strategies. */
import type { User } from "../domain/user.ts";
import type { EngineGateway } from "../ports/engine-gateway.ts";
import { requireRole } from "./access.ts";
import type { AuditTrail } from "./audit-trail.ts";

export interface DaemonParts {
  readonly gateway: Pick<EngineGateway, "restart" | "reload">;
  readonly audit: AuditTrail;
  /** Of the running code, for example "0.1.0". */
  readonly version: string;
}

export class Daemon {
  readonly #parts: DaemonParts;

  constructor(parts: DaemonParts) {
    this.#parts = parts;
  }

  get version(): string {
    return this.#parts.version;
  }

  /** Stops and starts the engine inside the process; positions and stops are restored. */
  async restart(actor: User): Promise<void> {
    requireRole(actor, "admin");
    await this.#parts.gateway.restart();
    await this.#parts.audit.record(actor, "restart");
  }

  /** Re-reads strategies from storage; resolves to how many there are. */
  async reload(actor: User): Promise<number> {
    requireRole(actor, "admin");
    const { strategies } = await this.#parts.gateway.reload();
    await this.#parts.audit.record(actor, "reload", { strategies });
    return strategies;
  }
}
