/** Money and time on their way into and out of columns. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Decimal, decimalText } from "../../../src/domain/money.ts";
import {
  canonicalDecimal,
  fitsMoney,
  instantText,
  InstantType,
} from "../../../src/storage/schema/columns.ts";

const digits = (max: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${max}}$`));
/** What numeric(38,18) prints: eighteen decimals always. */
const stored = fc.tuple(fc.boolean(), digits(20), digits(18)).map(([negative, whole, fraction]) => {
  const number = `${BigInt(whole)}.${fraction.padEnd(18, "0")}`;
  return negative && /[1-9]/.test(number) ? `-${number}` : number;
});

describe("money", () => {
  test("comes back in the domain's own form", () => {
    fc.assert(
      fc.property(stored, (text) => {
        expect(canonicalDecimal(text)).toBe(decimalText(new Decimal(text)));
      }),
    );
  });

  test("fits when numeric(38,18) keeps every digit, and only then", () => {
    const number = fc.tuple(digits(24), digits(24)).map(([whole, part]) => `${whole}.${part}`);
    fc.assert(
      fc.property(number, (text) => {
        const [whole = "", part = ""] = text.split(".");
        expect(fitsMoney(text)).toBe(whole.length <= 20 && part.length <= 18);
      }),
    );
  });

  test.each(["NaN", "Infinity", "1e5", "", " 1", "1.", ".5", "+1", "--1", "1,5", "0x10"])(
    "%j is no money",
    (text) => expect(fitsMoney(text)).toBe(false),
  );
});

describe("instants", () => {
  test("survive the round trip to the millisecond", () => {
    const type = new InstantType();
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e12 }), (epochMs) => {
        const inDatabase = instantText(epochMs).replace("T", " ").replace("Z", "+00");
        expect(type.convertToJSValue(inDatabase)).toBe(epochMs);
      }),
    );
  });

  test("PostgreSQL leaves zeros off and shows other zones; infinity is no time", () => {
    const type = new InstantType();
    expect(type.convertToJSValue("2026-11-22 13:00:00.5+01")).toBe(
      Date.UTC(2026, 10, 22, 12, 0, 0, 500),
    );
    expect(type.convertToJSValue("infinity")).toBeNaN();
    expect(type.convertToJSValue(null)).toBeNull();
  });
});
