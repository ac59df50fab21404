/** One person on several platforms: codes are short-lived, used once, and never take anything away. */
import { describe, expect, it } from "vitest";
import type { User } from "../../../src/domain/user.ts";
import { person, RULE, testApp, type TestApp } from "../../support/test-app.ts";
import { closedTrade } from "../../support/test-trades.ts";

const ada = person("ada");

async function join(test: TestApp, user: User, platform: "telegram" | "discord"): Promise<User> {
  await test.accounts.createUser(user, { platform, externalId: user.id, userId: user.id });
  return user;
}

async function world(): Promise<TestApp> {
  const test = testApp();
  await join(test, ada, "telegram");
  return test;
}

describe("a stranger with a code", () => {
  it("is the person who made it from then on, who is told", async () => {
    const { app, outbox } = await world();
    const { code, lifeMs } = await app.linking.createCode(ada);
    expect(lifeMs).toBe(300_000);
    const redeemed = app.access.redeemLink("discord", "42", code.toLowerCase(), "alice");
    expect(await redeemed).toEqual(ada);
    expect(await app.access.identify("discord", "42")).toEqual(ada);
    expect(outbox.added[0]).toMatchObject({
      ownerId: "ada",
      body: {
        kind: "account-linked",
        platform: "discord",
        account: { externalId: "42", name: "alice" },
      },
    });
    await expect(app.access.redeemLink("discord", "43", code)).rejects.toThrow("link-invalid");
  });

  it("stays one when it is too old, or tried too often", async () => {
    const { app, clock } = await world();
    const { code } = await app.linking.createCode(ada);
    clock.advance(300_000);
    await expect(app.access.redeemLink("discord", "42", code)).rejects.toThrow("link-invalid");
    for (let i = 0; i < 4; i++) {
      await expect(app.access.redeemLink("discord", "42", "x")).rejects.toThrow("link-invalid");
    }
    const { code: fresh } = await app.linking.createCode(ada);
    await expect(app.access.redeemLink("discord", "42", fresh)).rejects.toThrow("too-many-tries");
    expect(await app.access.identify("discord", "42")).toBeNull();
  });

  it("is no second account on the same platform", async () => {
    const { app } = await world();
    const { code } = await app.linking.createCode(ada);
    await expect(app.access.redeemLink("telegram", "43", code)).rejects.toThrow(
      "link-platform-taken",
    );
  });

  it("is linked even where nobody can be told", async () => {
    const test = await world();
    test.outbox.add = () => Promise.reject(new Error("database away"));
    const { code } = await test.app.linking.createCode(ada);
    expect(await test.app.access.redeemLink("discord", "42", code)).toEqual(ada);
  });
});

describe("undoing a link", () => {
  it("takes exactly that account off, and none that has come in its place", async () => {
    const { app } = await world();
    const link = async (externalId: string) => {
      const { code } = await app.linking.createCode(ada);
      await app.access.redeemLink("discord", externalId, code);
    };
    await link("42");
    await app.linking.undo(ada, "discord", "42");
    expect(await app.access.identify("discord", "42")).toBeNull();
    await link("43");
    await expect(app.linking.undo(ada, "discord", "42")).rejects.toThrow("link-absent");
    expect(await app.access.identify("discord", "43")).toEqual(ada);
    await expect(app.linking.undo(ada, "telegram", "43")).rejects.toThrow("link-absent");
  });

  it("is nobody else's to do, and never leaves a person without a way in", async () => {
    const test = await world();
    const bob = await join(test, person("bob"), "discord");
    await expect(test.app.linking.undo(ada, "discord", "bob")).rejects.toThrow("link-absent");
    await expect(test.app.linking.undo(bob, "discord", "bob")).rejects.toThrow("link-last");
    expect(await test.app.access.identify("discord", "bob")).toEqual(bob);
  });
});

describe("somebody known with a code", () => {
  const refused: readonly [string, (test: TestApp) => Promise<User>][] = [
    [
      "link-has-strategies",
      async (test) => {
        const bob = await join(test, person("bob"), "discord");
        const asked = { name: "B", symbol: "BTCUSDT", timeframe: "1h", ruleText: RULE } as const;
        await test.app.strategies.create(bob, asked);
        return bob;
      },
    ],
    [
      "link-has-strategies",
      async (test) => {
        test.readModels.addTrade(closedTrade("bob", 1));
        return join(test, person("bob"), "discord");
      },
    ],
    ["link-lower-role", (test) => join(test, person("bob", { role: "admin" }), "discord")],
    ["suspended", (test) => join(test, person("bob", { suspended: true }), "discord")],
  ];

  it.each(refused)("is refused: %s", async (fault, make) => {
    const test = await world();
    const bob = await make(test);
    const { code } = await test.app.linking.createCode(ada);
    await expect(test.app.linking.move(bob, "discord", code)).rejects.toThrow(fault);
    expect(await test.app.access.identify("discord", "bob")).toEqual(bob);
  });

  it("cannot use their own, and gains nothing from a suspended person's", async () => {
    const test = await world();
    const { code } = await test.app.linking.createCode(ada);
    await expect(test.app.linking.move(ada, "telegram", code)).rejects.toThrow("link-own");
    const { code: second } = await test.app.linking.createCode(ada);
    await test.accounts.saveUser({ ...ada, suspended: true });
    await expect(test.app.access.redeemLink("discord", "9", second)).rejects.toThrow("suspended");
  });
});
