/** Back-off, and waiting that can be called off. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  abortable,
  backoffMs,
  FEED_TIMINGS,
  sleep,
  systemTimers,
} from "../../../../src/exchange/binance/timing.ts";
import { ManualTime } from "./manual-time.ts";

describe("backoffMs", () => {
  const { reconnect } = FEED_TIMINGS;

  it("tries again within a second first", () => {
    expect(backoffMs(0, 0.999_999, reconnect)).toBeLessThan(1_000);
  });

  it("doubles its bound with each failure up to 30 s", () => {
    const bounds = [0, 1, 2, 3, 4, 5, 6, 2_000].map((n) => backoffMs(n, 0.5, reconnect) * 2);
    expect(bounds).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it("spreads over everything from nothing to its bound", () => {
    const failures = fc.nat(100);
    const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(failures, random, (count, share) => {
        const bound = Math.min(30_000, 1_000 * 2 ** count);
        expect(backoffMs(count, share, reconnect)).toBe(Math.floor(share * bound));
      }),
    );
  });
});

describe("sleep", () => {
  it("lasts as long as it says", async () => {
    const time = new ManualTime();
    let awake = false;
    const slept = sleep(time, 100).then(() => (awake = true));
    time.advance(99);
    await Promise.resolve();
    expect(awake).toBe(false);
    time.advance(1);
    await slept;
    expect(awake).toBe(true);
  });

  it("ends with the signal's reason and leaves no timer", async () => {
    const time = new ManualTime();
    const stop = new AbortController();
    const slept = sleep(time, 100, stop.signal);
    stop.abort(new Error("stopping"));
    await expect(slept).rejects.toThrow("stopping");
    await expect(sleep(time, 100, stop.signal)).rejects.toThrow("stopping");
    expect(time.runningAtAll).toBe(0);
  });
});

describe("abortable", () => {
  it("passes on what the promise brings", async () => {
    const { signal } = new AbortController();
    await expect(abortable(Promise.resolve(7), signal)).resolves.toBe(7);
    await expect(abortable(Promise.resolve(7))).resolves.toBe(7);
    await expect(abortable(Promise.reject(new Error("lost")), signal)).rejects.toThrow("lost");
  });

  it("does not wait for it once aborted", async () => {
    const stop = new AbortController();
    const never = new Promise<never>(() => {});
    const waiting = abortable(never, stop.signal);
    stop.abort(new Error("stopping"));
    await expect(waiting).rejects.toThrow("stopping");
    await expect(abortable(never, stop.signal)).rejects.toThrow("stopping");
  });
});

describe("systemTimers", () => {
  it("run once, in order, unless cancelled", async () => {
    const order: string[] = [];
    const before = systemTimers.now();
    await new Promise<void>((resolve) => {
      const cancel = systemTimers.after(1, () => order.push("cancelled"));
      systemTimers.after(2, () => order.push("first"));
      systemTimers.after(5, resolve);
      cancel();
    });
    expect(order).toEqual(["first"]);
    expect(systemTimers.now()).toBeGreaterThan(before);
  });
});
