/**
 * The word somebody meant: the nearest by edit distance among those that would fit, or a known
 * synonym of one of them. Null rather than a wild guess.
 */
import { distance } from "fastest-levenshtein";
import { MAX_FOUND_LENGTH } from "./limits.ts";

/** What people write who come from elsewhere. */
const SYNONYMS: ReadonlyMap<string, string> = new Map([
  ["bollinger", "bb"],
  ["bollingerbands", "bb"],
  ["bbands", "bb"],
  ["stochastic", "stoch"],
  ["williams", "willr"],
  ["williamsr", "willr"],
  ["sar", "psar"],
  ["parabolic", "psar"],
  ["std", "stddev"],
  ["stdev", "stddev"],
  ["max", "highest"],
  ["min", "lowest"],
  ["momentum", "roc"],
  ["mom", "roc"],
  ["price", "close"],
  ["vol", "volume"],
  ["pnl", "profit"],
  ["gain", "profit"],
  ["age", "held"],
  ["buy", "enter"],
  ["sell", "exit"],
  ["entry", "enter"],
  ["if", "when"],
  ["over", "above"],
  ["under", "below"],
  ["target", "take"],
  ["stake", "size"],
  ["hist", "histogram"],
  ["mid", "middle"],
  ["basis", "middle"],
  ["&&", "and"],
  ["&", "and"],
  ["||", "or"],
  ["|", "or"],
  ["!", "not"],
  ["≥", ">="],
  ["≤", "<="],
  ["×", "*"],
  ["÷", "/"],
  ["−", "-"],
  ["–", "-"],
  ["{", "("],
  ["}", ")"],
]);

/** The candidate nearest to `word` (within the edits its length allows), or null. */
export function nearest(word: string, candidates: Iterable<string>): string | null {
  const wanted = word.slice(0, MAX_FOUND_LENGTH).toLowerCase();
  const synonym = SYNONYMS.get(wanted);
  let best: string | null = null;
  let smallest = editsAllowed(wanted.length) + 1;
  for (const candidate of candidates) {
    if (candidate === synonym) return synonym;
    const edits = wanted.length === 1 ? Infinity : distance(wanted, candidate);
    if (edits < smallest && edits < candidate.length) {
      smallest = edits;
      best = candidate;
    }
  }
  return best;
}

/** Two swapped letters are two edits: allowed from four letters on. */
function editsAllowed(letters: number): number {
  return letters < 4 ? 1 : Math.max(2, Math.floor(letters * 0.4));
}
