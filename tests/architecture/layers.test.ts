/** The layers hold in the real tree, and the checker finds what breaks them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { LIBRARIES, violations } from "./layers.ts";
import { importsOf, ROOT, sourceFiles } from "./sources.ts";

const file = (path: string, text: string) => ({ path, text });

describe("the project", () => {
  it("imports only what its layers allow", () => {
    const files = sourceFiles(["src", "bots", "config", "migrations"]);
    expect(files.length).toBeGreaterThan(50);
    expect(violations(files)).toEqual([]);
  });

  it("fences every library it depends on", () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    // The metapackage stands in package.json as a statement; its parts are what is imported.
    const used = Object.keys(manifest.dependencies).filter((name) => name !== "mikro-orm");
    expect(used.filter((name) => !(name in LIBRARIES))).toEqual([]);
  });
});

describe("the scanner", () => {
  it("sees every form of import", () => {
    const text = [
      'import { a } from "./a.ts";',
      'import type { B } from "../ports/b.ts";',
      'import c, { d } from "pkg/part";',
      'import * as e from "@scope/name/part";',
      'import {\n  type F,\n  g,\n} from "./f.ts";',
      'import "./h.ts";',
      'export { i } from "./i.ts";',
      'export * from "./j.ts";',
      'export type { K } from "node:fs";',
      'const l = await import("./l.ts");',
      'new Worker(new URL("./m.ts", import.meta.url));',
    ].join("\n");
    expect(importsOf(file("src/app/x.ts", text))).toEqual([
      { target: "src/app/a.ts", typeOnly: false },
      { target: "src/ports/b.ts", typeOnly: true },
      { target: "pkg", typeOnly: false },
      { target: "@scope/name", typeOnly: false },
      { target: "src/app/f.ts", typeOnly: false },
      { target: "src/app/h.ts", typeOnly: false },
      { target: "src/app/i.ts", typeOnly: false },
      { target: "src/app/j.ts", typeOnly: false },
      { target: "node:fs", typeOnly: true },
      { target: "src/app/l.ts", typeOnly: false },
      { target: "src/app/m.ts", typeOnly: false },
    ]);
  });

  it("takes no other text for one", () => {
    const text = [
      'export const greeting = "hello";',
      'export type Side = "long" | "short";',
      "export function from(value: string) {",
      '  return value === "imported from";',
      "}",
      '/** Taken from "elsewhere". */',
      'const sql = "insert"; // import { x } from "y"',
    ].join("\n");
    expect(importsOf(file("src/app/x.ts", text))).toEqual([]);
  });
});

describe("the checker", () => {
  it.each([
    ["src/domain/order.ts", "../rules/parse.ts"],
    ["src/domain/order.ts", "node:fs"],
    ["src/rules/parse.ts", "../engine/engine.ts"],
    ["src/engine/engine.ts", "../ports/clock.ts"],
    ["src/engine/engine.ts", "node:timers"],
    ["src/engine/engine.ts", "decimal.js"],
    ["src/ports/store.ts", "../engine/effect.ts"],
    ["src/app/trading.ts", "../storage/database.ts"],
    ["src/app/trading.ts", "../engine/market/node.ts"],
    ["src/exchange/binance/feed.ts", "../../runtime/feeds.ts"],
    ["src/exchange/binance/feed.ts", "../../storage/database.ts"],
    ["src/storage/database.ts", "../exchange/binance/feed.ts"],
    ["src/outbox/dispatcher.ts", "../../bots/telegram/bot.ts"],
    ["src/runtime/runner.ts", "../storage/database.ts"],
    ["src/runtime/runner.ts", "../exchange/binance/feed.ts"],
    ["src/runtime/runner.ts", "../compose.ts"],
    ["src/runtime/runner.ts", "../../config/settings.ts"],
    ["src/ops/metrics.ts", "../runtime/runner.ts"],
    ["src/main.ts", "../bots/telegram/bot.ts"],
    ["bots/telegram/bot.ts", "../discord/client.ts"],
    ["bots/telegram/bot.ts", "../../src/storage/database.ts"],
    ["bots/catalogue/command.ts", "../console/terminal.ts"],
    ["bots/console/terminal.ts", "../../src/ops/logging.ts"],
    ["config/load.ts", "../src/ops/logging.ts"],
    ["migrations/0001-initial.ts", "../src/storage/database.ts"],
    ["bots/discord/client.ts", "grammy"],
    ["bots/telegram/bot.ts", "discord.js"],
    ["src/runtime/feeds.ts", "ws"],
    ["src/runtime/runner.ts", "pino"],
    ["src/runtime/health.ts", "fastify"],
    ["src/app/queries.ts", "@mikro-orm/core"],
    ["src/app/queries.ts", "technicalindicators"],
    ["src/engine/engine.ts", "chevrotain"],
    ["src/ops/metrics.ts", "node-cron"],
    ["src/app/queries.ts", "left-pad"],
    ["src/app/queries.ts", "../../tests/support/fixture.ts"],
    ["scripts/x.ts", "node:fs"],
  ])("finds that %s imports %s", (path, specifier) => {
    expect(violations([file(path, `import { x } from "${specifier}";`)])).toHaveLength(1);
  });

  it.each([
    ["src/domain/money.ts", "decimal.js"],
    ["src/rules/parse.ts", "../domain/rule.ts"],
    ["src/engine/market/node.ts", "../../rules/parse.ts"],
    ["src/app/trading.ts", "../engine/command.ts"],
    ["src/app/backtests.ts", "../engine/backtest/run.ts"],
    ["src/exchange/binance/feed.ts", "../../ports/market-feed.ts"],
    ["src/runtime/runner.ts", "../engine/engine.ts"],
    ["src/compose.ts", "../bots/telegram/bot.ts"],
    ["src/compose.ts", "./storage/database.ts"],
    ["bots/telegram/bot.ts", "../catalogue/command.ts"],
    ["bots/telegram/bot.ts", "grammy"],
    ["config/load.ts", "../src/domain/fault.ts"],
    ["config/mikro-orm.config.ts", "../src/storage/orm-options.ts"],
  ])("lets %s import %s", (path, specifier) => {
    expect(violations([file(path, `import { x } from "${specifier}";`)])).toEqual([]);
  });

  it("tells types from values where only types are allowed", () => {
    const path = "src/ports/store.ts";
    const rest = '{ Effect } from "../engine/effect.ts";';
    expect(violations([file(path, `import type ${rest}`)])).toEqual([]);
    expect(violations([file(path, `import ${rest}`)])).toHaveLength(1);
  });
});
