/** Time lost is told: what the engine does with candles it missed, and with pushes in any order. */
import { describe, expect, it } from "vitest";
import { closeTimeOf, timeframeMs } from "../../../src/domain/timeframe.ts";
import { BTCUSDT, EngineWorld, START, type BarShape } from "../../support/engine-world.ts";

const RULE = "enter long when close > 105 exit long when close < 101 stop 5% size 10%";
const MINUTE = timeframeMs("1m");

function missed(world: EngineWorld, shapes: readonly (BarShape | number)[]): void {
  const from = world.now;
  world.skip(shapes.length);
  const candles = shapes.map((shape, i) => world.candle("1m", from + i * MINUTE, shape));
  world.take({ kind: "backfill", symbol: "BTCUSDT", candles, at: world.now });
}

function inPosition(rule = RULE): EngineWorld {
  const world = new EngineWorld();
  world.adopt(rule);
  world.warm();
  world.minutes([106, 107]);
  return world;
}

describe("after an outage", () => {
  it("executes a stop that was crossed at its price and marks the trade", () => {
    const world = inPosition();
    missed(world, [106, { open: 106, low: 90, close: 104 }]);
    expect(world.trades).toMatchObject([
      { exitReason: "stop_loss", exitPrice: "100.7", duringOutage: true },
    ]);
  });

  it("executes a stop that the market jumped over at the opening price", () => {
    const world = inPosition();
    missed(world, [{ open: 90, close: 91 }]);
    expect(world.trades).toMatchObject([{ exitPrice: "90", duringOutage: true }]);
  });

  it("makes no entry late and counts it for the receipt", () => {
    const world = new EngineWorld();
    world.adopt(RULE);
    world.warm();
    missed(world, [106, 107, 108]);
    world.minute(109);
    expect(world.of("save-position")).toHaveLength(0);
    expect(world.of("record-decision").at(-1)?.decision.outcome).toBe("missed");
    world.take({ kind: "recovered", from: START, until: world.now, candlesReplayed: 3 });
    expect(world.of("notify").at(-1)?.notice.body).toMatchObject({
      kind: "recovery-receipt",
      entriesMissed: 1,
    });
  });

  it("leaves by rule at the present price, not at the one that was missed", () => {
    const world = inPosition("enter long when close > 105 exit long when close < 101 size 10%");
    missed(world, [100, 99]);
    expect(world.trades).toHaveLength(0);
    world.minute({ open: 98, close: 97 });
    expect(world.trades).toMatchObject([{ exitReason: "rule", exitPrice: "98" }]);
  });

  it("does not make up for an entry that waited for its price when the outage began", () => {
    const world = new EngineWorld();
    world.adopt(RULE);
    world.warm();
    world.minute(106);
    missed(world, [107, 108]);
    world.minute(109);
    expect(world.of("save-order").at(-1)?.order).toMatchObject({
      state: "canceled",
      refusal: "missed",
    });
    expect(world.of("save-position")).toHaveLength(0);
  });
});

describe("pushes out of order", () => {
  it("are taken once, however often they come", () => {
    const world = new EngineWorld();
    world.adopt(RULE);
    world.warm();
    const candle = world.candle("1m", world.now, 106);
    for (let i = 0; i < 3; i++) world.push(candle, true, closeTimeOf("1m", world.now) + i);
    expect(world.of("save-candle").filter(({ candle: { close } }) => close === "106")).toHaveLength(
      1,
    );
    expect(world.of("record-decision")).toHaveLength(1);
  });

  it("a revised candle is stored and counted, and decides nothing again", () => {
    const world = inPosition();
    const decisions = world.of("record-decision").length;
    const revised = world.candle("1m", world.now - 2 * MINUTE, {
      open: 100,
      high: 130,
      close: 106,
    });
    world.push(revised, true, world.now);
    expect(world.engine.counters.revisions).toBe(1);
    expect(world.of("save-candle").at(-1)?.candle.high).toBe("130");
    expect(world.of("record-decision")).toHaveLength(decisions);
  });

  it("a longer candle that closes with a minute is judged after that minute's prices", () => {
    const rule = "enter long when close > 105 exit long when close < 90 stop 2% size 10%";
    const world = new EngineWorld();
    world.adopt(rule, { timeframe: "5m" });
    for (let i = 0; i < 60 * 5; i++) fiveAndOne(world, 100);
    for (let i = 0; i < 5; i++) fiveAndOne(world, 106);
    world.minute(106);
    expect(world.of("save-position")[0]?.position).toMatchObject({ entryPrice: "106" });
    // The 5m close reaches us before the 1m close in whose last seconds the stop was hit.
    world.minutes([106, 106, 106]);
    const openTime = world.now;
    const five = world.candle("5m", openTime - 4 * MINUTE, { open: 106, low: 80, close: 85 });
    world.push(five, true, closeTimeOf("1m", openTime) + 10);
    expect(world.of("record-decision")).toHaveLength(1);
    world.push(
      world.candle("1m", openTime, { open: 106, low: 80, close: 85 }),
      true,
      closeTimeOf("1m", openTime) + 40,
    );
    expect(world.trades).toMatchObject([{ exitReason: "stop_loss", exitPrice: "103.88" }]);
  });
});

/** A minute, and the 5m candle that closes with it when it does. */
function fiveAndOne(world: EngineWorld, close: number): void {
  world.minute(close);
  if (world.now % timeframeMs("5m") !== 0) return;
  const openTime = world.now - timeframeMs("5m");
  world.push(world.candle("5m", openTime, close), true, world.now + 60);
}

describe("a halted strategy", () => {
  it("stops alone when its rule cannot be read, and its owner is told", () => {
    const world = new EngineWorld();
    world.adopt("this is no rule", {}, "bob");
    world.adopt(RULE, {}, "ann");
    expect(world.of("notify").at(-1)?.notice).toMatchObject({
      ownerId: "bob",
      body: { kind: "strategy-halted", code: "rule-unreadable" },
    });
    world.warm();
    world.minutes([106, 107]);
    expect(world.of("save-position").map(({ position }) => position.ownerId)).toEqual(["ann"]);
  });
});

describe("the instrument", () => {
  it("that is not trading lets no entry through", () => {
    const world = new EngineWorld();
    world.adopt(RULE);
    world.warm();
    world.take({ kind: "instrument", instrument: { ...BTCUSDT, status: "HALT" } });
    world.minutes([106, 107]);
    expect(world.of("record-decision").at(-1)?.decision.outcome).toBe("market-closed");
  });
});
