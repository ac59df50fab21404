/** What one variant came to: each part, and all parts of a side together. */
import { type Measured, MIN_DAYS } from "../statistics/measured.ts";
import { mean, sampleDeviation, sum } from "../statistics/moments.ts";
import type { PartFigures } from "./variant-record.ts";

/** All in-sample or all out-of-sample parts of a variant, as if they followed each other. */
export interface SideFigures {
  /** Of the parts one after the other, compounded. */
  readonly returnPercent: number;
  /** The deepest within one part. */
  readonly maxDrawdownPercent: number;
  readonly trades: number;
  readonly wins: number;
  /** Of the daily returns, for a year of 365 days. */
  readonly sharpe: Measured;
  readonly days: number;
  /** Of the daily returns: mean / sample deviation, third and fourth standardised moment. */
  readonly dailySharpe: number;
  readonly skewness: number;
  readonly kurtosis: number;
}

/** A part without its days. */
export type PartSummary = Omit<PartFigures, "dailyReturns">;

export interface VariantFigures {
  /** In canonical form. */
  readonly ruleText: string;
  /** Of the whole run, first candle to last. */
  readonly returnPercent: number;
  readonly inSample: SideFigures;
  readonly outOfSample: SideFigures;
  /** In order: in-sample and out-of-sample of each window. */
  readonly parts: readonly PartSummary[];
}

const YEAR_DAYS = 365;

export function figuresOf(ruleText: string, parts: readonly PartFigures[]): VariantFigures {
  const side = (which: PartFigures["side"]) => sideOf(parts.filter((part) => part.side === which));
  return {
    ruleText,
    returnPercent: compounded(parts),
    inSample: side("inSample"),
    outOfSample: side("outOfSample"),
    parts: parts.map(summaryOf),
  };
}

function summaryOf(part: PartFigures): PartSummary {
  const { side, from, until, returnPercent, maxDrawdownPercent, trades, wins } = part;
  return { side, from, until, returnPercent, maxDrawdownPercent, trades, wins };
}

/** Of parts one after the other, percent. */
export function compounded(parts: readonly { readonly returnPercent: number }[]): number {
  const growth = parts.reduce((all, { returnPercent }) => all * (1 + returnPercent / 100), 1);
  return 100 * (growth - 1);
}

function sideOf(parts: readonly PartFigures[]): SideFigures {
  const returns = parts.flatMap(({ dailyReturns }) => dailyReturns);
  const deviation = sampleDeviation(returns);
  const dailySharpe = deviation > 0 ? mean(returns) / deviation : 0;
  return {
    returnPercent: compounded(parts),
    maxDrawdownPercent: Math.max(0, ...parts.map((part) => part.maxDrawdownPercent)),
    trades: sum(parts.map(({ trades }) => trades)),
    wins: sum(parts.map(({ wins }) => wins)),
    sharpe: yearly(dailySharpe, returns.length, deviation),
    days: returns.length,
    dailySharpe,
    skewness: standardMoment(returns, 3),
    kurtosis: standardMoment(returns, 4),
  };
}

function yearly(dailySharpe: number, days: number, deviation: number): Measured {
  if (days < MIN_DAYS) return "needs 30 days";
  return deviation > 0 ? dailySharpe * Math.sqrt(YEAR_DAYS) : "no variation";
}

/** mean((x - mean)^n) / (mean((x - mean)^2))^(n/2); 0 without any spread. */
function standardMoment(values: readonly number[], power: number): number {
  const centre = mean(values);
  const moment = (n: number) => mean(values.map((value) => (value - centre) ** n));
  const variance = moment(2);
  return variance > 0 ? moment(power) / variance ** (power / 2) : 0;
}
