/**
 * Is what we hold complete and right? Looks through a range of stored candles for holes and, when
 * asked to, compares each with the exchange's present answer, which is how later revisions show.
 */
import type { CandleStore } from "../ports/candle-store.ts";
import type { CandleRequest, MarketData } from "../ports/market-data.ts";
import { CandleCheck, type CandleFindings, MAX_LISTED } from "./candle-check.ts";
import { compare } from "./import-candles.ts";

export interface StoredReport {
  readonly findings: CandleFindings;
  /** Null when the exchange was not asked. */
  readonly exchange: {
    /** Candles the exchange has and we have not. */
    readonly lacking: number;
    readonly revised: number;
    /** Open times of the first of them, at most MAX_LISTED. */
    readonly revisions: readonly number[];
  } | null;
}

/** `data`: the exchange to compare with, or null. Faults: database-away, those of the exchange. */
export async function checkStored(
  store: CandleStore,
  range: CandleRequest,
  data: Pick<MarketData, "closedCandles"> | null,
): Promise<StoredReport> {
  const check = new CandleCheck(range.timeframe);
  for await (const page of store.pages(range)) for (const candle of page) check.take(candle);
  if (data === null) return { findings: check.findings, exchange: null };
  let [lacking, revised] = [0, 0];
  const revisions: number[] = [];
  for await (const page of data.closedCandles(range)) {
    const { added, changed } = await compare(store, page);
    lacking += added.length;
    revised += changed.length;
    for (const { openTime } of changed.slice(0, MAX_LISTED - revisions.length)) {
      revisions.push(openTime);
    }
  }
  return { findings: check.findings, exchange: { lacking, revised, revisions } };
}
