/** Axes: round numbers and round moments, as many as there is room for. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeTicks } from "../../../src/charts/time-axis.ts";
import { numberText, valueAxis } from "../../../src/charts/value-axis.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const paris = { language: "fr", timeZone: "Europe/Paris" };
const utc = { language: "en", timeZone: "UTC" };

describe("an axis of values", () => {
  it("has at least two ticks, evenly apart, on a range that holds the values", () => {
    const value = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(value, value, fc.integer({ min: 1, max: 12 }), (one, other, count) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        const axis = valueAxis({ low, high }, count);
        expect(axis.low).toBeLessThanOrEqual(low);
        expect(axis.high).toBeGreaterThanOrEqual(high);
        expect(axis.ticks.length).toBeGreaterThanOrEqual(2);
        expect(axis.ticks.length).toBeLessThanOrEqual(2 * count + 4);
        const texts = axis.ticks.map((tick) => numberText("en", tick, axis.digits));
        expect(new Set(texts).size).toBe(texts.length);
      }),
    );
  });

  it.each([
    [0, 100, 5, ["0", "25", "50", "75", "100"]],
    [0.0000119, 0.0000129, 3, ["0.0000120", "0.0000125"]],
    [96_000, 104_000, 4, ["97,500", "100,000", "102,500"]],
    [5, 5, 3, ["4.95", "5.00", "5.05"]],
    [0, 0, 2, ["0.0", "0.5", "1.0"]],
  ])("from %d to %d has round ticks", (low, high, count, shown) => {
    const { ticks, digits } = valueAxis({ low, high }, count);
    expect(ticks.map((tick) => numberText("en", tick, digits))).toEqual(shown);
  });

  it.each([
    [10_000, 10_000.000000000002],
    [-1e9, -1e9 + 1e-7],
    [5e-324, 5e-324],
    [-5e-324, 0],
    [-1e-250, 1e-250],
    [1e300, 1e300],
    [Number.NaN, 1],
    [0, Number.POSITIVE_INFINITY],
  ])("from %d to %d, which floats cannot tell apart or hold, has few ticks, too", (low, high) => {
    const axis = valueAxis({ low, high }, 5);
    expect(axis.ticks.length).toBeGreaterThanOrEqual(2);
    expect(axis.ticks.length).toBeLessThanOrEqual(14);
    if (Number.isFinite(high - low)) expect(axis.low).toBeLessThanOrEqual(low);
    if (Number.isFinite(high - low)) expect(axis.high).toBeGreaterThanOrEqual(high);
  });

  it("never goes below zero for what is never below it", () => {
    expect(valueAxis({ low: 3_000, high: 70_000 }, 4).low).toBe(0);
    expect(valueAxis({ low: -40, high: 0 }, 3).high).toBe(0);
  });
});

describe("an axis of time", () => {
  it("keeps local midnight where it is when the clocks change", () => {
    const from = Date.UTC(2024, 2, 29, 10);
    const ticks = timeTicks({ from, until: from + 4 * DAY }, paris, 5);
    const local = ticks.map(({ at }) => new Date(at).toISOString().slice(5, 16));
    expect(local).toEqual(["03-29T23:00", "03-30T23:00", "03-31T22:00", "04-01T22:00"]);
    expect(ticks.map(({ label }) => label)).toEqual(["30 mars", "31 mars", "1 avr.", "2 avr."]);
  });

  it("marks a new day among hours and a new year among months", () => {
    const noon = Date.UTC(2024, 2, 5, 14, 7);
    const hours = timeTicks({ from: noon, until: noon + 20 * HOUR }, utc, 5);
    expect(hours.filter(({ strong }) => strong).map(({ label }) => label)).toEqual(["6 Mar"]);
    expect(hours.map(({ label }) => label)).toContain("18:00");
    const begin = Date.UTC(2023, 7, 20);
    const months = timeTicks({ from: begin, until: begin + 300 * DAY }, utc, 5);
    expect(months.map(({ label }) => label)).toEqual(["Sept", "Nov", "2024", "Mar", "May"]);
  });

  it("has ticks in order, within the time, and not too many, for any stretch and zone", () => {
    const zone = fc.constantFrom("UTC", "Europe/Paris", "Asia/Kathmandu", "America/St_Johns");
    const length = fc.integer({ min: 60_000, max: 12 * 365 * DAY });
    const begin = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2030, 0, 1) });
    fc.assert(
      fc.property(begin, length, zone, (from, ms, timeZone) => {
        const ticks = timeTicks({ from, until: from + ms }, { language: "en", timeZone }, 6);
        const times = ticks.map(({ at }) => at);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(times.length).toBeLessThanOrEqual(9);
        expect(times.every((at) => at >= from && at <= from + ms)).toBe(true);
      }),
    );
  });
});
