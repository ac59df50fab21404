/** Virtual time follows real time at its speed, and lets long pauses go. */
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../../../src/exchange/simulator/virtual-clock.ts";

describe("a virtual clock", () => {
  it("starts at its moment and runs at its speed", () => {
    let real = 5000;
    const clock = new VirtualClock({ startAt: 1_000_000, speed: 300, realNow: () => real });
    expect(clock.read()).toBe(1_000_000);
    real += 10.5;
    expect(clock.read()).toBe(1_003_150);
  });

  it("loses nothing to many small readings", () => {
    let real = 0;
    const clock = new VirtualClock({ startAt: 0, speed: 1.5, realNow: () => real });
    for (let reading = 0; reading < 1000; reading += 1) {
      real += 0.5;
      clock.read();
    }
    expect(clock.read()).toBe(750);
  });

  it("makes good one second at most of a pause, and never goes back", () => {
    let real = 0;
    const clock = new VirtualClock({ startAt: 0, speed: 60, realNow: () => real });
    real = 8 * 3_600_000;
    expect(clock.read()).toBe(60_000);
    real -= 500;
    expect(clock.read()).toBe(60_000);
    real += 100;
    expect(clock.read()).toBe(66_000);
  });
});
