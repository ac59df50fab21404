/** The house rules hold in the real tree, and each check finds what breaks it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { SETTINGS } from "../../config/settings.ts";
import { ROOT, sourceFiles } from "./sources.ts";
import { drawers, mocking, postponing, strangers, withoutHeader } from "./tidy.ts";

const TOP_LEVEL = [
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "vitest.config.ts",
  "knip.json",
  "README.md",
  "CONTRIBUTING.md",
  "src",
  "bots",
  "migrations",
  "config",
  "tests",
  "docs",
];
/** Made by installing and running; not part of the repository. */
const IGNORED = ["node_modules", "data"];

const product = sourceFiles(["src", "bots", "config", "migrations"]);
/** But for this check and its own test, which have to write what they look for. */
const tests = sourceFiles(["tests"]).filter(({ path }) => !path.includes("/tidy."));
const file = (text: string) => ({ path: "src/x.ts", text });

describe("the project", () => {
  it("has a fixed top level", () => {
    const visible = readdirSync(ROOT).filter((name) => !name.startsWith("."));
    expect(strangers(visible, [...TOP_LEVEL, ...IGNORED])).toEqual([]);
    expect(strangers(TOP_LEVEL, visible)).toEqual([]);
  });

  it("has no drawers", () => {
    expect(drawers([...product, ...tests].map(({ path }) => path))).toEqual([]);
  });

  it("says on top of each file what it is for", () => {
    expect(withoutHeader([...product, ...tests])).toEqual([]);
  });

  it("puts nothing off", () => {
    expect(postponing([...product, ...tests])).toEqual([]);
  });

  it("mocks no module", () => {
    expect(mocking(tests)).toEqual([]);
  });

  it("reads every setting it offers", () => {
    const code = product.filter(({ path }) => path.startsWith("src/")).map(({ text }) => text);
    const all = code.join("\n");
    const unread = Object.keys(SETTINGS).filter((key) => !new RegExp(`\\b${key}\\b`).test(all));
    expect(unread).toEqual([]);
  });

  it("pins every dependency exactly", () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as Record<
      "dependencies" | "devDependencies" | "optionalDependencies",
      Record<string, string>
    >;
    const { dependencies, devDependencies, optionalDependencies } = manifest;
    const versions = Object.values({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});

describe("the checks", () => {
  it("find drawers among files and folders, and no others", () => {
    const bad = ["src/index.ts", "src/utils/money.ts", "bots/types.ts", "tests/helpers.test.ts"];
    const good = ["src/domain/order-types-of-binance.ts", "src/app/index-price.ts"];
    expect(drawers([...bad, ...good])).toEqual(bad);
  });

  it("find files without a header", () => {
    const bad = [
      "",
      "import x;\n",
      "/** X. */\nimport x;\n",
      "import x;\n/** Long enough to count. */",
    ];
    const good = [
      "/** Long enough to count. */\n",
      "#!/usr/bin/env node\n// Long enough to count.\n",
    ];
    expect(withoutHeader(bad.map(file))).toHaveLength(bad.length);
    expect(withoutHeader(good.map(file))).toEqual([]);
  });

  it("find what is put off", () => {
    expect(postponing([file("// TODO: later"), file("// todos are fine")])).toHaveLength(1);
  });

  it("find mocked modules", () => {
    expect(mocking([file('vi.mock("./x.ts");'), file("vi.fn();")])).toHaveLength(1);
  });

  it("find strangers at the top level", () => {
    expect(strangers(["src", "scripts"], TOP_LEVEL)).toEqual(["scripts"]);
  });
});
