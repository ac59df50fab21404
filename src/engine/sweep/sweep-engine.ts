/** An engine with a strategy for each variant of a rule, and their history, ready to be tested. */
import { BACKTEST_OWNER, backtestDraft, backtestEngine } from "../backtest-engine.ts";
import type { BacktestTerms } from "../backtest-engine.ts";
import type { BacktestFeed } from "../backtest-feed.ts";
import type { Engine } from "../engine.ts";
import type { StrategyState } from "../trading/strategy-state.ts";

/** The strategies come in the order of the rules. */
export function sweepEngine(
  terms: BacktestTerms,
  feed: BacktestFeed,
  ruleTexts: readonly string[],
): { engine: Engine; states: readonly StrategyState[] } {
  const { symbol } = terms.instrument;
  const engine = backtestEngine(terms, feed.priceTimeframe);
  const at = terms.candles[feed.first]?.openTime ?? 0;
  for (const [i, ruleText] of ruleTexts.entries()) {
    // An owner each, so that nothing of one strategy shows in another.
    const ownerId = `${BACKTEST_OWNER}${i}`;
    const drafts = [backtestDraft(terms, ruleText)];
    const command = { kind: "create-strategies" as const, ownerId, drafts };
    engine.step({ kind: "command", command, at });
  }
  const needs = new Map(engine.historyNeeds().map((need) => [need.timeframe, need.candles]));
  for (const event of feed.warmUps(symbol, (one) => needs.get(one) ?? 0)) engine.step(event);
  return { engine, states: [...engine.registry.states()] };
}
