/** People change their own name, time zone and language; nonsense is refused and nothing is kept of it. */
import { describe, expect, it } from "vitest";
import { person, testApp } from "../../support/test-app.ts";

describe("a person's settings", () => {
  it("are saved and noted in the audit log", async () => {
    const { app, accounts } = testApp();
    const ada = person("ada");
    const renamed = await app.accounts.rename(ada, "  Ada\nLovelace ");
    expect(renamed.name).toBe("Ada Lovelace");
    expect(await accounts.user("ada")).toEqual(renamed);
    expect(accounts.audited).toEqual([
      expect.objectContaining({
        userId: "ada",
        action: "settings",
        facts: { name: "Ada Lovelace" },
      }),
    ]);
  });

  it("take time zones in any case and keep their proper name", async () => {
    const { app } = testApp();
    const set = async (zone: string) =>
      (await app.accounts.setTimeZone(person("a"), zone)).timeZone;
    expect(await set("europe/paris")).toBe("Europe/Paris");
    expect(await set(" UTC ")).toBe("UTC");
  });

  it.each(["Mars/Olympus", "", "+02:00", "../etc", "x".repeat(500)])(
    "refuse the time zone %j",
    async (zone) => {
      const { app, accounts } = testApp();
      await expect(app.accounts.setTimeZone(person("a"), zone)).rejects.toThrow(
        "unknown-time-zone",
      );
      expect(await accounts.users()).toEqual([]);
    },
  );

  it("take a language or a variety of it", async () => {
    const { app } = testApp();
    const set = async (tag: string) => (await app.accounts.setLanguage(person("a"), tag)).language;
    expect(await set("FR")).toBe("fr");
    expect(await set("en-GB")).toBe("en");
    await expect(app.accounts.setLanguage(person("a"), "tlh")).rejects.toThrow("unknown-language");
    await expect(app.accounts.setLanguage(person("a"), "french")).rejects.toThrow(
      "unknown-language",
    );
  });
});

describe("the audit trail", () => {
  it("never turns a success into a failure", async () => {
    const { app, accounts, errors } = testApp();
    accounts.audit = async () => {
      throw new Error("table is gone");
    };
    expect((await app.accounts.rename(person("a"), "Grace")).name).toBe("Grace");
    expect(errors).toEqual(["audit entry not written"]);
  });
});
