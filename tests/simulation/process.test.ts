/** The process as an operator meets it: killed, stopped, started twice, spoken to through a pipe. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it, onTestFinished } from "vitest";
import { auditMoney } from "../../src/storage/audit.ts";
import { openDatabase, type Database } from "../../src/storage/database.ts";
import { silentLogger } from "../support/database.ts";
import { MINUTE_MS } from "../support/running-service.ts";

const KILLS = 2;
const STOP_LIMIT_MS = 5_000;

interface Demo {
  readonly child: ChildProcess;
  readonly lines: string[];
  /** Resolves when `count` lines like this have been printed since the start. */
  readonly printed: (pattern: RegExp, count?: number) => Promise<void>;
}

async function temporaryDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), "vigie-process-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

function startDemo(dataDir: string, ...args: string[]): Demo {
  const child = spawn(process.execPath, ["src/demo.ts", "--seed", "7", ...args], {
    env: { ...process.env, DATA_DIR: dataDir, HTTP_PORT: "0", LOG_LEVEL: "warn" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      lines.push(line);
      for (const look of waiting) look();
    });
  }
  const printed = (pattern: RegExp, count = 1) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (lines.filter((line) => pattern.test(line)).length < count) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      child.once("close", () => reject(new Error(`ended early:\n${lines.join("\n")}`)));
      look();
    });
  return { child, lines, printed };
}

async function ended({ child }: Demo): Promise<{ code: number | null; tookMs: number }> {
  const begun = performance.now();
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return { code: child.exitCode, tookMs: performance.now() - begun };
}

function openDemo(dataDir: string): Promise<Database> {
  return openDatabase({ dataDir, logger: silentLogger });
}

async function numberOf(database: Database, sql: string): Promise<number> {
  const [row] = await database.query<{ n: string }>(`select (${sql})::text as n`);
  return Number(row?.n);
}

describe("kill -9 in the middle of trading", () => {
  it("loses no trade, doubles none, leaves no hole and keeps the books", async () => {
    const dataDir = await temporaryDir();
    for (let kill = 1; kill <= KILLS; kill++) {
      const demo = startDemo(dataDir);
      await demo.printed(/Opened #/, kill + 1);
      demo.child.kill("SIGKILL");
      await ended(demo);
    }
    await using database = await openDemo(dataDir);
    expect(await auditMoney(database)).toEqual([]);
    expect(await numberOf(database, "select count(*) from trades")).toBe(
      await numberOf(database, "select count(*) from positions where closed_at is not null"),
    );
    expect(
      await numberOf(
        database,
        `select count(*) from (select 1 from fills group by order_id having count(*) > 1) twice`,
      ),
    ).toBe(0);
    const holes = `select count(*) from (
      select open_time - lag(open_time) over (order by open_time) as step
      from candles where timeframe = '1m') steps
      where step <> interval '${MINUTE_MS} milliseconds'`;
    expect(await numberOf(database, holes)).toBe(0);
  });

  it("goes on with the open positions and tells what happened in between", async () => {
    const dataDir = await temporaryDir();
    const first = startDemo(dataDir);
    await first.printed(/Opened #2 /);
    first.child.kill("SIGKILL");
    await ended(first);
    const second = startDemo(dataDir);
    await second.printed(/Going on with 42 strategies/);
    await second.printed(/The service is back/);
    second.child.stdin?.write("/trade 1\n/trade 2\n");
    await second.printed(/(Trade|position) #1:/);
    await second.printed(/(Trade|position) #2:/);
    second.child.kill("SIGTERM");
    expect((await ended(second)).code).toBe(0);
  });
});

describe("the process", () => {
  it("says what its options are, and which one it does not know, without starting", async () => {
    const dir = await temporaryDir();
    const asked = startDemo(dir, "--help");
    await asked.printed(/--data-dir DIR/);
    expect((await ended(asked)).code).toBe(0);
    const wrong = startDemo(dir, "--nonsense");
    await wrong.printed(/^There is no option "--nonsense"\.$/);
    expect((await ended(wrong)).code).toBe(1);
  });

  it("ends cleanly on SIGTERM within five seconds", async () => {
    const demo = startDemo(await temporaryDir());
    await demo.printed(/Opened #1 /);
    demo.child.kill("SIGTERM");
    const { code, tookMs } = await ended(demo);
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(STOP_LIMIT_MS);
  });

  it("reads a command per line from a pipe and goes on when the pipe ends", async () => {
    const demo = startDemo(await temporaryDir());
    await demo.printed(/Adopted all 42/);
    demo.child.stdin?.end("/status\n/nonsense\n/strategy 1\n");
    await demo.printed(/The service is running/);
    await demo.printed(/nonsense/);
    await demo.printed(/RSI reversal 1m/);
    await demo.printed(/Opened #1 /);
    demo.child.kill("SIGTERM");
    expect((await ended(demo)).code).toBe(0);
  });

  it("ends by itself with a summary after the time asked for", async () => {
    const demo = startDemo(await temporaryDir(), "--for", "6");
    expect((await ended(demo)).code).toBe(0);
    expect(demo.lines.join("\n")).toMatch(/Summary of the demo[^]*strategies +42 active of 42/);
  });

  it("refuses a directory that another process uses, and says which", async () => {
    const dataDir = await temporaryDir();
    const first = startDemo(dataDir);
    await first.printed(/Adopted all 42/);
    const second = startDemo(dataDir);
    expect((await ended(second)).code).toBe(1);
    expect(second.lines.join("\n")).toContain(dataDir);
    first.child.kill("SIGTERM");
    expect((await ended(first)).code).toBe(0);
  });
});
