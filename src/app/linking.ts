/**
 * One person on several platforms: a short-lived code shown on one is typed in private on the other, and
 * both reach the same person from then on. Two people who both have strategies are never made one.
 */
import { Fault } from "../domain/fault.ts";
import { PLATFORMS, roleAllows, type Identity, type Platform, type User } from "../domain/user.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { EngineGateway } from "../ports/engine-gateway.ts";
import type { ReadModels } from "../ports/read-models.ts";
import type { Announcer } from "./announcer.ts";
import type { AuditTrail } from "./audit-trail.ts";
import { codeHash, LINK_LENGTH, newCode, Tries } from "./codes.ts";

const LINK_LIFE_MS = 5 * 60_000;

export interface LinkingParts {
  readonly accounts: AccountStore;
  readonly gateway: Pick<EngineGateway, "strategies">;
  readonly readModels: Pick<ReadModels, "trades">;
  readonly announcer: Announcer;
  readonly clock: Clock;
  /** The machine's time: codes live by it. */
  readonly machineClock: Clock;
  readonly audit: AuditTrail;
}

/** A code as it is shown, once. */
export interface ShownLinkCode {
  /** "ABCD-EFGH" */
  readonly code: string;
  /** How long it can be used. */
  readonly lifeMs: number;
}

/** An account as its platform knows it. */
interface LinkedAccount extends Pick<Identity, "platform" | "externalId"> {
  /** What its owner is called there. */
  readonly name: string;
}

export class Linking {
  readonly #parts: LinkingParts;
  readonly #tries = new Tries();

  constructor(parts: LinkingParts) {
    this.#parts = parts;
  }

  /** How the actor reaches us, in the order platforms are named. */
  async identities(actor: User): Promise<readonly Identity[]> {
    const all = await this.#parts.accounts.identities(actor.id);
    return all.toSorted((a, b) => PLATFORMS.indexOf(a.platform) - PLATFORMS.indexOf(b.platform));
  }

  /** A code for the actor to type on another platform within five minutes. Fault: suspended. */
  async createCode(actor: User): Promise<ShownLinkCode> {
    refuseSuspended(actor);
    const { accounts, machineClock } = this.#parts;
    const { shown, hash } = newCode(LINK_LENGTH);
    const expiresAt = machineClock.now() + LINK_LIFE_MS;
    await accounts.addLinkCode({ codeHash: hash, userId: actor.id, expiresAt, usedAt: null });
    return { code: shown, lifeMs: LINK_LIFE_MS };
  }

  /**
   * Adds an account that nobody has yet to the person who made the code; `name` is what its owner is
   * called there, for them to recognise it.
   * Faults: too-many-tries {waitMs}, link-invalid, link-platform-taken {platform}, suspended,
   * identity-taken {platform}.
   */
  async redeem(
    platform: Platform,
    externalId: string,
    code: string,
    name = externalId,
  ): Promise<User> {
    const target = await this.#target(platform, externalId, code);
    await this.#requireFree(target, platform);
    await this.#parts.accounts.addIdentity({ platform, externalId, userId: target.id });
    await this.#tell(target, { platform, externalId, name });
    return target;
  }

  /**
   * As `redeem`, for an account that belongs to the actor already: it leaves them and joins the person
   * who made the code. Refused when it would hide what the actor has. Faults besides those of `redeem`:
   * link-own, link-lower-role {needed}, link-has-strategies, suspended.
   */
  async move(actor: User, platform: Platform, code: string): Promise<User> {
    refuseSuspended(actor);
    const { accounts, audit } = this.#parts;
    const moved = (await this.identities(actor)).find((one) => one.platform === platform);
    if (moved === undefined) throw new Fault("link-invalid");
    const target = await this.#target(platform, moved.externalId, code);
    if (target.id === actor.id) throw new Fault("link-own");
    if (!roleAllows(target.role, actor.role)) {
      throw new Fault("link-lower-role", { needed: actor.role });
    }
    await this.#requireFree(target, platform);
    if (await this.#hasHistory(actor)) throw new Fault("link-has-strategies");
    await accounts.moveIdentity({ ...moved, userId: target.id });
    await audit.record(actor, "link", { platform, to: target.id });
    await this.#tell(target, { ...moved, name: actor.name });
    return target;
  }

  /** Faults: link-absent {platform}, link-last {platform}. */
  unlink(actor: User, platform: Platform): Promise<void> {
    return this.#unlink(actor, platform, () => true);
  }

  /** As `unlink`, of exactly this account: one that has taken its place meanwhile stays. */
  undo(actor: User, platform: Platform, externalId: string): Promise<void> {
    return this.#unlink(actor, platform, (one) => one.externalId === externalId);
  }

  async #unlink(
    actor: User,
    platform: Platform,
    isMeant: (identity: Identity) => boolean,
  ): Promise<void> {
    const { accounts, audit } = this.#parts;
    const all = await this.identities(actor);
    const leaving = all.filter((one) => one.platform === platform && isMeant(one));
    if (leaving.length === 0) throw new Fault("link-absent", { platform });
    if (leaving.length === all.length) throw new Fault("link-last", { platform });
    for (const { externalId } of leaving) await accounts.removeIdentity(platform, externalId);
    await audit.record(actor, "unlink", { platform });
  }

  /** The person who made the code; the code is used up, right or wrong to use it here. */
  async #target(platform: Platform, externalId: string, code: string): Promise<User> {
    const { accounts, machineClock } = this.#parts;
    const now = machineClock.now();
    this.#tries.count(`${platform} ${externalId}`, now);
    const taken = await accounts.takeLinkCode(codeHash(code), now);
    const target = taken && (await accounts.user(taken.userId));
    if (target === null) throw new Fault("link-invalid");
    refuseSuspended(target);
    return target;
  }

  /** One account of a platform for each person: /unlink names the platform alone. */
  async #requireFree(target: User, platform: Platform): Promise<void> {
    const taken = (await this.identities(target)).some((one) => one.platform === platform);
    if (taken) throw new Fault("link-platform-taken", { platform });
  }

  async #hasHistory(actor: User): Promise<boolean> {
    const { gateway, readModels } = this.#parts;
    if (gateway.strategies(actor.id).length > 0) return true;
    const { total } = await readModels.trades({ ownerId: actor.id, limit: 1, offset: 0 });
    return total > 0;
  }

  /** Whoever shares a person's strategies from now on is announced to them. */
  async #tell(target: User, linked: LinkedAccount): Promise<void> {
    const { platform, externalId, name } = linked;
    const { announcer, audit, clock } = this.#parts;
    await audit.record(target, "linked", { platform });
    const at = clock.now();
    const id = `linked-${target.id}-${platform}-${at}`;
    const body = { kind: "account-linked", platform, account: { externalId, name } } as const;
    await announcer.tellIfPossible({ id, ownerId: target.id, at, body });
  }
}

function refuseSuspended(user: User): void {
  if (user.suspended) throw new Fault("suspended");
}
