/** The gate before everything a person may do: asked by each service, whatever the platform asked. */
import { Fault } from "../domain/fault.ts";
import { type Role, roleAllows, type User } from "../domain/user.ts";

/**
 * Lets the actor pass or throws. A suspended person may look but not act.
 * Faults: forbidden {needed}, suspended.
 */
export function requireRole(actor: User, needed: Role): void {
  if (!roleAllows(actor.role, needed)) throw new Fault("forbidden", { needed });
  if (actor.suspended && needed !== "viewer") throw new Fault("suspended");
}
