/** What an engine's world has lived through, put beside its replay by the service that people ask. */
import { Turns } from "../../src/app/turns.ts";
import { Drift, type DriftReport } from "../../src/app/drift.ts";
import type { Strategy } from "../../src/domain/strategy.ts";
import { timeframeMs } from "../../src/domain/timeframe.ts";
import type { RunRecords } from "../../src/ports/run-history.ts";
import { BTCUSDT, type EngineWorld } from "./engine-world.ts";
import { backtestHere, MemoryCandleStore } from "./memory-candles.ts";
import { person } from "./test-app.ts";

export interface Compared {
  /** In force now. */
  readonly fee?: string;
  readonly slippage?: string;
  /** What storage says instead of what happened. */
  readonly records?: Partial<RunRecords>;
}

/** Compares the newest strategy of the world with its replay. */
export async function driftOf(world: EngineWorld, compared: Compared = {}): Promise<DriftReport> {
  const drift = await driftService(world, compared);
  return drift.compare(person("ann"), world.of("save-strategy").at(-1)!.strategy.number);
}

export async function driftService(world: EngineWorld, compared: Compared = {}): Promise<Drift> {
  const strategy = world.of("save-strategy").at(-1)!.strategy;
  const runs = world.of("save-run").map(({ run }) => run);
  const run = runs.findLast(({ strategyId }) => strategyId === strategy.id)!;
  const candles = new MemoryCandleStore();
  await candles.save(world.of("save-candle").map(({ candle }) => candle));
  return new Drift({
    gateway: { strategies: () => [{ strategy, run, ...UNUSED }] },
    history: { records: async () => ({ ...recordsOf(world, strategy), ...compared.records }) },
    market: {
      instrument: async () => BTCUSDT,
      serverTime: async () => world.now,
      // eslint-disable-next-line no-empty-function
      async *closedCandles() {},
    },
    candles,
    run: backtestHere,
    turns: new Turns(),
    settings: { fee: compared.fee ?? "0", slippage: compared.slippage ?? "0" },
  });
}

/** As storage keeps it: of what was saved several times the last, of what was recorded the first. */
export function recordsOf(world: EngineWorld, strategy: Strategy): RunRecords {
  const newest = world.of("save-candle").map(({ candle }) => candle);
  const endOf = (timeframe: string) => {
    const ends = newest
      .filter((candle) => candle.timeframe === timeframe)
      .map((candle) => candle.openTime + timeframeMs(candle.timeframe));
    return ends.length === 0 ? null : Math.max(...ends);
  };
  const decisions = world.of("record-decision").map(({ decision }) => decision);
  return {
    judgedUntil: { own: endOf(strategy.timeframe), minute: endOf("1m") },
    trades: world.trades,
    positions: last(world.of("save-position").map(({ position }) => position)),
    orders: last(world.of("save-order").map(({ order }) => order)),
    fills: world.of("record-fill").map(({ fill }) => fill),
    signals: decisions.filter(({ kind }) => kind.startsWith("enter")),
    circumstances: world.of("record-circumstance").map(({ circumstance }) => circumstance),
  };
}

function last<T extends { readonly id: string }>(rows: readonly T[]): readonly T[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}

const UNUSED = { position: null, equity: "0", warmupLeft: 0, activeMs: 0 };
