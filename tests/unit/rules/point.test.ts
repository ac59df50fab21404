/** The source line and the caret under the wrong part of it. */
import { describe, expect, test } from "vitest";
import { MAX_POINTED_COLUMNS } from "../../../src/rules/limits.ts";
import { pointAt } from "../../../src/rules/point.ts";

const at = (line: number, column: number, length: number): { facts: Record<string, number> } => ({
  facts: { line, column, length },
});

describe("pointing at a place", () => {
  test("shows its line and marks every character of it", () => {
    expect(pointAt("stop 2%\nenter long wen close > 1", at(2, 12, 3))).toEqual({
      line: "enter long wen close > 1",
      caret: "           ^^^",
    });
  });

  test("marks one column behind the end of an unfinished text", () => {
    expect(pointAt("enter long", at(1, 11, 0))).toEqual({
      line: "enter long",
      caret: "          ^",
    });
    expect(pointAt("", at(1, 1, 0))).toEqual({ line: "", caret: "^" });
  });

  test("understands every kind of line break", () => {
    expect(pointAt("a\r\nb\rc\nd", at(2, 1, 1)).line).toBe("b");
    expect(pointAt("a\r\nb\rc\nd", at(3, 1, 1)).line).toBe("c");
    expect(pointAt("a\r\nb\rc\nd", at(4, 1, 1)).line).toBe("d");
  });

  test("marks a place that runs over the end of its line up to that end", () => {
    expect(pointAt("close >\n open", at(1, 1, 13))).toEqual({ line: "close >", caret: "^^^^^^^" });
  });

  test("keeps the caret under its place where characters have no width of their own", () => {
    expect(pointAt("a\tb\u202ec", at(1, 5, 1))).toEqual({ line: "a b c", caret: "    ^" });
  });

  test("cuts long lines around the place", () => {
    const text = `${"a".repeat(300)}BAD${"c".repeat(300)}`;
    const { line, caret } = pointAt(text, at(1, 301, 3));
    expect(line).toHaveLength(MAX_POINTED_COLUMNS);
    expect(line).toMatch(/^…a+BADc+…$/u);
    expect(line.slice(caret.indexOf("^"))).toMatch(/^BAD/u);
    expect(pointAt(text, at(1, 1, 1)).line).toMatch(/^a+…$/u);
    expect(pointAt(text, at(1, 603, 1)).line).toMatch(/^…c+$/u);
    expect(pointAt(text, at(1, 1, 600)).caret).toHaveLength(MAX_POINTED_COLUMNS - 2);
  });
});
