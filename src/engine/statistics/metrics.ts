/**
 * All metrics of a stretch of trading, from its trades and its equity marked to market. Pure, so that
 * the whole of a backtest, its two parts and a live run are measured by the same code. Formulas and
 * their reasons: docs/metrics.md.
 */
import type { Trade } from "../../domain/order.ts";
import { type Drawdown, maxDrawdown } from "./drawdown.ts";
import { dailyCurve, type EquityCurve, returnsOf } from "./equity-curve.ts";
import { type Measured, MIN_DAYS } from "./measured.ts";
import { downsideDeviation, mean, sampleDeviation, tidied } from "./moments.ts";
import { tradeFigures, type TradeFigures } from "./trade-figures.ts";

/** What is measured. Money in quote currency, times in epoch ms. */
export interface Stretch {
  readonly from: number;
  /** First ms after it. */
  readonly until: number;
  /** Equity at `from`. */
  readonly equity: number;
  readonly curve: EquityCurve;
  /** Closed within it. */
  readonly trades: readonly Trade[];
  /** Spent on all fills within it. */
  readonly fees: number;
  /** Time with a position open, ms. */
  readonly exposedMs: number;
  /** First opening price and last closing price. */
  readonly firstPrice: number;
  readonly lastPrice: number;
}

export interface Metrics extends TradeFigures {
  readonly from: number;
  readonly until: number;
  /** Equity at the end, an open position at its last price. */
  readonly finalEquity: number;
  readonly netProfit: number;
  readonly returnPercent: number;
  readonly buyAndHoldPercent: number;
  /** Return minus buy-and-hold, percentage points. */
  readonly differencePercent: number;
  readonly cagrPercent: Measured;
  /** Null when equity never fell. */
  readonly maxDrawdown: Drawdown | null;
  readonly sharpe: Measured;
  readonly sortino: Measured;
  readonly calmar: Measured;
  /** Share of the time with a position open. */
  readonly exposurePercent: number;
  readonly fees: number;
}

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;

export function metricsOf(stretch: Stretch): Metrics {
  const { from, until, equity, curve } = stretch;
  const finalEquity = curve.values.at(-1) ?? equity;
  const returnPercent = 100 * (finalEquity / equity - 1);
  const buyAndHoldPercent = 100 * (stretch.lastPrice / stretch.firstPrice - 1);
  return {
    from,
    until,
    finalEquity: tidied(finalEquity),
    netProfit: tidied(finalEquity - equity),
    returnPercent,
    buyAndHoldPercent,
    differencePercent: returnPercent - buyAndHoldPercent,
    ...yearlyFigures(stretch, finalEquity),
    maxDrawdown: maxDrawdown(curve, { at: from, equity }),
    exposurePercent: until > from ? (100 * stretch.exposedMs) / (until - from) : 0,
    fees: tidied(stretch.fees),
    ...tradeFigures(stretch.trades),
  };
}

/** What is extrapolated to a year, from daily values. */
function yearlyFigures(
  { from, until, equity, curve }: Stretch,
  finalEquity: number,
): Pick<Metrics, "cagrPercent" | "sharpe" | "sortino" | "calmar"> {
  const days = (until - from) / DAY_MS;
  if (days < MIN_DAYS) {
    const missing = "needs 30 days";
    return { cagrPercent: missing, sharpe: missing, sortino: missing, calmar: missing };
  }
  const daily = dailyCurve(curve, { at: from, equity });
  const returns = returnsOf(daily.values, equity);
  const growth = Math.max(0, finalEquity / equity) ** (YEAR_DAYS / days) - 1;
  const fall = maxDrawdown(daily, { at: from, equity });
  return {
    cagrPercent: 100 * growth,
    sharpe: yearlyRatio(mean(returns), sampleDeviation(returns), "no variation"),
    sortino: yearlyRatio(mean(returns), downsideDeviation(returns), "no losing day"),
    calmar: fall === null ? "no drawdown" : (100 * growth) / fall.percent,
  };
}

function yearlyRatio(
  gain: number,
  risk: number,
  otherwise: "no variation" | "no losing day",
): Measured {
  return risk > 0 ? (gain / risk) * Math.sqrt(YEAR_DAYS) : otherwise;
}
