/**
 * How good the best of many looks by luck alone. Bailey and López de Prado, "The Deflated Sharpe Ratio:
 * Correcting for Selection Bias, Backtest Overfitting and Non-Normality", Journal of Portfolio
 * Management 40 (5), 2014. Formulas in docs/metrics.md.
 */

const EULER = 0.577_215_664_901_532_9;

/** What was tried, and what is known of the trial that is judged. Sharpe ratios are of single returns. */
export interface Trials {
  /** Sample deviation of the Sharpe ratios of all trials. */
  readonly deviation: number;
  readonly count: number;
}

export interface Chosen {
  readonly sharpe: number;
  /** Returns it was measured on. */
  readonly returns: number;
  readonly skewness: number;
  readonly kurtosis: number;
}

/** The highest Sharpe ratio to be expected of that many trials without any skill. */
export function luckySharpe({ deviation, count }: Trials): number {
  if (count < 2 || !(deviation > 0)) return 0;
  const typical = normalQuantile(1 - 1 / count);
  const rare = normalQuantile(1 - 1 / (count * Math.E));
  return deviation * ((1 - EULER) * typical + EULER * rare);
}

/**
 * Deflated Sharpe ratio: the probability, 0 to 1, that the true Sharpe ratio is above 0 though it is the
 * best of all trials; 0.95 is usually asked for. NaN below two returns or without spread.
 */
export function deflatedSharpe(chosen: Chosen, trials: Trials): number {
  const { sharpe, returns, skewness, kurtosis } = chosen;
  const spread = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2;
  if (returns < 2 || spread <= 0) return NaN;
  return normalShare(((sharpe - luckySharpe(trials)) * Math.sqrt(returns - 1)) / Math.sqrt(spread));
}

/** Share of the standard normal distribution below `x`, to 1e-7 (Abramowitz and Stegun 26.2.17). */
export function normalShare(x: number): number {
  const t = 1 / (1 + 0.231_641_9 * Math.abs(x));
  const density = Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  const weights = [0.319_381_53, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
  const tail = density * weights.reduceRight((sum, weight) => (sum + weight) * t, 0);
  return x >= 0 ? 1 - tail : tail;
}

/** The x below which a share of the standard normal distribution lies; 0 < share < 1. */
export function normalQuantile(share: number): number {
  let low = -40;
  let high = 40;
  // Halving until floats run out: exact to the accuracy of normalShare, and called twice a search.
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
