/** Restarting and reloading are for administrators, and are on the record. */
import { describe, expect, it } from "vitest";
import { person, testApp } from "../../support/test-app.ts";

describe("the service", () => {
  it("is restarted and reloaded by an administrator", async () => {
    const { app, gateway, accounts } = testApp();
    const root = person("root", { role: "admin" });
    await app.daemon.restart(root);
    expect(await app.daemon.reload(root)).toBe(0);
    expect([gateway.restarts, gateway.reloads]).toEqual([1, 1]);
    expect(accounts.audited.map((entry) => entry.action)).toEqual(["restart", "reload"]);
  });

  it("shows its newest log lines, without colours, and its largest tables first", async () => {
    const { app, logLines, readModels } = testApp();
    const root = person("root", { role: "admin" });
    logLines.push("old", "\u001B[32mINFO\u001B[39m status", "newest");
    expect(app.daemon.logs(root, 2)).toEqual(["INFO status", "newest"]);
    readModels.databaseInfo = async () => [
      { table: "small", rows: 9, bytes: 1 },
      { table: "large", rows: 1, bytes: 8192 },
    ];
    expect((await app.daemon.tables(root)).map(({ table }) => table)).toEqual(["large", "small"]);
    for (const actor of [person("t"), person("v", { role: "viewer" })]) {
      expect(() => app.daemon.logs(actor, 2)).toThrow("forbidden");
      await expect(app.daemon.tables(actor)).rejects.toThrow("forbidden");
    }
  });

  it("is left alone by everybody else", async () => {
    const { app, gateway } = testApp();
    const actors = [person("t"), person("s", { role: "admin", suspended: true })];
    for (const actor of actors) {
      await expect(app.daemon.restart(actor)).rejects.toThrow(/forbidden|suspended/);
      await expect(app.daemon.reload(actor)).rejects.toThrow(/forbidden|suspended/);
    }
    expect([gateway.restarts, gateway.reloads]).toEqual([0, 0]);
  });
});
