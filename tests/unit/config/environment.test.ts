/** Reading the real environment, in a process of its own so that this one keeps its variables. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const MODULE = new URL("../../../config/environment.ts", import.meta.url).href;
const PROGRAM = `
  import { readEnvironment } from ${JSON.stringify(MODULE)};
  try { console.log(JSON.stringify(readEnvironment())); }
  catch (error) { console.log(JSON.stringify({ code: error.code, facts: error.facts })); }
`;

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "vigie-env-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function readIn(env: Record<string, string>): Record<string, unknown> {
  const options = { cwd: directory, env, encoding: "utf8" } as const;
  const output = execFileSync(process.execPath, ["--input-type=module", "-e", PROGRAM], options);
  return JSON.parse(output) as Record<string, unknown>;
}

describe("the environment", () => {
  it("is the process's own where there is no .env file", () => {
    expect(readIn({ CLOCK: "feed" })).toMatchObject({ CLOCK: "feed" });
  });

  it("takes what .env adds, and what was set before wins", () => {
    writeFileSync(join(directory, ".env"), "CLOCK=feed\nHTTP_PORT=1\n");
    expect(readIn({ HTTP_PORT: "2" })).toMatchObject({ CLOCK: "feed", HTTP_PORT: "2" });
  });

  it("says so when .env cannot be read", () => {
    mkdirSync(join(directory, ".env"));
    expect(readIn({})).toEqual({ code: "env-file-unreadable", facts: { path: ".env" } });
  });
});
