/** What people chose is kept, read with tolerance, and asked once for many notices. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noticeModes, readNoticeSettings } from "../../../src/app/notice-preferences.ts";
import { DEFAULT_NOTICE_SETTINGS } from "../../../src/domain/notice-settings.ts";
import { NOON, person, testApp } from "../../support/test-app.ts";

const ada = person("ada", { timeZone: "Asia/Tokyo" });

describe("what is stored", () => {
  it("comes back as it was chosen", async () => {
    const { app, accounts } = testApp();
    await app.preferences.setWish(ada, "entry", "off");
    await app.preferences.setQuietHours(ada, " 22:30 – 6 ");
    await app.preferences.setStatus(ada, "Hourly");
    const chosen = await app.preferences.setDailyReport(ada, "18h05");
    expect(chosen).toEqual({
      wishes: { entry: "off" },
      quietHours: { from: 1_350, until: 360 },
      status: "hourly",
      dailyAt: 1_085,
    });
    const stored = JSON.parse(JSON.stringify(await accounts.noticeSettings("ada")));
    expect(readNoticeSettings(stored)).toEqual(chosen);
    expect(await app.preferences.of(person("bob"))).toEqual(DEFAULT_NOTICE_SETTINGS);
  });

  it("counts as not chosen where it makes no sense", () => {
    expect(readNoticeSettings(null)).toEqual(DEFAULT_NOTICE_SETTINGS);
    const damaged = {
      wishes: { entry: "loudly", exit: "off", gossip: "on" },
      quietHours: { from: 60, until: 60 },
      status: "yearly",
      dailyAt: 1_440,
    };
    expect(readNoticeSettings(damaged)).toEqual({
      ...DEFAULT_NOTICE_SETTINGS,
      wishes: { exit: "off" },
    });
  });

  it("never breaks the reading, whatever it is", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (others, any) => {
        const read = readNoticeSettings({ ...others, wishes: any, quietHours: any, dailyAt: any });
        expect(readNoticeSettings({ ...read })).toEqual(read);
      }),
    );
  });
});

describe("modes for the dispatcher", () => {
  it("follow the person's choice and time zone", async () => {
    const { app, accounts } = testApp();
    await accounts.createUser(ada, { platform: "telegram", externalId: "1", userId: "ada" });
    await app.preferences.setQuietHours(ada, "23:00-23:30");
    await app.preferences.setWish(ada, "feed", "off");
    const modeOf = await noticeModes(accounts)("ada");
    const notice = { id: "n", ownerId: "ada", at: NOON };
    const broadcast = { ...notice, body: { kind: "broadcast", text: "hi" } } as const;
    expect(modeOf(broadcast, NOON)).toBe("silent");
    expect(modeOf(broadcast, NOON + 3_600_000)).toBe("loud");
    expect(modeOf({ ...notice, body: { kind: "feed-degraded", reasons: [] } }, NOON)).toBe("drop");
    const ofNobody = await noticeModes(accounts)("nobody");
    expect(ofNobody(broadcast, NOON)).toBe("loud");
  });
});
