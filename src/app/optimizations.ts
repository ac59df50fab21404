/**
 * The search for better numbers in a rule: the ranges in its text stand for many rules, which are all
 * tested on the same stored candles, window by window, and ranked by what they did out of sample.
 */
import type { Instrument } from "../domain/instrument.ts";
import type { Condition, Rule } from "../domain/rule.ts";
import { timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import type { User } from "../domain/user.ts";
import { type SweepVerdict, verdictOf } from "../engine/sweep/walk-forward.ts";
import type { MarketData } from "../ports/market-data.ts";
import { parseRule } from "../rules/parse.ts";
import { RuleFault } from "../rules/fault.ts";
import { variantsOf, type VariantSet } from "../rules/variants.ts";
import {
  type Backtests,
  type BacktestSettings,
  type BacktestWish,
  type PhaseProgress,
} from "./backtests.ts";
import type { Drafting } from "./drafting.ts";
import type { RunSweep } from "./optimize-job.ts";
import { requireRole } from "./require-role.ts";
import { RuleRefused } from "./rule-refused.ts";
import { testedRange } from "./tested-range.ts";
import type { Turns } from "./turns.ts";

export interface OptimizationsParts {
  readonly drafting: Drafting;
  readonly market: Pick<MarketData, "instrument" | "serverTime">;
  /** Whose candles are used. */
  readonly backtests: Pick<Backtests, "history">;
  readonly turns: Pick<Turns, "inTurn">;
  readonly sweep: RunSweep;
  readonly settings: BacktestSettings;
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
const DEFAULT_TIMEFRAME: Timeframe = "15m";

/** A wish made definite. */
interface Plan {
  readonly set: VariantSet;
  /** Reads what any rule of the set reads. */
  readonly rule: Rule;
  readonly timeframe: Timeframe;
  readonly instrument: Instrument;
  readonly from: number;
  readonly to: number;
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
    const { backtests, turns, sweep, settings } = this.#parts;
    return turns.inTurn(actor, async (signal) => {
      const plan = await this.#plan(wish);
      const { set, timeframe, instrument, from } = plan;
      const { complete, pages } = await backtests.history(plan, { signal, progress });
      signal.throwIfAborted();
      const { fee, slippage, startingBalance: capital } = settings;
      const terms = { timeframe, instrument, from, capital, fee, slippage };
      const figures = await sweep(
        { terms, ruleTexts: set.ruleTexts, pages },
        { signal, progress: (done, total) => progress("testing", done, total) },
      );
      return { instrument, timeframe, set, verdict: verdictOf(figures, set.middle), complete };
    });
  }

  async #plan({ ruleText, timeframe: chosen, ...wish }: OptimizeWish): Promise<Plan> {
    const { drafting, market, settings } = this.#parts;
    const timeframe = chosen ?? DEFAULT_TIMEFRAME;
    // One first: whether the text is a rule at all is said before anything is asked of the exchange.
    const canonical = (text: string): string => drafting.canonical(text, timeframe);
    const one = parseRule(variantsIn(ruleText, 1, canonical).ruleTexts[0] ?? "", { timeframe });
    const symbol = await drafting.tradable(wish.symbol ?? settings.defaultSymbol);
    const now = wish.until ?? (await market.serverTime());
    const wished = { from: wish.from, now };
    const { from, to } = testedRange(one, timeframe, wished);
    const most = Math.floor(MAX_SWEEP_WORK / ((to - from) / timeframeMs(timeframe) + 1));
    const set = variantsIn(ruleText, Math.min(MAX_VARIANTS, most), canonical);
    const rule = everything(set.ruleTexts.map((text) => parseRule(text, { timeframe })));
    const range = testedRange(rule, timeframe, wished);
    return { set, rule, timeframe, instrument: await market.instrument(symbol), ...range };
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

/** A rule that reads whatever one of them reads, as long back as any; never traded. */
function everything(rules: readonly Rule[]): Rule {
  const [first] = rules;
  if (first === undefined) throw new TypeError("no rule is left");
  const operands = rules.flatMap(conditionsOf);
  return { ...first, enterLong: { kind: "or", operands } };
}

function conditionsOf({ enterLong, exitLong, enterShort, exitShort }: Rule): readonly Condition[] {
  return [enterLong, exitLong, enterShort, exitShort].filter((one) => one !== null);
}
