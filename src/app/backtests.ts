/**
 * Backtests people ask for: of a rule's text, one of their strategies or a built-in rule, on stored
 * candles, with what is missing fetched first. Money, fees and slippage are those of paper trading.
 * Each person has one at a time, and the whole service few, so that nobody's takes the machine.
 */
import { Fault } from "../domain/fault.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { DecimalText } from "../domain/money.ts";
import type { Rule } from "../domain/rule.ts";
import { openTimeAt, timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import type { User } from "../domain/user.ts";
import type { CandleStore } from "../ports/candle-store.ts";
import type { EngineGateway } from "../ports/engine-gateway.ts";
import type { MarketData } from "../ports/market-data.ts";
import { ruleMemory } from "../rules/memory.ts";
import { parseRule } from "../rules/parse.ts";
import { TEMPLATES } from "../rules/templates.ts";
import { requireRole } from "./require-role.ts";
import type { CandleTextPage, RunBacktest } from "./backtest-job.ts";
import type { BacktestOutcome } from "./backtest-sketch.ts";
import { fetchMissing, storedCandles } from "./candle-supply.ts";
import type { Drafting } from "./drafting.ts";
import { testedRange } from "./tested-range.ts";
import type { Turns } from "./turns.ts";

export interface BacktestSettings {
  readonly defaultSymbol: string;
  readonly startingBalance: DecimalText;
  readonly fee: DecimalText;
  readonly slippage: DecimalText;
}

export interface BacktestsParts {
  readonly gateway: Pick<EngineGateway, "strategies">;
  readonly drafting: Drafting;
  readonly market: Pick<MarketData, "instrument" | "closedCandles" | "serverTime">;
  readonly candles: CandleStore;
  readonly run: RunBacktest;
  readonly turns: Pick<Turns, "inTurn">;
  readonly settings: BacktestSettings;
}

export interface BacktestWish {
  readonly what:
    | { readonly kind: "rule"; readonly ruleText: string }
    | { readonly kind: "strategy"; readonly number: number }
    | { readonly kind: "template"; readonly key: string };
  /** Null takes those of the strategy or template, or the default. */
  readonly symbol: string | null;
  readonly timeframe: Timeframe | null;
  /** Epoch ms; null is a length that suits the timeframe, up to now. */
  readonly from: number | null;
  readonly until: number | null;
}

export interface BacktestAnswer {
  readonly result: BacktestOutcome;
  readonly instrument: Instrument;
  /** False when the exchange could not be asked for what was not stored. */
  readonly complete: boolean;
}

export type BacktestPhase = "fetching" | "testing";

/** Candles done so far and in all, of one phase. */
export type PhaseProgress = (phase: BacktestPhase, done: number, total: number) => void;

interface Watch {
  /** Ends it; its reason is thrown. */
  readonly signal: AbortSignal;
  readonly progress: PhaseProgress;
}

/** Previews at once, of all people together. */
export const MAX_REHEARSALS_AT_ONCE = 2;

const DEFAULT_TIMEFRAME: Timeframe = "15m";
const DETAIL: Timeframe = "1m";

/** A wish made definite. */
interface Plan {
  readonly ruleText: string;
  readonly rule: Rule;
  readonly timeframe: Timeframe;
  readonly instrument: Instrument;
  readonly from: number;
  /** Open time of the last candle wanted. */
  readonly to: number;
  /** Stored 1m candles decide what happens inside larger ones. */
  readonly detailed: boolean;
}

export class Backtests {
  readonly #parts: BacktestsParts;
  #rehearsing = 0;

  constructor(parts: BacktestsParts) {
    this.#parts = parts;
  }

  /**
   * Faults: backtest-running, backtests-busy {limit}, RuleRefused, not-found {what, number},
   * unknown-template {template}, unknown-symbol {symbol}, wrong-quote-asset, range-empty,
   * too-many-candles {candles, limit}, backtest-no-candles {timeframe}, backtest-cancelled.
   */
  async run(
    actor: User,
    wish: BacktestWish,
    progress: PhaseProgress = () => {},
  ): Promise<BacktestAnswer> {
    requireRole(actor, "viewer");
    return this.#parts.turns.inTurn(actor, async (signal) =>
      this.#carryOut(await this.#plan(actor, wish, true), { signal, progress }),
    );
  }

  /**
   * A short one on closes alone, beside a backtest of theirs that may be running. Faults as in `run`, but for
   * backtest-running.
   */
  async rehearse(actor: User, wish: BacktestWish, watch: Watch): Promise<BacktestAnswer> {
    requireRole(actor, "viewer");
    if (this.#rehearsing >= MAX_REHEARSALS_AT_ONCE) {
      throw new Fault("backtests-busy", { limit: MAX_REHEARSALS_AT_ONCE });
    }
    this.#rehearsing++;
    try {
      return await this.#carryOut(await this.#plan(actor, wish, false), watch);
    } finally {
      this.#rehearsing--;
    }
  }

  async #carryOut(plan: Plan, { signal, progress }: Watch): Promise<BacktestAnswer> {
    const complete = await this.#fetch(plan, signal, progress);
    const { fee, slippage, startingBalance: capital } = this.#parts.settings;
    const { ruleText, timeframe, instrument, from } = plan;
    signal.throwIfAborted();
    const result = await this.#parts.run(
      {
        terms: { ruleText, timeframe, instrument, from, capital, fee, slippage },
        pages: this.#pages(plan),
      },
      { signal, progress: (done, total) => progress("testing", done, total) },
    );
    return { result, instrument, complete };
  }

  async #plan(actor: User, wish: BacktestWish, detailed: boolean): Promise<Plan> {
    const { drafting, market } = this.#parts;
    const chosen = this.#chosen(actor, wish);
    const timeframe = wish.timeframe ?? chosen.timeframe;
    const ruleText = drafting.canonical(chosen.ruleText, timeframe);
    const symbol = await drafting.tradable(wish.symbol ?? chosen.symbol);
    const now = wish.until ?? (await market.serverTime());
    const rule = parseRule(ruleText, { timeframe });
    const { from, to } = testedRange(rule, timeframe, { from: wish.from, now });
    const instrument = await market.instrument(symbol);
    return { ruleText, rule, timeframe, instrument, from, to, detailed };
  }

  #chosen(
    actor: User,
    { what }: BacktestWish,
  ): { ruleText: string; symbol: string; timeframe: Timeframe } {
    const { gateway, settings } = this.#parts;
    const symbol = settings.defaultSymbol;
    switch (what.kind) {
      case "rule":
        return { ruleText: what.ruleText, symbol, timeframe: DEFAULT_TIMEFRAME };
      case "template": {
        const key = what.key.trim().toLowerCase();
        const template = TEMPLATES.find((one) => one.key === key);
        if (template === undefined) {
          throw new Fault("unknown-template", { template: what.key.slice(0, 40) });
        }
        return { ruleText: template.ruleText, symbol, timeframe: template.timeframe };
      }
      case "strategy": {
        const { number } = what;
        const own = gateway.strategies(actor.id).find(({ strategy }) => strategy.number === number);
        if (own === undefined) throw new Fault("not-found", { what: "strategy", number });
        return own.strategy;
      }
    }
  }

  /**
   * The candles that a test of a rule reads, fetched where they are not stored yet; not `complete` when
   * the exchange cannot be reached.
   */
  async history(
    tested: Omit<Plan, "ruleText" | "detailed">,
    watch: { readonly signal: AbortSignal; readonly progress: PhaseProgress },
  ) {
    const plan = { ...tested, ruleText: "", detailed: true };
    const complete = await this.#fetch(plan, watch.signal, watch.progress);
    return { complete, pages: this.#pages(plan) };
  }

  #fetch(plan: Plan, signal: AbortSignal, progress: PhaseProgress): Promise<boolean> {
    return fetchMissing(this.#parts, rangesOf(plan), {
      signal,
      progress: (done, total) => progress("fetching", done, total),
    });
  }

  #pages(plan: Plan): AsyncGenerator<CandleTextPage, void, undefined> {
    const { timeframe, from, to, instrument, detailed } = plan;
    const detail = { symbol: instrument.symbol, timeframe: DETAIL, from };
    return storedCandles(this.#parts, [
      ...rangesOf(plan),
      ...(detailed && timeframe !== DETAIL && watchesPrices(plan.rule)
        ? [{ ...detail, to: to + timeframeMs(timeframe) - 1 }]
        : []),
    ]);
  }
}

/** What a rule reads, with the history its indicators need, of each timeframe. */
function rangesOf({ rule, timeframe, instrument, from, to }: Plan) {
  return [...ruleMemory(rule, timeframe)].map(([one, { replay }]) => ({
    symbol: instrument.symbol,
    timeframe: one,
    from: Math.max(0, openTimeAt(one, from) - replay * timeframeMs(one)),
    to,
  }));
}

/** Whether anything happens between closes, so that 1m candles make a difference. */
function watchesPrices({ protections, enterShort }: Rule): boolean {
  const { stopLossPercent, takeProfitPercent, trailingStop, maxHoldMs } = protections;
  const levels = [stopLossPercent, takeProfitPercent, trailingStop, maxHoldMs];
  return enterShort !== null || levels.some((level) => level !== null);
}
