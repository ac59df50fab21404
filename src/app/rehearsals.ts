/**
 * A strategy before it is made: is everything about it right, and what would its rule have done lately?
 * The answer comes from a short backtest on the newest candles. That nobody can tell is no reason not to
 * make the strategy: it is said instead.
 */
import { Fault } from "../domain/fault.ts";
import type { Rule } from "../domain/rule.ts";
import { timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import type { User } from "../domain/user.ts";
import type { MarketData } from "../ports/market-data.ts";
import { parseRule } from "../rules/parse.ts";
import type { Backtests, PhaseProgress } from "./backtests.ts";
import type { Drafting } from "./drafting.ts";
import { cleanSymbol } from "./names.ts";
import { requireRole } from "./require-role.ts";

/** Candles looked back on: enough to be fetched while somebody waits. */
export const REHEARSAL_CANDLES = 4_000;

export interface RehearsalsParts {
  readonly drafting: Drafting;
  readonly backtests: Backtests;
  readonly market: Pick<MarketData, "serverTime">;
}

export interface Lately {
  /** Length of the time looked at, ms. */
  readonly spanMs: number;
  /** Entries the rule signalled. */
  readonly entries: number;
  /** When the candle that gave the last one had closed, epoch ms. */
  readonly lastAt: number | null;
  /** False when the exchange could not be asked for what was not stored. */
  readonly complete: boolean;
}

export interface Rehearsal {
  readonly rule: Rule;
  /** In canonical form. */
  readonly ruleText: string;
  /** In the exchange's spelling, where it could be asked. */
  readonly symbol: string;
  /** Or why it is not known. */
  readonly lately: Lately | Fault;
}

export interface RehearsalWatch {
  readonly signal: AbortSignal;
  readonly progress: PhaseProgress;
}

/** What may be unknown without standing in the way. */
const HARMLESS: ReadonlySet<string> = new Set([
  "exchange-unreachable",
  "exchange-banned",
  "exchange-refused",
  "backtests-busy",
  "backtest-no-candles",
  "backtest-thread-ended",
  "too-many-candles",
  "range-empty",
]);

/** Symbols offered to somebody who has none in mind, by what they are quoted in. */
const POPULAR = ["BTC", "ETH", "BNB", "SOL", "XRP", "ADA", "DOGE", "LTC"] as const;

export class Rehearsals {
  readonly #parts: RehearsalsParts;

  constructor(parts: RehearsalsParts) {
    this.#parts = parts;
  }

  /** Faults: RuleRefused, unknown-symbol, wrong-quote-asset, symbol-not-trading; aborted: its reason. */
  async rehearse(
    actor: User,
    draft: { readonly symbol: string; readonly timeframe: Timeframe; readonly ruleText: string },
    watch: RehearsalWatch,
  ): Promise<Rehearsal> {
    requireRole(actor, "trader");
    const { timeframe } = draft;
    const ruleText = this.#parts.drafting.canonical(draft.ruleText, timeframe);
    const rule = parseRule(ruleText, { timeframe });
    const made = { rule, ruleText, symbol: cleanSymbol(draft.symbol) };
    try {
      const symbol = await this.#parts.drafting.tradable(draft.symbol);
      const lately = await this.#lately(actor, { symbol, timeframe, ruleText }, watch);
      return { ...made, symbol, lately };
    } catch (error) {
      const isHarmless = error instanceof Fault && HARMLESS.has(error.code);
      if (!isHarmless || watch.signal.aborted) throw error;
      return { ...made, lately: error };
    }
  }

  /**
   * A symbol in the exchange's spelling, unseen while the exchange cannot be asked. Faults:
   * unknown-symbol, wrong-quote-asset, symbol-not-trading.
   */
  async knownSymbol(symbol: string): Promise<string> {
    try {
      return await this.#parts.drafting.tradable(symbol);
    } catch (error) {
      if (!(error instanceof Fault && HARMLESS.has(error.code))) throw error;
      return cleanSymbol(symbol);
    }
  }

  /** Well-known symbols that are traded now; none while the exchange cannot be asked. */
  async popularSymbols(quoteAsset: string): Promise<readonly string[]> {
    const asked = POPULAR.map((base) => this.#parts.drafting.tradable(`${base}${quoteAsset}`));
    const answers = await Promise.allSettled(asked);
    return answers.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  }

  async #lately(
    actor: User,
    draft: { readonly symbol: string; readonly timeframe: Timeframe; readonly ruleText: string },
    watch: RehearsalWatch,
  ): Promise<Lately> {
    const { symbol, timeframe, ruleText } = draft;
    const until = await this.#parts.market.serverTime();
    const from = until - REHEARSAL_CANDLES * timeframeMs(timeframe);
    const what = { kind: "rule", ruleText } as const;
    const wish = { what, symbol, timeframe, from, until };
    const { result, complete } = await this.#parts.backtests.rehearse(actor, wish, watch);
    const { signals, candles } = result;
    const spanMs = candles.tested * timeframeMs(timeframe);
    // A candle's close time is its last ms.
    const lastAt = signals.lastAt === null ? null : signals.lastAt + 1;
    return { spanMs, entries: signals.fired, lastAt, complete };
  }
}
