/**
 * The search for better numbers in a rule: the ranges in its text stand for many rules, which are all
 * tested on the same stored candles, window by window, and ranked by what they did out of sample.
 */
import type { Instrument } from "../domain/instrument.ts";
import { timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import type { User } from "../domain/user.ts";
import { type SweepVerdict, verdictOf } from "../engine/sweep/walk-forward.ts";
import type { CandleStore } from "../ports/candle-store.ts";
import type { MarketData } from "../ports/market-data.ts";
import { type RuleMemory, ruleMemory } from "../rules/memory.ts";
import { parseRule } from "../rules/parse.ts";
import { RuleFault } from "../rules/fault.ts";
import { variantsOf, type VariantSet } from "../rules/variants.ts";
import type { BacktestSettings, BacktestWish, PhaseProgress } from "./backtests.ts";
import type { Drafting } from "./drafting.ts";
import type { LongJobs } from "./long-jobs.ts";
import type { RunSweep } from "./optimize-job.ts";
import { requireRole } from "./require-role.ts";
import { RuleRefused } from "./rule-refused.ts";
import {
  decidesBetweenCloses,
  fetchHistory,
  historyPages,
  testedRange,
  type TestedHistory,
} from "./tested-history.ts";

export interface OptimizationsParts {
  readonly drafting: Drafting;
  readonly market: Pick<MarketData, "instrument" | "closedCandles" | "serverTime">;
  readonly candles: CandleStore;
  readonly sweep: RunSweep;
  readonly settings: BacktestSettings;
  readonly jobs: LongJobs;
}

/** A rule's text with ranges in it, and what it is tried on; null takes what suits, as in a backtest. */
export interface OptimizeWish extends Omit<BacktestWish, "what"> {
  readonly ruleText: string;
}

export interface OptimizeAnswer {
  readonly instrument: Instrument;
  readonly timeframe: Timeframe;
  /** The rules that were tested, and what they were made from. */
  readonly set: VariantSet;
  readonly verdict: SweepVerdict;
  /** False when the exchange could not be asked for what was not stored. */
  readonly complete: boolean;
}

/** Rules of one search; more combinations than these are sampled. */
export const MAX_VARIANTS = 1_000;
/** Candles times rules of one search in the service: a minute or so of one processor. */
export const MAX_SWEEP_WORK = 50_000_000;
const MIN_VARIANTS = 20;
const DEFAULT_TIMEFRAME: Timeframe = "15m";

/** A wish made definite. */
interface Plan extends TestedHistory {
  readonly set: VariantSet;
}

export class Optimizations {
  readonly #parts: OptimizationsParts;

  constructor(parts: OptimizationsParts) {
    this.#parts = parts;
  }

  /**
   * Faults: backtest-running, backtests-busy {limit}, RuleRefused, rule-without-range, unknown-symbol
   * {symbol}, wrong-quote-asset, range-empty, too-many-candles {candles, limit}, optimize-too-short
   * {candles, least}, backtest-no-candles {timeframe}, backtest-cancelled.
   */
  async run(
    actor: User,
    wish: OptimizeWish,
    progress: PhaseProgress = () => {},
  ): Promise<OptimizeAnswer> {
    requireRole(actor, "viewer");
    const { candles: store, market: data, sweep, settings, jobs } = this.#parts;
    return jobs.run(actor.id, async (signal) => {
      const plan = await this.#plan(wish);
      const { set, timeframe, instrument, from } = plan;
      const complete = await fetchHistory({ store, data }, plan, {
        signal,
        progress: (done, total) => progress("fetching", done, total),
      });
      signal.throwIfAborted();
      const { fee, slippage, startingBalance: capital } = settings;
      const figures = await sweep(
        {
          terms: { timeframe, instrument, from, capital, fee, slippage },
          ruleTexts: set.ruleTexts,
          pages: historyPages(store, plan),
        },
        { signal, progress: (done, total) => progress("testing", done, total) },
      );
      return { instrument, timeframe, set, verdict: verdictOf(figures, set.middle), complete };
    });
  }

  /** Ends the person's own search or backtest; false when none is running. */
  cancel(actor: User): boolean {
    return this.#parts.jobs.cancel(actor.id);
  }

  async #plan({ ruleText, timeframe: wished, ...wish }: OptimizeWish): Promise<Plan> {
    const { drafting, market, settings } = this.#parts;
    const timeframe = wished ?? DEFAULT_TIMEFRAME;
    // One first: whether the text is a rule at all is said before anything is asked of the exchange.
    variantsIn(ruleText, 1, (one) => drafting.canonical(one, timeframe));
    const symbol = await drafting.tradable(wish.symbol ?? settings.defaultSymbol);
    const now = wish.until ?? (await market.serverTime());
    const shortest = testedRange(timeframe, wish.from, now, new Map());
    const candles = (shortest.to - shortest.from) / timeframeMs(timeframe) + 1;
    const most = Math.min(MAX_VARIANTS, Math.floor(MAX_SWEEP_WORK / candles));
    const set = variantsIn(ruleText, Math.max(MIN_VARIANTS, most), (one) =>
      drafting.canonical(one, timeframe),
    );
    const rules = set.ruleTexts.map((one) => parseRule(one, { timeframe }));
    const memory = mergedMemory(rules.map((rule) => ruleMemory(rule, timeframe)));
    const range = testedRange(timeframe, wish.from, now, memory);
    const instrument = await market.instrument(symbol);
    const watches = rules.some(decidesBetweenCloses);
    return { set, memory, timeframe, instrument, watchesPrices: watches, ...range };
  }
}

/** A range that is none is pointed at, as any other mistake in a rule. */
function variantsIn(...[text, most, canonical]: Parameters<typeof variantsOf>): VariantSet {
  try {
    return variantsOf(text, most, canonical);
  } catch (error) {
    throw error instanceof RuleFault ? new RuleRefused(text, error) : error;
  }
}

/** The longest history of each timeframe: every rule takes its own part of it. */
function mergedMemory(memories: readonly RuleMemory[]): RuleMemory {
  const merged = new Map<Timeframe, { warmup: number; replay: number }>();
  for (const memory of memories) {
    for (const [timeframe, { warmup, replay }] of memory) {
      const known = merged.get(timeframe) ?? { warmup, replay };
      merged.set(timeframe, {
        warmup: Math.max(known.warmup, warmup),
        replay: Math.max(known.replay, replay),
      });
    }
  }
  return merged;
}
