/** What tools that test rules on files are told: options, the rule's text, candles and terms. */
import { readFile } from "node:fs/promises";
import { faultView } from "../bots/views/faults.ts";
import { Reader } from "../bots/views/reader.ts";
import type { RuleRefused } from "./app/rule-refused.ts";
import { decimalOf, filePath, momentOf, requiredText, textOf, type Given } from "./cli-options.ts";
import { Fault } from "./domain/fault.ts";
import type { Timeframe } from "./domain/timeframe.ts";
import type { BacktestTerms } from "./engine/backtest-engine.ts";
import type { CandleFindings } from "./history/candle-check.ts";
import { loadCandleFile } from "./history/load-candles.ts";
import type { Filters } from "./known-instruments.ts";
import { progressBar } from "./progress-bar.ts";

const DEFAULTS = { capital: "10000", fee: "0.001", slippage: "0" };
const FILTER_RANGE = { least: "0", most: "1000000" };
const SHARE_RANGE = { least: "0", most: "0.1" };
const MAX_RULE_BYTES = 65_536;

const text = { type: "string" } as const;
/** Of every such tool, for readOptions. */
export const TEST_OPTIONS = {
  "rule-file": text,
  rule: text,
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
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

export type TestTarget = Pick<BacktestTerms, "timeframe" | "instrument">;

/** Candles from files, and money. Faults: those of the options and of loadCandleFile. */
export async function testTerms(
  given: Given,
  calledFrom: string | undefined,
  { timeframe, instrument }: TestTarget,
): Promise<{ terms: BacktestTerms; findings: CandleFindings }> {
  const { symbol } = instrument;
  const file = filePath(requiredText(given, "candles"), calledFrom);
  const capital = decimalOf(given, "capital", { least: "0.00000001", most: "1000000000000" });
  const money = {
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
  const tested = candles.filter(({ openTime }) => openTime < to);
  return { terms: { timeframe, instrument, candles: tested, detail, from, ...money }, findings };
}

async function load(file: string, of: { symbol: string; timeframe: Timeframe }) {
  const bar = progressBar("Reading");
  try {
    return await loadCandleFile(file, of, (done, total) => bar.show(done, total));
  } finally {
    bar.end();
  }
}

/** The filters that were given. Fault: option-invalid {option, expected}. */
export function filtersOf(given: Given): Partial<Filters> {
  const tickSize = decimalOf(given, "tick", FILTER_RANGE);
  const stepSize = decimalOf(given, "step", FILTER_RANGE);
  const minNotional = decimalOf(given, "min-notional", FILTER_RANGE);
  return {
    ...(tickSize === undefined ? {} : { tickSize }),
    ...(stepSize === undefined ? {} : { stepSize }),
    ...(minNotional === undefined ? {} : { minNotional }),
  };
}

/**
 * The text of --rule, else of --rule-file. Faults: option-missing {option}, file-not-found {file},
 * file-unreadable {file, reason}.
 */
export async function givenRule(given: Given, calledFrom: string | undefined): Promise<string> {
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

/** Of a rule's line shown on a terminal. */
export const TERMINAL_COLUMNS = 78;

/** A rule that cannot be read is shown with every problem: what, where, and what would fit. */
export function explainRule(refused: RuleRefused): void {
  const reader = new Reader({ language: "en", timeZone: "UTC" }, { now: 0, quoteAsset: "USDT" });
  const { blocks } = faultView(reader, refused, null);
  for (const block of blocks) {
    if (block.kind === "text" || block.kind === "code") process.stderr.write(`${block.text}\n`);
  }
  process.exitCode = 1;
}
