/** Commands that look before anything trades: an indicator on newest candles, a rule on the past. */
import type { App } from "../../src/app/app.ts";
import type { BacktestWish } from "../../src/app/backtests.ts";
import { Fault } from "../../src/domain/fault.ts";
import { isTimeframe, TIMEFRAMES } from "../../src/domain/timeframe.ts";
import { backtestView } from "../views/backtest.ts";
import { previewView } from "../views/preview.ts";
import { backtestRange, isLength } from "./backtest-range.ts";
import { withBacktestPicture } from "./charts.ts";
import { command, type Caller, type Command } from "./command.ts";
import { choice, rest, type Suggestion } from "./option.ts";
import { phaseWatch } from "./phase-watch.ts";
import { strategySuggestions, symbolOption } from "./targets.ts";
import { nearest } from "./validate.ts";

export function researchCommands(app: App): readonly Command[] {
  return [previewing(app), testing(app)];
}

function previewing(app: App): Command {
  const names = app.previews.indicators.map(({ name }) => name);
  return command({
    name: "indicator",
    group: "figures",
    role: "viewer",
    options: {
      name: choice(names).req("option-indicator"),
      symbol: symbolOption(app),
      timeframe: choice(TIMEFRAMES).opt("option-timeframe", { default: "1h" }),
    },
    run: async ({ name, symbol = null, timeframe }, { user, reader }) =>
      previewView(reader, await app.previews.preview(user, name, { symbol, timeframe })),
  });
}

function testing(app: App): Command {
  const suggest = (caller: Caller): readonly Suggestion[] => [
    ...strategySuggestions(app, caller).map((one) => ({ ...one, value: String(one.value) })),
    ...app.strategies.templates.map(({ key, title }) => ({ label: title, value: key })),
  ];
  return command({
    name: "backtest",
    group: "figures",
    role: "trader",
    options: { what: rest.req("option-backtest", { suggest }) },
    run: async ({ what }, call) => {
      const { user, reader, signal } = call;
      const wish = backtestWish(what, reader);
      signal.addEventListener("abort", () => app.turns.cancel(user));
      call.progress(reader.text("progress-begin"));
      const answer = await app.backtests.run(user, wish, phaseWatch(call).progress);
      return withBacktestPicture(app, reader, backtestView(reader, answer), answer);
    },
  });
}

/**
 * What is to be tested, on what and how far back: a strategy's number or a built-in rule's key, with a
 * symbol, a timeframe and a length such as `90d` or `1y` after it, or a rule's text; `symbol=`,
 * `timeframe=` and the range (see backtest-range.ts) may stand before any of them, and after a key.
 * Faults: option-twice {option}, option-choice {option, value, choices, suggestion},
 * option-missing {option}, too-many-words {word}, and those of the range.
 */
export function backtestWish(
  text: string,
  at: { readonly now: number; readonly timeZone: string },
): BacktestWish {
  const given = new Map<string, string>();
  const note = (option: string, value: string): void => {
    if (given.has(option)) throw new Fault("option-twice", { option });
    given.set(option, value);
  };
  const words = text.trim().split(/\s+/);
  const begin = words.findIndex((word) => !isSetting(word));
  const [first = ""] = begin < 0 ? [] : words.slice(begin);
  if (first === "") throw new Fault("option-missing", { option: "what" });
  const what = byKey(first) ?? { kind: "rule" as const, ruleText: from(text, begin) };
  const before = words.slice(0, begin);
  const after = what.kind === "rule" ? [] : words.slice(begin + 1);
  for (const word of before) noteSetting(word, note);
  let bare = 0;
  for (const word of after) {
    if (isSetting(word)) noteSetting(word, note);
    else if (isTimeframe(word.toLowerCase())) note("timeframe", word);
    else note(bareOption(word, bare++, given), word);
  }
  return {
    what,
    symbol: given.get("symbol") ?? null,
    timeframe: timeframeIn(given.get("timeframe")),
    ...backtestRange(given, at),
  };
}

const SETTING = /^(symbol|timeframe|from|until|days|months|years)=(\S+)$/;

function isSetting(word: string): boolean {
  return SETTING.test(word) || isLength(word);
}

function noteSetting(word: string, note: (option: string, value: string) => void): void {
  const [, option = "length", value = word] = SETTING.exec(word) ?? [];
  note(option, value);
}

/** Words that say not what they are: the symbol comes first, then the timeframe. */
function bareOption(word: string, before: number, given: ReadonlyMap<string, string>): string {
  const option = ["symbol", "timeframe"][before];
  const isTaken = option === "timeframe" && given.has(option);
  if (option !== undefined && !isTaken) return option;
  throw new Fault("too-many-words", { word: word.slice(0, 40) });
}

/** A text without its first words, as it stands. */
function from(text: string, words: number): string {
  let left = text.trim();
  for (let n = 0; n < words; n++) left = left.replace(/^\S+\s+/, "");
  return left;
}

/** A number or a key, which has a "-" and begins with no clause of the rule language; else null. */
function byKey(word: string): BacktestWish["what"] | null {
  const digits = /^#?(\d{1,9})$/.exec(word)?.[1];
  if (digits !== undefined) return { kind: "strategy", number: Number(digits) };
  return /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/i.test(word) ? { kind: "template", key: word } : null;
}

function timeframeIn(text: string | undefined): BacktestWish["timeframe"] {
  if (text === undefined) return null;
  const word = text.toLowerCase();
  if (isTimeframe(word)) return word;
  const [choices, suggestion] = [TIMEFRAMES.join(", "), nearest(word, TIMEFRAMES)];
  const value = text.slice(0, 40);
  throw new Fault("option-choice", { option: "timeframe", value, choices, suggestion });
}
