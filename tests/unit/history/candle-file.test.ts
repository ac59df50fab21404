/** Candle files: what is read is what stands there, and what cannot be right is refused with its line. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Candle } from "../../../src/domain/candle.ts";
import { Fault } from "../../../src/domain/fault.ts";
import { readCandleFile, writeCandleFile } from "../../../src/history/candle-file.ts";
import { loadCandleFile } from "../../../src/history/load-candles.ts";
import { randomCandles, SYMBOL } from "../../support/candle-lists.ts";

const OF = { symbol: SYMBOL, timeframe: "15m" } as const;
const HEADER = "open_time_ms,open,high,low,close,volume\n";
const START = Date.UTC(2026, 0, 1);

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "vigie-files-"));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function written(content: string | Buffer, name = "file.csv"): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, content);
  return path;
}

function line(i: number, rest = "100,101,99,100,1"): string {
  return `${START + i * 900_000},${rest}\n`;
}

async function refusal(content: string | Buffer, name?: string): Promise<[string, unknown]> {
  try {
    await loadCandleFile(await written(content, name), OF);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return [error.code, error.facts["line"] ?? null];
  }
  return ["nothing", null];
}

async function* pagesOf(candles: readonly Candle[]) {
  for (let i = 0; i < candles.length; i += 700) yield candles.slice(i, i + 700);
}

describe("a candle file", () => {
  it.each(["candles.csv", "candles.csv.gz"])("written as %s is read as the same", async (name) => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.integer({ min: 1, max: 5_000 }), async (seed, count) => {
        const candles = randomCandles(seed, count, { timeframe: "15m" });
        const path = join(dir, name);
        expect(await writeCandleFile(path, pagesOf(candles))).toBe(count);
        const pages = await Array.fromAsync(readCandleFile(path, OF));
        expect(pages.flat().map(({ candle }) => candle)).toEqual(candles);
        expect(pages.flat().at(-1)?.line).toBe(count + 1);
      }),
      { numRuns: 8 },
    );
  });

  it("keeps every digit, in any order of columns, with any line ends", async () => {
    const text = `volume,open_time_ms,close,low,high,open\r\n0.10,${START},1.50,1.00000001,2,1.123456789012345678\r\n`;
    const { candles } = await loadCandleFile(await written(`\uFEFF${text}`), OF);
    expect(candles).toEqual([
      {
        ...OF,
        openTime: START,
        open: "1.123456789012345678",
        high: "2",
        low: "1.00000001",
        close: "1.50",
        volume: "0.10",
      },
    ]);
  });

  it("tells how much of it has been read", async () => {
    const path = join(dir, "long.csv.gz");
    await writeCandleFile(path, pagesOf(randomCandles(1, 9_000, { timeframe: "15m" })));
    const seen: number[] = [];
    await loadCandleFile(path, OF, (done, total) => seen.push(done / total));
    expect(seen.at(-1)).toBe(1);
    expect(seen.length).toBeGreaterThan(3);
  });

  it("need not be read to its end", async () => {
    const path = join(dir, "left.csv.gz");
    await writeCandleFile(path, pagesOf(randomCandles(1, 9_000, { timeframe: "15m" })));
    for await (const page of readCandleFile(path, OF)) {
      expect(page).toHaveLength(2_000);
      break;
    }
  });
});

describe("a candle file is refused", () => {
  it.each([
    ["without a column", "time,open,close\n1,2,3\n", "csv-columns", null],
    ["without anything", "", "csv-columns", null],
    ["without a candle", HEADER, "file-empty", null],
    ["with a word for a number", HEADER + line(0) + line(1, "100,x,99,100,1"), "csv-value", 3],
    ["with a negative price", HEADER + line(0, "-1,1,1,1,1"), "csv-value", 2],
    ["with an exponent", HEADER + line(0, "1e3,1,1,1,1"), "csv-value", 2],
    ["with a high below", HEADER + line(0, "100,99,98,99,1"), "csv-candle", 2],
    ["with a low above", HEADER + line(0, "100,105,101,102,1"), "csv-candle", 2],
    ["with a price of nothing", HEADER + line(0, "0,0,0,0,0"), "csv-candle", 2],
    ["with a time between candles", `${HEADER}${START + 1},1,1,1,1,1\n`, "csv-candle", 2],
    ["with a short line", `${HEADER}${START},1,1\n`, "csv-broken", 2],
    ["in disorder", HEADER + line(2) + line(1), "candles-out-of-order", 3],
    ["that contradicts itself", HEADER + line(1) + line(1, "1,1,1,1,1"), "candles-contradict", 3],
    ["that is packed badly", Buffer.from("1f8b00ff", "hex"), "file-unreadable", null],
    ["that ends early", gzipSync(HEADER + line(1)).subarray(0, 40), "file-unreadable", null],
  ])("%s", async (_what, content, code, at) => {
    expect(await refusal(content)).toEqual([code, at]);
  });

  it("that is not there", async () => {
    await expect(loadCandleFile(join(dir, "none"), OF)).rejects.toMatchObject({
      code: "file-not-found",
    });
    await expect(loadCandleFile(dir, OF)).rejects.toMatchObject({ code: "file-unreadable" });
    await expect(writeCandleFile(join(dir, "none", "x.csv"), pagesOf([]))).rejects.toMatchObject({
      code: "file-unwritable",
    });
  });

  it("but not for holes and lines told twice, which are reported", async () => {
    const path = await written(HEADER + line(0) + line(0) + line(3) + line(4));
    const { candles, findings } = await loadCandleFile(path, OF);
    expect(candles).toHaveLength(3);
    expect(findings).toMatchObject({ missing: 2, gapCount: 1, repeated: 1, unordered: 0 });
    expect(findings.gaps).toEqual([{ from: START + 900_000, to: START + 1_800_000, candles: 2 }]);
  });
});
