/**
 * Figures that may have no meaning. A ratio of a handful of trades or days looks like knowledge and is
 * luck; instead of a number there is then the reason why not.
 */

export type Missing =
  | "needs 30 trades"
  | "needs 30 days"
  | "needs a trade"
  | "no losing trade"
  | "no winning trade"
  | "no losing day"
  | "no drawdown"
  | "no variation";

export type Measured = number | Missing;

/** Closed trades below which ratios of trades say nothing. */
export const MIN_TRADES = 30;
/** Days below which yearly figures say nothing. */
export const MIN_DAYS = 30;
