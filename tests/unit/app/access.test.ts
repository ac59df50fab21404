/** People are found by the platform's id; roles and suspension decide what they may do. */
import { describe, expect, it } from "vitest";
import type { Access } from "../../../src/app/access.ts";
import { requireRole } from "../../../src/app/require-role.ts";
import { MemoryAccountStore } from "../../support/memory-stores.ts";
import { NOON, person, testApp } from "../../support/test-app.ts";

const access = (accounts = new MemoryAccountStore()): Access => testApp({ accounts }).app.access;

describe("the person at the terminal", () => {
  it("is made an administrator on first use and is the same afterwards", async () => {
    const accounts = new MemoryAccountStore();
    const first = await access(accounts).ensureConsoleUser();
    expect(first).toMatchObject({
      role: "admin",
      suspended: false,
      timeZone: "UTC",
      createdAt: NOON,
    });
    expect(await access(accounts).ensureConsoleUser()).toEqual(first);
    expect(await accounts.users()).toHaveLength(1);
  });

  it("is one person even when two processes start at once", async () => {
    const accounts = new MemoryAccountStore();
    const [one, other] = await Promise.all([
      access(accounts).ensureConsoleUser(),
      access(accounts).ensureConsoleUser(),
    ]);
    expect(one).toEqual(other);
    expect(await accounts.users()).toHaveLength(1);
  });

  it("is not made when storage fails", async () => {
    class BrokenStore extends MemoryAccountStore {
      override async createUser(): Promise<void> {
        throw new Error("disk full");
      }
    }
    await expect(access(new BrokenStore()).ensureConsoleUser()).rejects.toThrow("disk full");
  });
});

describe("identify", () => {
  it("finds a person by platform and id, never across platforms", async () => {
    const accounts = new MemoryAccountStore();
    const ada = person("ada");
    await accounts.createUser(ada, { platform: "telegram", externalId: "77", userId: ada.id });
    expect(await access(accounts).identify("telegram", "77")).toEqual(ada);
    expect(await access(accounts).identify("discord", "77")).toBeNull();
    expect(await access(accounts).identify("telegram", "78")).toBeNull();
  });
});

describe("requireRole", () => {
  it("lets a higher role do what a lower one may", () => {
    expect(() => requireRole(person("a", { role: "admin" }), "trader")).not.toThrow();
    expect(() => requireRole(person("t"), "viewer")).not.toThrow();
  });

  it("refuses a lower role, naming the one needed", () => {
    expect(() => requireRole(person("v", { role: "viewer" }), "trader")).toThrow(
      expect.objectContaining({ code: "forbidden", facts: { needed: "trader" } }),
    );
  });

  it("lets a suspended person look but not act, whatever the role", () => {
    const suspended = person("s", { role: "admin", suspended: true });
    expect(() => requireRole(suspended, "viewer")).not.toThrow();
    expect(() => requireRole(suspended, "trader")).toThrow("suspended");
  });
});
