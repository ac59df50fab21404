/** The agenda runs what is due in order of time, and time never goes back. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Agenda } from "../../../../src/exchange/simulator/agenda.ts";

describe("an agenda", () => {
  it("runs actions by time, those of one moment in the order noted, each at its own moment", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 20 })), fc.nat({ max: 25 }), (times, until) => {
        const agenda = new Agenda(0);
        const done: [number, number, number][] = [];
        times.forEach((time, index) => {
          agenda.at(time, () => done.push([time, index, agenda.now]));
        });
        agenda.runUntil(until);
        const due = times.map((time, index) => [time, index, time]).filter(([t]) => t! <= until);
        expect(done).toEqual(due.toSorted((a, b) => a[0]! - b[0]! || a[1]! - b[1]!));
        expect(agenda.now).toBe(until);
      }),
    );
  });

  it("runs what an action notes for later in the same run", () => {
    const agenda = new Agenda(0);
    const ticks: number[] = [];
    const tick = (time: number) => {
      agenda.at(time, () => {
        ticks.push(agenda.now);
        tick(time + 10);
      });
    };
    tick(10);
    agenda.runUntil(35);
    agenda.runUntil(40);
    expect(ticks).toEqual([10, 20, 30, 40]);
  });

  it("does late what was noted for the past, without turning back the time", () => {
    const agenda = new Agenda(100);
    const seen: number[] = [];
    agenda.at(50, () => seen.push(agenda.now));
    agenda.runUntil(100);
    expect(seen).toEqual([100]);
  });

  it("refuses to go back", () => {
    const agenda = new Agenda(100);
    expect(() => agenda.runUntil(99)).toThrow(
      expect.objectContaining({ code: "simulator-time-backwards", facts: { now: 100, asked: 99 } }),
    );
  });
});
