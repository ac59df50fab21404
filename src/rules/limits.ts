/**
 * Every bound of the rule language, so that a text from a stranger costs little to read and a rule
 * little to run. Periods of indicators have their bounds in the catalogue (domain/indicator.ts).
 */

/** Characters of a rule's text, and of its canonical text. */
export const MAX_RULE_LENGTH = 4096;
/** Nodes of a whole rule: each series and each condition is one. */
export const MAX_NODES = 200;
/** Brackets inside one another, and nodes inside one another. */
export const MAX_DEPTH = 16;
/** Largest n of `x[n]` and `rising n`, in candles. */
export const MAX_LOOKBACK_CANDLES = 500;
/** Candles a condition may need before it has a value, everything inside it added up. */
export const MAX_WARMUP_CANDLES = 2000;
/** Characters of one number, and its largest value. */
export const MAX_NUMBER_LENGTH = 20;
export const MAX_NUMBER = 1_000_000_000_000;
/** Durations (max, cooldown, held), ms. */
export const MAX_DURATION_MS = 365 * 86_400_000;
/** Problems reported at once. */
export const MAX_PROBLEMS = 20;
/** Characters of the text repeated in a problem's `found`. */
export const MAX_FOUND_LENGTH = 40;
/** Columns of the source line shown above a caret: wrapped on a phone, the caret would point astray. */
export const MAX_POINTED_COLUMNS = 32;

/** Least and most of each percentage, both allowed, as exact text. */
export const PERCENT_BOUNDS = {
  stop: ["0.01", "99.99"],
  take: ["0.01", "1000"],
  trail: ["0.01", "99.99"],
  after: ["0", "1000"],
  size: ["0.01", "100"],
} as const;
/** Least and most of a stake in quote currency. */
export const STAKE_BOUNDS = ["0.00000001", "1000000000000"] as const;
/** Ranges `{7..21}` in one text that is to be optimised, values of each, and combinations of all. */
export const MAX_RANGES = 8;
export const MAX_RANGE_VALUES = 1000;
export const MAX_COMBINATIONS = 1_000_000;
