/** Values are checked the same way whether typed as words or filled in by a platform. */
import { describe, expect, it } from "vitest";
import { boolean, choice, int, num, rest, string } from "../../../../bots/catalogue/option.ts";
import { nearest, validate } from "../../../../bots/catalogue/validate.ts";

const OPTIONS = {
  id: int.req("a", { min: 1, max: 100 }),
  percent: num.opt("b", { min: 0, max: 100, default: 50 }),
  side: choice(["long", "short"]).opt("c"),
  loud: boolean.opt("d"),
  name: string.opt("e", { maxLength: 5 }),
  rule: rest.opt("f"),
};
const valid = (raw: object) => validate(OPTIONS, raw as Record<string, unknown>);

describe("values", () => {
  it("come typed, with defaults for what was left out", () => {
    expect(valid({ id: "3" })).toMatchObject({ id: 3, percent: 50 });
    expect(
      valid({ id: "#3", percent: "12.5%", side: "LONG", loud: "on", name: "x", rule: "a b" }),
    ).toEqual({
      id: 3,
      percent: 12.5,
      side: "long",
      loud: true,
      name: "x",
      rule: "a b",
    });
  });

  it("are taken from a platform's real options, too", () => {
    expect(valid({ id: 3, percent: 1, loud: false })).toMatchObject({
      id: 3,
      percent: 1,
      loud: false,
    });
  });

  it.each([
    [{}, "option-missing", { option: "id" }],
    [{ id: "" }, "option-missing", { option: "id" }],
    [{ id: "3.5" }, "option-integer", { option: "id", value: "3.5" }],
    [{ id: "1e3" }, "option-integer", { option: "id", value: "1e3" }],
    [{ id: "٣" }, "option-integer", { option: "id", value: "٣" }],
    [{ id: 9e20 }, "option-integer", { option: "id", value: "900000000000000000000" }],
    [{ id: Number.NaN }, "option-integer", { option: "id", value: "NaN" }],
    [{ id: 0 }, "option-min", { option: "id", value: "0", min: 1 }],
    [{ id: 101 }, "option-max", { option: "id", value: "101", max: 100 }],
    [{ id: 1, percent: "Infinity" }, "option-number", { option: "percent", value: "Infinity" }],
    [{ id: 1, loud: "maybe" }, "option-boolean", { option: "loud", value: "maybe" }],
    [{ id: 1, name: "toolong" }, "option-too-long", { option: "name", value: "toolong", limit: 5 }],
    [{ id: 1, other: 1 }, "option-unknown", { option: "other" }],
    [{ id: { nested: 1 } }, "option-unknown", { option: "id" }],
    [{ id: ["3"] }, "option-unknown", { option: "id" }],
  ])("%j are refused", (raw, code, facts) => {
    expect(() => valid(raw)).toThrow(expect.objectContaining({ code, facts }));
  });

  it("suggest the choice that was probably meant", () => {
    expect(() => valid({ id: 1, side: "shrot" })).toThrow(
      expect.objectContaining({
        code: "option-choice",
        facts: { option: "side", value: "shrot", choices: "long, short", suggestion: "short" },
      }),
    );
    expect(() => valid({ id: 1, side: "elephant" })).toThrow(
      expect.objectContaining({ facts: expect.objectContaining({ suggestion: null }) }),
    );
  });

  it("do not come from an object's ancestors", () => {
    const inherited: object = Object.create({ id: 3 });
    expect(() => valid(inherited)).toThrow("option-missing");
    expect(() => valid(JSON.parse('{"__proto__": 1, "id": 1}'))).toThrow("option-unknown");
  });
});

describe("the nearest word", () => {
  it.each([
    ["clos", "close"],
    ["tradse", "trades"],
    ["xyzzy", null],
    ["", null],
  ])("to %j is %j", (typed, word) => {
    expect(nearest(typed, ["close", "trades", "status"])).toBe(word);
  });
});
