/**
 * Takes candles from a file into storage. What is stored already and equal is left alone, so an import
 * that was broken off goes on where it stopped when it is run again; what differs is overwritten and
 * reported as a revision.
 */
import type { Candle } from "../domain/candle.ts";
import type { CandleStore } from "../ports/candle-store.ts";
import { CandleCheck, type CandleFindings, MAX_LISTED } from "./candle-check.ts";
import type { FileCandle } from "./candle-file.ts";
import { sameCandle } from "./same-candle.ts";

export interface ImportReport {
  /** What was found in the file itself. */
  readonly file: CandleFindings;
  readonly added: number;
  readonly unchanged: number;
  /** Stored candles that the file overwrote with other prices. */
  readonly revised: number;
  /** Open times of the first of them, at most MAX_LISTED. */
  readonly revisions: readonly number[];
}

/** `pages`: of one symbol and timeframe. Faults: those of reading the file, database-away. */
export async function importCandles(
  store: CandleStore,
  pages: AsyncIterable<readonly FileCandle[]>,
  signal?: AbortSignal,
): Promise<ImportReport> {
  let check: CandleCheck | null = null;
  const counts = { added: 0, unchanged: 0, revised: 0 };
  const revisions: number[] = [];
  for await (const page of pages) {
    signal?.throwIfAborted();
    const [first] = page;
    if (first === undefined) continue;
    check ??= new CandleCheck(first.candle.timeframe);
    for (const { candle } of page) check.take(candle);
    const { added, changed, unchanged } = await compare(
      store,
      page.map(({ candle }) => candle),
    );
    await store.save([...added, ...changed]);
    counts.added += added.length;
    counts.revised += changed.length;
    counts.unchanged += unchanged;
    for (const { openTime } of changed.slice(0, MAX_LISTED - revisions.length)) {
      revisions.push(openTime);
    }
  }
  const file = (check ?? new CandleCheck("1m")).findings;
  return { file, ...counts, revisions };
}

/** Candles against storage; of those with the same open time the last one counts. */
export async function compare(
  store: CandleStore,
  candles: readonly Candle[],
): Promise<{ added: readonly Candle[]; changed: readonly Candle[]; unchanged: number }> {
  const fresh = new Map(candles.map((candle) => [candle.openTime, candle]));
  const [first] = candles;
  if (first === undefined) return { added: [], changed: [], unchanged: 0 };
  const { symbol, timeframe } = first;
  const times = [...fresh.keys()];
  const range = { symbol, timeframe, from: smallest(times), to: -smallest(times.map((at) => -at)) };
  const changed: Candle[] = [];
  let unchanged = 0;
  for await (const page of store.pages(range)) {
    for (const stored of page) {
      const candle = fresh.get(stored.openTime);
      if (candle === undefined) continue;
      fresh.delete(stored.openTime);
      if (sameCandle(candle, stored)) unchanged++;
      else changed.push(candle);
    }
  }
  return { added: [...fresh.values()], changed, unchanged };
}

function smallest(values: readonly number[]): number {
  let least = Number.POSITIVE_INFINITY;
  for (const value of values) least = Math.min(least, value);
  return least;
}
