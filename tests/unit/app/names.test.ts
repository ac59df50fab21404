/** Names and symbols come out short, visible and on one line, whatever people type. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanName, cleanSymbol, MAX_NAME_LENGTH } from "../../../src/app/names.ts";

describe("a name", () => {
  it("keeps ordinary text as it is", () => {
    expect(cleanName("Swing 1 (été)")).toBe("Swing 1 (été)");
    expect(cleanName("日本語")).toBe("日本語");
    expect(cleanName("🚀 moon")).toBe("🚀 moon");
  });

  it.each([
    ["two\nlines", "two lines"],
    ["tab\tbed", "tab bed"],
    ["  wide   space  ", "wide space"],
    ["\u001B[31mred\u001B[0m", "[31mred [0m"],
    ["left\u202Eright", "leftright"],
    ["zero\u200Bwidth", "zerowidth"],
    ["a\u2028b", "a b"],
    ["ﬁne", "fine"],
    ["\u0000null", "null"],
    ["two \u200B spaces", "two spaces"],
  ])("makes %j harmless", (typed, kept) => {
    expect(cleanName(typed)).toBe(kept);
  });

  it.each(["", "   ", "\u200B\u202E", "\n\n", "\uD800"])(
    "refuses %j, which shows nothing",
    (typed) => {
      expect(() => cleanName(typed)).toThrow("name-empty");
    },
  );

  it("is never longer than the limit, never holds what steers a screen, and is stable", () => {
    const codePoint = fc.oneof(
      fc.integer({ min: 0, max: 0x2fff }),
      fc.integer({ min: 0x10000, max: 0x10ffff }),
    );
    const text = fc.array(codePoint, { maxLength: 100 }).map((all) => String.fromCodePoint(...all));
    fc.assert(
      fc.property(text, (typed) => {
        let name = "";
        try {
          name = cleanName(typed);
        } catch (error) {
          expect(String(error)).toContain("name-empty");
          return;
        }
        expect(Array.from(name).length).toBeLessThanOrEqual(MAX_NAME_LENGTH);
        expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(name).toBe(name.trim());
        expect(cleanName(name)).toBe(name);
      }),
    );
  });
});

describe("a symbol", () => {
  it.each([
    ["btcusdt", "BTCUSDT"],
    ["BTC/USDT", "BTCUSDT"],
    [" btc-usdt ", "BTCUSDT"],
    ["1000sats_usdt", "1000SATSUSDT"],
  ])("is understood from %j", (typed, symbol) => {
    expect(cleanSymbol(typed)).toBe(symbol);
  });

  it.each(["", "/", "BTC USDT;DROP", "x".repeat(31), "../../etc", "BTC\u202EUSDT"])(
    "is refused when it is %j",
    (typed) => {
      expect(() => cleanSymbol(typed)).toThrow("unknown-symbol");
    },
  );
});
