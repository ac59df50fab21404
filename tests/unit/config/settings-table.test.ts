/** The documents made from the settings table are the ones in the repository. */
import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { describe, expect, it } from "vitest";
import { loadSettings } from "../../../config/load.ts";
import {
  exampleEnv,
  README_END,
  README_START,
  withSettingsTable,
} from "../../../config/settings-table.ts";

const file = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

describe("documents made from the settings table", () => {
  it("example.env is up to date (node config/settings-table.ts rewrites it)", () => {
    expect(file("config/example.env")).toBe(exampleEnv());
  });

  it("the README's table is up to date (node config/settings-table.ts rewrites it)", () => {
    const readme = file("README.md");
    expect(readme).toContain(README_START);
    expect(readme).toContain(README_END);
    expect(readme).toBe(withSettingsTable(readme));
  });

  it("uncommenting all of example.env changes nothing", () => {
    const uncommented = exampleEnv().replaceAll(/^#(?=\S)/gm, "");
    expect(loadSettings(parseEnv(uncommented))).toEqual(loadSettings({}));
  });

  it("a table out of date is replaced, and nothing around it is touched", () => {
    const readme = `before\n${README_START}\nold\n${README_END}\nafter\n`;
    const updated = withSettingsTable(readme);
    expect(updated).not.toContain("old");
    expect(updated.startsWith("before\n")).toBe(true);
    expect(updated.endsWith(`${README_END}\nafter\n`)).toBe(true);
    expect(updated).toContain("`DATABASE_URL`");
  });
});
