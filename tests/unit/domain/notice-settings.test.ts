/** How a notice goes out follows from what its person chose and from the time where they are. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { NoticeBody } from "../../../src/domain/notice.ts";
import {
  DEFAULT_NOTICE_SETTINGS,
  deliveryMode,
  NOTICE_TOPICS,
  WISHES,
  type NoticeSettings,
} from "../../../src/domain/notice-settings.ts";
import { NOON } from "../../support/test-app.ts";
import { closedTrade, strategyFacts } from "../../support/test-trades.ts";

const degraded: NoticeBody = { kind: "feed-degraded", reasons: [] };
const broadcast: NoticeBody = { kind: "broadcast", text: "hi" };
const exit = (duringOutage: boolean): NoticeBody => ({
  kind: "exit",
  ...strategyFacts(),
  trade: closedTrade("ada", 1, { duringOutage }),
});

/** At 14:03 UTC. */
function mode(body: NoticeBody, settings: Partial<NoticeSettings> = {}, timeZone = "UTC") {
  const whole = { ...DEFAULT_NOTICE_SETTINGS, ...settings };
  return deliveryMode(whole, { body }, { timeZone, now: NOON });
}

describe("a notice", () => {
  it("is silent for what goes well and loud for trouble, unless something was chosen", () => {
    expect([mode(exit(false)), mode(exit(true)), mode(degraded)]).toEqual([
      "silent",
      "loud",
      "loud",
    ]);
    expect(mode({ kind: "feed-healed", downMs: 1 })).toBe("silent");
  });

  it.each(WISHES)("is as it was chosen: %s", (wish) => {
    const expected = { on: "loud", silent: "silent", off: "drop" }[wish];
    expect(mode(exit(false), { wishes: { exit: wish } })).toBe(expected);
    expect(mode(exit(true), { wishes: { exit: wish } })).toBe(expected);
    expect(mode(degraded, { wishes: { feed: wish } })).toBe(expected);
    expect(mode(degraded, { wishes: { exit: wish } })).toBe("loud");
  });

  it("that is for everybody cannot be switched off", () => {
    const wishes = Object.fromEntries(NOTICE_TOPICS.map((topic) => [topic, "off"]));
    expect(mode(broadcast, { wishes })).toBe("loud");
    expect(mode({ kind: "account-linked", platform: "discord" }, { wishes })).toBe("loud");
  });
});

const hours = (from: number, until: number) => ({
  quietHours: { from: from * 60, until: until * 60 },
});

describe("quiet hours", () => {
  it("are those where the person is", () => {
    expect(mode(degraded, hours(14, 15))).toBe("silent");
    expect(mode(degraded, hours(14, 15), "Europe/Paris")).toBe("loud");
    expect(mode(degraded, hours(15, 16), "Europe/Paris")).toBe("silent");
    // 23:03 in Tokyo.
    expect(mode(broadcast, hours(22, 7), "Asia/Tokyo")).toBe("silent");
    expect(mode(broadcast, hours(22, 7), "UTC")).toBe("loud");
  });

  it("make nothing louder and never bring back what is off", () => {
    expect(mode(degraded, { wishes: { feed: "off" }, ...hours(14, 15) })).toBe("drop");
    expect(mode(exit(false), hours(14, 15))).toBe("silent");
  });

  it("and their opposite cover the whole day without overlap", () => {
    const minute = fc.integer({ min: 0, max: 1_439 });
    fc.assert(
      fc.property(minute, minute, fc.integer({ min: 0, max: 4_000 }), (from, until, hour) => {
        fc.pre(from !== until);
        const now = NOON + hour * 3_600_000;
        const at = { timeZone: "America/New_York", now };
        const ask = (quietHours: NoticeSettings["quietHours"]) =>
          deliveryMode({ ...DEFAULT_NOTICE_SETTINGS, quietHours }, { body: degraded }, at);
        expect(ask({ from, until })).not.toBe(ask({ from: until, until: from }));
      }),
    );
  });
});
