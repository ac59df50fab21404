/** What must hold whatever the market does: books that balance, restarts that change nothing. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Decimal } from "../../../src/domain/money.ts";
import type { Trade } from "../../../src/domain/order.ts";
import { Engine } from "../../../src/engine/engine.ts";
import { restore } from "../../../src/engine/restore.ts";
import { BTCUSDT, EngineWorld, START } from "../../support/engine-world.ts";
import { randomBars } from "../../support/random-market.ts";
import { ledgerSums, storedState } from "../../support/stored-state.ts";

const RULES = [
  "enter long when rsi(7) crosses above 40 exit long when rsi(7) > 60 stop 2% size 30%",
  "enter long when ema(5) crosses above ema(13) enter short when ema(5) crosses below ema(13) exit long when ema(5) < ema(13) exit short when ema(5) > ema(13) size 50%",
  "enter short when close > bb(20,2).upper exit short when close < bb(20,2).middle stop 3% take 2% max 30m size 10%",
  "enter long when close > highest(high,10)[1] trail 1% after 1% cooldown 5m size 100%",
  "enter long when stoch(14,3,3).k crosses above 20 exit long when profit > 1% or held > 20m size 25 USDT",
];

function played(seed: number, bars: number, fee = "0.001"): EngineWorld {
  const world = new EngineWorld({ fee, slippage: "0.0005" });
  for (const [i, rule] of RULES.entries()) world.adopt(rule, {}, i % 2 === 0 ? "ann" : "bob");
  world.minutes(randomBars(seed, bars));
  return world;
}

describe("the books", () => {
  it("balance to the last digit for every transaction and every wallet", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const world = played(seed, 400);
        const sums = ledgerSums(world.effects);
        for (const [key, sum] of sums) {
          if (key.startsWith("transaction")) expect(sum.toFixed(), key).toBe("0");
        }
        for (const { run } of latestRuns(world)) {
          expect(sums.get(`${run.id} wallet USDT`)?.toFixed()).toBe(run.balance);
          expect(new Decimal(run.balance).gte(0)).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });

  it("a flat run's balance is its start plus the net results of its trades", () => {
    const world = played(7, 800);
    expect(world.trades.length).toBeGreaterThan(20);
    for (const { run } of latestRuns(world)) {
      const open = world.engine.registry.owner(run.ownerId);
      const state = [...open.strategies.values()].find((one) => one.run.id === run.id);
      if (state?.position !== null) continue;
      const pnl = world.trades
        .filter(({ runId }) => runId === run.id)
        .reduce((sum, trade) => sum.plus(trade.pnl), new Decimal(0));
      expect(new Decimal(run.startingBalance).plus(pnl).toFixed()).toBe(run.balance);
      expect(pnl.toFixed()).toBe(run.realisedPnl);
    }
  });

  it("give each trade what its prices, its amount and both fees come to", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        for (const trade of played(seed, 400).trades) {
          const staked = new Decimal(trade.entryPrice).mul(trade.amount);
          const left = new Decimal(trade.exitPrice).mul(trade.amount);
          const gross = trade.side === "long" ? left.minus(staked) : staked.minus(left);
          const pnl = gross.minus(trade.fees);
          expect(trade.stake).toBe(staked.toFixed());
          expect(trade.pnl).toBe(pnl.toFixed());
          expect(trade.pnlPercent).toBe(pnl.div(staked).mul(100).toDecimalPlaces(4).toFixed());
        }
      }),
      { numRuns: 15 },
    );
  });
});

/** Which of several strategies leaves first at one price means nothing. */
function inOrder(trades: readonly Trade[]): readonly Trade[] {
  return trades.toSorted((a, b) => a.exitAt - b.exitAt || a.id.localeCompare(b.id));
}

describe("a restart at any candle", () => {
  it("changes no trade, whatever was open or waiting", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 60, max: 380 }), (seed, cut) => {
        const bars = randomBars(seed, 400);
        const whole = played(seed, 400);
        const first = played(seed, cut);
        const second = restarted(first, cut);
        second.minutes(bars.slice(cut));
        expect(inOrder([...first.trades, ...second.trades])).toEqual(inOrder(whole.trades));
      }),
      { numRuns: 25, examples: [[11, 216]] },
    );
  });
});

describe("the future", () => {
  it("changes no decision of the past", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 100, max: 300 }), (seed, cut) => {
        const whole = played(seed, 320);
        const short = played(seed, cut);
        const known = short.effects.filter(({ kind }) => kind === "record-decision");
        expect(whole.of("record-decision").slice(0, known.length)).toEqual(known);
      }),
      { numRuns: 15 },
    );
  });
});

describe("users", () => {
  it("of the same rule do exactly the same, each with their own money", () => {
    const world = new EngineWorld({ fee: "0.001" });
    for (const owner of ["ann", "bob", "cid"]) {
      for (const rule of RULES) world.adopt(rule, {}, owner);
    }
    const nodes = world.engine.registry.market("BTCUSDT").group("1m").graph.size;
    world.minutes(randomBars(11, 500));
    const of = (owner: string) =>
      world.trades
        .filter(({ ownerId }) => ownerId === owner)
        .map(({ number, pnl, exitAt, exitReason }) => ({ number, pnl, exitAt, exitReason }));
    expect(of("bob").length).toBeGreaterThan(10);
    expect(of("bob")).toEqual(of("ann"));
    const alone = new EngineWorld();
    for (const rule of RULES) alone.adopt(rule);
    expect(alone.engine.registry.market("BTCUSDT").group("1m").graph.size).toBe(nodes);
  });
});

function latestRuns(world: EngineWorld) {
  return [...new Map(world.of("save-run").map((effect) => [effect.run.id, effect])).values()];
}

/** A new engine from what the first one stored, with the candles it had seen. */
function restarted(before: EngineWorld, bars: number): EngineWorld {
  const world = new EngineWorld({ fee: "0.001", slippage: "0.0005" });
  const engine: Engine = world.engine;
  engine.step({ kind: "instrument", instrument: BTCUSDT });
  restore(engine, storedState(before.effects), before.now);
  engine.step({ kind: "instrument", instrument: BTCUSDT });
  const candles = before.of("save-candle").map(({ candle }) => candle);
  engine.step({ kind: "warm-up", symbol: "BTCUSDT", timeframe: "1m", candles, complete: true });
  expect(before.now).toBe(START + bars * 60_000);
  world.continueAt(before.now, Number(candles.at(-1)?.close));
  return world;
}
