/**
 * How many candles a rule needs: to have a value at all (warm-up), and to have the value it would
 * have had if it had always run (replay, for recursive indicators whose start fades slowly). The
 * engine asks for them before it starts a strategy.
 */
import { Fault } from "../domain/fault.ts";
import { INDICATORS } from "../domain/indicator.ts";
import type { IndicatorSpec } from "../domain/indicator.ts";
import type { Condition, Rule, Series } from "../domain/rule.ts";
import { timeframeMs, TIMEFRAMES } from "../domain/timeframe.ts";
import type { Timeframe } from "../domain/timeframe.ts";
import { partsOf } from "./form.ts";

/** Closed candles of one timeframe. */
export interface CandleNeed {
  /** Until everything read from it has a value. */
  readonly warmup: number;
  /** To feed at a start; never fewer than `warmup` nor than 50. */
  readonly replay: number;
}

export type RuleMemory = ReadonlyMap<Timeframe, CandleNeed>;

/** A recursive indicator forgets its start after this many times its longest period. */
const FADING_PERIODS = 10;
const MIN_REPLAY_CANDLES = 50;
/** Indicators that begin anew at 00:00 UTC have their true value only when fed since then. */
const SINCE_MIDNIGHT: ReadonlySet<string> = new Set(["vwap"]);
const DAY_MS = 86_400_000;
const NOTHING: CandleNeed = { warmup: 0, replay: 0 };
const ONE_CANDLE: CandleNeed = { warmup: 1, replay: 1 };

/** What the whole rule needs on each timeframe it reads; the strategy's own is always among them. */
export function ruleMemory(rule: Rule, timeframe: Timeframe): RuleMemory {
  const memories = conditionsOf(rule).map((condition) => conditionMemory(condition, timeframe));
  return merge([new Map([[timeframe, atLeast(ONE_CANDLE)]]), ...memories]);
}

/** What one condition of a rule needs, by timeframe. Constants and the position's figures need nothing. */
export function conditionMemory(condition: Condition, timeframe: Timeframe): RuleMemory {
  switch (condition.kind) {
    case "and":
    case "or":
      return merge(condition.operands.map((operand) => conditionMemory(operand, timeframe)));
    case "not":
      return conditionMemory(condition.operand, timeframe);
    case "compare":
      return sidesMemory([condition.left, condition.right], timeframe, 0);
    case "cross":
      return sidesMemory([condition.left, condition.right], timeframe, 1);
    case "trend":
      return sidesMemory([condition.operand], timeframe, condition.candles);
  }
}

/** The other timeframes a rule reads with `@`, shortest first. */
export function usedTimeframes(rule: Rule): readonly Timeframe[] {
  const used = new Set<Timeframe>();
  const visit = (node: Condition | Series): void => {
    if (node.kind === "at") used.add(node.timeframe);
    partsOf(node).forEach(visit);
  };
  conditionsOf(rule).forEach(visit);
  return TIMEFRAMES.filter((timeframe) => used.has(timeframe));
}

const conditionsOf = (rule: Rule): Condition[] =>
  [rule.enterLong, rule.exitLong, rule.enterShort, rule.exitShort].filter((it) => it !== null);

/** Memory of series of which the values of the last `more` candles are wanted as well. */
function sidesMemory(sides: readonly Series[], timeframe: Timeframe, more: number): RuleMemory {
  return merge(sides.map((series) => seriesMemory(series, timeframe, more)));
}

function seriesMemory(series: Series, timeframe: Timeframe, more: number): RuleMemory {
  switch (series.kind) {
    case "at": {
      const span = timeframeMs(timeframe) / timeframeMs(series.timeframe);
      const need = longer(needOf(series.operand, series.timeframe), Math.ceil(more * span));
      return new Map([[series.timeframe, atLeast(need)]]);
    }
    case "arithmetic":
      return sidesMemory([series.left, series.right], timeframe, more);
    case "negate":
      return seriesMemory(series.operand, timeframe, more);
    default: {
      const need = needOf(series, timeframe);
      return need.warmup === 0 ? new Map() : new Map([[timeframe, atLeast(longer(need, more))]]);
    }
  }
}

/** What a series read from one timeframe needs of it. */
function needOf(series: Series, timeframe: Timeframe): CandleNeed {
  switch (series.kind) {
    case "number":
    case "profit":
    case "held":
      return NOTHING;
    case "price":
      return ONE_CANDLE;
    case "indicator":
      return indicatorNeed(series, timeframe);
    case "offset":
      return longer(needOf(series.operand, timeframe), series.candles);
    case "at":
    case "negate":
      return needOf(series.operand, timeframe);
    case "arithmetic":
      return larger(needOf(series.left, timeframe), needOf(series.right, timeframe));
  }
}

/** An indicator counts from the first value of its source. */
function indicatorNeed(
  series: Extract<Series, { kind: "indicator" }>,
  timeframe: Timeframe,
): CandleNeed {
  const spec = INDICATORS.get(series.name);
  if (spec === undefined) throw new Fault("unknown-indicator", { indicator: series.name });
  const source = series.source === null ? ONE_CANDLE : needOf(series.source, timeframe);
  const warmup = spec.warmup(series.params);
  const fading = spec.recursive ? FADING_PERIODS * longestPeriod(spec, series.params) : 0;
  const today = SINCE_MIDNIGHT.has(series.name) ? DAY_MS / timeframeMs(timeframe) : 0;
  return {
    warmup: source.warmup + warmup - 1,
    replay: source.replay + Math.max(warmup, fading, today) - 1,
  };
}

/** Periods are the whole-numbered parameters. */
function longestPeriod(spec: IndicatorSpec, params: readonly number[]): number {
  const periods = params.filter((_, index) => spec.params[index]?.integer === true);
  return Math.max(0, ...periods);
}

const longer = (need: CandleNeed, candles: number): CandleNeed => ({
  warmup: need.warmup + candles,
  replay: need.replay + candles,
});

const larger = (a: CandleNeed, b: CandleNeed): CandleNeed => ({
  warmup: Math.max(a.warmup, b.warmup),
  replay: Math.max(a.replay, b.replay),
});

const atLeast = (need: CandleNeed): CandleNeed => ({
  warmup: need.warmup,
  replay: Math.max(MIN_REPLAY_CANDLES, need.warmup, need.replay),
});

function merge(memories: readonly RuleMemory[]): RuleMemory {
  const merged = new Map<Timeframe, CandleNeed>();
  for (const [timeframe, need] of memories.flatMap((memory) => [...memory])) {
    merged.set(timeframe, larger(merged.get(timeframe) ?? NOTHING, need));
  }
  return merged;
}
