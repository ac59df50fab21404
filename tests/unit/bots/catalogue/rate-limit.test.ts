/** A burst passes, a flood does not, and one person's flood is nobody else's. */
import { describe, expect, it } from "vitest";
import { RateLimit } from "../../../../bots/catalogue/rate-limit.ts";

describe("the rate limit", () => {
  it("lets a burst through, then says how long to wait", () => {
    const limit = new RateLimit({ burst: 3, refillMs: 9_000 });
    expect([1, 2, 3].map(() => limit.take("ada", 0))).toEqual([0, 0, 0]);
    expect(limit.take("ada", 0)).toBe(3_000);
    expect(limit.take("ada", 2_999)).toBe(1);
    expect(limit.take("ada", 3_000)).toBe(0);
    expect(limit.take("ada", 3_000)).toBe(3_000);
    expect(limit.take("bob", 3_000)).toBe(0);
  });

  it("never saves up more than a burst", () => {
    const limit = new RateLimit({ burst: 2, refillMs: 1_000 });
    limit.take("ada", 0);
    expect([0, 1, 2].map(() => limit.take("ada", 1e9))).toEqual([0, 0, 500]);
  });

  it("is not fooled by a clock that steps back", () => {
    const limit = new RateLimit({ burst: 1, refillMs: 1_000 });
    limit.take("ada", 10_000);
    expect(limit.take("ada", 0)).toBe(1_000);
  });
});
