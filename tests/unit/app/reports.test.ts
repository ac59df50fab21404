/** Reports come by the clock on the person's wall, once each, and not at all when it is too late. */
import { describe, expect, it } from "vitest";
import { dueReports, type Subscriber } from "../../../src/app/reports.ts";
import {
  DEFAULT_NOTICE_SETTINGS,
  type NoticeSettings,
} from "../../../src/domain/notice-settings.ts";
import { person, testApp } from "../../support/test-app.ts";
import { closedTrade } from "../../support/test-trades.ts";

const HOUR_MS = 3_600_000;
const at = (text: string): number => Date.parse(text);

function due(settings: Partial<NoticeSettings>, now: string, timeZone = "UTC", createdAt = 0) {
  const subscriber: Subscriber = {
    user: { id: "ada", timeZone, createdAt },
    settings: { ...DEFAULT_NOTICE_SETTINGS, ...settings },
  };
  return dueReports([subscriber], new Set(), at(now)).map((report) => ({
    kind: report.kind,
    at: new Date(report.at).toISOString(),
    from: new Date(report.from).toISOString(),
  }));
}

const times = (...args: Parameters<typeof due>) => due(...args).map((report) => report.at);

describe("status messages", () => {
  it("come at full hours and every fifth minute, where the person is", () => {
    expect(times({ status: "hourly" }, "2026-11-22T14:03:22Z")).toEqual([
      "2026-11-22T14:00:00.000Z",
    ]);
    expect(times({ status: "5m" }, "2026-11-22T14:06:00Z")).toEqual(["2026-11-22T14:05:00.000Z"]);
    // Kathmandu's hours begin at a quarter past ours.
    expect(times({ status: "hourly" }, "2026-11-22T14:18:00Z", "Asia/Kathmandu")).toEqual([
      "2026-11-22T14:15:00.000Z",
    ]);
    expect(times({ status: "daily" }, "2026-11-22T08:00:30Z")).toEqual([
      "2026-11-22T08:00:00.000Z",
    ]);
    expect(times({ status: "never" }, "2026-11-22T08:00:30Z")).toEqual([]);
  });

  it("are left out when it is too late, or was before the person came", () => {
    expect(times({ status: "hourly" }, "2026-11-22T14:11:00Z")).toEqual([]);
    expect(times({ status: "5m" }, "2026-11-22T14:08:00Z")).toEqual([]);
    expect(times({ status: "daily" }, "2026-11-22T10:01:00Z")).toEqual([]);
    const came = at("2026-11-22T14:02:00Z");
    expect(times({ status: "hourly" }, "2026-11-22T14:03:00Z", "UTC", came)).toEqual([]);
  });
});

describe("the daily report", () => {
  it("covers the day up to its time, across the change of the clocks", () => {
    const eight = { dailyAt: 8 * 60 };
    expect(due(eight, "2026-11-22T07:01:00Z", "Europe/Paris")).toEqual([
      { kind: "daily", at: "2026-11-22T07:00:00.000Z", from: "2026-11-21T07:00:00.000Z" },
    ]);
    // Summer time ended on 25 October: that day had 25 hours.
    expect(due(eight, "2026-10-25T07:01:00Z", "Europe/Paris")).toEqual([
      { kind: "daily", at: "2026-10-25T07:00:00.000Z", from: "2026-10-24T06:00:00.000Z" },
    ]);
  });

  it("of late in the evening belongs to yesterday after midnight", () => {
    expect(times({ dailyAt: 23 * 60 + 59 }, "2026-11-22T00:01:00Z")).toEqual([
      "2026-11-21T23:59:00.000Z",
    ]);
    expect(times({ dailyAt: 23 * 60 + 59 }, "2026-11-22T23:58:00Z")).toEqual([]);
  });
});

async function subscribed() {
  const test = testApp();
  const ada = person("ada");
  await test.accounts.createUser(ada, { platform: "telegram", externalId: "1", userId: "ada" });
  await test.app.preferences.setDailyReport(ada, "14:00");
  await test.app.preferences.setStatus(ada, "hourly");
  const now = test.clock.now();
  test.readModels.addTrade(closedTrade("ada", 1, { exitAt: now - 30 * HOUR_MS, pnl: "1000" }));
  test.readModels.addTrade(closedTrade("ada", 2, { exitAt: now - 5 * HOUR_MS }));
  test.readModels.addTrade(closedTrade("ada", 3, { exitAt: now - HOUR_MS, pnl: "-4.9" }));
  test.readModels.addTrade(closedTrade("bob", 4, { exitAt: now - HOUR_MS, pnl: "77" }));
  return test;
}

describe("sending", () => {
  it("tells a person the trades of their own day and the state of the service", async () => {
    const { app, outbox } = await subscribed();
    expect(await app.reports.send()).toBe(2);
    expect(outbox.added.map(({ ownerId, body }) => [ownerId, body.kind])).toEqual([
      ["ada", "status-report"],
      ["ada", "daily-report"],
    ]);
    expect(outbox.added[0]?.body).toMatchObject({ socketsUp: 5, sockets: 6, analyses: 31_248 });
    expect(outbox.added[1]?.body).toMatchObject({ trades: 2, wins: 1, pnl: "4.9", best: "9.8" });
  });

  it("says nothing twice, not even after a restart", async () => {
    const { app, outbox, accounts, clock } = await subscribed();
    await app.reports.send();
    expect(await app.reports.send()).toBe(0);
    const restarted = testApp({ accounts });
    restarted.outbox.add = (notice) => outbox.add(notice);
    await restarted.app.reports.send();
    expect(outbox.added).toHaveLength(2);
    clock.advance(HOUR_MS);
    expect(await app.reports.send()).toBe(1);
    expect(outbox.added).toHaveLength(3);
  });

  it("reaches only those who asked for it", async () => {
    const { app, accounts, outbox } = testApp();
    const bob = person("bob");
    await accounts.createUser(bob, { platform: "telegram", externalId: "2", userId: "bob" });
    await app.preferences.setWish(bob, "entry", "on");
    expect(await app.reports.send()).toBe(0);
    expect(outbox.added).toEqual([]);
  });
});
