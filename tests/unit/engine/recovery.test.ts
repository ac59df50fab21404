/** Stops and orders around restarts and interruptions: nothing overlooked, nothing from the past. */
import { describe, expect, it } from "vitest";
import { closeTimeOf, timeframeMs } from "../../../src/domain/timeframe.ts";
import { restore } from "../../../src/engine/restore.ts";
import { BTCUSDT, EngineWorld } from "../../support/engine-world.ts";
import { storedState } from "../../support/stored-state.ts";

const RULE = "enter long when close > 105 exit long when close < 90 stop 5% size 10%";
const MINUTE = timeframeMs("1m");

function inPosition(): EngineWorld {
  const world = new EngineWorld();
  world.adopt(RULE);
  world.warm();
  world.minutes([106, 106]);
  expect(world.of("save-position")).toHaveLength(1);
  return world;
}

/** Another engine on what the first one stored; `learn` false leaves the exchange unreachable. */
function restarted(before: EngineWorld, options: { learn?: boolean; ruleText?: string } = {}) {
  const world = new EngineWorld();
  const stored = storedState(before.effects);
  const positions = stored.openPositions.map((position) => ({
    ...position,
    ruleText: options.ruleText ?? position.ruleText,
  }));
  const target = options.learn === false ? withoutInstrument() : world;
  target.effects.push(
    ...restore(target.engine, { ...stored, openPositions: positions }, before.now),
  );
  if (options.learn !== false) target.take({ kind: "instrument", instrument: BTCUSDT });
  const candles = before.of("save-candle").map(({ candle }) => candle);
  target.take({ kind: "warm-up", symbol: "BTCUSDT", timeframe: "1m", candles, complete: true });
  target.continueAt(before.now, 106);
  return target;
}

function withoutInstrument(): EngineWorld {
  return new EngineWorld({}, { ...BTCUSDT, symbol: "ETHUSDT" });
}

describe("a stop crossed while nobody looked", () => {
  it("is executed even when newer prices arrive before the missed candles", () => {
    const world = inPosition();
    const from = world.now;
    world.skip(3);
    world.push(
      world.candle("1m", world.now, { open: 106, close: 106 }),
      false,
      world.now + 2_000,
      true,
    );
    expect(world.trades).toHaveLength(0);
    const candles = [0, 1, 2].map((i) =>
      world.candle("1m", from + i * MINUTE, { open: 106, low: i === 1 ? 80 : 105, close: 106 }),
    );
    world.take({ kind: "backfill", symbol: "BTCUSDT", candles, at: world.now + 3_000 });
    expect(world.trades).toMatchObject([
      { exitReason: "stop_loss", exitPrice: "100.7", duringOutage: true },
    ]);
  });

  it("of a closing push that a newer candle has overtaken is executed too", () => {
    const world = inPosition();
    const openTime = world.now;
    world.push(
      world.candle("1m", openTime + MINUTE, { open: 106, close: 106 }),
      false,
      openTime + MINUTE + 2_000,
    );
    const late = world.candle("1m", openTime, { open: 106, low: 80, close: 106 });
    world.push(late, true, closeTimeOf("1m", openTime) + 50);
    expect(world.trades).toMatchObject([{ exitReason: "stop_loss", exitPrice: "100.7" }]);
  });
});

describe("prices from before an entry", () => {
  it("do not reach its stop, also after a restart in the middle of the candle", () => {
    const world = new EngineWorld();
    world.adopt(RULE);
    world.warm();
    world.minute(106);
    const openTime = world.now;
    // The opening was not seen; the order is done at a price of 22 seconds later.
    world.push(
      world.candle("1m", openTime, { open: 90, low: 80, close: 106 }),
      false,
      openTime + 12_000,
    );
    expect(world.of("save-position")[0]?.position).toMatchObject({
      entryPrice: "106",
      openedAt: openTime + 12_000,
    });
    const second = restarted(world);
    second.push(
      second.candle("1m", openTime, { open: 90, low: 80, close: 106.5 }),
      false,
      openTime + 30_000,
    );
    expect(second.trades).toEqual([]);
  });
});

describe("an order that waits when the process dies", () => {
  it("is not filled at an opening price that nobody could have had", () => {
    const world = new EngineWorld();
    world.adopt(RULE);
    world.warm();
    world.minute(106);
    const second = restarted(world);
    const openTime = world.now;
    second.push(
      second.candle("1m", openTime, { open: 106, high: 120, close: 120 }),
      false,
      openTime + 50_000,
    );
    second.push(
      second.candle("1m", openTime, { open: 106, high: 121, close: 121 }),
      false,
      openTime + 52_000,
    );
    expect(second.of("save-position")).toHaveLength(0);
    expect(second.of("save-order").at(-1)?.order).toMatchObject({
      state: "canceled",
      refusal: "missed",
    });
  });
});

describe("a restart", () => {
  it("halts a strategy whose position's rule cannot be read any more, and no other", () => {
    const world = inPosition();
    const second = restarted(world, { ruleText: "no rule at all" });
    expect(second.of("save-strategy").at(-1)?.strategy.haltedBy).toBe("rule-unreadable");
    expect(second.engine.symbols()).toEqual(["BTCUSDT"]);
  });

  it.each(["delete-strategy", "move-position"] as const)(
    "leaves %s as a way out for a position whose rule cannot be read any more",
    (kind) => {
      const second = restarted(inPosition(), { ruleText: "no rule at all" });
      second.minute(107);
      const result = second.command({ kind, ownerId: "ann", number: 1 });
      expect(result.items[0]?.outcome).toBe("done");
      second.minute({ open: 107, low: 90, close: 95 });
      const exit =
        kind === "delete-strategy"
          ? { exitReason: "manual", exitPrice: "107" }
          : { exitReason: "stop_loss", exitPrice: "100.7" };
      expect(second.trades).toMatchObject([exit]);
    },
  );

  it("carries out a close that was ordered before the exchange could be reached", () => {
    const second = restarted(inPosition(), { learn: false });
    const result = second.command({ kind: "close-positions", ownerId: "ann", numbers: [1] });
    expect(result.items[0]?.outcome).toBe("waiting");
    second.take({ kind: "instrument", instrument: BTCUSDT });
    const candle = {
      ...second.candle("1m", second.now, { open: 107, close: 107 }),
      symbol: "BTCUSDT",
    };
    second.push(candle, false, second.now + 1_000);
    expect(second.trades).toMatchObject([{ exitReason: "manual", exitPrice: "107" }]);
  });
});

describe("a candle", () => {
  it("is stored with its judgement, so that one that was not judged comes again", () => {
    const world = new EngineWorld();
    world.adopt("enter long when close > 105 size 10%", { timeframe: "5m" });
    world.minutes([100, 100, 100, 100]);
    const five = world.candle("5m", world.now - 4 * MINUTE, 100);
    world.push(five, true, world.now + MINUTE + 10);
    expect(world.of("save-candle").filter(({ candle }) => candle.timeframe === "5m")).toHaveLength(
      0,
    );
    world.minute(100);
    expect(world.of("save-candle").filter(({ candle }) => candle.timeframe === "5m")).toHaveLength(
      1,
    );
  });
});

describe("a longer history of another timeframe", () => {
  it("makes no entry by itself", () => {
    const world = new EngineWorld();
    world.warm(200, 100);
    world.adopt("enter long when close > ema(40)@5m size 10%");
    world.warm(60, 100);
    const candles = Array.from({ length: 400 }, (_, i) =>
      world.candle("5m", world.now - (400 - i) * 5 * MINUTE, 99),
    );
    world.take({ kind: "warm-up", symbol: "BTCUSDT", timeframe: "5m", candles, complete: true });
    world.minutes([100, 100]);
    expect(world.of("record-decision")).toHaveLength(0);
  });
});
