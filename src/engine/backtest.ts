/**
 * A rule on the past: the engine itself, fed with closed candles. Signals, sizing, fills, fees and
 * stops are those of paper trading because they are the same code; here is only what goes in and what
 * is written down. Nothing sees a candle before it has closed, warm-up never trades, and a position
 * that is open at the end stays open and is valued at the last price.
 */
import type { Instrument } from "../domain/instrument.ts";
import { Decimal, decimalText, type DecimalText } from "../domain/money.ts";
import type { Position, Trade } from "../domain/order.ts";
import { timeframeMs, type Timeframe } from "../domain/timeframe.ts";
import { usedTimeframes } from "../rules/memory.ts";
import { parseRule } from "../rules/parse.ts";
import { printRule } from "../rules/print.ts";
import { BACKTEST_OWNER, backtestDraft, backtestEngine } from "./backtest-engine.ts";
import { type BacktestCandles, BacktestFeed } from "./backtest-feed.ts";
import { BacktestRecord, type SignalCount } from "./backtest-record.ts";
import type { Engine } from "./engine.ts";
import type { EngineEvent } from "./event.ts";
import { after, type EquityCurve } from "./statistics/equity-curve.ts";
import { type Metrics, metricsOf } from "./statistics/metrics.ts";
import type { StrategyState } from "./trading/strategy-state.ts";

export interface BacktestRequest extends BacktestCandles {
  readonly ruleText: string;
  readonly instrument: Instrument;
  /** Wallet at the start, quote currency. */
  readonly capital: DecimalText;
  /** Taker fee as a share: "0.001" is 0.1 %. */
  readonly fee: DecimalText;
  /** Share by which a market order is filled worse than the price. */
  readonly slippage: DecimalText;
  /** Edits of the rule on the way, oldest first, with what an edit does while trading. */
  readonly changes?: readonly RuleChange[] | undefined;
}

export interface RuleChange {
  /** Epoch ms. */
  readonly at: number;
  readonly ruleText: string;
}

/** The position that was still open at the end. */
export interface OpenAtEnd {
  readonly position: Position;
  readonly lastPrice: DecimalText;
  /** At the last price, net of the entry fee; no exit fee is taken off, as in the equity. */
  readonly unrealisedPnl: DecimalText;
}

export interface BacktestResult {
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** In canonical form. */
  readonly ruleText: string;
  readonly capital: DecimalText;
  readonly trades: readonly Trade[];
  readonly open: OpenAtEnd | null;
  /** What an open position is valued at. */
  readonly lastPrice: DecimalText;
  /** Every position as it was opened, with its stop and target; a trade has its position's id. */
  readonly entries: readonly Position[];
  readonly signals: SignalCount;
  /** At each close of an own candle. */
  readonly equity: EquityCurve;
  readonly metrics: Metrics;
  /** The first 70 % and the last 30 % of the candles, each measured by itself; null for one candle. */
  readonly parts: { readonly inSample: Metrics; readonly outOfSample: Metrics } | null;
  readonly candles: {
    readonly tested: number;
    /** Given as history before the first tested one. */
    readonly history: number;
    /** Tested candles whose 1m candles decided stops and targets. */
    readonly detailed: number;
  };
}

/** Called now and then with tested candles so far and in all. */
export type BacktestProgress = (done: number, total: number) => void;

const IN_SAMPLE_SHARE = 0.7;
/** Candles between two calls of progress. */
const PROGRESS_CANDLES = 8192;

/**
 * Runs it all, synchronously. Faults: RuleFault, candles-unordered {openTime}, backtest-no-candles
 * {timeframe}, strategy-halted {reason}.
 */
export function runBacktest(
  request: BacktestRequest,
  progress: BacktestProgress = () => {},
): BacktestResult {
  const { timeframe, candles, instrument } = request;
  const { quoteAsset } = instrument;
  const rule = parseRule(request.ruleText, { timeframe, quoteAsset });
  const ruleText = printRule(rule, { quoteAsset });
  const { changes = [] } = request;
  const later = changes.map((change) => parseRule(change.ruleText, { timeframe, quoteAsset }));
  const feed = new BacktestFeed(request, [rule, ...later].flatMap(usedTimeframes));
  const { first } = feed;
  const { engine, state } = prepare({ ...request, ruleText }, feed);
  const total = candles.length - first;
  const record = new BacktestRecord(state, total);
  const edits = changes.map((change) => ({ ...change }));
  const step = (event: EngineEvent) => {
    const at = event.kind === "frame" ? event.frame.receivedAt : 0;
    for (let edit = edits[0]; edit !== undefined && edit.at < at; edit = edits[0]) {
      edits.shift();
      record.note(engine.step(editOf(edit)).effects);
    }
    record.note(engine.step(event).effects);
  };
  const { waitingOrders } = engine.registry.market(instrument.symbol);
  const awaitsPrice = () => waitingOrders.size > 0;
  for (let i = first; i < candles.length; i++) {
    feed.deliver(i, step, awaitsPrice);
    const candle = candles[i];
    if (candle !== undefined) record.mark(candle);
    if ((i - first) % PROGRESS_CANDLES === 0) progress(i - first, total);
  }
  const lastMinute = request.lastMinutes === true ? feed.deliverRest(step, awaitsPrice) : null;
  const lastPrice = (lastMinute ?? candles.at(-1))?.close ?? "0";
  progress(total, total);
  return {
    symbol: instrument.symbol,
    timeframe,
    ruleText,
    capital: request.capital,
    trades: record.trades,
    open: openAtEnd(state, lastPrice),
    lastPrice,
    entries: record.entries,
    signals: record.signals,
    equity: record.curve,
    ...measured(request, record, first),
    candles: { tested: total, history: first, detailed: feed.detailed },
  };
}

/** An engine with one strategy and its history, ready for the first tested candle. */
function prepare(
  request: BacktestRequest,
  feed: BacktestFeed,
): { engine: Engine; state: StrategyState } {
  const { instrument, ruleText } = request;
  const engine = backtestEngine(request, feed.priceTimeframe);
  const { symbol } = instrument;
  const draft = backtestDraft(request, ruleText);
  const at = request.candles[feed.first]?.openTime ?? 0;
  const command = { kind: "create-strategies" as const, ownerId: BACKTEST_OWNER, drafts: [draft] };
  engine.step({ kind: "command", command, at });
  const [state] = engine.registry.states();
  if (state === undefined) throw new TypeError("the engine did not take the strategy");
  makePlans(engine, state, request.changes ?? []);
  const needs = new Map(engine.historyNeeds().map((need) => [need.timeframe, need.candles]));
  for (const event of feed.warmUps(symbol, (one) => needs.get(one) ?? 0)) engine.step(event);
  return { engine, state };
}

/** Rules to come are known from the start, so that their history is given with the first one's. */
function makePlans(engine: Engine, state: StrategyState, changes: readonly RuleChange[]): void {
  const { group } = state.plan ?? {};
  if (group === undefined) return;
  for (const { ruleText } of changes) engine.registry.plan(ruleText, group);
}

function editOf({ at, ruleText }: RuleChange): EngineEvent {
  const change = { number: 1, name: null, ruleText, judging: null };
  const command = { kind: "edit-strategy" as const, ownerId: BACKTEST_OWNER, ...change };
  return { kind: "command", command, at };
}

function openAtEnd({ position }: StrategyState, lastPrice: DecimalText): OpenAtEnd | null {
  if (position === null) return null;
  const { side, amount, entryPrice, entryFee } = position;
  const rise = new Decimal(lastPrice).minus(entryPrice).mul(amount);
  const gain = (side === "long" ? rise : rise.neg()).minus(entryFee);
  return { position, lastPrice, unrealisedPnl: decimalText(gain) };
}

function measured(
  { candles, timeframe, capital }: BacktestRequest,
  record: BacktestRecord,
  first: number,
): Pick<BacktestResult, "metrics" | "parts"> {
  const end = candles.length;
  const cut = first + Math.floor(IN_SAMPLE_SHARE * (end - first));
  const measure = (begin: number, stop: number): Metrics => {
    const from = candles[begin]?.openTime ?? 0;
    const until = (candles[stop - 1]?.openTime ?? 0) + timeframeMs(timeframe);
    const { curve, equity } = after(record.curve, from, Number(capital));
    const length = stop - begin;
    return metricsOf({
      from,
      until,
      equity,
      curve: { times: curve.times.subarray(0, length), values: curve.values.subarray(0, length) },
      trades: record.trades.filter(({ exitAt }) => exitAt >= from && exitAt < until),
      fees: record.feesBetween(from, until),
      exposedMs: exposedMs(record, from, until),
      firstPrice: Number(candles[begin]?.open),
      lastPrice: Number(candles[stop - 1]?.close),
    });
  };
  const parts =
    cut === first ? null : { inSample: measure(first, cut), outOfSample: measure(cut, end) };
  return { metrics: measure(first, end), parts };
}

function exposedMs({ entries, trades }: BacktestRecord, from: number, until: number): number {
  const exits = new Map(trades.map(({ id, exitAt }) => [id, exitAt]));
  let exposed = 0;
  for (const { id, openedAt } of entries) {
    const begun = Math.max(from, openedAt);
    const ended = Math.min(until, exits.get(id) ?? until);
    exposed += Math.max(0, ended - begun);
  }
  return exposed;
}
