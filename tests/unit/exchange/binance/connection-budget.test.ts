/** 300 connections in 5 minutes per address are never exceeded, in any window. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CONNECTION_LIMIT,
  CONNECTION_WINDOW_MS,
  ConnectionBudget,
} from "../../../../src/exchange/binance/connection-budget.ts";
import { ManualTime } from "./manual-time.ts";

function setUp(limit?: number): { time: ManualTime; budget: ConnectionBudget; made: number[] } {
  const time = new ManualTime();
  return { time, budget: new ConnectionBudget(time, limit), made: [] };
}

describe("the connection budget", () => {
  it("stays below Binance's 300 in 5 minutes", () => {
    expect(CONNECTION_LIMIT).toBeLessThan(300);
    expect(CONNECTION_WINDOW_MS).toBe(300_000);
  });

  it("lets attempts through at once while there is room", () => {
    const { time, budget, made } = setUp();
    for (let n = 0; n < 500; n += 1) budget.take(() => made.push(time.now()));
    expect(made).toHaveLength(CONNECTION_LIMIT);
  });

  it("serves those in line, in order, as the window moves on", () => {
    const { time, budget } = setUp(2);
    const order: string[] = [];
    budget.take(() => order.push("a"));
    time.advance(1_000);
    for (const name of ["b", "c", "d", "e"]) budget.take(() => order.push(name));
    time.advance(CONNECTION_WINDOW_MS - 1_001);
    expect(order).toEqual(["a", "b"]);
    time.advance(1);
    expect(order).toEqual(["a", "b", "c"]);
    time.advance(1_000);
    expect(order).toEqual(["a", "b", "c", "d"]);
  });

  it("forgets who left the line", () => {
    const { time, budget, made } = setUp(1);
    budget.take(() => made.push(1));
    const leave = budget.take(() => made.push(2));
    leave();
    expect(time.runningAtAll).toBe(0);
    time.advance(CONNECTION_WINDOW_MS * 2);
    expect(made).toEqual([1]);
  });

  it("never makes more attempts than the limit in any window, and loses none", () => {
    const pauses = fc.array(fc.nat(200_000), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(pauses, fc.integer({ min: 1, max: 5 }), (waits, limit) => {
        const { time, budget, made } = setUp(limit);
        for (const wait of waits) {
          time.advance(wait);
          budget.take(() => made.push(time.now()));
        }
        time.advance(CONNECTION_WINDOW_MS * (waits.length + 1));
        expect(made).toHaveLength(waits.length);
        for (const [index, at] of made.entries()) {
          const crowding = made[index + limit];
          if (crowding !== undefined) {
            expect(crowding - at).toBeGreaterThanOrEqual(CONNECTION_WINDOW_MS);
          }
        }
      }),
    );
  });
});
