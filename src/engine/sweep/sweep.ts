/**
 * Many variants of a rule over the same candles at once: the engine with a strategy for each, so that
 * what they have in common is computed once and every trade is the one runBacktest makes of that rule.
 * Variants go in batches: those in one batch need the same history, as each would have by itself, and
 * are few enough that one's fills do not slow the others down.
 */
import { timeframeMs } from "../../domain/timeframe.ts";
import { ruleMemory, usedTimeframes } from "../../rules/memory.ts";
import { parseRule } from "../../rules/parse.ts";
import type { BacktestTerms } from "../backtest-engine.ts";
import { BacktestFeed } from "../backtest-feed.ts";
import { sweepEngine } from "./sweep-engine.ts";
import { figuresOf, type VariantFigures } from "./variant-figures.ts";
import { VariantRecord } from "./variant-record.ts";
import { partsOf } from "./windows.ts";

/** Variants that share one engine. */
const BATCH_VARIANTS = 128;
/** Candles between two calls of progress. */
const PROGRESS_CANDLES = 1024;
const DAY_MS = 86_400_000;

/** Called now and then with own candles done so far, of all variants of the batch, and in all. */
export type SweepProgress = (done: number, total: number) => void;

/**
 * Rules, in canonical form, put together as they can run; each batch goes to `sweepBatch`. Faults:
 * those of the rule language.
 */
export function batchesOf(
  ruleTexts: readonly string[],
  terms: Pick<BacktestTerms, "timeframe" | "from">,
): readonly (readonly string[])[] {
  const alike = Map.groupBy(ruleTexts, (ruleText) => historyKey(ruleText, terms));
  return [...alike.values()].flatMap((rules) =>
    Array.from({ length: Math.ceil(rules.length / BATCH_VARIANTS) }, (_, i) =>
      rules.slice(i * BATCH_VARIANTS, (i + 1) * BATCH_VARIANTS),
    ),
  );
}

/**
 * Candles each timeframe is asked for: equal for rules that start from the same past. Without `from` the
 * own timeframe has none.
 */
function historyKey(
  ruleText: string,
  { timeframe, from }: Pick<BacktestTerms, "timeframe" | "from">,
): string {
  const memory = ruleMemory(parseRule(ruleText, { timeframe }), timeframe);
  const needs = [...memory].map(([one, { replay }]) =>
    one === timeframe && from === undefined ? one : `${one}:${replay}`,
  );
  return needs.join(" ");
}

/**
 * Runs the variants of one batch, synchronously; figures come in the order of the rules. Faults: those
 * of runBacktest, optimize-too-short {candles, least}.
 */
export function sweepBatch(
  terms: BacktestTerms,
  ruleTexts: readonly string[],
  progress: SweepProgress = () => {},
): readonly VariantFigures[] {
  const { timeframe, candles, instrument } = terms;
  const [sample = ""] = ruleTexts;
  const feed = new BacktestFeed(terms, usedTimeframes(parseRule(sample, { timeframe })));
  const parts = partsOf(feed.first, candles.length);
  const { engine, states } = sweepEngine(terms, feed, ruleTexts);
  const records = states.map((state) => new VariantRecord(state));
  const { waitingOrders } = engine.registry.market(instrument.symbol);
  const step = (event: Parameters<typeof engine.step>[0]) => void engine.step(event);
  const awaitsPrice = () => waitingOrders.size > 0;
  const total = (candles.length - feed.first) * records.length;
  const lengthMs = timeframeMs(timeframe);
  let done = 0;
  for (const { side, from, until } of parts) {
    const begun = candles[from]?.openTime ?? 0;
    let ended = begun;
    for (let i = from; i < until; i++) {
      feed.deliver(i, step, awaitsPrice);
      const { openTime = 0, close = "0" } = candles[i] ?? {};
      // A candle belongs to the day of its last millisecond.
      const days = dayOf(openTime + lengthMs - 1) - dayOf(Math.max(begun, ended - 1));
      if (days > 0) for (const record of records) record.endDay(days - 1);
      ended = openTime + lengthMs;
      const price = Number(close);
      for (const record of records) record.mark(price);
      done += records.length;
      if ((i - feed.first) % PROGRESS_CANDLES === 0) progress(done, total);
    }
    for (const record of records) record.endPart({ side, from: begun, until: ended });
  }
  progress(total, total);
  return records.map((record, i) => figuresOf(ruleTexts[i] ?? "", record.parts));
}

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}
