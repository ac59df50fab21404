/** Whole units become wire text, and candles join, without a rounding error. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal } from "../../../../src/domain/money.ts";
import { joined, unitsText, untraded } from "../../../../src/exchange/simulator/candle-sum.ts";

describe("unitsText", () => {
  it("writes units with eight decimals", () => {
    expect(unitsText(6_480_801, 2)).toBe("64808.01000000");
    expect(unitsText(7, 5)).toBe("0.00007000");
    expect(unitsText(42, 0)).toBe("42.00000000");
    expect(unitsText(123_456_789_012n, 10)).toBe("12.34567890");
  });

  it("equals exact division, cut at eight decimals", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 30n }),
        fc.nat({ max: 16 }),
        (units, decimals) => {
          const exact = new Decimal(units.toString()).div(new Decimal(10).pow(decimals));
          expect(unitsText(units, decimals)).toBe(exact.toFixed(8, Decimal.ROUND_DOWN));
        },
      ),
    );
  });
});

describe("joined", () => {
  it("takes trade ids from the parts that traded", () => {
    const traded = { ...untraded(10), volume: 5n, trades: 2, firstTradeId: 7, lastTradeId: 8 };
    expect(joined(untraded(9), traded)).toMatchObject({ open: 9, close: 10, firstTradeId: 7 });
    expect(joined(traded, untraded(11))).toMatchObject({ high: 11, lastTradeId: 8 });
    expect(joined(null, traded)).toBe(traded);
    expect(joined(null, null)).toBeNull();
  });
});
