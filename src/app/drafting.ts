/**
 * From what a person asks for to a strategy the engine can take: the rule in canonical form, the symbol
 * one that is traded now against the asset all strategies share.
 */
import { Fault } from "../domain/fault.ts";
import type { DecimalText } from "../domain/money.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { StrategyDraft } from "../engine/command.ts";
import type { MarketData } from "../ports/market-data.ts";
import { RuleFault } from "../rules/fault.ts";
import { parseRule } from "../rules/parse.ts";
import { printRule } from "../rules/print.ts";
import { cleanSymbol } from "./names.ts";
import { RuleRefused } from "./rule-refused.ts";

export interface DraftSettings {
  /** Every strategy trades against this asset, so that sums over strategies mean something. */
  readonly quoteAsset: string;
  /** Wallet of a new run, in the quote asset. */
  readonly startingBalance: DecimalText;
}

export interface DraftingParts {
  readonly market: Pick<MarketData, "instrument">;
  readonly settings: DraftSettings;
}

export class Drafting {
  readonly #parts: DraftingParts;

  constructor(parts: DraftingParts) {
    this.#parts = parts;
  }

  /** A strategy that is switched on and judged on closed candles; all texts are canonical already. */
  draft(
    what: Pick<StrategyDraft, "name" | "symbol" | "timeframe" | "ruleText" | "template">,
  ): StrategyDraft {
    const { name, symbol, timeframe, ruleText, template } = what;
    const { startingBalance } = this.#parts.settings;
    const written = { name, symbol, timeframe, ruleText, template };
    return { ...written, judging: "closed", active: true, startingBalance };
  }

  /** The rule as the printer writes it. Fault: RuleRefused, with every problem pointed at. */
  canonical(ruleText: string, timeframe: Timeframe): string {
    const { quoteAsset } = this.#parts.settings;
    try {
      return printRule(parseRule(ruleText, { timeframe, quoteAsset }), { quoteAsset });
    } catch (error) {
      throw error instanceof RuleFault ? new RuleRefused(ruleText, error) : error;
    }
  }

  /** The symbol in the exchange's spelling. Faults: unknown-symbol, wrong-quote-asset, symbol-not-trading. */
  async tradable(text: string): Promise<string> {
    const { quoteAsset } = this.#parts.settings;
    const instrument = await this.#parts.market.instrument(cleanSymbol(text));
    const { symbol, status } = instrument;
    if (instrument.quoteAsset !== quoteAsset) {
      throw new Fault("wrong-quote-asset", { symbol, quoteAsset });
    }
    if (status !== "TRADING") throw new Fault("symbol-not-trading", { symbol, status });
    return symbol;
  }
}
