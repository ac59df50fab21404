/** Numbers are shown exactly, rounded half to even, in the reader's language, zone and signs. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as format from "../../../../bots/views/format.ts";
import { Reader } from "../../../../bots/views/reader.ts";
import { Decimal } from "../../../../src/domain/money.ts";

describe("money", () => {
  it.each([
    ["1234.5", "1,234.50"],
    ["0.125", "0.12"],
    ["0.135", "0.14"],
    ["-0.001", "0.00"],
    ["-1234567.899", "-1,234,567.90"],
    ["90071992547409930.01", "90,071,992,547,409,930.01"],
  ])("%s is shown as %s", (value, shown) => {
    expect(format.money("en", value)).toBe(shown);
  });

  it("is rounded exactly as decimals are, whatever its size", () => {
    const units = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
    fc.assert(
      fc.property(units, fc.integer({ min: 0, max: 10 }), (unscaled, scale) => {
        const value = new Decimal(unscaled.toString()).div(new Decimal(10).pow(scale));
        const shown = format.money("en", value.toFixed()).replaceAll(",", "");
        const rounded = value.toDecimalPlaces(2, Decimal.ROUND_HALF_EVEN);
        expect(new Decimal(shown).eq(rounded)).toBe(true);
      }),
    );
  });

  it("carries a sign only when there is something to sign", () => {
    expect(format.money("en", "6.03", "exceptZero")).toBe("+6.03");
    expect(format.money("en", "-6.03", "exceptZero")).toBe("-6.03");
    expect(format.money("en", "0.001", "exceptZero")).toBe("0.00");
  });

  it("speaks French", () => {
    expect(format.money("fr", "1234.5")).toMatch(/^1\s234,50$/);
  });

  it("shows what is no number as none", () => {
    expect(format.money("en", "")).toBe("NaN");
  });
});

describe("prices and amounts", () => {
  it("keep the decimals that matter", () => {
    expect(format.price("en", "64808")).toBe("64,808.00");
    expect(format.price("en", "0.00001234")).toBe("0.00001234");
    expect(format.amount("en", "0.50000000")).toBe("0.5");
    expect(format.reading("en", 42.123456789)).toBe("42.1235");
    expect(format.percent("en", "2.4")).toBe("+2.40 %");
  });
});

describe("durations", () => {
  it.each([
    [0, "0s"],
    [-5, "0s"],
    [999, "0s"],
    [45_000, "45s"],
    [60_000, "1m"],
    [125_000, "2m 5s"],
    [7.2 * 3_600_000, "7h 12m"],
    [3_600_000, "1h"],
    [2 * 86_400_000 + 3 * 3_600_000 + 59_000, "2d 3h"],
    [400 * 86_400_000, "400d"],
  ])("of %d ms is %s", (ms, shown) => {
    expect(format.duration("en", ms)).toBe(shown);
  });
});

describe("a reader", () => {
  const reader = new Reader(
    { language: "en", timeZone: "Europe/Paris" },
    { now: Date.UTC(2026, 10, 22, 23, 30), quoteAsset: "USDT" },
  );

  it("reads times in their own zone", () => {
    expect(reader.dateTime(reader.now)).toBe("23 Nov 2026, 00:30");
    expect(reader.clockTime(reader.now)).toBe("00:30:00 CET");
    expect(reader.age(reader.now - 90_000)).toBe("1m 30s");
    expect(reader.dateTime(null)).toBe("-");
  });

  it("reads money with its unit, shares as whole percents, and nothing as a dash", () => {
    expect(reader.money("1")).toBe("1.00 USDT");
    expect(reader.gain("1")).toBe("+1.00 USDT");
    expect(reader.share(2, 3)).toBe("67 %");
    expect(reader.share(0, 0)).toBe("-");
    expect([
      reader.signed(null),
      reader.price(null),
      reader.percent(null),
      reader.reading(null),
    ]).toEqual(["-", "-", "-", "-"]);
  });
});
