/** The short ways of the arithmetic give exactly what the long ways give. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ceilToStep,
  Decimal,
  floatOf,
  floorToStep,
  quotientToStep,
} from "../../../src/domain/money.ts";

/** Plain decimal text as candles, filters and wallets have it. */
const plain = (whole: number, decimals: number) =>
  fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** BigInt(whole) }), fc.stringMatching(/^\d{0,18}$/))
    .map(([before, after]) => {
      const part = after.slice(0, decimals);
      return part === "" ? `${before}` : `${before}.${part}`;
    });
const positive = (whole: number, decimals: number) =>
  plain(whole, decimals).filter((text) => new Decimal(text).gt(0));
const step = fc.constantFrom("0", "1", "10", "0.1", "0.01", "0.00001", "0.25", "0.0003", "2.5");

describe("the float of a decimal text", () => {
  it("is the nearest one, whatever the length", () => {
    fc.assert(
      fc.property(plain(18, 18), (text) => {
        expect(floatOf(text)).toBe(Number(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("is what Number makes of anything else", () => {
    const odd = [
      "",
      "-1.5",
      "1e5",
      ".5",
      "5.",
      ".",
      "1.2.3",
      "abc",
      "NaN",
      "Infinity",
      " 7",
      "007",
    ];
    for (const text of odd) expect(floatOf(text)).toBe(Number(text));
  });
});

describe("a step", () => {
  it("rounds as a division by it would", () => {
    fc.assert(
      fc.property(plain(12, 12), step, fc.boolean(), (text, stepText, isNegative) => {
        const size = new Decimal(stepText);
        const value = isNegative ? new Decimal(text).neg() : new Decimal(text);
        const [down, up] = [floorToStep(value, size), ceilToStep(value, size)];
        const steps = size.isZero() ? null : value.div(size);
        expect(down.eq(steps === null ? value : steps.floor().mul(size))).toBe(true);
        expect(up.eq(steps === null ? value : steps.ceil().mul(size))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("cuts what money buys where the whole quotient would be cut", () => {
    fc.assert(
      fc.property(positive(8, 8), positive(6, 8), step, (money, price, stepText) => {
        const size = new Decimal(stepText);
        const whole = new Decimal(money).div(price);
        const cut = quotientToStep(new Decimal(money), new Decimal(price), size);
        expect(cut.toFixed()).toBe(floorToStep(whole, size).toFixed());
      }),
      { numRuns: 500 },
    );
  });
});
