/**
 * `npm run backtest -- --rule-file r.txt --symbol BTCUSDT --timeframe 15m --candles file.csv.gz`: a
 * rule on candles from files, without network and database. With `--json` standard output carries the
 * result and nothing else; what went unsaid goes to standard error.
 */
import { readEnvironment } from "../config/environment.ts";
import { RuleRefused } from "./app/rule-refused.ts";
import { saveBacktestPicture } from "./backtest-picture.ts";
import { backtestJson, backtestText, findingsText } from "./backtest-report.ts";
import {
  explainRule,
  filtersOf,
  givenRule,
  TERMINAL_COLUMNS,
  TEST_OPTIONS,
  testTerms,
  type TestTarget,
} from "./backtest-input.ts";
import {
  filePath,
  readOptions,
  requiredText,
  textOf,
  timeframeOf,
  type Given,
} from "./cli-options.ts";
import { Fault } from "./domain/fault.ts";
import { runBacktest } from "./engine/backtest.ts";
import { enter } from "./entry.ts";
import { knownInstrument } from "./known-instruments.ts";
import { standardOutput } from "./ops/logging.ts";
import { progressBar } from "./progress-bar.ts";
import { RuleFault } from "./rules/fault.ts";
import { parseRule } from "./rules/parse.ts";
import { TEMPLATES } from "./rules/templates.ts";

const HELP = `npm run backtest -- RULE --symbol BTCUSDT --timeframe 15m --candles FILE

RULE is one of
  --rule-file FILE      the rule's text in a file
  --rule TEXT           the rule's text itself
  --template KEY        a built-in rule, for example ema-crossover-15m

Candles are CSV or CSV.gz with the columns open_time_ms, open, high, low, close, volume.
  --candles FILE        candles of the rule's timeframe
  --detail FILE         1m candles, which decide stops and targets where they are there
  --from DATE           candles before are history; they warm up and never trade
  --to DATE             candles that open at or after are left out

  --capital 10000       wallet at the start, in quote currency
  --fee 0.001           taker fee, a share of the value
  --slippage 0          how much worse than the price a fill is, a share
  --tick --step --min-notional
                        filters of the symbol; those of well-known ones are known
  --picture FILE        a PNG of it: price, trades, equity, drawdown
  --json                {trades, metrics} on standard output and nothing else
`;

const text = { type: "string" } as const;
const OPTIONS = { ...TEST_OPTIONS, template: text, picture: text } as const;

/** A reader that has seen enough, such as `head`, is no error. */
const print = standardOutput();

await enter(async () => {
  const { given } = readOptions(OPTIONS, 0);
  if (given["help"] === true) {
    print(HELP);
    return;
  }
  const calledFrom = readEnvironment()["INIT_CWD"];
  const target = await targetOf(given, calledFrom);
  try {
    parseRule(target.ruleText, { ...target, quoteAsset: target.instrument.quoteAsset });
  } catch (error) {
    if (!(error instanceof RuleFault)) throw error;
    explainRule(new RuleRefused(target.ruleText, error, TERMINAL_COLUMNS));
    return;
  }
  const { terms, findings } = await testTerms(given, calledFrom, target);
  const request = { ...target, ...terms };
  const bar = progressBar("Testing");
  const result = runBacktest(request, (done, total) => bar.show(done, total));
  bar.end();
  const isJson = given["json"] === true;
  const remarks = findingsText(findings);
  if (remarks !== "") process.stderr.write(`${remarks}\n`);
  const picture = textOf(given, "picture");
  if (picture !== undefined) {
    await saveBacktestPicture(filePath(picture, calledFrom), request, result);
  }
  print(isJson ? backtestJson(result) : backtestText(result, request.instrument));
});

/** What is tested, before any candle is read. */
async function targetOf(
  given: Given,
  calledFrom: string | undefined,
): Promise<TestTarget & { ruleText: string }> {
  const symbol = requiredText(given, "symbol").toUpperCase();
  const template = TEMPLATES.find(({ key }) => key === textOf(given, "template"));
  const timeframe =
    textOf(given, "timeframe") === undefined && template !== undefined
      ? template.timeframe
      : timeframeOf(given);
  const ruleText = await ruleTextOf(given, calledFrom);
  return { ruleText, timeframe, instrument: knownInstrument(symbol, filtersOf(given)) };
}

/** Exactly one of the three ways to name a rule. */
async function ruleTextOf(given: Given, calledFrom: string | undefined): Promise<string> {
  const named = ["rule-file", "rule", "template"].filter(
    (name) => textOf(given, name) !== undefined,
  );
  const option = "--rule-file, --rule, --template";
  if (named.length === 0) throw new Fault("option-missing", { option });
  if (named.length > 1) throw new Fault("option-invalid", { option, expected: "given once" });
  const key = textOf(given, "template");
  if (key !== undefined) {
    const template = TEMPLATES.find((one) => one.key === key);
    if (template === undefined) throw new Fault("unknown-template", { template: key });
    return template.ruleText;
  }
  return givenRule(given, calledFrom);
}
