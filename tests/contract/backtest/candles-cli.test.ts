/** `npm run candles`: into the database and out again, and what is found on the way. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { candlesOf, randomCandles, SYMBOL } from "../../support/candle-lists.ts";
import { randomBars } from "../../support/random-market.ts";
import { startExchange, START as MARKET_START } from "../simulator/exchange-fixture.ts";
import { csvOf, workplace } from "./command-line.ts";

const OF = ["--symbol", SYMBOL, "--timeframe", "15m"];
const CANDLES = randomCandles(8, 5_000, { timeframe: "15m" });

describe("npm run candles", () => {
  it("imports, again without doing anything twice, and exports the same", async () => {
    const { file, candles: run, dir } = await workplace();
    const source = await file("source.csv.gz", csvOf(CANDLES));
    const first = await run("import", source, ...OF);
    expect([first.code, first.err]).toEqual([0, ""]);
    expect(first.out).toContain("5000 candles added, 0 were stored already, 0 revised.");
    const again = await run("import", source, ...OF);
    expect(again.out).toContain("0 candles added, 5000 were stored already, 0 revised.");
    const target = join(dir, "target.csv.gz");
    expect((await run("export", target, ...OF)).out).toContain("5000 candles written");
    expect(gunzipSync(await readFile(target)).toString()).toBe(csvOf(CANDLES));
  });

  it("finds gaps, repetitions, revisions and disorder", async () => {
    const { file, candles: run } = await workplace();
    const revised = { ...CANDLES[4]!, close: CANDLES[4]!.open };
    const list = [
      ...CANDLES.slice(0, 5),
      CANDLES[4]!,
      revised,
      CANDLES[2]!,
      ...CANDLES.slice(7, 20),
    ];
    const source = await file("source.csv", csvOf(list));
    const { out } = await run("check", source, ...OF);
    expect(out).toContain("18 candles from 2026-01-01 00:00 to 2026-01-01 04:45.");
    expect(out).toContain(
      "2 candles are missing in 1 gaps:\n  2026-01-01 01:15 to 2026-01-01 01:30 (2)",
    );
    expect(out).toContain("1 lines repeat the one before.");
    expect(out).toContain("1 lines are not in order of time.");
    expect(out).toContain("Told twice with other prices: 2026-01-01 01:00.");
    await run("import", source, ...OF);
    const stored = await run("check", ...OF);
    expect(stored.out).toContain("18 candles from");
    expect(stored.out).toContain("2 candles are missing in 1 gaps");
    const whole = await file("whole.csv", csvOf(CANDLES.slice(0, 20)));
    const mended = await run("import", whole, ...OF);
    expect(mended.out).toContain("2 candles added, 17 were stored already, 1 revised.");
    expect(mended.out).toContain("Revised: 2026-01-01 01:00.");
    expect((await run("check", ...OF)).out).toContain("Complete, in order");
  });

  it("fetches what is missing and no more, and compares with the exchange", async () => {
    const fixture = await startExchange();
    const { file, candles: run } = await workplace({ BINANCE_REST_URL: fixture.exchange.restUrl });
    const day = 86_400_000;
    const range = ["--from", String(MARKET_START - 20 * day), "--to", String(MARKET_START)];
    const half = [
      "--from",
      String(MARKET_START - 10 * day),
      "--to",
      String(MARKET_START - 5 * day),
    ];
    expect((await run("fetch", ...OF, ...half)).out).toBe(
      "480 candles fetched, 0 were stored already.\n",
    );
    expect((await run("fetch", ...OF, ...range)).out).toBe(
      "1440 candles fetched, 480 were stored already.\n",
    );
    expect((await run("fetch", ...OF, ...range)).out).toBe(
      "0 candles fetched, 1920 were stored already.\n",
    );
    const compared = await run("check", ...OF, "--exchange");
    expect(compared.out).toContain("The exchange has 0 candles more and revised 0.");
    const altered = candlesOf(randomBars(1, 1), "15m", MARKET_START - day);
    await run("import", await file("altered.csv", csvOf(altered)), ...OF);
    const revised = await run("check", ...OF, "--exchange");
    expect(revised.out).toContain("revised 1.\nRevised: 2026-01-04 00:00.");
  });

  it("refuses in a sentence", async () => {
    const { candles: run } = await workplace();
    const wrong: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /missing: import, export, check, fetch/],
      [["mend", ...OF], /mend must be import, export, check, fetch/],
      [["import", ...OF], /missing: FILE/],
      [["import", "x.csv", "--timeframe", "15m"], /missing: --symbol/],
      [["fetch", ...OF, "--from", "soon"], /--from must be a date/],
      [["fetch", ...OF, "--from", "2026-01-02", "--to", "2026-01-01"], /nothing between/],
    ];
    for (const [args, sentence] of wrong) {
      const { code, out, err } = await run(...args);
      expect([args, code, out]).toEqual([args, 1, ""]);
      expect(err).toMatch(sentence);
    }
  });
});
