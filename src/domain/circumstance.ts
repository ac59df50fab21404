/**
 * What besides candles and rule decided how trading went: a rule that was changed, a strategy that was
 * switched off, a market that was not seen. Written down as it happens, in the transaction of what it
 * did, because nothing else tells of it later.
 */

export const CIRCUMSTANCES = [
  /** The engine was not running from `at` to `until`. */
  "away",
  /** The symbol's prices did not come from `at` to `until`. */
  "unseen",
  /** The candle from `at` to `until` came again with other prices than it had been judged on. */
  "revised",
  /** The strategy's rule was changed at `at`; named is the one that ended. */
  "rule-changed",
  /** It judges the forming candle since `at`, or no longer does. */
  "judging-changed",
  "switched-on",
  "switched-off",
  /** The engine stopped it after a fault. */
  "halted",
  /** A new rule was judged for the first time, on the candle that closed at `at`: it had its history. */
  "judged",
] as const;

export type CircumstanceKind = (typeof CIRCUMSTANCES)[number];

export interface Circumstance {
  /** Content-made and unique: the same fact is written once. */
  readonly id: string;
  readonly kind: CircumstanceKind;
  /** Null when it concerns a whole symbol, or everything. */
  readonly strategyId: string | null;
  /** Null when it concerns everything. */
  readonly symbol: string | null;
  /** Epoch ms. */
  readonly at: number;
  /** Exclusive end of what lasted; null for a moment. */
  readonly until: number | null;
  /** Of the rule that was changed, or judged; otherwise null. */
  readonly ruleVersion: number | null;
  /** Of a rule that was changed: nothing else keeps it. */
  readonly ruleText: string | null;
}
