/**
 * `npm run backtest -- --rule-file r.txt --symbol BTCUSDT --timeframe 15m --candles file.csv.gz`: a
 * rule on candles from files, without network and database. With `--json` standard output carries the
 * result and nothing else; what went unsaid goes to standard error.
 */
import { readFile } from "node:fs/promises";
import { readEnvironment } from "../config/environment.ts";
import { faultView } from "../bots/views/faults.ts";
import { Reader } from "../bots/views/reader.ts";
import { RuleRefused } from "./app/rule-refused.ts";
import { saveBacktestPicture } from "./backtest-picture.ts";
import { backtestJson, backtestText, findingsText } from "./backtest-report.ts";
import {
  decimalOf,
  filePath,
  momentOf,
  readOptions,
  requiredText,
  textOf,
  timeframeOf,
  type Given,
} from "./cli-options.ts";
import { Fault } from "./domain/fault.ts";
import type { Timeframe } from "./domain/timeframe.ts";
import { runBacktest, type BacktestRequest } from "./engine/backtest.ts";
import { enter } from "./entry.ts";
import type { CandleFindings } from "./history/candle-check.ts";
import { loadCandleFile } from "./history/load-candles.ts";
import { knownInstrument, type Filters } from "./known-instruments.ts";
import { standardOutput } from "./ops/logging.ts";
import { progressBar } from "./progress-bar.ts";
import { RuleFault } from "./rules/fault.ts";
import { parseRule } from "./rules/parse.ts";
import { TEMPLATES } from "./rules/templates.ts";

const DEFAULTS = { capital: "10000", fee: "0.001", slippage: "0" };
const FILTER_RANGE = { least: "0", most: "1000000" };
const SHARE_RANGE = { least: "0", most: "0.1" };
const MAX_RULE_BYTES = 65_536;

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
const OPTIONS = {
  "rule-file": text,
  rule: text,
  template: text,
  symbol: text,
  timeframe: text,
  candles: text,
  detail: text,
  from: text,
  to: text,
  capital: text,
  fee: text,
  slippage: text,
  tick: text,
  step: text,
  "min-notional": text,
  picture: text,
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

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
    explainRule(target.ruleText, error);
    return;
  }
  const { request, findings } = await requestOf(given, calledFrom, target);
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

type Target = Pick<BacktestRequest, "ruleText" | "timeframe" | "instrument">;

/** What is tested, before any candle is read. */
async function targetOf(given: Given, calledFrom: string | undefined): Promise<Target> {
  const symbol = requiredText(given, "symbol").toUpperCase();
  const template = TEMPLATES.find(({ key }) => key === textOf(given, "template"));
  const timeframe =
    textOf(given, "timeframe") === undefined && template !== undefined
      ? template.timeframe
      : timeframeOf(given);
  const ruleText = await ruleTextOf(given, calledFrom);
  return { ruleText, timeframe, instrument: knownInstrument(symbol, filtersOf(given)) };
}

async function requestOf(
  given: Given,
  calledFrom: string | undefined,
  target: Target,
): Promise<{ request: BacktestRequest; findings: CandleFindings }> {
  const { timeframe, instrument } = target;
  const { symbol } = instrument;
  const file = filePath(requiredText(given, "candles"), calledFrom);
  const capital = decimalOf(given, "capital", { least: "0.00000001", most: "1000000000000" });
  const terms = {
    capital: capital ?? DEFAULTS.capital,
    fee: decimalOf(given, "fee", SHARE_RANGE) ?? DEFAULTS.fee,
    slippage: decimalOf(given, "slippage", SHARE_RANGE) ?? DEFAULTS.slippage,
  };
  const [from, to] = [momentOf(given, "from"), momentOf(given, "to") ?? Number.POSITIVE_INFINITY];
  const { candles, findings } = await load(file, { symbol, timeframe });
  const finer = textOf(given, "detail");
  const detail =
    finer === undefined
      ? undefined
      : (await load(filePath(finer, calledFrom), { symbol, timeframe: "1m" })).candles;
  const request: BacktestRequest = {
    ...target,
    candles: candles.filter(({ openTime }) => openTime < to),
    detail,
    from,
    ...terms,
  };
  return { request, findings };
}

async function load(file: string, of: { symbol: string; timeframe: Timeframe }) {
  const bar = progressBar("Reading");
  try {
    return await loadCandleFile(file, of, (done, total) => bar.show(done, total));
  } finally {
    bar.end();
  }
}

function filtersOf(given: Given): Partial<Filters> {
  const tickSize = decimalOf(given, "tick", FILTER_RANGE);
  const stepSize = decimalOf(given, "step", FILTER_RANGE);
  const minNotional = decimalOf(given, "min-notional", FILTER_RANGE);
  return {
    ...(tickSize === undefined ? {} : { tickSize }),
    ...(stepSize === undefined ? {} : { stepSize }),
    ...(minNotional === undefined ? {} : { minNotional }),
  };
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
  const rule = textOf(given, "rule");
  if (rule !== undefined) return rule;
  const file = filePath(requiredText(given, "rule-file"), calledFrom);
  const bytes = await readFile(file).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    if (code === "ENOENT") throw new Fault("file-not-found", { file });
    throw new Fault("file-unreadable", { file, reason: code }, { cause: error });
  });
  return bytes.subarray(0, MAX_RULE_BYTES).toString("utf8");
}

/** A rule that cannot be read is shown with every problem: what, where, and what would fit. */
function explainRule(ruleText: string, fault: RuleFault): void {
  const reader = new Reader({ language: "en", timeZone: "UTC" }, { now: 0, quoteAsset: "USDT" });
  const { blocks } = faultView(reader, new RuleRefused(ruleText, fault), null);
  for (const block of blocks) {
    if (block.kind === "text" || block.kind === "code") process.stderr.write(`${block.text}\n`);
  }
  process.exitCode = 1;
}
