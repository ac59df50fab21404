/** The weight budget per exchange minute, pauses and bans. */
import { describe, expect, it } from "vitest";
import { RateLimit } from "../../../../src/exchange/binance/rate-limit.ts";
import { REST_TIMINGS } from "../../../../src/exchange/binance/timing.ts";
import { ManualTime, START } from "./manual-time.ts";

function setUp(offsetMs = 0): { time: ManualTime; limit: RateLimit } {
  const time = new ManualTime();
  const serverNow = (): number => time.clock.now() + offsetMs;
  const limit = new RateLimit(REST_TIMINGS, { clock: time.clock, timers: time, serverNow });
  return { time, limit };
}

/** Whether it is admitted without time passing. */
async function isAdmitted(limit: RateLimit, time: ManualTime, weight: number): Promise<boolean> {
  const before = time.runningAtAll;
  const stop = new AbortController();
  const admitted = limit.admit(weight, stop.signal).then(
    () => true,
    () => false,
  );
  await Promise.resolve();
  if (time.runningAtAll > before) stop.abort();
  return admitted;
}

describe("the rate limit", () => {
  it("lets requests through up to its share of the minute", async () => {
    const { time, limit } = setUp();
    for (let n = 0; n < 2_400; n += 1) await limit.admit(2);
    expect(limit.used()).toBe(4_800);
    expect(await isAdmitted(limit, time, 1)).toBe(false);
  });

  it("starts anew when the exchange's minute does", async () => {
    const { time, limit } = setUp(45_000);
    await limit.admit(4_800);
    let admitted = false;
    const waiting = limit.admit(2).then(() => (admitted = true));
    time.advance(14_999);
    await Promise.resolve();
    expect(admitted).toBe(false);
    time.advance(1);
    await waiting;
    expect(limit.used()).toBe(2);
  });

  it("believes the exchange when it counts more, and itself when the exchange lags", async () => {
    const { limit } = setUp();
    await limit.admit(10);
    limit.noteUsed("4000");
    expect(limit.used()).toBe(4_000);
    limit.noteUsed("20");
    limit.noteUsed(null);
    limit.noteUsed("plenty");
    expect(limit.used()).toBe(4_000);
  });

  it("takes over another limit", async () => {
    const { time, limit } = setUp();
    limit.noteLimit(100);
    await limit.admit(80);
    expect(await isAdmitted(limit, time, 1)).toBe(false);
    expect(limit.limit).toBe(100);
  });

  it("lets a request heavier than the share go alone", async () => {
    const { time, limit } = setUp();
    limit.noteLimit(10);
    expect(await isAdmitted(limit, time, 20)).toBe(true);
    expect(await isAdmitted(limit, time, 1)).toBe(false);
  });

  it("holds everything back during a pause", async () => {
    const { time, limit } = setUp();
    limit.pause(7_000);
    limit.pause(3_000);
    expect(limit.bannedUntil()).toBeNull();
    let admitted = false;
    const waiting = limit.admit(1).then(() => (admitted = true));
    time.advance(6_999);
    await Promise.resolve();
    expect(admitted).toBe(false);
    time.advance(1);
    await waiting;
  });

  it("refuses everything during a ban and says until when", async () => {
    const { time, limit } = setUp();
    limit.ban(180_000);
    limit.ban(null);
    const fault = { code: "exchange-banned", facts: { until: START + 180_000 } };
    await expect(limit.admit(1)).rejects.toMatchObject(fault);
    time.advance(179_999);
    await expect(limit.admit(1)).rejects.toMatchObject(fault);
    time.advance(1);
    await limit.admit(1);
    expect(limit.bannedUntil()).toBeNull();
  });

  it("tells a caller of a pause too long to wait for", async () => {
    const { limit } = setUp();
    limit.pause(121_000);
    await expect(limit.admit(1)).rejects.toMatchObject({ code: "exchange-banned" });
  });

  it("turns away who waits in line when the ban comes", async () => {
    const { time, limit } = setUp();
    await limit.admit(4_800);
    const waiting = limit.admit(2);
    limit.ban(3_600_000);
    time.advance(60_000);
    await expect(waiting).rejects.toMatchObject({ code: "exchange-banned" });
  });
});
