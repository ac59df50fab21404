/**
 * What became of a strategy's rule: every text it has had, going back to one of them, and letting an
 * open position follow the present one.
 */
import { Fault } from "../domain/fault.ts";
import type { User } from "../domain/user.ts";
import type { CommandItem } from "../engine/command.ts";
import type { EngineGateway, MoveReport, OpenPositionView } from "../ports/engine-gateway.ts";
import type { ReadModels, RuleVersionResult } from "../ports/read-models.ts";
import type { OrderDesk } from "./order-desk.ts";
import { requireRole } from "./require-role.ts";
import type { Strategies } from "./strategies.ts";

export type { MoveReport, RuleVersionResult };

export interface VersionsParts {
  readonly strategies: Pick<Strategies, "find" | "edit">;
  readonly gateway: Pick<EngineGateway, "moveReport">;
  readonly readModels: Pick<ReadModels, "ruleVersions">;
  readonly desk: OrderDesk;
}

export interface Moved {
  /** As it was just before. */
  readonly report: MoveReport;
  /** As it is now; null when it has left the market meanwhile. */
  readonly position: OpenPositionView | null;
  /** It leaves at the next price: that is beyond one of the new levels already. */
  readonly leaves: boolean;
}

export class Versions {
  readonly #parts: VersionsParts;

  constructor(parts: VersionsParts) {
    this.#parts = parts;
  }

  /** Newest first. Fault: not-found {what, number}. */
  async list(actor: User, number: number): Promise<readonly RuleVersionResult[]> {
    this.#parts.strategies.find(actor, number);
    return this.#parts.readModels.ruleVersions(actor.id, number);
  }

  /**
   * An earlier version, to be taken up again. Faults: not-found {what, number} for the strategy and for
   * the version, version-in-force {version} when the rule is like that now.
   */
  async earlier(actor: User, number: number, version: number): Promise<RuleVersionResult> {
    requireRole(actor, "trader");
    const { strategy } = this.#parts.strategies.find(actor, number);
    const versions = await this.list(actor, number);
    const found = versions.find((one) => one.version === version);
    if (found === undefined) throw new Fault("not-found", { what: "version", number: version });
    if (found.ruleText === strategy.ruleText) {
      throw new Fault("version-in-force", { version: String(version) });
    }
    return found;
  }

  /** Gives a strategy the rule of an earlier version, as a new version. Faults as in `earlier`. */
  async revert(actor: User, number: number, version: number): Promise<CommandItem> {
    const { ruleText } = await this.earlier(actor, number, version);
    return this.#parts.strategies.edit(actor, number, { ruleText });
  }

  /**
   * What moving the strategy's open position over to its present rule would change. Faults: not-found
   * {what, number}, no-position, rule-followed, position-leaving, rule-unreadable, move-needs-price.
   */
  moveReport(actor: User, number: number): MoveReport {
    requireRole(actor, "trader");
    this.#parts.strategies.find(actor, number);
    return this.#parts.gateway.moveReport(actor.id, number);
  }

  /** Moves it. Faults as in `moveReport`. */
  async move(actor: User, number: number): Promise<Moved> {
    const report = this.moveReport(actor, number);
    const command = { kind: "move-position", ownerId: actor.id, number } as const;
    const target = { what: "strategy", number };
    const { outcome } = await this.#parts.desk.submitOne(actor, command, target);
    const { position } = this.#parts.strategies.find(actor, number);
    return { report, position, leaves: outcome === "waiting" };
  }
}
