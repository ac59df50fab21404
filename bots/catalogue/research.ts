/** Commands that look before anything trades: an indicator on newest candles, a rule on the past. */
import type { App } from "../../src/app/app.ts";
import type { BacktestWish } from "../../src/app/backtests.ts";
import { Fault } from "../../src/domain/fault.ts";
import { isTimeframe, TIMEFRAMES } from "../../src/domain/timeframe.ts";
import { backtestView } from "../views/backtest.ts";
import { previewView } from "../views/preview.ts";
import { withBacktestPicture } from "./charts.ts";
import { command, type Caller, type Command } from "./command.ts";
import { choice, rest, type Suggestion } from "./option.ts";
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
    run: async ({ what }, { user, reader }) => {
      const answer = await app.backtests.run(user, backtestWish(what));
      return withBacktestPicture(app, reader, backtestView(reader, answer), answer);
    },
  });
}

const NAMED = /^(symbol|timeframe)=(\S+)\s+/;

/**
 * What is to be tested, of the length that suits it: a strategy's number or a built-in rule's key, with a
 * symbol and a timeframe after it, or a rule's text; `symbol=` and `timeframe=` may stand before any.
 * Faults: option-twice {option}, option-choice {option, value, choices, suggestion},
 * option-missing {option}, too-many-words {word}.
 */
export function backtestWish(text: string): BacktestWish {
  const given = new Map<string, string>();
  const note = (option: string, value: string | undefined): void => {
    if (value === undefined) return;
    if (given.has(option)) throw new Fault("option-twice", { option });
    given.set(option, value);
  };
  let left = text.trim();
  for (let named = NAMED.exec(left); named !== null; named = NAMED.exec(left)) {
    note(named[1] ?? "", named[2]);
    left = left.slice(named[0].length);
  }
  if (left === "") throw new Fault("option-missing", { option: "what" });
  const [first = "", symbol, timeframe, ...more] = left.split(/\s+/);
  const what = byKey(first);
  if (what !== null) {
    const [word] = more;
    if (word !== undefined) throw new Fault("too-many-words", { word: word.slice(0, 40) });
    note("symbol", symbol);
    note("timeframe", timeframe);
  }
  return {
    what: what ?? { kind: "rule", ruleText: left },
    symbol: given.get("symbol") ?? null,
    timeframe: timeframeIn(given.get("timeframe")),
    from: null,
    until: null,
  };
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
