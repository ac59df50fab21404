/** `npm run candles` from end to end: a file into the database and out again, the exchange's candles. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { randomCandles, SYMBOL } from "../../support/candle-lists.ts";
import { startExchange, START as MARKET_START } from "../simulator/exchange-fixture.ts";
import { csvOf, workplace } from "./command-line.ts";

const OF = ["--symbol", SYMBOL, "--timeframe", "15m"];
const CANDLES = randomCandles(8, 3_000, { timeframe: "15m" });

/** Each tool starts a process, and most of them a database. */
const PATIENCE = { timeout: 90_000 };

describe("npm run candles", PATIENCE, () => {
  it("imports a file and exports the same", async () => {
    const { file, candles: run, dir } = await workplace();
    const source = await file("source.csv.gz", csvOf(CANDLES));
    const { code, out, err } = await run("import", source, ...OF);
    expect([code, err]).toEqual([0, ""]);
    expect(out).toBe("3000 candles added, 0 were stored already, 0 revised.\n");
    const target = join(dir, "target.csv.gz");
    expect((await run("export", target, ...OF)).out).toContain("3000 candles written");
    expect(gunzipSync(await readFile(target)).toString()).toBe(csvOf(CANDLES));
  });

  it("fetches from the exchange and checks what it has", async () => {
    const fixture = await startExchange();
    const { candles: run } = await workplace({ BINANCE_REST_URL: fixture.exchange.restUrl });
    const from = MARKET_START - 5 * 86_400_000;
    const range = ["--from", String(from), "--to", String(MARKET_START)];
    const fetched = await run("fetch", ...OF, ...range);
    expect(fetched.out).toBe("480 candles fetched, 0 were stored already.\n");
    const { out } = await run("check", ...OF, "--exchange");
    expect(out).toContain("480 candles from 2025-12-31 00:00 to 2026-01-04 23:45.");
    expect(out).toContain("The exchange has 0 candles more and revised 0.");
    expect(out).toContain("Complete, in order, nothing told twice.");
  });

  it("refuses in a sentence", async () => {
    const { candles: run } = await workplace();
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [["mend", ...OF], /mend must be import, export, check, fetch/],
      [["import", ...OF], /missing: FILE/],
      [["fetch", ...OF, "--from", "soon"], /--from must be a date/],
      [["fetch", ...OF, "--from", "2026-01-02", "--to", "2026-01-01"], /nothing between/],
    ];
    const said = await Promise.all(wrong.map(([args]) => run(...args)));
    for (const [i, { code, out, err }] of said.entries()) {
      expect([code, out]).toEqual([1, ""]);
      expect(err).toMatch(wrong[i]![1]);
    }
  });
});
