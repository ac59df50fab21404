/** Which symbols go where, and how a connection asks for them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assignSymbols, planSubscription } from "../../../../src/exchange/binance/plan.ts";

const names = (count: number, from = 0): string[] =>
  Array.from({ length: count }, (_, index) => `SYM${from + index}USDT`);

describe("planSubscription", () => {
  it("puts lower-case streams into the URL of a combined connection", () => {
    expect(planSubscription("wss://example.org", "4h", ["BTCUSDT", "ETHUSDT"])).toEqual({
      url: "wss://example.org/stream?streams=btcusdt@kline_4h/ethusdt@kline_4h",
      batches: [],
    });
  });

  it("encodes symbols beyond ASCII in the URL", () => {
    const { url } = planSubscription("wss://example.org", "1m", ["测试USDT"]);
    expect(url).toBe("wss://example.org/stream?streams=%E6%B5%8B%E8%AF%95usdt@kline_1m");
  });

  it("keeps the URL below what the server takes and subscribes the rest in small batches", () => {
    const symbols = names(1_024);
    const { url, batches } = planSubscription("wss://example.org", "15m", symbols);
    expect(url.length).toBeLessThanOrEqual(8_000);
    expect(url.length).toBeGreaterThan(7_900);
    expect(batches.length).toBeLessThanOrEqual(5);
    expect(Math.max(...batches.map((batch) => batch.length))).toBe(200);
    const streams = [...url.split("streams=")[1]!.split("/"), ...batches.flat()];
    expect(streams).toEqual(symbols.map((symbol) => `${symbol.toLowerCase()}@kline_15m`));
  });
});

describe("assignSymbols", () => {
  it("needs one connection up to the limit and a further one past it", () => {
    expect(assignSymbols([], new Set(names(1_024)), 1_024)).toHaveLength(1);
    const sets = assignSymbols([], new Set(names(1_025)), 1_024);
    expect(sets.map((set) => set.size)).toEqual([1_024, 1]);
  });

  it("leaves the other connections alone when one symbol goes", () => {
    const [first, second] = assignSymbols([], new Set(names(6)), 3);
    const after = assignSymbols([first!, second!], new Set(names(6).slice(1)), 3);
    expect(after[0]).toEqual(new Set(names(2, 1)));
    expect(after[1]).toEqual(second);
  });

  it("fills free places before it opens anything", () => {
    const after = assignSymbols([new Set(["A"]), new Set(["B"])], new Set(["A", "B", "C", "D"]), 2);
    expect(after).toEqual([new Set(["A", "C"]), new Set(["B", "D"])]);
  });

  it("always places every wanted symbol once, moves none, and keeps to the limit", () => {
    const symbols = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String));
    fc.assert(
      fc.property(symbols, symbols, fc.integer({ min: 1, max: 7 }), (before, wanted, limit) => {
        const present = assignSymbols([], new Set(before), limit);
        const after = assignSymbols(present, new Set(wanted), limit);
        expect(after.flatMap((set) => [...set]).toSorted()).toEqual(wanted.toSorted());
        expect(after.every((set) => set.size <= limit)).toBe(true);
        for (const [index, set] of present.entries()) {
          expect(set.intersection(new Set(wanted)).isSubsetOf(after[index]!)).toBe(true);
        }
      }),
    );
  });
});
