/** The highest and lowest since any moment are those that looking at every price would have found. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { Extremes } from "../../../../src/engine/market/extremes.ts";

interface Push {
  readonly at: number;
  readonly low: number;
  readonly high: number;
}

const pushes = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: 300 }),
    low: fc.integer({ min: 1, max: 50 }),
    rise: fc.integer({ min: 0, max: 20 }),
  }),
  { maxLength: 120 },
);

function fill(extremes: Extremes, all: readonly Push[]): void {
  for (const { at, low, high } of all) {
    const prices = { first: String(low), low: String(low), high: String(high), last: String(low) };
    extremes.take({ symbol: "X", openTime: 0, time: at, firstAt: at, jumped: false, ...prices });
  }
}

it("holds for pushes in any order and any moment", () => {
  fc.assert(
    fc.property(pushes, fc.integer({ min: 0, max: 301 }), (raw, moment) => {
      const all = raw.map(({ at, low, rise }) => ({ at, low, high: low + rise }));
      const extremes = new Extremes();
      fill(extremes, all);
      const after = all.filter(({ at }) => at >= moment);
      const highest =
        after.length === 0 ? null : String(Math.max(...after.map(({ high }) => high)));
      const lowest = after.length === 0 ? null : String(Math.min(...after.map(({ low }) => low)));
      expect(extremes.highestSince(moment)).toBe(highest);
      expect(extremes.lowestSince(moment)).toBe(lowest);
    }),
  );
});

it("counts of a candle that began before the moment only its last price", () => {
  const extremes = new Extremes();
  const candle = { symbol: "X", openTime: 0, firstAt: 0, time: 50, jumped: true };
  extremes.take({ ...candle, first: "10", low: "1", high: "90", last: "40" });
  expect(extremes.highestSince(0)).toBe("90");
  expect(extremes.highestSince(1)).toBe("40");
  expect(extremes.lowestSince(1)).toBe("40");
});

it("forgets what nobody can ask for, and nothing else, in a market that only falls", () => {
  const extremes = new Extremes();
  const moments = [100, 2_000, 4_999];
  const all = Array.from({ length: 5_000 }, (_, at) => ({ at, low: 9_000 - at, high: 9_000 - at }));
  for (const push of all) {
    fill(extremes, [push]);
    extremes.trim(() => moments.filter((moment) => moment <= push.at));
  }
  expect(moments.map((moment) => extremes.highestSince(moment))).toEqual(["8900", "7000", "4001"]);
  // 4,500 was nobody's: what is left of it is the next that is kept.
  expect(Number(extremes.highestSince(10))).toBeLessThan(8_990);
  extremes.clear();
  expect(extremes.highestSince(0)).toBeNull();
});
