/** What people typed keeps its letters and loses what could steer a screen. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainLine, plainText } from "../../../../bots/views/plain.ts";

describe("plain text", () => {
  it("keeps lines, letters and emoji", () => {
    expect(plainText("été\n\tx 日本 💥")).toBe("été\n  x 日本 💥");
    expect(plainLine("a\r\nb\tc")).toBe("a b c");
  });

  it("drops escape sequences' lead, controls and marks of direction", () => {
    expect(plainLine("\u001B[2J\u009B31mx\u0007\u202Ey\u2066")).toBe("[2J31mxy");
    expect(plainText("a\r\nb\rc\u0085d")).toBe("a\nb\nc\nd");
  });

  it("replaces half characters", () => {
    expect(plainLine("a\uD83Db")).toBe("a\uFFFDb");
  });

  it("leaves nothing behind that steers, whatever comes in", () => {
    const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 50 }), (text) => {
        expect(plainLine(text)).not.toMatch(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u);
        expect(plainText(text)).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]/u);
        expect(plainText(plainText(text))).toBe(plainText(text));
      }),
    );
  });
});
