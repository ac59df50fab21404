/** What people type is cut into named texts; anything can be typed, and nothing breaks. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { int, rest, string } from "../../../../bots/catalogue/option.ts";
import {
  assignWords,
  MAX_INPUT_LENGTH,
  splitCommand,
  toWords,
} from "../../../../bots/catalogue/parse-words.ts";

const CLOSE = { id: int.req("a"), percent: int.opt("b") };
const NEW = { name: string.req("a"), symbol: string.req("b"), rule: rest.req("c") };

describe("a command line", () => {
  it.each([
    ["/close 3 50", "close", null, "3 50"],
    ["close 3", "close", null, "3"],
    ["  /CLOSE  ", "close", null, ""],
    ["/help@VigieBot status", "help", "VigieBot", "status"],
    ["/edit 3\nenter long when close > 1", "edit", null, "3\nenter long when close > 1"],
  ])("%j is split", (line, name, addressee, words) => {
    expect(splitCommand(line)).toEqual({ name, addressee, words });
  });

  it.each(["", "   ", "/", "12", "/3", "?", "日本", "close,3"])("%j is none", (line) => {
    expect(splitCommand(line)).toBeNull();
  });
});

describe("words", () => {
  it.each([
    ["3 50", { id: "3", percent: "50" }],
    ["3 percent=50", { id: "3", percent: "50" }],
    ["percent=50 3", { id: "3", percent: "50" }],
    ['"3" “50”', { id: "3", percent: "50" }],
    ["id=3", { id: "3" }],
    ["other=3", { id: "other=3" }],
    ["", {}],
  ])("%j fill options in order or by name", (words, given) => {
    expect(assignWords(words, CLOSE)).toEqual(given);
  });

  it("keep what is quoted together, also behind a name", () => {
    const rule = "enter long when close > 1";
    const given = { name: "My swing", symbol: "BTCUSDT", rule };
    expect(assignWords(`"My swing" BTCUSDT ${rule}`, NEW)).toEqual(given);
    expect(assignWords(`name='My swing' BTCUSDT ${rule}`, NEW)).toEqual(given);
    expect(assignWords(`«My swing» BTCUSDT rule="${rule}"`, NEW)).toEqual(given);
  });

  it("leave the rest of a message as it stands", () => {
    const rule = `enter long  when close > ema(10)[1]\n  and "x"=y`;
    expect(assignWords(`a b ${rule}`, NEW)["rule"]).toBe(rule);
  });

  it("take a quote that is never closed for a letter", () => {
    expect(assignWords(`"half open`, NEW)).toEqual({ name: '"half', symbol: "open" });
  });

  it("refuse one word too many and messages that are too long", () => {
    expect(() => assignWords("1 2 3", CLOSE)).toThrow("too-many-words");
    expect(() => assignWords("x".repeat(MAX_INPUT_LENGTH + 1), NEW)).toThrow("input-too-long");
  });

  it("refuse an option that is given twice rather than choose", () => {
    expect(() => assignWords("3 id=4", CLOSE)).toThrow("option-twice");
    expect(() => assignWords("id=3 id=3", CLOSE)).toThrow("option-twice");
  });

  it("never name an option that is not there, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (words) => {
        try {
          const given = assignWords(words, NEW);
          expect(Object.keys(NEW)).toEqual(expect.arrayContaining(Object.keys(given)));
        } catch (error) {
          expect(String(error)).toMatch(/too-many-words|option-twice/);
        }
      }),
    );
    expect(assignWords("__proto__=1", NEW)).toEqual({ name: "__proto__=1" });
    expect(assignWords("constructor=1", NEW)).toEqual({ name: "constructor=1" });
  });
});

describe("a command written out", () => {
  it("names options behind one that was left out", () => {
    const options = { page: int.opt("a"), name: string.opt("b"), rule: rest.opt("c") };
    expect(toWords("list", { page: 2 }, options)).toBe("/list 2");
    expect(toWords("list", { name: "two words" }, options)).toBe('/list name="two words"');
    expect(toWords("list", { page: 1, name: "x", rule: "a b" }, options)).toBe("/list 1 x a b");
  });

  it("is understood again as it was meant", () => {
    const plain = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !/["'”»]/.test(text));
    fc.assert(
      fc.property(plain, plain, fc.boolean(), (name, symbol, both) => {
        const args = both ? { name, symbol } : { symbol };
        const words = toWords("new", args, NEW).slice("/new".length);
        expect(assignWords(words, NEW)).toEqual(args);
      }),
    );
  });
});
