/** Request weight: fixed minutes, refusals, bans that double up to three days. */
import { describe, expect, it } from "vitest";
import { WeightLimit } from "../../../../src/exchange/simulator/weight-limit.ts";

const MINUTE_MS = 60_000;

describe("the weight limit", () => {
  it("refuses what goes over the limit until the clock minute ends", () => {
    const limit = new WeightLimit({ weightPerMinute: 10, refusalsBeforeBan: 5 });
    expect(limit.spend(10, 59_000)).toBeNull();
    expect(limit.spend(1, 59_999)).toEqual({ kind: "limited", until: MINUTE_MS });
    expect(limit.used(59_999)).toBe(11);
    expect(limit.spend(1, MINUTE_MS)).toBeNull();
    expect(limit.used(MINUTE_MS)).toBe(1);
  });

  it("doubles bans from two minutes to three days", () => {
    const limit = new WeightLimit({ weightPerMinute: 0, refusalsBeforeBan: 0 });
    const lengths: number[] = [];
    let now = 0;
    for (let ban = 0; ban < 14; ban += 1) {
      const refusal = limit.spend(1, now);
      expect(refusal?.kind).toBe("banned");
      lengths.push((refusal!.until - now) / MINUTE_MS);
      now = refusal!.until;
    }
    expect(lengths).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 4320, 4320]);
  });

  it("tells the end of a ban to everyone who asks meanwhile, without prolonging it", () => {
    const limit = new WeightLimit({ weightPerMinute: 0, refusalsBeforeBan: 0 });
    const until = 2 * MINUTE_MS;
    expect(limit.spend(1, 0)).toEqual({ kind: "banned", until });
    expect(limit.spend(1, until - 1)).toEqual({ kind: "banned", until });
  });
});
