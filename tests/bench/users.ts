/**
 * What a candle costs at 1, 10, 100 and 1,000 users of the same 42 strategies, and what it would cost
 * if every strategy computed its own indicators. One process, one market, rounds in turn.
 */
import { timeframeMs } from "../../src/domain/timeframe.ts";
import { Engine } from "../../src/engine/engine.ts";
import type { EngineEvent } from "../../src/engine/event.ts";
import { emptyBar, readCandle } from "../../src/engine/market/candle-series.ts";
import { ConditionGraph } from "../../src/engine/market/condition-graph.ts";
import { parseRule } from "../../src/rules/parse.ts";
import { TEMPLATES } from "../../src/rules/templates.ts";
import { BTCUSDT } from "../support/engine-world.ts";
import { type Figure, median } from "./figure.ts";
import { marketStream, SYMBOL, type MarketStream } from "./market-stream.ts";

const USERS = [1, 10, 100, 1000] as const;
type Users = (typeof USERS)[number];
const ROUNDS = 3;
const HISTORY = 600;
const WARMUP_MINUTES = 120;
const MEASURED_MINUTES = 360;
const NAIVE_MINUTES = 30;
/**
 * Candles this soon after a trade are left out: what trading does to the processor's caches and to the
 * collector is a cost of the trades, printed in a row of its own.
 */
const SETTLED_STEPS = 4;

interface Contender {
  readonly users: Users;
  readonly engine: Engine;
  /** Of each closed candle on which no strategy traded, microseconds. */
  readonly quietUs: number[];
  sinceTrade: number;
  tradingMs: number;
  orders: number;
}

export function benchUsers(): readonly Figure[] {
  const stream = marketStream(20_261_122, WARMUP_MINUTES + MEASURED_MINUTES, HISTORY);
  const rounds = Array.from({ length: ROUNDS }, () => compete(stream)).flat();
  const of = (users: Users) => rounds.filter((contender) => contender.users === users);
  const perCandle = (users: Users) => median(of(users).flatMap(({ quietUs }) => quietUs));
  const perOrder = median(of(1000).map((one) => (1000 * one.tradingMs) / Math.max(1, one.orders)));
  const naive = naivePerCandle(1000, stream);
  return [
    ...USERS.map((users) => ({
      name: `candle_cpu_${users}_users`,
      value: perCandle(users),
      unit: "us/candle",
      meaning: `median of closed candles without a trade, ${users * TEMPLATES.length} strategies`,
    })),
    {
      name: "users_1000_over_10_cpu",
      value: perCandle(1000) / perCandle(10),
      unit: "ratio",
      meaning: "the promise: at most 1.1",
    },
    {
      name: "naive_over_shared_1000_users",
      value: naive / perCandle(1000),
      unit: "ratio",
      meaning: "every strategy on its own indicators, against the shared graph",
    },
    {
      name: "order_cpu",
      value: perOrder,
      unit: "us/order",
      meaning: "an entry or exit of one strategy: order, fill, ledger, position, message",
    },
  ];
}

/** All sizes live through the same market side by side, so that each finds the machine as the others do. */
function compete({ warmUps, events }: MarketStream): readonly Contender[] {
  const contenders = USERS.map((users) => enter(users, warmUps));
  for (const [turn, event] of events.entries()) {
    for (let i = 0; i < contenders.length; i++) {
      const contender = contenders[(turn + i) % contenders.length];
      if (contender !== undefined) time(contender, event);
    }
  }
  return contenders;
}

function enter(users: Users, warmUps: readonly EngineEvent[]): Contender {
  const engine = new Engine();
  engine.step({ kind: "instrument", instrument: BTCUSDT });
  for (let i = 0; i < users; i++) engine.step(adoptAll(`user${i}`));
  for (const event of warmUps) engine.step(event);
  return { users, engine, quietUs: [], sinceTrade: 0, tradingMs: 0, orders: 0 };
}

function time(contender: Contender, event: EngineEvent): void {
  const begun = process.hrtime.bigint();
  const { effects } = contender.engine.step(event);
  const tookMs = Number(process.hrtime.bigint() - begun) / 1e6;
  if (event.kind !== "frame" || event.frame.candle.openTime < firstMeasured) return;
  const decides = effects.some(({ kind }) => kind !== "save-candle");
  contender.sinceTrade = decides ? 0 : contender.sinceTrade + 1;
  if (decides) {
    contender.tradingMs += tookMs;
    contender.orders += effects.filter(({ kind }) => kind === "save-order").length;
  } else if (event.frame.closed && contender.sinceTrade >= SETTLED_STEPS) {
    contender.quietUs.push(1000 * tookMs);
  }
}

const firstMeasured = Date.UTC(2026, 0, 1) + WARMUP_MINUTES * timeframeMs("1m");

function adoptAll(ownerId: string): EngineEvent {
  const drafts = TEMPLATES.map((template) => ({
    name: template.key,
    symbol: SYMBOL,
    timeframe: template.timeframe,
    ruleText: template.ruleText,
    template: template.key,
    judging: "closed" as const,
    active: true,
    startingBalance: "10000",
  }));
  return { kind: "command", command: { kind: "create-strategies", ownerId, drafts }, at: 0 };
}

/** Microseconds a closed candle takes when each of the users' strategies has a graph of its own. */
function naivePerCandle(users: number, { events }: MarketStream): number {
  const strategies = Array.from({ length: users }, () => TEMPLATES.map(loneStrategy)).flat();
  const bar = emptyBar();
  let candles = 0;
  let signals = 0;
  const begun = process.cpuUsage();
  for (const event of events) {
    if (event.kind !== "frame" || !event.frame.closed) continue;
    const { candle } = event.frame;
    if (candle.openTime >= firstMeasured) break;
    if (candle.openTime >= firstMeasured - (WARMUP_MINUTES - NAIVE_MINUTES) * timeframeMs("1m"))
      break;
    candles++;
    readCandle(candle, bar);
    for (const { timeframe, graphs, roots } of strategies) {
      if (timeframe !== candle.timeframe) continue;
      for (const graph of graphs) graph.advance(bar);
      for (const root of roots) if (root.value === 1) signals++;
    }
  }
  const { user, system } = process.cpuUsage(begun);
  if (signals < 0) throw new Error("unreachable: keeps the loop from being optimised away");
  return (user + system) / candles;
}

function loneStrategy({ ruleText, timeframe }: (typeof TEMPLATES)[number]) {
  const rule = parseRule(ruleText, { timeframe });
  const siblings = new Map<string, ConditionGraph>();
  const graphOf = (of: typeof timeframe): ConditionGraph => {
    const known = siblings.get(of);
    if (known !== undefined) return known;
    const made = new ConditionGraph(of, graphOf);
    siblings.set(of, made);
    return made;
  };
  const graph = graphOf(timeframe);
  const roots = [rule.enterLong, rule.enterShort].flatMap((condition) =>
    condition === null ? [] : [graph.retain(graph.condition(condition))],
  );
  return { timeframe, graphs: [graph], roots };
}
