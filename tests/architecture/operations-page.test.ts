/** docs/operations.md lists exactly the endpoints, metrics and faults there are. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Metrics } from "../../src/ops/metrics.ts";
import { runningStatus } from "../contract/ops/memory-gateway.ts";
import { ROOT, sourceFiles } from "./sources.ts";

const page = readFileSync(join(ROOT, "docs/operations.md"), "utf8");

/** First groups of all matches, each once, in order. */
function found(text: string, pattern: RegExp): readonly string[] {
  return [...new Set([...text.matchAll(pattern)].map(([, group = ""]) => group))].toSorted();
}

/** The first cells of the page's tables that have this form. */
const cells = (form: string) => found(page, new RegExp(`^\\| \`(${form})\` +\\|`, "gm"));

describe("the operations page", () => {
  it("lists every endpoint", () => {
    const routes = readFileSync(join(ROOT, "src/ops/http-routes.ts"), "utf8");
    const served = [...routes.matchAll(/server\.(get|post)\("([^"]+)"/g)]
      .map(([, method = "", path = ""]) => `${method.toUpperCase()} ${path}`)
      .toSorted();
    expect(served.length).toBeGreaterThan(7);
    expect(cells("(?:GET|POST) [^`]+")).toEqual(served);
  });

  it("lists every metric of ours", async () => {
    const metrics = new Metrics({ now: () => 0 });
    metrics.watch({ status: () => runningStatus(), queueDepth: () => 0, doors: () => [] });
    const names = found(await metrics.render(), /^# TYPE (vigie_(?!process_|nodejs_)\w+)/gm);
    expect(cells("vigie_\\w+")).toEqual(names);
  });

  it("lists every fault of adapters, runtime and settings", () => {
    const files = sourceFiles(["src", "config"]);
    const operating = /^(src\/(exchange\/binance|storage|outbox|runtime|ops|raster)|config)\//;
    const thrown = found(
      files
        .filter(({ path }) => operating.test(path))
        .map(({ text }) => text)
        .join("\n"),
      /(?:new \w*Fault|super)\(\s*"([a-z0-9-]+)"/g,
    );
    const [, section = ""] = page.split(/<!-- \/?fault-codes -->/);
    const documented = found(section, /^\| `([a-z0-9-]+)`/gm);
    expect(thrown.length).toBeGreaterThan(20);
    expect(documented.length).toBeGreaterThan(20);
    expect(thrown.filter((code) => !documented.includes(code))).toEqual([]);
    const everything = files.map(({ text }) => text).join("\n");
    expect(documented.filter((code) => !everything.includes(`"${code}"`))).toEqual([]);
  });
});
