/** Codes open once, for a while, and cannot be guessed or read out of storage. */
import { describe, expect, it } from "vitest";
import { AuditTrail } from "../../../src/app/audit-trail.ts";
import { Invitations } from "../../../src/app/invitations.ts";
import { codeHash, INVITE_LENGTH, LINK_LENGTH, newCode, Tries } from "../../../src/app/codes.ts";
import type { Invite } from "../../../src/ports/account-store.ts";
import { ManualClock, MemoryAccountStore } from "../../support/memory-stores.ts";
import { errorsInto, NOON, person, testApp } from "../../support/test-app.ts";

const ada = person("ada", { role: "admin" });
const HOUR_MS = 3_600_000;

describe("a code", () => {
  it("is long enough, in letters that cannot be confused, and new each time", () => {
    const codes = Array.from({ length: 200 }, () => newCode(INVITE_LENGTH).shown);
    expect(new Set(codes).size).toBe(200);
    for (const code of codes) expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-Z]{4}$/);
    // 32 letters are 5 bits each.
    expect(INVITE_LENGTH * 5).toBeGreaterThanOrEqual(80);
    expect(newCode(LINK_LENGTH).shown).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  });

  it("is known again however it is typed", () => {
    const { shown, hash } = newCode(INVITE_LENGTH);
    expect(codeHash(shown)).toBe(hash);
    expect(codeHash(` ${shown.toLowerCase().replaceAll("-", " ")}\n`)).toBe(hash);
    expect(codeHash(shown.replaceAll("0", "o").replaceAll("1", "l"))).toBe(hash);
    expect(codeHash(`${shown}0`)).not.toBe(hash);
  });
});

describe("tries", () => {
  it("are five in five minutes for each person", () => {
    const tries = new Tries();
    for (let i = 0; i < 5; i++) tries.count("eve", NOON);
    expect(() => tries.count("eve", NOON + 60_000)).toThrow(
      expect.objectContaining({ code: "too-many-tries", facts: { waitMs: 240_000 } }),
    );
    expect(() => tries.count("ada", NOON)).not.toThrow();
    expect(() => tries.count("eve", NOON + 300_000)).not.toThrow();
  });
});

describe("an invite", () => {
  it("is stored as a hash, and works once", async () => {
    const stored: Invite[] = [];
    class Watched extends MemoryAccountStore {
      override async addInvite(invite: Invite): Promise<void> {
        stored.push(invite);
        await super.addInvite(invite);
      }
    }
    const { app, accounts } = testApp({ accounts: new Watched() });
    const { code } = await app.access.createInvite(ada, { role: "viewer", expiresInMs: HOUR_MS });
    expect(JSON.stringify(stored)).not.toContain(code);
    expect(stored[0]).toMatchObject({
      role: "viewer",
      createdBy: "ada",
      expiresAt: NOON + HOUR_MS,
    });
    const eve = await app.access.redeemInvite("telegram", "7", " Eve\n", code);
    expect(eve).toMatchObject({ name: "Eve", role: "viewer", suspended: false, createdAt: NOON });
    await expect(app.access.redeemInvite("telegram", "8", "Bob", code)).rejects.toThrow(
      "invite-invalid",
    );
    expect(await accounts.users()).toEqual([eve]);
    expect(accounts.audited.map(({ action }) => action)).toEqual(["invite", "redeem-invite"]);
    expect(JSON.stringify(accounts.audited)).not.toContain(code);
  });

  it("is worth nothing when it is too old or never was", async () => {
    const { app, clock } = testApp();
    const { code } = await app.access.createInvite(ada, { role: "trader", expiresInMs: HOUR_MS });
    clock.advance(HOUR_MS);
    for (const typed of [code, "ABCD-EFGH", ""]) {
      await expect(app.access.redeemInvite("discord", "7", "Eve", typed)).rejects.toThrow(
        "invite-invalid",
      );
    }
  });

  it("is not used up by who is in already, or by a name of nothing", async () => {
    const { app, accounts } = testApp();
    await accounts.createUser(ada, { platform: "telegram", externalId: "1", userId: "ada" });
    const { code } = await app.access.createInvite(ada, { role: "trader", expiresInMs: HOUR_MS });
    await expect(app.access.redeemInvite("telegram", "1", "Ada", code)).rejects.toThrow(
      "identity-taken",
    );
    await expect(app.access.redeemInvite("telegram", "2", "\u200B", code)).rejects.toThrow(
      "name-empty",
    );
    expect((await app.access.redeemInvite("telegram", "2", "Bob", code)).role).toBe("trader");
  });

  it("cannot be guessed at for long", async () => {
    const { app } = testApp();
    const { code } = await app.access.createAdminInvite();
    for (let i = 0; i < 5; i++) {
      await expect(app.access.redeemInvite("telegram", "6", "Eve", `${i}`)).rejects.toThrow();
    }
    await expect(app.access.redeemInvite("telegram", "6", "Eve", code)).rejects.toThrow(
      "too-many-tries",
    );
    expect((await app.access.redeemInvite("telegram", "7", "Root", code)).role).toBe("admin");
  });

  it("lives by the machine's time, however fast a replayed market runs", async () => {
    const accounts = new MemoryAccountStore();
    const [clock, machineClock] = [new ManualClock(0), new ManualClock(NOON)];
    const audit = new AuditTrail({ accounts, clock, logger: errorsInto([]) });
    const invitations = new Invitations({ accounts, clock, machineClock, audit });
    const { code, expiresAt } = await invitations.createForAdmin();
    expect(expiresAt).toBe(NOON + 24 * HOUR_MS);
    clock.advance(1_000 * 24 * HOUR_MS);
    machineClock.advance(24 * HOUR_MS - 1);
    const root = await invitations.redeem("discord", "1", { name: "Root", code });
    expect(root.createdAt).toBe(clock.now());
  });

  it("is made by administrators alone", async () => {
    const { app } = testApp();
    const asked = { role: "viewer", expiresInMs: HOUR_MS } as const;
    for (const actor of [person("t"), { ...ada, suspended: true }]) {
      await expect(app.access.createInvite(actor, asked)).rejects.toThrow(/forbidden|suspended/);
    }
  });
});

describe("the first administrator's invite", () => {
  it("is made until somebody can be reached by chat", async () => {
    const { app } = testApp();
    await app.access.ensureConsoleUser();
    const invite = await app.access.createFirstAdminInvite();
    expect(invite).toMatchObject({ role: "admin", expiresAt: NOON + 24 * HOUR_MS });
    await app.access.redeemInvite("discord", "9", "Root", invite!.code);
    expect(await app.access.createFirstAdminInvite()).toBeNull();
  });
});
