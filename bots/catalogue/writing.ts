/**
 * Writing a rule: all at once, or asked for piece by piece. Before anything is made or changed the rule
 * is shown in words, with what it would have done lately.
 */
import type { App } from "../../src/app/app.ts";
import { cleanName } from "../../src/app/names.ts";
import { isTimeframe, TIMEFRAMES, type Timeframe } from "../../src/domain/timeframe.ts";
import { draftView, redraftView } from "../views/draft.ts";
import { createdView, editedView } from "../views/outcomes.ts";
import type { Reader } from "../views/reader.ts";
import { command, type Call, type Caller, type Command, type Question } from "./command.ts";
import { choice, rest, string, type Option, type Suggestion } from "./option.ts";
import { phaseWatch } from "./phase-watch.ts";
import { strategyNumber } from "./targets.ts";

export function writingCommands(app: App): readonly Command[] {
  return [creating(app), editing(app)];
}

function creating(app: App): Command {
  return command({
    name: "new",
    group: "strategies",
    role: "trader",
    options: {
      name: string.req("option-name", { check: checkName }),
      symbol: tradedSymbol(app),
      timeframe: choice(TIMEFRAMES).req("option-timeframe"),
      rule: rest.req("option-rule", { offer: async (_caller, known) => examples(app, known) }),
    },
    confirm: (values, call) => creationQuestion(app, values, call),
    run: async ({ name, symbol, timeframe, rule: ruleText }, { user, reader }) =>
      createdView(reader, await app.strategies.create(user, { name, symbol, timeframe, ruleText })),
  });
}

interface Written {
  readonly name: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly rule: string;
}

async function creationQuestion(app: App, written: Written, call: Call): Promise<Question> {
  const { timeframe, rule: ruleText } = written;
  const name = cleanName(written.name);
  const draft = { symbol: written.symbol, timeframe, ruleText };
  const rehearsal = await app.rehearsals.rehearse(call.user, draft, phaseWatch(call));
  const { symbol } = rehearsal;
  return {
    text: call.reader.text("draft-ask"),
    blocks: draftView(call.reader, { name, timeframe }, rehearsal),
    args: { name, symbol, timeframe, rule: rehearsal.ruleText },
    yes: "button-create",
    more: [testButton(call.reader, { symbol, timeframe, ruleText: rehearsal.ruleText })],
    patient: true,
  };
}

function editing(app: App): Command {
  return command({
    name: "edit",
    group: "strategies",
    role: "trader",
    options: { number: strategyNumber(app), rule: rest.req("option-rule") },
    confirm: ({ number, rule }, call) => changeQuestion(app, { number, rule }, call),
    run: async ({ number, rule: ruleText }, { user, reader }) =>
      editedView(
        reader,
        await app.strategies.edit(user, number, { ruleText }),
        app.strategies.find(user, number).position,
      ),
  });
}

async function changeQuestion(
  app: App,
  { number, rule: ruleText }: { readonly number: number; readonly rule: string },
  call: Call,
): Promise<Question> {
  const { strategy } = app.strategies.find(call.user, number);
  const { symbol, timeframe } = strategy;
  const draft = { symbol, timeframe, ruleText };
  const rehearsal = await app.rehearsals.rehearse(call.user, draft, phaseWatch(call));
  return {
    text: call.reader.text("draft-edit-ask"),
    blocks: redraftView(call.reader, strategy, rehearsal),
    args: { number, rule: rehearsal.ruleText },
    yes: "button-change",
    more: [testButton(call.reader, { ...draft, ruleText: rehearsal.ruleText })],
    patient: true,
  };
}

/** What the backtest answers stands below: the draft above keeps its buttons. */
function testButton(
  reader: Reader,
  draft: { readonly symbol: string; readonly timeframe: Timeframe; readonly ruleText: string },
) {
  const what = `symbol=${draft.symbol} timeframe=${draft.timeframe} ${draft.ruleText}`;
  const label = reader.text("button-backtest");
  return { label, command: "backtest", args: { what }, style: "plain", below: true } as const;
}

function checkName(value: unknown): string {
  return cleanName(String(value));
}

/** Asked for, it offers symbols that most people know, besides the caller's own. */
function tradedSymbol(app: App): Option<string, true> {
  const own = ({ user }: Caller): readonly string[] => [
    app.settings.defaultSymbol,
    ...app.queries.strategies(user).map(({ strategy }) => strategy.symbol),
  ];
  return string.req("option-symbol", {
    suggest: (caller) => worded(own(caller)),
    offer: async (caller) => {
      const popular = await app.rehearsals.popularSymbols(app.settings.quoteAsset);
      return worded([...own(caller), ...popular]);
    },
    check: (value) => app.rehearsals.knownSymbol(String(value)),
  });
}

function worded(symbols: readonly string[]): readonly Suggestion[] {
  return [...new Set(symbols)].map((symbol) => ({ label: symbol, value: symbol }));
}

/** Built-in rules of the timeframe, to begin with. */
function examples(app: App, known: { readonly timeframe?: unknown }): readonly Suggestion[] {
  const { timeframe } = known;
  if (typeof timeframe !== "string" || !isTimeframe(timeframe)) return [];
  return app.strategies.templates
    .filter((one) => one.timeframe === timeframe)
    .map(({ title, ruleText }) => ({ label: title, value: ruleText }));
}
