/** docs/indicators.md describes exactly the catalogue: no indicator more or less, every signature as it is. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import { CHART_INDICATORS } from "../../../../../src/charts/catalogue-indicators.ts";
import {
  INDICATORS,
  type IndicatorParameter,
  MAX_PERIOD,
} from "../../../../../src/domain/indicator.ts";

const PAGE = readFileSync(join(import.meta.dirname, "../../../../../docs/indicators.md"), "utf8");
/** Shown where a period must be written. */
const EXAMPLE = 20;

const sections = new Map(
  PAGE.split(/^### /m)
    .slice(1)
    .map((section) => {
      const [name = "", ...text] = section.split("\n");
      return [name, text.join(" ").replaceAll(/\s+/g, " ")];
    }),
);

function signature(name: string, params: readonly IndicatorParameter[]): string {
  const written = params.map(({ name: parameter, default: value }) => {
    return value === null ? parameter : `${parameter} = ${value}`;
  });
  return `\`${name}${written.length > 0 ? `(${written.join(", ")})` : ""}\``;
}

describe("the page", () => {
  it("has a section for every indicator of the catalogue, in its order, and no other", () => {
    expect([...sections.keys()]).toEqual([...INDICATORS.keys()]);
  });

  it.each([...INDICATORS.values()])("says what $name takes, gives and needs", (spec) => {
    const params = spec.params.map((parameter) => parameter.default ?? EXAMPLE);
    const candles = spec.warmup(params);
    const reads = spec.input === "source" ? "a series" : "whole candles";
    const outputs = spec.outputs.map((output) => `\`${output}\``).join(", ");
    const count = `${candles} candle${candles === 1 ? "" : "s"} to warm up`;
    const at = params.length > 0 ? ` at ${params.join(", ")}` : "";
    const text = sections.get(spec.name)!;
    expect(text.toLowerCase()).toContain(spec.title.toLowerCase());
    expect(text).toContain(
      `${signature(spec.name, spec.params)} reads ${reads}; outputs ${outputs}; ${count}${at}.`,
    );
    expect(text).toMatch(/- Formula: .+Warm-up: .+- Deviations: /);
  });

  it("lists what charts may have besides, and nothing else", () => {
    const rows = [...PAGE.matchAll(/^\| (`.+?`) +\| (.+?) +\| (.+?) +\|$/gm)];
    expect(rows.map(([, call, outputs, title]) => [call, outputs, title])).toEqual(
      CHART_INDICATORS.map(({ name, params, outputs, title }) => [
        signature(name, params),
        outputs.map((output) => `\`${output}\``).join(", "),
        title,
      ]),
    );
  });

  it("names the longest period", () => {
    expect(PAGE.replaceAll(/\s+/g, " ")).toContain(`whole numbers up to ${MAX_PERIOD};`);
  });
});
