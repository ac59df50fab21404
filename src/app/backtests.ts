/**
 * Backtests people ask for: of a rule's text, one of their strategies or a built-in rule, on stored
 * candles, with what is missing fetched first. Money, fees and slippage are those of paper trading.
 * Each person has one at a time, and the whole service few, so that nobody's takes the machine.
 */
import { Fault } from "../domain/fault.ts";
import type { Instrument } from "../domain/instrument.ts";
import type { DecimalText } from "../domain/money.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { User } from "../domain/user.ts";
import type { BacktestResult } from "../engine/backtest.ts";
import type { CandleStore } from "../ports/candle-store.ts";
import type { EngineGateway } from "../ports/engine-gateway.ts";
import type { MarketData } from "../ports/market-data.ts";
import { ruleMemory } from "../rules/memory.ts";
import { parseRule } from "../rules/parse.ts";
import { TEMPLATES } from "../rules/templates.ts";
import { requireRole } from "./require-role.ts";
import type { RunBacktest } from "./backtest-job.ts";
import type { Drafting } from "./drafting.ts";
import { LongJobs } from "./long-jobs.ts";
import {
  decidesBetweenCloses,
  fetchHistory,
  historyPages,
  testedRange,
  type TestedHistory,
} from "./tested-history.ts";

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
  readonly settings: BacktestSettings;
  /** Shared with other long work; its own unless given. */
  readonly jobs?: LongJobs;
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
  readonly result: BacktestResult;
  readonly instrument: Instrument;
  /** False when the exchange could not be asked for what was not stored. */
  readonly complete: boolean;
}

export type BacktestPhase = "fetching" | "testing";

/** Candles done so far and in all, of one phase. */
export type PhaseProgress = (phase: BacktestPhase, done: number, total: number) => void;

const DEFAULT_TIMEFRAME: Timeframe = "15m";
/** A wish made definite. */
interface Plan extends TestedHistory {
  readonly ruleText: string;
}

export class Backtests {
  readonly #parts: BacktestsParts;
  readonly #jobs: LongJobs;

  constructor(parts: BacktestsParts) {
    this.#parts = parts;
    this.#jobs = parts.jobs ?? new LongJobs();
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
    return this.#jobs.run(actor.id, async (signal) => {
      const plan = await this.#plan(actor, wish);
      const { candles: store, market: data } = this.#parts;
      const complete = await fetchHistory({ store, data }, plan, {
        signal,
        progress: (done, total) => progress("fetching", done, total),
      });
      const { fee, slippage, startingBalance: capital } = this.#parts.settings;
      const { ruleText, timeframe, instrument, from } = plan;
      signal.throwIfAborted();
      const result = await this.#parts.run(
        {
          terms: { ruleText, timeframe, instrument, from, capital, fee, slippage },
          pages: historyPages(store, plan),
        },
        { signal, progress: (done, total) => progress("testing", done, total) },
      );
      return { result, instrument, complete };
    });
  }

  /** Ends the person's own backtest; false when none is running. */
  cancel(actor: User): boolean {
    return this.#jobs.cancel(actor.id);
  }

  async #plan(actor: User, wish: BacktestWish): Promise<Plan> {
    const { drafting, market } = this.#parts;
    const chosen = this.#chosen(actor, wish);
    const timeframe = wish.timeframe ?? chosen.timeframe;
    const ruleText = drafting.canonical(chosen.ruleText, timeframe);
    const symbol = await drafting.tradable(wish.symbol ?? chosen.symbol);
    const now = wish.until ?? (await market.serverTime());
    const rule = parseRule(ruleText, { timeframe });
    const memory = ruleMemory(rule, timeframe);
    const range = testedRange(timeframe, wish.from, now, memory);
    const instrument = await market.instrument(symbol);
    const tested = { timeframe, instrument, ...range };
    return { ruleText, memory, watchesPrices: decidesBetweenCloses(rule), ...tested };
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
}
