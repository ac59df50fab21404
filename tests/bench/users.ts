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

interface Cost {
  /** Of each closed candle on which no strategy traded, microseconds. */
  readonly quietUs: readonly number[];
  /** Steps in which somebody traded. */
  readonly tradingMs: number;
  readonly trades: number;
}

export function benchUsers(): readonly Figure[] {
  const stream = marketStream(20_261_122, WARMUP_MINUTES + MEASURED_MINUTES, HISTORY);
  const costs = new Map(USERS.map((users) => [users, [] as Cost[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const users of USERS) costs.get(users)?.push(measure(users, stream));
  }
  const perCandle = (users: (typeof USERS)[number]) =>
    median((costs.get(users) ?? []).flatMap(({ quietUs }) => quietUs));
  const perTrade = median(
    (costs.get(1000) ?? []).map((cost) => (1000 * cost.tradingMs) / Math.max(1, cost.trades)),
  );
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
      value: perTrade,
      unit: "us/order",
      meaning: "an entry or exit of one strategy: order, fill, ledger, position, message",
    },
  ];
}

function measure(users: number, { warmUps, events }: MarketStream): Cost {
  const engine = new Engine();
  engine.step({ kind: "instrument", instrument: BTCUSDT });
  for (let i = 0; i < users; i++) engine.step(adoptAll(`user${i}`));
  for (const event of warmUps) engine.step(event);
  const quietUs: number[] = [];
  let [tradingMs, trades, sinceTrade] = [0, 0, 0];
  for (const event of events) {
    const begun = process.hrtime.bigint();
    const { effects } = engine.step(event);
    const tookMs = Number(process.hrtime.bigint() - begun) / 1e6;
    if (event.kind !== "frame" || event.frame.candle.openTime < firstMeasured) continue;
    const orders = effects.filter(({ kind }) => kind === "save-order").length;
    const decides = effects.some(({ kind }) => kind !== "save-candle");
    sinceTrade = decides ? 0 : sinceTrade + 1;
    if (decides) {
      tradingMs += tookMs;
      trades += orders;
    } else if (event.frame.closed && sinceTrade >= SETTLED_STEPS) {
      quietUs.push(1000 * tookMs);
    }
  }
  return { quietUs, tradingMs, trades };
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
