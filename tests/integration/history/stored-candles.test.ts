/** Candles in the database: imported, fetched, checked, each step good for being repeated. */
import { describe, expect, it, onTestFinished } from "vitest";
import type { Candle } from "../../../src/domain/candle.ts";
import { candlesOfLines } from "../../../src/domain/candle-lines.ts";
import { BinanceMarketData } from "../../../src/exchange/binance/rest.ts";
import { checkStored } from "../../../src/history/check-candles.ts";
import { fetchCandles, missingStretches } from "../../../src/history/fetch-candles.ts";
import { importCandles } from "../../../src/history/import-candles.ts";
import { SystemClock } from "../../../src/runtime/clocks.ts";
import { PostgresCandleStore } from "../../../src/storage/candle-store.ts";
import { startExchange, START } from "../../contract/simulator/exchange-fixture.ts";
import { randomCandles, SYMBOL } from "../../support/candle-lists.ts";
import { silentLogger, testDatabases } from "../../support/database.ts";

const LENGTH_MS = 900_000;
const CANDLES = randomCandles(8, 5_000, { timeframe: "15m", from: START });
const RANGE = { symbol: SYMBOL, timeframe: "15m", from: 0, to: START * 2 } as const;

async function* fileOf(candles: readonly Candle[]) {
  for (let i = 0; i < candles.length; i += 900) {
    yield candles.slice(i, i + 900).map((candle, at) => ({ candle, line: i + at + 2 }));
  }
}

async function stored(store: PostgresCandleStore): Promise<Candle[]> {
  return (await Array.fromAsync(store.pages(RANGE))).flat();
}

describe.each(testDatabases())("candles in the $name database", ({ create }) => {
  async function open(): Promise<PostgresCandleStore> {
    const handle = await create();
    onTestFinished(() => handle[Symbol.asyncDispose]());
    return new PostgresCandleStore(handle.database);
  }

  it("are imported once, however often the file is read", async () => {
    const store = await open();
    expect(await store.extent(SYMBOL, "15m")).toBeNull();
    const half = await importCandles(store, fileOf(CANDLES.slice(0, 2_000)));
    expect(half).toMatchObject({ added: 2_000, unchanged: 0, revised: 0 });
    const whole = await importCandles(store, fileOf(CANDLES));
    expect(whole).toMatchObject({ added: 3_000, unchanged: 2_000, revised: 0 });
    expect(await stored(store)).toEqual(CANDLES);
    expect(await store.extent(SYMBOL, "15m")).toEqual({
      oldest: START,
      newest: START + 4_999 * LENGTH_MS,
      candles: 5_000,
    });
  });

  it("are overwritten by revisions, which are told", async () => {
    const store = await open();
    await importCandles(store, fileOf(CANDLES.slice(0, 100)));
    const revised = { ...CANDLES[40]!, volume: "12345.678" };
    const again = [{ ...CANDLES[39]!, open: `${CANDLES[39]!.open}.000`.replace(/(\..*)\./, "$1") }];
    const report = await importCandles(store, fileOf([...again, revised]));
    expect(report).toMatchObject({ added: 0, unchanged: 1, revised: 1 });
    expect(report.revisions).toEqual([revised.openTime]);
    expect((await stored(store))[40]).toEqual(revised);
  });

  it("of a file in disorder are all taken, and the findings told", async () => {
    const store = await open();
    const [a, b, c, d, e, f] = CANDLES as [Candle, Candle, Candle, Candle, Candle, Candle];
    const list = [a, b, b, { ...b, volume: "1.5" }, a, d, e, c, f];
    const { file, added } = await importCandles(store, fileOf(list));
    expect(file).toMatchObject({ repeated: 1, revised: 1, unordered: 2, missing: 1 });
    expect(added).toBe(6);
    expect((await stored(store)).map(({ openTime }) => openTime)).toEqual(
      CANDLES.slice(0, 6).map(({ openTime }) => openTime),
    );
  });

  it("show their gaps", async () => {
    const store = await open();
    const holed = CANDLES.slice(0, 50).filter((_, i) => i < 10 || (i > 14 && i !== 30));
    await importCandles(store, fileOf(holed));
    const { findings } = await checkStored(store, RANGE, null);
    expect(findings).toMatchObject({ candles: 44, missing: 6, gapCount: 2 });
    const range = { ...RANGE, from: START - 2 * LENGTH_MS, to: START + 50 * LENGTH_MS };
    expect((await missingStretches(store, range)).map(({ candles }) => candles)).toEqual([
      2, 5, 1, 1,
    ]);
  });

  it("are told as unbroken stretches, and read as text page by page", async () => {
    const store = await open();
    const list = randomCandles(4, 12_000, { timeframe: "15m", from: START });
    const holed = list.filter((_, i) => i !== 0 && i !== 7_000 && i !== 7_002);
    await importCandles(store, fileOf(holed));
    const at = (i: number) => START + i * LENGTH_MS;
    expect(await store.stretches(RANGE)).toEqual([
      { from: at(1), to: at(6_999) },
      { from: at(7_001), to: at(7_001) },
      { from: at(7_003), to: at(11_999) },
    ]);
    const part = { ...RANGE, from: at(5), to: at(9) };
    expect(await store.stretches(part)).toEqual([{ from: at(5), to: at(9) }]);
    const pages = await Array.fromAsync(store.lines(RANGE));
    expect(pages.length).toBe(2);
    expect(pages.flatMap((lines) => candlesOfLines(lines, RANGE))).toEqual(holed);
    expect(await Array.fromAsync(store.lines({ ...part, symbol: "ETHUSDT" }))).toEqual([]);
    expect(await store.stretches({ ...part, symbol: "ETHUSDT" })).toEqual([]);
  });

  it("are fetched where they are missing, and where a fetch was broken off", async () => {
    const store = await open();
    const { exchange } = await startExchange();
    const { restUrl } = exchange;
    const clock = new SystemClock();
    const data = new BinanceMarketData({ restUrl, clock, logger: silentLogger });
    const range = { ...RANGE, from: START - 30 * 96 * LENGTH_MS, to: START - LENGTH_MS };
    const abort = new AbortController();
    const seen: number[] = [];
    const broken = fetchCandles({ store, data }, range, {
      signal: abort.signal,
      progress: (done, total) => {
        seen.push(done / total);
        if (done >= 1_000) abort.abort(new Error("enough"));
      },
    });
    await expect(broken).rejects.toThrow("enough");
    const { fetched, stored: before, absent } = await fetchCandles({ store, data }, range);
    expect(before).toBeGreaterThanOrEqual(1_000);
    expect([before + fetched, absent]).toEqual([2_880, 0]);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(await fetchCandles({ store, data }, range)).toMatchObject({ fetched: 0, stored: 2_880 });
    const clean = await checkStored(store, range, data);
    expect(clean).toMatchObject({ exchange: { lacking: 0, revised: 0 }, findings: { missing: 0 } });
    const [first] = await stored(store);
    await store.save([{ ...first!, volume: "0" }]);
    const { exchange: compared } = await checkStored(store, range, data);
    expect(compared).toEqual({ lacking: 0, revised: 1, revisions: [first!.openTime] });
  });
});
