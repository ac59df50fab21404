/** What stands before a shared text in `/import`: another symbol or timeframe, on, or changed. */
import type { ImportWish } from "../../src/app/sharing.ts";
import { Fault } from "../../src/domain/fault.ts";
import { isTimeframe, TIMEFRAMES, type Timeframe } from "../../src/domain/timeframe.ts";
import { nearest } from "./validate.ts";

const WORD = /^(?:(on|off|changed)|(symbol|timeframe)=(\S+))(?:\s+|$)/i;

/**
 * The words at the very beginning, in any order; what comes after them is the text.
 * Faults: option-twice {option}, option-choice {option, value, choices, suggestion}.
 */
export function importWish(text: string): ImportWish & { readonly altered: boolean } {
  const given = new Map<string, string>();
  let left = text.trimStart();
  for (let match = WORD.exec(left); match !== null; match = WORD.exec(left)) {
    const [whole, word = "", name = "", value = ""] = match;
    const said = word.toLowerCase();
    const option = said === "on" || said === "off" ? "state" : said || name.toLowerCase();
    if (given.has(option)) throw new Fault("option-twice", { option });
    given.set(option, value || said);
    left = left.slice(whole.length);
  }
  return {
    text: left,
    symbol: given.get("symbol") ?? null,
    timeframe: timeframeIn(given.get("timeframe")),
    active: given.get("state") === "on",
    altered: given.has("changed"),
  };
}

function timeframeIn(text: string | undefined): Timeframe | null {
  if (text === undefined) return null;
  const word = text.toLowerCase();
  if (isTimeframe(word)) return word;
  const [choices, suggestion] = [TIMEFRAMES.join(", "), nearest(word, TIMEFRAMES)];
  const value = text.slice(0, 40);
  throw new Fault("option-choice", { option: "timeframe", value, choices, suggestion });
}
