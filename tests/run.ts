/**
 * What `npm test` runs: format, lint, types, dead code, then every test. Each step is named as it
 * starts; the first that fails ends the run with its output. The last line is "N passed, N failed".
 * Every step is a process group of its own that is ended with the step, so nothing stays running.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { countTests } from "./support/vitest-report.ts";

interface Step {
  readonly title: string;
  /** The package that brings the tool, and the name of its command. */
  readonly tool: readonly [packageName: string, command: string];
  readonly args: readonly string[];
}

const ROOT = join(import.meta.dirname, "..");
const MIN_NODE = [24, 12] as const;
const MAX_STEP_MS = 15 * 60_000;

const CHECKS: readonly Step[] = [
  { title: "format", tool: ["oxfmt", "oxfmt"], args: ["--check", "."] },
  { title: "lint", tool: ["oxlint", "oxlint"], args: ["--deny-warnings", "."] },
  { title: "types", tool: ["typescript", "tsc"], args: ["--noEmit"] },
  { title: "dead code", tool: ["knip", "knip"], args: [] },
];

async function main(): Promise<number> {
  if (!nodeIsNewEnough()) return 1;
  for (const step of CHECKS) {
    const { code, output, seconds } = await run(step, "captured");
    console.log(`${step.title}: ${code === 0 ? "ok" : "FAILED"} (${seconds} s)`);
    if (code !== 0) {
      console.log(output);
      return 1;
    }
  }
  return await runTests();
}

async function runTests(): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), "vigie-tests-"));
  try {
    const file = join(directory, "report.json");
    const args = ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    console.log("tests:");
    const { code } = await run({ title: "tests", tool: ["vitest", "vitest"], args }, "shown");
    if (!existsSync(file)) {
      console.log(`The tests did not come to an end (vitest exited with ${code}).`);
      return 1;
    }
    const { passed, failed, skipped } = countTests(readFileSync(file, "utf8"), code === 0);
    if (skipped > 0) console.log(`${skipped} skipped`);
    console.log(`${passed} passed, ${failed} failed`);
    return failed === 0 && passed > 0 ? 0 : 1;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function nodeIsNewEnough(): boolean {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return true;
  console.log(
    `Node ${process.versions.node} at ${process.execPath} is too old, ` +
      `${MIN_NODE.join(".")} is needed. "npm ci" installs one that "npm test" then uses; ` +
      "if it did not, it was told to omit optional dependencies.",
  );
  return false;
}

interface Outcome {
  readonly code: number;
  readonly output: string;
  readonly seconds: string;
}

/** Runs a step to its end and ends whatever it started. */
async function run(step: Step, output: "captured" | "shown"): Promise<Outcome> {
  const started = performance.now();
  const child = spawn(process.execPath, [toolPath(step.tool), ...step.args], {
    cwd: ROOT,
    detached: true,
    env: { ...process.env, PATH: pathWithTools() },
    stdio: output === "shown" ? "inherit" : ["ignore", "pipe", "pipe"],
  });
  const chunks: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
  child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
  const stop = () => endGroup(child);
  const timer = setTimeout(() => {
    console.log(`${step.title}: stopped after ${MAX_STEP_MS / 60_000} minutes`);
    stop();
  }, MAX_STEP_MS);
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once("error", reject).once("close", (exitCode) => {
        resolve(exitCode ?? 1);
      });
      child.once("exit", stop);
    });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    return { code, output: Buffer.concat(chunks).toString(), seconds };
  } finally {
    clearTimeout(timer);
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** The script behind a package's command, so that it runs under this very Node everywhere. */
function toolPath([packageName, command]: Step["tool"]): string {
  const directory = join(ROOT, "node_modules", packageName);
  const manifest = JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as {
    bin: Record<string, string>;
  };
  return join(directory, manifest.bin[command]!);
}

/** Tools that start others by name find the ones of this project. */
function pathWithTools(): string {
  return [join(ROOT, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter);
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // The group has ended by itself, or the system has no groups: then the child alone is ended.
    child.kill("SIGKILL");
  }
}

process.exitCode = await main();
