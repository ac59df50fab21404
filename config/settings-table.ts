/**
 * The settings table as documents: the markdown table of the README and config/example.env.
 * Run by itself (`node config/settings-table.ts`) it rewrites both; a test keeps them equal.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { SETTINGS, type SettingRow } from "./settings.ts";

export const README_START = "<!-- settings -->";
export const README_END = "<!-- /settings -->";

const ROWS = Object.values<SettingRow>(SETTINGS);

/** The table between the README's markers, its columns aligned as the formatter wants them. */
export function settingsMarkdown(): string {
  const lines = [["name", "value", "default", "meaning"], ...ROWS.map(cells)];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  );
  const rule = widths.map((width) => "-".repeat(width));
  return [...lines.slice(0, 1), rule, ...lines.slice(1)]
    .map((line) => `| ${line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`)
    .join("\n");
}

function cells(row: SettingRow): readonly string[] {
  const value = row.default === null ? "unset" : `\`${row.default}\``;
  const meaning = row.secret ? `${row.meaning} (secret)` : row.meaning;
  return [`\`${row.name}\``, row.kind.expected, value, meaning];
}

/** The text of config/example.env: every setting commented out at its default. */
export function exampleEnv(): string {
  const entries = ROWS.map((row) => {
    const secret = row.secret ? " Secret." : "";
    return `# ${row.meaning}.${secret}\n# Expected: ${row.kind.expected}.\n#${row.name}=${row.default ?? ""}\n`;
  });
  return `# Copy to .env and uncomment what should differ from the default.\n\n${entries.join("\n")}`;
}

/** The README with the table between its markers brought up to date. */
export function withSettingsTable(readme: string): string {
  const start = readme.indexOf(README_START);
  const end = readme.indexOf(README_END);
  if (start < 0 || end < start) return readme;
  const head = readme.slice(0, start + README_START.length);
  return `${head}\n\n${settingsMarkdown()}\n\n${readme.slice(end)}`;
}

if (import.meta.main) {
  const readme = new URL("../README.md", import.meta.url);
  writeFileSync(readme, withSettingsTable(readFileSync(readme, "utf8")));
  writeFileSync(new URL("example.env", import.meta.url), exampleEnv());
}
