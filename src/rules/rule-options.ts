/**
 * What is known about the strategy when its rule is read or printed. Both may be missing, for example
 * when a rule is only shown; then the checks that need them are left out.
 */
import type { Timeframe } from "../domain/timeframe.ts";

export interface RuleOptions {
  /** The strategy's own timeframe; when given, `@tf` must not be shorter. */
  readonly timeframe?: Timeframe;
  /** The quote asset of the strategy's symbol; when given, `size 250 USDT` must name it. */
  readonly quoteAsset?: string;
}
