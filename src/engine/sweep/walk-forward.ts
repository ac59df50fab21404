/**
 * What a search over variants found: their ranking by results out of sample, what choosing in each
 * window and trading the next candles would have come to, and how good the best looks by luck alone.
 */
import { type Measured, MIN_DAYS } from "../statistics/measured.ts";
import { sampleDeviation } from "../statistics/moments.ts";
import { deflatedSharpe, luckySharpe } from "../statistics/luck.ts";
import { compounded, type PartSummary, type VariantFigures } from "./variant-figures.ts";

/** What one window's in-sample part chose, and what it came to afterwards. */
export interface WindowChoice {
  readonly ruleText: string;
  readonly inSample: PartSummary;
  readonly outOfSample: PartSummary;
}

/** The best variant's Sharpe ratio held against luck; ratios are for a year of 365 days. */
export interface LuckCheck {
  readonly sharpe: number;
  /** What the best of as many variants would be expected to show without any skill. */
  readonly luckySharpe: number;
  /** Deflated Sharpe ratio, 0 to 1. */
  readonly confidence: number;
}

export interface SweepVerdict {
  /** The best ones, best first. */
  readonly ranking: readonly VariantFigures[];
  /** The rule with every range's middle value. */
  readonly middle: VariantFigures;
  readonly windows: readonly WindowChoice[];
  /** Out-of-sample parts one after the other, each traded with its window's choice. */
  readonly chosenReturnPercent: number;
  /** Share of variants, 0 to 1, with a gain out of sample. */
  readonly winningShare: number;
  readonly luck: LuckCheck | Exclude<Measured, number>;
}

const YEAR_DAYS = 365;
const SHOWN = 10;

/** `variants`: at least one; `middle`: index of the unoptimised one. */
export function verdictOf(variants: readonly VariantFigures[], middle: number): SweepVerdict {
  const ranking = variants.toSorted(byOutOfSample);
  const [best] = ranking;
  const guess = variants[middle];
  if (best === undefined || guess === undefined) throw new TypeError("no variant was tried");
  const windows = windowChoices(variants);
  const winners = variants.filter(({ outOfSample }) => outOfSample.returnPercent > 0);
  return {
    ranking: ranking.slice(0, SHOWN),
    middle: guess,
    windows,
    chosenReturnPercent: compounded(windows.map(({ outOfSample }) => outOfSample)),
    winningShare: winners.length / variants.length,
    luck: luckOf(best, variants),
  };
}

/** Higher return first, then the smaller fall; variants that never traded come last. */
function byOutOfSample(a: VariantFigures, b: VariantFigures): number {
  return (
    Number(b.outOfSample.trades > 0) - Number(a.outOfSample.trades > 0) ||
    b.outOfSample.returnPercent - a.outOfSample.returnPercent ||
    a.outOfSample.maxDrawdownPercent - b.outOfSample.maxDrawdownPercent
  );
}

function windowChoices(variants: readonly VariantFigures[]): readonly WindowChoice[] {
  const windows = (variants[0]?.parts.length ?? 0) / 2;
  return Array.from({ length: windows }, (_, window) => {
    let choice: WindowChoice | null = null;
    for (const { ruleText, parts } of variants) {
      const [inSample, outOfSample] = parts.slice(2 * window);
      if (inSample === undefined || outOfSample === undefined) continue;
      if (choice !== null && !isBetter(inSample, choice.inSample)) continue;
      choice = { ruleText, inSample, outOfSample };
    }
    return choice;
  }).filter((choice) => choice !== null);
}

function isBetter(one: PartSummary, other: PartSummary): boolean {
  if (one.trades > 0 !== other.trades > 0) return one.trades > 0;
  return one.returnPercent > other.returnPercent;
}

function luckOf(best: VariantFigures, variants: readonly VariantFigures[]): SweepVerdict["luck"] {
  const { dailySharpe: sharpe, days: returns, skewness, kurtosis } = best.outOfSample;
  if (returns < MIN_DAYS) return "needs 30 days";
  if (typeof best.outOfSample.sharpe === "string") return best.outOfSample.sharpe;
  const ratios = variants.map(({ outOfSample }) => outOfSample.dailySharpe);
  const trials = { deviation: sampleDeviation(ratios), count: variants.length };
  return {
    sharpe: best.outOfSample.sharpe,
    luckySharpe: luckySharpe(trials) * Math.sqrt(YEAR_DAYS),
    confidence: deflatedSharpe({ sharpe, returns, skewness, kurtosis }, trials),
  };
}
