/** The engine as tests of rules on the past use it, one rule or a thousand: its settings and its drafts. */
import type { Instrument } from "../domain/instrument.ts";
import type { DecimalText } from "../domain/money.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import type { BacktestCandles } from "./backtest-feed.ts";
import type { StrategyDraft } from "./command.ts";
import { Engine } from "./engine.ts";

/** The market and the money, whatever the rules. */
export interface BacktestTerms extends BacktestCandles {
  readonly instrument: Instrument;
  /** Wallet of each rule at the start, quote currency. */
  readonly capital: DecimalText;
  /** Taker fee as a share: "0.001" is 0.1 %. */
  readonly fee: DecimalText;
  /** Share by which a market order is filled worse than the price. */
  readonly slippage: DecimalText;
}

export const BACKTEST_OWNER = "backtest";

/** `priceTimeframe`: the candles whose pushes move prices. */
export function backtestEngine(
  { instrument, fee, slippage }: Pick<BacktestTerms, "instrument" | "fee" | "slippage">,
  priceTimeframe: Timeframe,
): Engine {
  const engine = new Engine({
    fee,
    slippage,
    detailTimeframe: priceTimeframe,
    // Candles come whole: the opening price is known, whenever the candle is told.
    freshOpenMs: Number.POSITIVE_INFINITY,
  });
  engine.step({ kind: "instrument", instrument: { ...instrument, status: "TRADING" } });
  return engine;
}

export function backtestDraft(
  { instrument, timeframe, capital }: Pick<BacktestTerms, "instrument" | "timeframe" | "capital">,
  ruleText: string,
): StrategyDraft {
  return {
    name: BACKTEST_OWNER,
    symbol: instrument.symbol,
    timeframe,
    ruleText,
    template: null,
    judging: "closed",
    active: true,
    startingBalance: capital,
  };
}
