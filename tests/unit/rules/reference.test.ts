/** The language reference for users says what the code does. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { INDICATORS } from "../../../src/domain/indicator.ts";
import type { IndicatorSpec } from "../../../src/domain/indicator.ts";
import * as limits from "../../../src/rules/limits.ts";
import { parseRule } from "../../../src/rules/parse.ts";
import { printRule } from "../../../src/rules/print.ts";

const REFERENCE = readFileSync(new URL("../../../docs/rules.md", import.meta.url), "utf8");

/** The cells of a section's table, without its head. */
function table(title: string): string[][] {
  const section = REFERENCE.split(`\n## ${title}\n`)[1]?.split("\n## ")[0] ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) => line.split("|").slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
}

function row(spec: IndicatorSpec): string[] {
  const params = spec.params.map(({ name, default: fallback, min, max }) => {
    const shown = fallback === null ? name : `${name} ${fallback}`;
    return `${shown} (${min}..${max})`;
  });
  return [
    `\`${spec.name}\``,
    spec.title,
    spec.input === "source" ? "series" : "candle",
    params.join(", ") || "none",
    spec.outputs.map((output) => `\`${output}\``).join(" "),
  ];
}

const examples = [...REFERENCE.matchAll(/```rule\n(.*?)```/gsu)].map((match) => match[1] ?? "");

describe("the reference", () => {
  test("lists exactly the catalogue of indicators", () => {
    expect(table("Indicators")).toEqual([...INDICATORS.values()].map(row));
  });

  test("tells the limits", () => {
    expect(table("Limits").map((cells) => Number(cells[1]))).toEqual([
      limits.MAX_RULE_LENGTH,
      limits.MAX_NODES,
      limits.MAX_DEPTH,
      limits.MAX_LOOKBACK_CANDLES,
      limits.MAX_WARMUP_CANDLES,
      limits.MAX_PROBLEMS,
    ]);
  });

  test.each(Object.entries(limits.PERCENT_BOUNDS))("tells the bounds of %s", (name, bounds) => {
    const form = name === "after" ? "`trail 1.5% after 1%`" : `\`${name} `;
    const line = table("Clauses").find(([clause = ""]) => clause.startsWith(form));
    expect(line?.[1]).toContain(`(${bounds.join(" to ")})`);
  });

  test("gives examples that are rules", () => {
    expect(examples).toHaveLength(5);
    for (const example of examples) {
      const rule = parseRule(example, { timeframe: "15m", quoteAsset: "USDT" });
      expect(parseRule(printRule(rule))).toStrictEqual(rule);
    }
  });

  test("shows what becomes of a text in canonical form", () => {
    const [written = "", kept = ""] = examples.slice(-2);
    expect(`# kept\n${printRule(parseRule(written))}\n`).toBe(kept);
  });
});
