/**
 * Whether reality agrees with the backtest: a strategy's current run is replayed on its recorded candles,
 * with its own rules, edits and wallet, and held beside what was really traded. The replay knows no
 * pauses, hands or outages; what they did is what differs.
 */
import { Fault } from "../domain/fault.ts";
import type { DecimalText } from "../domain/money.ts";
import type { Rule } from "../domain/rule.ts";
import type { Run, Strategy } from "../domain/strategy.ts";
import { openTimeAt, timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import type { User } from "../domain/user.ts";
import type { BacktestResult } from "../engine/backtest.ts";
import type { DriftFacts } from "../engine/drift/causes.ts";
import { compareTrades, type DriftComparison } from "../engine/drift/drift.ts";
import { ruleHistory, type RuleHistory } from "../engine/drift/rule-history.ts";
import { realTrades, replayedTrades } from "../engine/drift/trades.ts";
import type { CandleStore } from "../ports/candle-store.ts";
import type { EngineGateway } from "../ports/engine-gateway.ts";
import type { CandleRequest, MarketData } from "../ports/market-data.ts";
import type { RunHistory, RunRecords } from "../ports/run-history.ts";
import { ruleMemory } from "../rules/memory.ts";
import { parseRule } from "../rules/parse.ts";
import type { RunBacktest } from "./backtest-job.ts";
import type { PhaseProgress } from "./backtests.ts";
import { fetchMissing, storedCandles } from "./candle-supply.ts";
import { requireRole } from "./require-role.ts";
import { MAX_BACKTEST_CANDLES } from "./tested-range.ts";
import type { Turns } from "./turns.ts";

export type { Cause } from "../engine/drift/causes.ts";
export type { Difference } from "../engine/drift/differences.ts";
export type { DriftComparison, DriftRow } from "../engine/drift/drift.ts";

export interface DriftParts {
  readonly gateway: Pick<EngineGateway, "strategies">;
  readonly history: RunHistory;
  readonly market: Pick<MarketData, "instrument" | "closedCandles" | "serverTime">;
  readonly candles: CandleStore;
  readonly run: RunBacktest;
  readonly turns: Pick<Turns, "inTurn">;
  readonly settings: { readonly fee: DecimalText; readonly slippage: DecimalText };
}

export interface DriftReport extends DriftComparison {
  readonly strategy: Strategy;
  /** The stretch that was replayed: from <= time < until, epoch ms. */
  readonly from: number;
  readonly until: number;
  /** Own candles replayed; 0 before the first has closed: then there is nothing to compare. */
  readonly candles: number;
  /** The rule's versions in the run, oldest first. */
  readonly versions: readonly number[];
  /** It judged forming candles: no replay of closed ones can agree exactly. */
  readonly judgesForming: boolean;
  /** False when the exchange could not be asked for what was not stored. */
  readonly complete: boolean;
}

/** Closed trades of a run that are read and compared in the daemon's thread. */
export const MAX_DRIFT_TRADES = 10_000;
const DETAIL: Timeframe = "1m";

interface Watch {
  readonly signal: AbortSignal;
  readonly progress: PhaseProgress;
}

/** What is replayed. */
interface Plan {
  readonly strategy: Strategy;
  readonly run: Run;
  readonly records: RunRecords;
  readonly rules: RuleHistory;
  readonly parsed: readonly Rule[];
  readonly from: number;
  /** Open time of the last own candle. */
  readonly to: number;
  /** First ms after the last minute. */
  readonly until: number;
}

export class Drift {
  readonly #parts: DriftParts;

  constructor(parts: DriftParts) {
    this.#parts = parts;
  }

  /**
   * Faults: backtest-running, backtests-busy {limit}, not-found {what, number}, drift-too-many
   * {trades, limit}, too-many-candles {candles, limit}, those of a backtest.
   */
  async compare(
    actor: User,
    number: number,
    progress: PhaseProgress = () => {},
  ): Promise<DriftReport> {
    requireRole(actor, "viewer");
    return this.#parts.turns.inTurn(actor, async (signal) =>
      this.#compare(await this.#plan(actor, number), { signal, progress }),
    );
  }

  async #compare(plan: Plan, watch: Watch): Promise<DriftReport> {
    const { strategy, records, rules, from, to, until } = plan;
    const { fee, slippage } = this.#parts.settings;
    const instrument = await this.#parts.market.instrument(strategy.symbol);
    const facts = factsOf(plan, { instrument, fee, slippage });
    const { versions } = rules;
    const candles = (to - from) / timeframeMs(strategy.timeframe) + 1;
    const head = { strategy, from, until, candles, versions, judgesForming: facts.judgesForming };
    if (candles <= 0) return { ...head, ...compareTrades([], [], facts), complete: true };
    const complete = await this.#fetch(plan, watch);
    const result = await this.#replay(plan, facts, watch);
    const end = { until, lastPrice: result.lastPrice };
    const replayed = replayedTrades(result, versions, end);
    return { ...head, ...compareTrades(realTrades(records, end), replayed, facts), complete };
  }

  #replay(plan: Plan, facts: DriftFacts, { signal, progress }: Watch): Promise<BacktestResult> {
    const { strategy, run, rules, from } = plan;
    const { fee, slippage, instrument } = facts;
    const { timeframe } = strategy;
    const { ruleText, changes } = rules;
    const capital = run.startingBalance;
    const terms = { ruleText, changes, timeframe, instrument, from, capital, fee, slippage };
    return this.#parts.run(
      { terms: { ...terms, lastMinutes: true }, pages: storedCandles(this.#parts, rangesOf(plan)) },
      { signal, progress: (done, total) => progress("testing", done, total) },
    );
  }

  async #plan(actor: User, number: number): Promise<Plan> {
    const { gateway, history } = this.#parts;
    const own = gateway.strategies(actor.id).find(({ strategy }) => strategy.number === number);
    if (own === undefined) throw new Fault("not-found", { what: "strategy", number });
    const { strategy, run } = own;
    if (run.trades > MAX_DRIFT_TRADES) {
      throw new Fault("drift-too-many", { trades: run.trades, limit: MAX_DRIFT_TRADES });
    }
    const { timeframe } = strategy;
    const lengthMs = timeframeMs(timeframe);
    const records = await history.records(strategy, run.startedAt);
    const from = openTimeAt(timeframe, run.startedAt);
    const judged = Math.max(from, records.judgedUntil.own ?? 0);
    const until = Math.min(records.judgedUntil.minute ?? judged, judged + lengthMs);
    const rules = ruleHistory(strategy, run.startedAt, records.circumstances);
    const texts = [rules.ruleText, ...rules.changes.map(({ ruleText }) => ruleText)];
    const parsed = texts.map((text) => parseRule(text, { timeframe }));
    const plan = { strategy, run, records, rules, parsed, from, to: judged - lengthMs, until };
    const [first = { from: 0 }] = rangesOf(plan).filter((range) => range.timeframe === timeframe);
    const candles = (judged - first.from) / lengthMs;
    const limit = MAX_BACKTEST_CANDLES;
    if (candles > limit) throw new Fault("too-many-candles", { candles, limit });
    return plan;
  }

  #fetch(plan: Plan, { signal, progress }: Watch): Promise<boolean> {
    return fetchMissing(this.#parts, rangesOf(plan), {
      signal,
      progress: (done, total) => progress("fetching", done, total),
    });
  }
}

/** What the run's rules read, with the history their indicators need, and the minutes within. */
function rangesOf({ strategy, parsed, from, to, until }: Omit<Plan, "run" | "records" | "rules">) {
  const { symbol, timeframe } = strategy;
  const replay = new Map<Timeframe, number>();
  for (const rule of parsed) {
    for (const [one, need] of ruleMemory(rule, timeframe)) {
      replay.set(one, Math.max(replay.get(one) ?? 0, need.replay));
    }
  }
  const ranges: CandleRequest[] = [...replay].map(([one, candles]) => ({
    symbol,
    timeframe: one,
    from: Math.max(0, openTimeAt(one, from) - candles * timeframeMs(one)),
    to: openTimeAt(one, until) - timeframeMs(one),
  }));
  if (timeframe === DETAIL) return ranges;
  return [...ranges, { symbol, timeframe: DETAIL, from, to: until - 1 }].map((range) =>
    range.timeframe === timeframe ? { ...range, to } : range,
  );
}

function factsOf(
  { strategy, run, records, parsed }: Plan,
  terms: Pick<DriftFacts, "instrument" | "fee" | "slippage">,
): DriftFacts {
  const { signals, orders, circumstances } = records;
  const changes = circumstances.some(({ kind }) => kind === "judging-changed");
  return {
    ...terms,
    startedAt: run.startedAt,
    run: run.number,
    lengthMs: timeframeMs(strategy.timeframe),
    judgesForming: strategy.judging === "live" || changes,
    cooldownMs: Math.max(...parsed.map(({ protections }) => protections.cooldownMs)),
    signals,
    orders: new Map(
      orders.filter(({ purpose }) => purpose === "entry").map((order) => [order.decisionId, order]),
    ),
    circumstances,
  };
}
