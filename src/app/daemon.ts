/**
 * What an administrator may do to the running service: start it afresh, re-read its strategies, look
 * into its log and its database.
 */
import { stripVTControlCharacters } from "node:util";
import { Fault } from "../domain/fault.ts";
import type { User } from "../domain/user.ts";
import type { EngineGateway } from "../ports/engine-gateway.ts";
import type { ReadModels } from "../ports/read-models.ts";
import { requireRole } from "./require-role.ts";
import type { AuditTrail } from "./audit-trail.ts";

/** The newest lines of the log, scrubbed of secrets already. */
export interface LogTail {
  /** The newest `count` lines, oldest first. */
  newest(count: number): readonly string[];
}

export type TableInfo = Awaited<ReturnType<ReadModels["databaseInfo"]>>[number];

export interface DaemonParts {
  readonly gateway: Pick<EngineGateway, "restart" | "reload">;
  readonly readModels: Pick<ReadModels, "databaseInfo">;
  /** Null where no log is kept in memory. */
  readonly log: LogTail | null;
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

  /** The newest lines of the log without their colours, oldest first. Faults: of requireRole, not-kept {what}. */
  logs(actor: User, count: number): readonly string[] {
    requireRole(actor, "admin");
    if (this.#parts.log === null) throw new Fault("not-kept", { what: "log" });
    return this.#parts.log.newest(count).map((line) => stripVTControlCharacters(line));
  }

  /** Rows and bytes of every table, the largest first. */
  async tables(actor: User): Promise<readonly TableInfo[]> {
    requireRole(actor, "admin");
    const tables = await this.#parts.readModels.databaseInfo();
    return tables.toSorted((a, b) => b.bytes - a.bytes);
  }
}
