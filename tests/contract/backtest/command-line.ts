/** Runs the command line tools as their users do, in a directory of their own. */
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import type { Candle } from "../../../src/domain/candle.ts";

const ROOT = join(import.meta.dirname, "../../..");

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Workplace {
  readonly dir: string;
  readonly backtest: (...args: string[]) => Promise<Outcome>;
  readonly candles: (...args: string[]) => Promise<Outcome>;
  readonly optimize: (...args: string[]) => Promise<Outcome>;
  /** Writes a file there; a name that ends in .gz is packed. Returns its path. */
  readonly file: (name: string, text: string) => Promise<string>;
}

/** `environment` comes on top of a database in the directory itself. */
export async function workplace(environment: Record<string, string> = {}): Promise<Workplace> {
  const dir = await mkdtemp(join(tmpdir(), "vigie-tools-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const env = { PATH: process.env["PATH"] ?? "", DATA_DIR: join(dir, "data"), ...environment };
  const run = (script: string, args: readonly string[]): Promise<Outcome> =>
    new Promise((resolve) => {
      const options = { cwd: ROOT, env, maxBuffer: 64 * 1024 * 1024 };
      execFile(process.execPath, [script, ...args], options, (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      });
    });
  return {
    dir,
    backtest: (...args) => run("src/backtest-cli.ts", args),
    candles: (...args) => run("src/candles-cli.ts", args),
    optimize: (...args) => run("src/optimize-cli.ts", args),
    async file(name, text) {
      const path = join(dir, name);
      await writeFile(path, name.endsWith(".gz") ? gzipSync(text) : text);
      return path;
    },
  };
}

/** The file format both tools read. */
export function csvOf(candles: readonly Candle[]): string {
  const lines = candles.map(
    ({ openTime, open, high, low, close, volume }) =>
      `${openTime},${open},${high},${low},${close},${volume}`,
  );
  return `open_time_ms,open,high,low,close,volume\n${lines.join("\n")}\n`;
}
