/** Rows of bars: as many as there are values, from the lowest to the highest. */
import { describe, expect, it } from "vitest";
import { sparkline, thinned } from "../../../../bots/views/sparkline.ts";

describe("a sparkline", () => {
  it("reaches from the lowest to the highest bar, with gaps where there is no value", () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7])).toBe("▁▂▃▄▅▆▇█");
    expect(sparkline([null, -5, 5, null])).toBe(" ▁█ ");
  });

  it("stands in the middle when nothing moved, and is empty without values", () => {
    expect(sparkline([3, 3])).toBe("▄▄");
    expect(sparkline([])).toBe("");
  });
});

describe("thinning", () => {
  it("keeps the last of evenly spaced values, and all of a few", () => {
    expect(thinned(new Float64Array([1, 2, 3, 4, 5, 6]), 3)).toEqual([2, 4, 6]);
    expect(thinned([1, 2], 40)).toEqual([1, 2]);
    expect(thinned([], 40)).toEqual([]);
  });
});
