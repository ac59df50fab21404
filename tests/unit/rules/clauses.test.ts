/** A condition as the lines of a report. */
import { expect, test } from "vitest";
import { clausesOf } from "../../../src/rules/clauses.ts";
import { parseRule } from "../../../src/rules/parse.ts";
import { printCondition } from "../../../src/rules/print.ts";

function lines(condition: string): string[] {
  const whole = parseRule(`enter long when ${condition}`).enterLong!;
  return clausesOf(whole).map((line) => {
    const { kind } = line.condition;
    const isLeaf = kind !== "and" && kind !== "or" && kind !== "not";
    return `${"  ".repeat(line.depth)}${isLeaf ? printCondition(line.condition) : kind}`;
  });
}

test("every part of a condition has its line below the junction it belongs to", () => {
  expect(lines("rsi < 30 and (close > open or not (ema(9) rising 2)) and high > 1")).toEqual([
    "and",
    "  rsi(14) < 30",
    "  or",
    "    close > open",
    "    not",
    "      ema(9) rising 2",
    "  high > 1",
  ]);
});

test("a condition without junctions is one line", () => {
  expect(lines("close crosses above open")).toEqual(["close crosses above open"]);
});
