/** What is said about texts that are not rules: the code, the exact place, what was expected. */
import { describe, expect, test } from "vitest";
import type { FaultFacts } from "../../../src/domain/fault.ts";
import { RULE_FAULT_CODES, RuleFault } from "../../../src/rules/fault.ts";
import type { RuleFaultCode, RuleProblem } from "../../../src/rules/fault.ts";
import { parseRule } from "../../../src/rules/parse.ts";
import { pointAt } from "../../../src/rules/point.ts";
import { readRanges } from "../../../src/rules/ranges.ts";

const asRule = (text: string): unknown => parseRule(text, { timeframe: "15m", quoteAsset: "USDT" });

function problemsOf(text: string, read = asRule): readonly RuleProblem[] {
  try {
    read(text);
  } catch (error) {
    if (error instanceof RuleFault) return error.problems;
    throw error;
  }
  return [];
}

const readerOf = (code: RuleFaultCode) =>
  code.startsWith("rule-range-") && code !== "rule-range-misplaced" ? readRanges : asRule;

/** The characters above the carets. */
function marked(text: string, problem: RuleProblem): string {
  const { line, caret } = pointAt(text, problem);
  return line.slice(caret.indexOf("^"), caret.lastIndexOf("^") + 1);
}

const enter = (condition: string): string => `enter long when ${condition}`;
const exit = (condition: string): string => `${enter("close > 1")}\nexit long when ${condition}`;
const DEEP = `${"(".repeat(17)}close${")".repeat(17)}`;
const NOTS = `${"not ".repeat(16)}close > 1`;
const WIDE = Array.from({ length: 70 }, (_, i) => `close > ${i}`).join(" or ");
const COMPARE = "< <= > >= crosses rising falling";
const CLAUSES = "enter exit stop take trail max cooldown size";

/** Code, text, the marked part, facts. */
type Row = readonly [RuleFaultCode, string, string, FaultFacts];

const SYNTAX: readonly Row[] = [
  ["rule-unexpected-character", enter("close > 1 && open > 2"), "&&", { suggestion: "and" }],
  ["rule-unexpected-character", enter("close ≥ 1"), "≥", { suggestion: ">=" }],
  ["rule-unexpected-character", enter("close > $5"), "$", { suggestion: null }],
  ["rule-forbidden-character", enter("close\u0000 > 1"), " ", { found: "U+0000" }],
  ["rule-forbidden-character", enter("close > 1 # \u202Eevil"), " ", { found: "U+202E" }],
  ["rule-forbidden-character", enter("close\u200b > 1"), " ", { found: "U+200B" }],
  [
    "rule-expected",
    "entre long when close > 1",
    "entre",
    { expected: CLAUSES, suggestion: "enter" },
  ],
  ["rule-expected", "buy when close > 1", "buy", { suggestion: "enter" }],
  [
    "rule-expected",
    "enter log when close > 1",
    "log",
    { expected: "long short", suggestion: "long" },
  ],
  ["rule-expected", "enter long close > 1", "close", { expected: "when", suggestion: null }],
  ["rule-expected", enter("rsi(14) 30"), "30", { expected: COMPARE }],
  ["rule-expected", enter("rsi(14) cruses above 30"), "cruses", { suggestion: "crosses" }],
  ["rule-expected", enter("close = 30"), "=", { expected: COMPARE, suggestion: null }],
  ["rule-expected", enter("rsi(14) crosses abov 30"), "abov", { suggestion: "above" }],
  ["rule-expected", enter("close > 1 ad open > 2"), "ad", { suggestion: "and" }],
  ["rule-expected", enter("(close > 1) 5"), "5", { expected: `and or ${CLAUSES}` }],
  ["rule-expected", enter("close >"), "", { expected: "series", found: null, column: 24 }],
  ["rule-expected", enter("close > * 2"), "*", { expected: "series" }],
  ["rule-expected", enter("rsi(14"), "", { expected: ", )", found: null }],
  ["rule-expected", enter("rsi(14 15)"), "15", { expected: ", )" }],
  ["rule-expected", enter("(close > 1"), "", { expected: ")" }],
  ["rule-expected", enter("close[x] > 1"), "x", { expected: "number" }],
  ["rule-expected", enter("ema(9)@daily > 1"), "daily", { expected: "timeframe" }],
  ["rule-expected", enter("macd(). > 1"), ">", { expected: "name" }],
  ["rule-expected", enter("sma(close > open, 5) > 1"), ">", { expected: ", )" }],
  ["rule-expected", `${enter("close > 1")} stop 2`, "", { expected: "%" }],
  ["rule-expected", `${enter("close > 1")} stop -2%`, "-", { expected: "number" }],
  ["rule-expected", `${enter("close > 1")} trail 2% aftr 1%`, "aftr", { suggestion: "after" }],
  ["rule-expected", `${enter("close > 1")} size 10`, "", { expected: "% asset" }],
  ["rule-expected", `${enter("close > 1")} max 12`, "12", { expected: "duration" }],
  ["rule-expected", `${enter("close > 1")} stop 2% 3`, "3", { expected: CLAUSES }],
  ["rule-number-range", enter(`close > ${"9".repeat(30)}`), "9".repeat(30), {}],
  ["rule-number-range", enter("close > 1000000000001"), "1000000000001", { limit: 1e12 }],
];

const CLAUSE_PROBLEMS: readonly Row[] = [
  ["rule-no-entry", "", "", { found: null, line: 1, column: 1, length: 0 }],
  ["rule-no-entry", "# nothing\nstop 2%", "#", {}],
  ["rule-exit-without-entry", "exit long when close > 1", "exit long", { expected: "enter long" }],
  ["rule-duplicate-clause", `${enter("close > 1")} stop 2% stop 3%`, "stop", { column: 35 }],
  ["rule-percent-range", `${enter("close > 1")} stop 100%`, "100%", { expected: "0.01..99.99" }],
  ["rule-percent-range", `${enter("close > 1")} take 0%`, "0%", { expected: "0.01..1000" }],
  ["rule-percent-range", `${enter("close > 1")} trail 1% after 1001%`, "1001%", {}],
  ["rule-percent-range", `${enter("close > 1")} size 101%`, "101%", { expected: "0.01..100" }],
  ["rule-amount-range", `${enter("close > 1")} size 0 USDT`, "0", {}],
  ["rule-quote-asset", `${enter("close > 1")} size 9 EUR`, "EUR", { expected: "USDT" }],
  ["rule-duration-range", `${enter("close > 1")} max 0s`, "0s", { expected: "1s..365d" }],
  ["rule-duration-range", `${enter("close > 1")} cooldown 366d`, "366d", { expected: "0s..365d" }],
  ["rule-duration-range", exit("held > 0.5s"), "0.5s", {}],
  ["rule-duration-range", exit("held > -5m"), "-5m", {}],
];

const rsi = { indicator: "rsi" };
const INDICATOR_PROBLEMS: readonly Row[] = [
  ["rule-unknown-indicator", enter("rsx(14) > 30"), "rsx", { suggestion: "rsi" }],
  ["rule-unknown-indicator", enter("clsoe > 30"), "clsoe", { suggestion: "close" }],
  ["rule-unknown-indicator", enter("bollinger(20) > 30"), "bollinger", { suggestion: "bb" }],
  ["rule-unknown-indicator", enter("__proto__ > 30"), "__proto__", { suggestion: null }],
  ["rule-unknown-indicator", enter("constructor(3) > 30"), "constructor", { suggestion: null }],
  ["rule-unknown-indicator", enter("toString > 30"), "toString", {}],
  ["rule-not-an-indicator", enter("close(5) > 30"), "close", {}],
  ["rule-not-an-indicator", exit("profit.x > 3%"), "profit", {}],
  [
    "rule-unknown-output",
    enter("donchian(20).uper > 1"),
    "uper",
    { indicator: "donchian", expected: "upper lower middle", suggestion: "upper" },
  ],
  ["rule-unknown-output", enter("macd.constructor > 1"), "constructor", { suggestion: null }],
  [
    "rule-unknown-parameter",
    enter("macd(fats=3) > 1"),
    "fats",
    { indicator: "macd", expected: "fast slow signal", suggestion: "fast" },
  ],
  ["rule-unknown-parameter", enter("obv(max=3) > 1"), "max", { expected: "", suggestion: null }],
  ["rule-missing-parameter", enter("ema > 1"), "ema", { indicator: "ema", expected: "period" }],
  ["rule-missing-parameter", enter("ema(high) > 1"), "ema(high)", { expected: "period" }],
  ["rule-too-many-parameters", enter("rsi(14, 3, 5) > 1"), "3", { ...rsi, limit: 1 }],
  ["rule-duplicate-parameter", enter("rsi(14, period=3) > 1"), "period", rsi],
  ["rule-parameter-order", enter("macd(fast=3, 5) > 1"), "5", { indicator: "macd" }],
  ["rule-source-first", enter("sma(5, close) > 1"), "close", { indicator: "sma" }],
  ["rule-parameter-number", enter("rsi(14%) > 1"), "14%", { ...rsi, expected: "2..500" }],
  ["rule-parameter-number", enter("rsi(period=close) > 1"), "close", { parameter: "period" }],
  ["rule-parameter-integer", enter("rsi(14.5) > 1"), "14.5", { ...rsi, parameter: "period" }],
  ["rule-parameter-range", enter("rsi(1) > 1"), "1", { ...rsi, expected: "2..500" }],
  ["rule-parameter-range", enter("rsi(-5) > 1"), "-5", { parameter: "period" }],
  ["rule-parameter-range", enter("bb(20, 0) > 1"), "0", { expected: "0.001..100" }],
  ["rule-no-source", enter("atr(close, 14) > 1"), "close", { indicator: "atr" }],
  ["rule-no-source", enter("atr(14, close) > 1"), "close", { indicator: "atr" }],
];

const PLACE_PROBLEMS: readonly Row[] = [
  ["rule-condition-expected", enter("close + 1"), "close + 1", {}],
  ["rule-condition-expected", enter("close > 1 and rsi(14)"), "rsi(14)", {}],
  ["rule-series-expected", enter("(close > open) + 1 > 2"), "(close > open)", {}],
  ["rule-series-expected", enter("not close > (not open)"), "(not open)", {}],
  ["rule-constant", enter("30 crosses above 20 + 5"), "30 crosses above 20 + 5", {}],
  ["rule-constant", enter("1 < 2"), "1 < 2", {}],
  ["rule-constant", enter("5 rising 3"), "5 rising 3", {}],
  ["rule-constant", enter("close > 5[1]"), "5[1]", {}],
  ["rule-constant", enter("close > 5@4h"), "5@4h", {}],
  ["rule-constant", enter("sma(1 + 2, 5) > close"), "1 + 2", {}],
  ["rule-unit", enter("close > 6%"), "6%", { expected: "number" }],
  ["rule-unit", enter("close > 12h"), "12h", { expected: "number" }],
  ["rule-unit", exit("profit > 12h"), "12h", { expected: "percent" }],
  ["rule-unit", exit("held > 12"), "12", { expected: "duration" }],
  ["rule-unit", exit("profit > close"), "close", { expected: "percent" }],
  ["rule-unit", exit("profit > held"), "held", { expected: "percent" }],
  ["rule-exit-only", enter("profit > 6%"), "profit", {}],
  ["rule-exit-only", enter("held[1] > 6"), "held", {}],
  ["rule-position-misplaced", exit("profit crosses above 6"), "profit", { expected: "percent" }],
  ["rule-position-misplaced", exit("held * 2 > 6h"), "held", { expected: "duration" }],
  ["rule-position-misplaced", exit("sma(profit, 3) > 6"), "profit", {}],
  ["rule-division-by-zero", enter("close / 0 > 1"), "0", {}],
  ["rule-unknown-timeframe", enter("close@3h > 1"), "3h", { expected: "1m 5m 15m 1h 4h 1d" }],
  ["rule-timeframe-nested", enter("sma(close@4h, 5)@1d > 1"), "close@4h", {}],
  ["rule-timeframe-nested", enter("(close@4h + 1)@1d > 1"), "(close@4h + 1)@1d", {}],
  ["rule-timeframe-shorter", enter("close@5m > 1"), "5m", { expected: "15m 1h 4h 1d" }],
  ["rule-offset-mixed", enter("(close@4h - open)[1] > 1"), "(close@4h - open)[1]", {}],
  ["rule-lookback-range", enter("close[501] > 1"), "501", { expected: "0..500" }],
  ["rule-lookback-range", enter("close[1.5] > 1"), "1.5", {}],
  ["rule-lookback-range", enter("close[300][300] > 1"), "300", { column: 28 }],
  ["rule-lookback-range", enter("close rising 0"), "0", { expected: "1..500" }],
  ["rule-lookback-range", enter("close[499]@4h rising 2"), "2", { expected: "1..500" }],
];

const SIZE_PROBLEMS: readonly Row[] = [
  ["rule-too-long", enter(`close > 1 ${" ".repeat(4096)}`), "e", { limit: 4096, found: "4122" }],
  ["rule-too-deep", enter(`${DEEP} > 1`), "(", { limit: 16, column: 33 }],
  ["rule-too-deep", enter(NOTS), "", { limit: 16, column: 17 }],
  ["rule-too-many-nodes", enter(WIDE), "enter long", { limit: 200, line: 1, column: 1 }],
  ["rule-warmup-too-long", enter("sma(sma(trix(500), 500), 500) > 1"), "enter long", {}],
];

/** As optimising reads them, but for the first two. */
const RANGE_PROBLEMS: readonly Row[] = [
  ["rule-range-misplaced", enter("rsi({7..21}) < 30 # {1..2}"), "{7..21}", {}],
  ["rule-range-misplaced", enter("close > {"), "{", {}],
  ["rule-range-form", enter("rsi({7..}) < 30"), "{7..}", {}],
  ["rule-range-form", enter("rsi({7-21}) < 30"), "{7-21}", {}],
  ["rule-range-form", enter("close > 1 } or open > {1..2}"), "}", {}],
  ["rule-range-unit", enter("held > {4..24h}"), "{4..24h}", {}],
  ["rule-range-unit", `${enter("close > 1")}\nstop {1%..4:1}`, "{1%..4:1}", {}],
  ["rule-range-order", enter("rsi({21..7}) < 30"), "{21..7}", {}],
  ["rule-range-step", enter("rsi({7..21:0}) < 30"), "{7..21:0}", {}],
  ["rule-range-step", enter("bb(20,{1.5..2.5}).lower > close"), "{1.5..2.5}", {}],
  ["rule-range-values", enter("close > {1..1001}"), "{1..1001}", { limit: 1000 }],
  ["rule-range-count", enter("{1..2} < ".repeat(9)), "{1..2}", { limit: 8, column: 89 }],
  ["rule-range-combinations", enter("{1..999} ".repeat(4)), "{1..999}", { column: 35 }],
];

describe.each([
  ["ranges", RANGE_PROBLEMS],
  ["the grammar", SYNTAX],
  ["the clauses", CLAUSE_PROBLEMS],
  ["indicators", INDICATOR_PROBLEMS],
  ["what stands where", PLACE_PROBLEMS],
  ["size", SIZE_PROBLEMS],
])("a problem with %s", (_, rows) => {
  const named = rows.map((row) => [row[0], row[1].slice(0, 80), row] as const);

  test.each(named)("%s in %j is marked where it is", (_code, _start, row) => {
    const [code, text, part, facts] = row;
    const [problem] = problemsOf(text, readerOf(code));
    expect(problem).toMatchObject({ code, facts });
    if (part !== "") expect(marked(text, problem!)).toBe(part);
  });

  test.each(named)("%s in %j has the facts its code promises", (code, _start, [, text]) => {
    const { line, column, length, found, ...others } = problemsOf(text, readerOf(code))[0]!.facts;
    expect([line, column, length].every(Number.isInteger)).toBe(true);
    expect(found === null || found.length > 0).toBe(true);
    const promised: readonly string[] = RULE_FAULT_CODES[code];
    const given = Object.keys(others).filter((fact) => others[fact] !== null);
    expect(promised).toEqual(expect.arrayContaining(given));
    const certain = promised.filter((fact) => fact !== "suggestion");
    expect(given).toEqual(expect.arrayContaining(certain));
  });
});

describe("all problems", () => {
  test("have an example here for every code", () => {
    const rows = [
      RANGE_PROBLEMS,
      SYNTAX,
      CLAUSE_PROBLEMS,
      INDICATOR_PROBLEMS,
      PLACE_PROBLEMS,
      SIZE_PROBLEMS,
    ].flat();
    const covered = new Set<string>(rows.map(([code]) => code));
    expect(Object.keys(RULE_FAULT_CODES).filter((code) => !covered.has(code))).toEqual([]);
  });

  test("of one text are reported together, in its order", () => {
    const text =
      "enter long when rsx > emma(3) and profit > 2%\nexit short when held > 3\nstop 200%";
    expect(problemsOf(text).map(({ code, facts }) => [code, facts.line, facts.column])).toEqual([
      ["rule-unknown-indicator", 1, 17],
      ["rule-unknown-indicator", 1, 23],
      ["rule-exit-only", 1, 35],
      ["rule-exit-without-entry", 2, 1],
      ["rule-unit", 2, 24],
      ["rule-percent-range", 3, 6],
    ]);
  });

  test("are reported once for an operand between two signs", () => {
    expect(problemsOf(enter("20 < rsx(14) < 80"))).toHaveLength(1);
    expect(problemsOf(enter("open < 5% < close"))).toHaveLength(1);
  });

  test("are never more than twenty", () => {
    const names = Array.from({ length: 40 }, (_, i) => `x${i} > 1`).join(" or ");
    expect(problemsOf(enter(names))).toHaveLength(20);
    expect(problemsOf(`${enter("close > 1")} # ${"\u0000".repeat(40)}`)).toHaveLength(20);
  });

  test("repeat no more than forty characters of the text", () => {
    const [problem] = problemsOf(enter("z".repeat(3000)));
    expect(problem?.facts.found).toBe(`${"z".repeat(39)}…`);
  });

  test("make a fault whose code and facts are those of the first", () => {
    const thrown = ((): unknown => {
      try {
        return parseRule(enter("rsx > 1 and foo > 2"));
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(RuleFault);
    const fault = thrown as RuleFault;
    expect(fault.problems).toHaveLength(2);
    expect(fault).toMatchObject({ ...fault.problems[0], name: "RuleFault" });
  });
});
