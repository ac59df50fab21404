/** People and their codes: what is stored comes back, and a code is taken by one alone. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Invite, LinkCode } from "../../../src/ports/account-store.ts";
import { PostgresAccountStore } from "../../../src/storage/account-store.ts";
import type { Database } from "../../../src/storage/database.ts";
import { testDatabases, type TestHandle } from "../../support/database.ts";
import { identity, NOON, user } from "./samples.ts";

const ann = user("ann");
const bob = user("bob", { role: "admin", suspended: true, createdAt: NOON + 1 });
const invite: Invite = {
  codeHash: "a".repeat(64),
  role: "viewer",
  createdBy: "ann",
  expiresAt: NOON + 100,
  usedBy: null,
};
const code: LinkCode = {
  codeHash: "b".repeat(64),
  userId: "ann",
  expiresAt: NOON + 100,
  usedAt: null,
};

describe.each(testDatabases())("on the $name database", ({ create }) => {
  let handle: TestHandle;
  let database: Database;
  let accounts: PostgresAccountStore;
  beforeAll(async () => {
    handle = await create();
    database = handle.database;
    accounts = new PostgresAccountStore(database);
  });
  afterAll(() => handle[Symbol.asyncDispose]());
  beforeEach(() => handle.empty());

  test("users come back as they were, oldest first", async () => {
    await accounts.createUser(bob, identity("bob"));
    await accounts.createUser(ann, identity("ann"));
    expect(await accounts.users()).toEqual([ann, bob]);
    expect(await accounts.user("bob")).toEqual(bob);
    expect(await accounts.user("eve")).toBeNull();
  });

  test("a person is found by what the platform calls them", async () => {
    await accounts.createUser(ann, identity("ann"));
    await accounts.addIdentity(identity("ann", { platform: "discord", externalId: "42" }));
    expect(await accounts.userByIdentity("discord", "42")).toEqual(ann);
    expect(await accounts.userByIdentity("telegram", "42")).toBeNull();
    expect(await accounts.identities("ann")).toEqual([
      identity("ann", { platform: "discord", externalId: "42" }),
      identity("ann"),
    ]);
    await accounts.removeIdentity("discord", "42");
    expect(await accounts.userByIdentity("discord", "42")).toBeNull();
  });

  test("one identity belongs to one person: the second attempt leaves nothing behind", async () => {
    const same = { platform: "telegram", externalId: "7" } as const;
    const outcomes = await Promise.allSettled([
      accounts.createUser(ann, identity("ann", same)),
      accounts.createUser(bob, identity("bob", same)),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "identity-taken", facts: { platform: "telegram" } },
    });
    expect(await accounts.users()).toHaveLength(1);
  });

  test("changes to a person are kept", async () => {
    await accounts.createUser(ann, identity("ann"));
    const changed = { ...ann, role: "viewer", suspended: true, timeZone: "Asia/Tokyo" } as const;
    await accounts.saveUser(changed);
    expect(await accounts.user("ann")).toEqual(changed);
  });

  test("an invite is taken once, by one of many who try at the same time", async () => {
    await accounts.addInvite(invite);
    const takers = Array.from({ length: 5 }, (_, index) => `taker ${index}`);
    const taken = await Promise.all(
      takers.map((taker) => accounts.takeInvite(invite.codeHash, taker, NOON)),
    );
    const successful = taken.filter((one) => one !== null);
    expect(successful).toHaveLength(1);
    expect(successful[0]).toEqual({ ...invite, usedBy: takers[taken.indexOf(successful[0]!)] });
  });

  test("an expired or unknown invite is not taken", async () => {
    await accounts.addInvite(invite);
    expect(await accounts.takeInvite(invite.codeHash, "x", invite.expiresAt)).toBeNull();
    expect(await accounts.takeInvite("c".repeat(64), "x", NOON)).toBeNull();
    expect(await accounts.takeInvite(invite.codeHash, "x", invite.expiresAt - 1)).not.toBeNull();
  });

  test("a link code is taken once and before it expires", async () => {
    await accounts.createUser(ann, identity("ann"));
    await accounts.addLinkCode(code);
    expect(await accounts.takeLinkCode(code.codeHash, code.expiresAt)).toBeNull();
    const now = NOON + 9;
    expect(await accounts.takeLinkCode(code.codeHash, now)).toEqual({ ...code, usedAt: now });
    expect(await accounts.takeLinkCode(code.codeHash, now)).toBeNull();
  });

  test("an identity moves to another person, who is found by it from then on", async () => {
    await accounts.createUser(ann, identity("ann"));
    await accounts.createUser(bob, identity("bob"));
    const { platform, externalId } = identity("bob");
    await accounts.moveIdentity({ platform, externalId, userId: "ann" });
    expect(await accounts.userByIdentity(platform, externalId)).toEqual(ann);
    expect(await accounts.identities("bob")).toEqual([]);
  });

  test("what a person wants to be told is kept and replaced whole", async () => {
    await accounts.createUser(ann, identity("ann"));
    await accounts.createUser(bob, identity("bob"));
    expect(await accounts.noticeSettings("ann")).toBeNull();
    await accounts.saveNoticeSettings("ann", { wishes: { exit: "off" }, status: "hourly" });
    await accounts.saveNoticeSettings("bob", { dailyAt: null });
    const settings = { wishes: {}, quietHours: { from: 60, until: 0 } };
    await accounts.saveNoticeSettings("ann", settings);
    expect(await accounts.noticeSettings("ann")).toEqual(settings);
    const all = await accounts.allNoticeSettings();
    expect(all.toSorted((a, b) => a.userId.localeCompare(b.userId))).toEqual([
      { userId: "ann", settings },
      { userId: "bob", settings: { dailyAt: null } },
    ]);
  });

  test("the audit log keeps what was done", async () => {
    await accounts.audit({ at: NOON, userId: "ann", action: "reset", facts: { runs: [1, 2] } });
    await accounts.audit({ at: NOON, userId: null, action: "start", facts: {} });
    const rows = await database.query("select user_id, action, facts from audit_log order by id");
    expect(rows).toEqual([
      { user_id: "ann", action: "reset", facts: { runs: [1, 2] } },
      { user_id: null, action: "start", facts: {} },
    ]);
  });
});
