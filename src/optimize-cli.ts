/**
 * `npm run optimize -- --rule-file r.txt --symbol BTCUSDT --timeframe 15m --candles file.csv.gz`: the
 * numbers marked as ranges in a rule, searched on candles from files. With `--json` standard output
 * carries the result and nothing else; what went unsaid goes to standard error.
 */
import { readEnvironment } from "../config/environment.ts";
import type { CandlePage } from "./app/backtest-job.ts";
import { MAX_VARIANTS } from "./app/optimizations.ts";
import { RuleRefused } from "./app/rule-refused.ts";
import {
  explainRule,
  filtersOf,
  givenRule,
  TERMINAL_COLUMNS,
  TEST_OPTIONS,
  testTerms,
  type TestTarget,
} from "./backtest-input.ts";
import { findingsText } from "./backtest-report.ts";
import { decimalOf, readOptions, requiredText, timeframeOf, type Given } from "./cli-options.ts";
import type { Candle } from "./domain/candle.ts";
import type { BacktestTerms } from "./engine/backtest-engine.ts";
import { verdictOf } from "./engine/sweep/walk-forward.ts";
import { enter } from "./entry.ts";
import { knownInstrument } from "./known-instruments.ts";
import { optimizeJson, optimizeText } from "./optimize-report.ts";
import { standardOutput } from "./ops/logging.ts";
import { progressBar } from "./progress-bar.ts";
import { RuleFault } from "./rules/fault.ts";
import { parseRule } from "./rules/parse.ts";
import { printRule } from "./rules/print.ts";
import { variantsOf, type VariantSet } from "./rules/variants.ts";
import { sweepInWorkers } from "./runtime/sweep-workers.ts";

const HELP = `npm run optimize -- RULE --symbol BTCUSDT --timeframe 15m --candles FILE

RULE is a rule with numbers marked as ranges, {least..most} or {least..most:step}, as in
  enter long when rsi({7..21}) < {20..40:5}  stop {1..4:0.5}%
  --rule-file FILE      the rule's text in a file
  --rule TEXT           the rule's text itself

Candles are CSV or CSV.gz with the columns open_time_ms, open, high, low, close, volume.
  --candles FILE        candles of the rule's timeframe
  --detail FILE         1m candles, which decide stops and targets where they are there
  --from DATE           candles before are history; they warm up and never trade
  --to DATE             candles that open at or after are left out

  --variants ${MAX_VARIANTS}       rules tried at most; more combinations are sampled
  --capital 10000       wallet at the start, in quote currency
  --fee 0.001           taker fee, a share of the value
  --slippage 0          how much worse than the price a fill is, a share
  --tick --step --min-notional
                        filters of the symbol; those of well-known ones are known
  --json                the result as JSON on standard output and nothing else
`;

const OPTIONS = { ...TEST_OPTIONS, variants: { type: "string" } } as const;
/** Of `--variants`; every one takes about a kilobyte in the end. */
const VARIANTS_RANGE = { least: "1", most: "100000" };
const PAGE_CANDLES = 5_000;

/** A reader that has seen enough, such as `head`, is no error. */
const print = standardOutput();

await enter(async () => {
  const { given } = readOptions(OPTIONS, 0);
  if (given["help"] === true) {
    print(HELP);
    return;
  }
  const calledFrom = readEnvironment()["INIT_CWD"];
  const symbol = requiredText(given, "symbol").toUpperCase();
  const target = {
    timeframe: timeframeOf(given),
    instrument: knownInstrument(symbol, filtersOf(given)),
  };
  const set = variantsIn(await givenRule(given, calledFrom), given, target);
  if (set === null) return;
  const { terms, findings } = await testTerms(given, calledFrom, target);
  const { from, capital, fee, slippage } = terms;
  const bar = progressBar("Searching");
  const figures = await sweepInWorkers(
    {
      terms: { ...target, from, capital, fee, slippage },
      ruleTexts: set.ruleTexts,
      pages: pagesOf(terms),
    },
    { progress: (done, total) => bar.show(done, total) },
  ).finally(() => bar.end());
  const remarks = findingsText(findings);
  if (remarks !== "") process.stderr.write(`${remarks}\n`);
  const found = { set, verdict: verdictOf(figures, set.middle), ...target };
  print(given["json"] === true ? optimizeJson(found) : optimizeText(found));
});

/** Null when there are none to be tried, which has been explained. Fault: rule-without-range. */
function variantsIn(text: string, given: Given, target: TestTarget): VariantSet | null {
  const { timeframe, instrument } = target;
  const { quoteAsset } = instrument;
  let reading = text;
  const canonical = (ruleText: string): string => {
    reading = ruleText;
    return printRule(parseRule(ruleText, { timeframe, quoteAsset }), { quoteAsset });
  };
  const most = Math.floor(Number(decimalOf(given, "variants", VARIANTS_RANGE) ?? MAX_VARIANTS));
  try {
    return variantsOf(text, most, canonical);
  } catch (error) {
    if (!(error instanceof RuleFault)) throw error;
    explainRule(new RuleRefused(reading, error, TERMINAL_COLUMNS));
    return null;
  }
}

async function* pagesOf({ candles, detail = [] }: BacktestTerms): AsyncGenerator<CandlePage> {
  for (const list of [detail, candles]) {
    for (let i = 0; i < list.length; i += PAGE_CANDLES) {
      const page: readonly Candle[] = list.slice(i, i + PAGE_CANDLES);
      const [first] = page;
      if (first !== undefined) yield { timeframe: first.timeframe, candles: page };
    }
  }
}
