/**
 * Judging plans on a candle: entries fire on the edge from false to true, exits hold while a position
 * is open. Followers are looked at one by one only when something fires. All exits come before all
 * entries: a position may follow an older rule than its strategy, and the order of plans means nothing.
 */
import type { Side } from "../../domain/rule.ts";
import type { Bar } from "../market/kernel.ts";
import type { MarketGroup } from "../market/market-group.ts";
import { recordFirstJudgements } from "./circumstances.ts";
import { countMissedEntry, fillWaiting, placeEntry, placeExit, recordSignal } from "./orders.ts";
import type { Plan } from "./plan.ts";
import { watchCohort } from "./prices.ts";
import { pauseOf, type StrategyState } from "./strategy-state.ts";
import { alone, type Turn } from "./turn.ts";

interface Judgement {
  readonly bar: Bar;
  /** First ms after the judged candle, or the present when it is still forming. */
  readonly closedAt: number;
  /** Only followers that judge the forming candle. */
  readonly liveOnly: boolean;
}

/** Judges every plan of the group on the candle just appended. */
export function judgeClose(turn: Turn, group: MarketGroup, bar: Bar): void {
  const closedAt = bar.openTime + group.lengthMs;
  const due = [...group.plans.values()].filter((plan) => plan.judged && plan.warmupLeft === 0);
  for (const plan of due) recordFirstJudgements(turn, plan, closedAt);
  judge(turn, due, { bar, closedAt, liveOnly: false });
  group.settle();
}

/** Judges the forming candle for followers that asked for it, at the timeframe's cadence. */
export function judgeForming(turn: Turn, group: MarketGroup): void {
  const cadenceMs = turn.settings.liveCadenceMs[group.timeframe];
  const due = [...group.plans.values()].filter(
    (plan) =>
      plan.judgedLive && plan.warmupLeft === 0 && turn.at - plan.lastLiveJudgementAt >= cadenceMs,
  );
  if (due.length === 0) return;
  group.graph.preview(group.forming, () => {
    for (const plan of due) plan.lastLiveJudgementAt = turn.at;
    judge(turn, due, { bar: group.forming, closedAt: turn.at, liveOnly: true });
  });
}

const SIDES: readonly Side[] = ["long", "short"];
const NOBODY: ReadonlyMap<StrategyState, Side> = new Map();

/** Strategies that leave on this candle and the side they leave, by the plan they follow. */
type Leaving = Map<Plan | null, Map<StrategyState, Side>>;

function judge(turn: Turn, due: readonly Plan[], judgement: Judgement): void {
  const leaving: Leaving = new Map();
  for (const plan of due) {
    turn.counters.analyses += judgement.liveOnly ? plan.liveFollowers : plan.activeFollowers;
    if (plan.cohorts.size > 0) judgeExits(turn, plan, judgement, leaving);
  }
  for (const plan of due) judgeEntries(turn, plan, judgement, leaving.get(plan));
}

function judgeExits(turn: Turn, plan: Plan, judgement: Judgement, leaving: Leaving): void {
  const { liveOnly, closedAt, bar } = judgement;
  for (const cohort of plan.cohorts.values()) {
    if (!plan.exitHolds(cohort, bar.close, closedAt)) continue;
    for (const state of cohort.members) {
      if (liveOnly && state.strategy.judging !== "live") continue;
      alone(turn, state, () => {
        placeExit(turn, state, "rule", closedAt);
        const those = leaving.get(state.plan) ?? new Map<StrategyState, Side>();
        leaving.set(state.plan, those.set(state, cohort.side));
        awaitFill(turn, state, closedAt);
      });
    }
  }
}

/** Whoever leaves a side on this candle may enter the other one, not the same again. */
function judgeEntries(
  turn: Turn,
  plan: Plan,
  judgement: Judgement,
  leaving: ReadonlyMap<StrategyState, Side> = NOBODY,
): void {
  for (const side of SIDES) {
    if (!plan.entryFires(side)) continue;
    const candidates = new Set([...plan.free, ...leaving.keys()]);
    for (const [state, left] of leaving) if (left === side) candidates.delete(state);
    enterAll(turn, candidates, side, {
      ...judgement,
      candleEnd: judgement.bar.openTime + plan.group.lengthMs,
    });
  }
}

function enterAll(
  turn: Turn,
  candidates: Iterable<StrategyState>,
  side: Side,
  judgement: Judgement & { readonly candleEnd: number },
): void {
  const { candleEnd } = judgement;
  for (const state of candidates) {
    const { strategy, run } = state;
    if (!strategy.active || run.lastSignalAt >= candleEnd - 1) continue;
    if (judgement.liveOnly && strategy.judging !== "live") continue;
    const code = blockOf(turn, state, side, judgement.closedAt);
    if (code === "in-position") continue;
    alone(turn, state, () => {
      if (code === null) {
        const fillFrom = judgement.liveOnly ? turn.at : candleEnd;
        placeEntry(turn, state, side, { closedAt: candleEnd, fillFrom });
        awaitFill(turn, state, judgement.closedAt);
        return;
      }
      if (code === "missed") countMissedEntry(turn, state);
      recordSignal(turn, state, side, { closedAt: candleEnd, outcome: code });
    });
  }
}

/** The code of what forbids an entry now, or null. */
function blockOf(turn: Turn, state: StrategyState, side: Side, closedAt: number): string | null {
  const { strategy, owner, run, position, exitOrder, plan } = state;
  if (strategy.haltedBy !== null) return "halted";
  if (state.entryOrder !== null) return "in-position";
  if (position !== null) {
    const reverses = exitOrder?.reason === "rule" && position.side !== side;
    // The cooldown after a position is that of the rule it follows.
    const cools = (state.cohort?.plan.rule.protections.cooldownMs ?? 0) > 0;
    if (!reverses || cools) return "in-position";
  }
  if (turn.outage || turn.at - closedAt > turn.settings.entryLatenessMs) return "missed";
  if (owner.suspended) return "suspended";
  if (pauseOf(state) !== null) return "paused";
  if (run.cooldownUntil > closedAt) return "cooldown";
  if (plan?.group.market.instrument?.status !== "TRADING") return "market-closed";
  return null;
}

/**
 * Lets a placed order wait for the next price. When the candle after the signal has already been
 * seen to open, moments ago, its opening price is the fill, so that the result does not hang on
 * which socket was faster.
 */
function awaitFill(turn: Turn, state: StrategyState, closedAt: number): void {
  const market = (state.plan ?? state.cohort?.plan)?.group.market;
  if (market === undefined) return;
  const point = market.tracker.point;
  const justOpened =
    point !== null &&
    point.openTime === closedAt &&
    point.time - point.openTime <= turn.settings.freshOpenMs;
  if (!justOpened || turn.outage) {
    market.waitingOrders.add(state);
    return;
  }
  fillWaiting(turn, state, market, { price: point.open, at: point.openTime });
  market.waitingOrders.delete(state);
  watchCohort(turn, state, market, {
    symbol: market.symbol,
    openTime: point.openTime,
    time: point.time,
    jumped: false,
    first: point.open,
    firstAt: point.openTime,
    low: point.low,
    high: point.high,
    last: point.last,
  });
}
