/** A rule that is edited while a position is open: who judges what, and moving the position over. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeframeMs } from "../../../src/domain/timeframe.ts";
import type { CommandResult } from "../../../src/engine/command.ts";
import { restore } from "../../../src/engine/restore.ts";
import { pictureMove } from "../../../src/engine/trading/move.ts";
import type { StrategyState } from "../../../src/engine/trading/strategy-state.ts";
import { exitSectionsOf } from "../../../src/engine/why.ts";
import { BTCUSDT, EngineWorld } from "../../support/engine-world.ts";
import { storedState } from "../../support/stored-state.ts";

const OLD = "enter long when close > 105 exit long when close < 101 stop 20% size 10%";
const TRAILING = "enter long when close > 105 trail 90% size 10%";
const NEVER = "enter long when close > 1000";
const MINUTE = timeframeMs("1m");

/** Long at 106 under `rule`, at 107 now. */
function inPosition(rule = OLD, judging: "closed" | "live" = "closed"): EngineWorld {
  const world = new EngineWorld();
  world.adopt(rule, { judging });
  world.warm();
  world.minutes([106, 107]);
  expect(world.of("save-position").length).toBeGreaterThan(0);
  return world;
}

function edit(world: EngineWorld, ruleText: string): void {
  const change = { ownerId: "ann", number: 1, name: null, ruleText, judging: null };
  world.command({ kind: "edit-strategy", ...change });
}

function move(world: EngineWorld, ownerId = "ann"): CommandResult["items"][number] {
  return world.command({ kind: "move-position", ownerId, number: 1 }).items[0]!;
}

function stateOf(world: EngineWorld): StrategyState {
  return world.engine.registry.owner("ann").strategies.get(1)!;
}

/** Another engine on what the first one stored. */
function restarted(before: EngineWorld, learn = true): EngineWorld {
  const world = new EngineWorld({}, learn ? BTCUSDT : { ...BTCUSDT, symbol: "ETHUSDT" });
  world.effects.push(...restore(world.engine, storedState(before.effects), before.now));
  if (learn) learnFrom(world, before);
  world.continueAt(before.now, 107);
  return world;
}

function learnFrom(world: EngineWorld, before: EngineWorld): void {
  world.take({ kind: "instrument", instrument: BTCUSDT });
  const candles = before.of("save-candle").map(({ candle }) => candle);
  world.take({ kind: "warm-up", symbol: "BTCUSDT", timeframe: "1m", candles, complete: true });
}

describe("versions of a rule", () => {
  it("are recorded with the strategy and with every edit that changes it", () => {
    const world = inPosition();
    edit(world, NEVER);
    edit(world, NEVER);
    edit(world, OLD);
    expect(world.of("record-rule-version").map(({ version }) => version)).toEqual([
      { strategyId: "ann.s1", version: 1, ruleText: OLD, since: expect.any(Number) },
      { strategyId: "ann.s1", version: 2, ruleText: NEVER, since: world.now },
      { strategyId: "ann.s1", version: 3, ruleText: OLD, since: world.now },
    ]);
  });
});

describe("a position whose rule was edited", () => {
  it("leaves by the exit of the old rule, and its order says which version decided", () => {
    const world = inPosition();
    edit(world, `${NEVER} exit long when close < 1`);
    world.minutes([100, 99]);
    expect(world.trades).toMatchObject([{ exitReason: "rule", exitPrice: "100" }]);
    const exits = world.of("save-order").filter(({ order }) => order.purpose === "exit");
    expect(exits.map(({ order }) => order.ruleVersion)).toEqual([1, 1]);
  });

  it.each([
    ["trailing_stop", `${NEVER} trail 90%`, "trail 1%", [{ high: 120, low: 107, close: 118 }, 110]],
    ["max_hold", `${NEVER} max 9h`, "max 3m", [107, 107, 107, 107]],
    ["take_profit", `${NEVER} take 50%`, "take 5%", [{ high: 115, close: 112 }]],
  ] as const)("keeps its %s and takes none of the new rule's", (reason, after, own, minutes) => {
    const world = inPosition(`enter long when close > 105 ${own} size 10%`);
    edit(world, after);
    world.minutes(minutes);
    expect(world.trades).toMatchObject([{ exitReason: reason }]);
  });

  it("is still judged on the forming candle when its owner asked for that", () => {
    const world = inPosition(OLD, "live");
    edit(world, NEVER);
    const at = world.now + 20_000;
    world.push(world.candle("1m", world.now, { open: 107, low: 100.9, close: 100.9 }), false, at);
    world.push(world.candle("1m", world.now, { open: 107, low: 100, close: 100 }), false, at + 1);
    expect(world.trades).toMatchObject([{ exitReason: "rule", exitPrice: "100" }]);
  });

  it("does not keep the new rule from entering, on its own edge and after the old exit", () => {
    const world = inPosition();
    edit(world, "enter long when close > 108 size 10%");
    world.minutes([109, 109]);
    expect(world.of("save-position")).toHaveLength(1);
    world.minutes([100, 100, 109, 109]);
    const versions = world.of("save-position").map(({ position }) => position.ruleVersion);
    expect(versions).toEqual([1, 1, 2]);
  });

  it("reverses into the new rule's other side on the candle on which the old rule leaves", () => {
    const world = inPosition();
    edit(world, "enter short when close < 101 size 10%");
    world.minutes([100, 100]);
    expect(world.trades).toMatchObject([{ side: "long", exitPrice: "100" }]);
    expect(world.of("save-position").at(-1)?.position).toMatchObject({
      side: "short",
      ruleVersion: 2,
    });
  });

  it("waits out the cooldown of the rule it followed", () => {
    const world = inPosition(`${OLD} cooldown 10m`);
    edit(world, "enter short when close < 101 size 10%");
    world.minutes([100, 100, 102, 100, 100]);
    expect(world.trades).toHaveLength(1);
    expect(world.of("save-position").filter(({ position }) => !position.closedAt)).toHaveLength(1);
    expect(world.of("record-decision").at(-1)?.decision.outcome).toBe("cooldown");
  });

  it("can have a rule of other timeframes and indicators after it, and keeps what it reads", () => {
    const rule = "enter long when close > 105 exit long when close < sma(3)@5m size 10%";
    const world = new EngineWorld();
    world.adopt(rule);
    world.warm();
    for (let five = 0; five < 4; five++) {
      const candle = world.candle("5m", world.now - (4 - five) * 5 * MINUTE, 104);
      world.take({
        kind: "frame",
        frame: { candle, closed: true, eventTime: world.now, receivedAt: world.now },
        afterGap: false,
      });
    }
    world.minutes([106, 107]);
    edit(world, "enter long when rsi(30)@1h > 70 exit long when atr(20)@4h > 5");
    world.take({ kind: "tick", at: world.now });
    world.minutes([103, 103]);
    expect(world.trades).toMatchObject([{ exitReason: "rule" }]);
  });

  it("is judged by its own rule after a restart too, however long the exchange is away", () => {
    const world = inPosition();
    edit(world, NEVER);
    const second = restarted(world, false);
    for (let i = 0; i < 5; i++) second.take({ kind: "tick", at: second.now + i * 1000 });
    expect(second.engine.symbols()).toEqual(["BTCUSDT", "ETHUSDT"].slice(0, 1));
    const third = restarted(world);
    third.take({ kind: "tick", at: third.now });
    third.minutes([100, 99]);
    expect(third.trades).toMatchObject([{ exitReason: "rule", exitPrice: "100" }]);
  });

  it("keeps its symbol followed after a restart when the new rule cannot be read", () => {
    const world = inPosition();
    edit(world, "no rule at all");
    const second = new EngineWorld({}, { ...BTCUSDT, symbol: "ETHUSDT" });
    second.effects.push(...restore(second.engine, storedState(world.effects), world.now));
    second.take({ kind: "tick", at: world.now });
    expect(second.engine.symbols()).toContain("BTCUSDT");
  });

  it.each(["reset-strategies", "delete-strategy"] as const)("is closed by %s", (kind) => {
    const world = inPosition();
    edit(world, NEVER);
    if (kind === "delete-strategy") world.command({ kind, ownerId: "ann", number: 1 });
    else world.command({ kind, ownerId: "ann", numbers: [1] });
    world.take({ kind: "tick", at: world.now });
    expect(world.trades).toMatchObject([{ exitPrice: "107" }]);
    const plans = [
      ...(world.engine.registry.markets.get("BTCUSDT")?.group("1m").plans.keys() ?? []),
    ];
    expect(plans).toEqual(kind === "delete-strategy" ? [] : [NEVER]);
  });

  it("shows the exits of the rule it follows", () => {
    const world = inPosition();
    expect(exitSectionsOf(stateOf(world))).toBeNull();
    edit(world, NEVER);
    expect(exitSectionsOf(stateOf(world))).toMatchObject({
      positionNumber: 1,
      version: 1,
      sections: [{ title: "exit long", truth: false }],
    });
  });
});

describe("an exit and an entry of the same side on one candle", () => {
  const RULE =
    "enter long when close > 105 and close < 109 or close > 110 exit long when close > 110 size 10%";

  it.each([false, true])("are not both carried out (next candle seen first: %s)", (openedFirst) => {
    const world = new EngineWorld();
    world.adopt(RULE, { timeframe: "5m" });
    const candles = Array.from({ length: 60 }, (_, i) =>
      world.candle("5m", world.now - (60 - i) * 5 * MINUTE, 100),
    );
    world.take({ kind: "warm-up", symbol: "BTCUSDT", timeframe: "5m", candles, complete: true });
    for (const close of [104, 106, 109.5, 111, 111]) {
      const openTime = world.now;
      world.minutes([close, close, close, close, close]);
      const opening = world.candle("1m", world.now, close);
      if (openedFirst) world.push(opening, false, world.now + 100);
      world.push(world.candle("5m", openTime, close), true, world.now + 150);
    }
    expect(world.trades).toMatchObject([{ exitReason: "rule", exitPrice: "111" }]);
    expect(world.of("save-position").filter(({ position }) => !position.closedAt)).toHaveLength(1);
  });
});

describe("moving a position over", () => {
  it("makes the levels of the present rule from the entry price", () => {
    const world = inPosition();
    edit(world, `${NEVER} stop 2% take 10% max 1d`);
    expect(pictureMove(stateOf(world), world.now)).toMatchObject({
      version: 2,
      before: { stop: "84.8", take: null, until: null },
      after: { stop: "103.88", take: "116.6", trailing: null },
      reached: null,
    });
    expect(move(world)).toMatchObject({ outcome: "done", positionNumber: 1 });
    expect(world.of("save-position").at(-1)?.position).toMatchObject({
      ruleVersion: 2,
      stopPrice: "103.88",
      takePrice: "116.6",
      entryPrice: "106",
    });
    world.minute({ low: 103, close: 104 });
    expect(world.trades).toMatchObject([{ exitReason: "stop_loss", exitPrice: "103.88" }]);
  });

  it("lets the present rule judge the exit", () => {
    const world = inPosition();
    edit(world, `${NEVER} exit long when close > 108`);
    move(world);
    world.minutes([100, 109, 109]);
    expect(world.trades).toMatchObject([{ exitReason: "rule", exitPrice: "109" }]);
  });

  it("trails from the price now when the old rule did not follow the best one", () => {
    const world = inPosition();
    world.minutes([{ high: 130, low: 107, close: 119 }, { close: 120 }]);
    edit(world, `${NEVER} trail 2%`);
    move(world);
    expect(world.of("save-position").at(-1)?.position).toMatchObject({
      bestPrice: "120",
      trailingStopPrice: "117.6",
    });
    world.minute({ low: 117, close: 118 });
    expect(world.trades).toMatchObject([{ exitReason: "trailing_stop", exitPrice: "117.6" }]);
  });

  it("trails on from the best price since the entry when the old rule trailed, too", () => {
    const world = inPosition(TRAILING);
    world.minutes([{ high: 120, low: 107, close: 119 }, { close: 118.9 }]);
    edit(world, `${NEVER} trail 2%`);
    move(world);
    expect(world.of("save-position").at(-1)?.position).toMatchObject({
      bestPrice: "120",
      trailingStopPrice: "117.6",
    });
  });

  it.each([
    ["stop_loss", OLD, `${NEVER} stop 0.5%`, 105],
    ["take_profit", OLD, `${NEVER} take 1%`, 109],
    ["trailing_stop", TRAILING, `${NEVER} trail 1%`, 105],
  ])(
    "beyond the new %s says so, and leaves at the next price, not at the level",
    (reason, before, rule, last) => {
      const world = inPosition(before);
      world.minutes([{ high: 110, low: 105, close: last }]);
      edit(world, rule);
      expect(pictureMove(stateOf(world), world.now)).toMatchObject({ reached: reason });
      expect(move(world).outcome).toBe("waiting");
      expect(world.trades).toEqual([]);
      world.minute({ open: last - 1, close: last });
      expect(world.trades).toMatchObject([{ exitReason: reason, exitPrice: String(last - 1) }]);
    },
  );

  it("leaves once its new time limit has passed", () => {
    const world = inPosition();
    world.minutes([107, 107, 107]);
    edit(world, `${NEVER} max 2m`);
    expect(move(world).outcome).toBe("waiting");
    world.minute(107);
    expect(world.trades).toMatchObject([{ exitReason: "max_hold" }]);
  });

  it("is not undone by a restart, not even before the next price", () => {
    const world = inPosition();
    edit(world, `${NEVER} stop 0.1% take 0.5%`);
    expect(move(world).outcome).toBe("waiting");
    const second = restarted(world);
    second.minute({ open: 107.5, close: 108 });
    expect(second.trades).toMatchObject([{ exitReason: "take_profit", exitPrice: "107.5" }]);
    edit(world, NEVER);
    expect(world.trades).toEqual([]);
  });

  it("reaches new levels by prices from after it alone, also those fetched later", () => {
    const world = inPosition();
    edit(world, `${NEVER} stop 2%`);
    const from = world.now;
    world.push(world.candle("1m", from, { open: 107, low: 103, close: 105 }), false, from + 20_000);
    world.take({
      kind: "command",
      command: { kind: "move-position", ownerId: "ann", number: 1 },
      at: from + 21_000,
    });
    const second = restarted(world);
    const missed = second.candle("1m", from, { open: 107, low: 103, close: 105 });
    second.take({ kind: "backfill", symbol: "BTCUSDT", candles: [missed], at: from + 90_000 });
    expect(second.trades).toEqual([]);
    const next = second.candle("1m", from + MINUTE, { open: 105, low: 103, close: 105 });
    second.take({ kind: "backfill", symbol: "BTCUSDT", candles: [next], at: from + 150_000 });
    expect(second.trades).toMatchObject([{ exitReason: "stop_loss", duringOutage: true }]);
  });

  it("needs a position, another rule and a fresh price, and is nobody else's to order", () => {
    const world = inPosition();
    expect(move(world).outcome).toBe("rule-followed");
    edit(world, NEVER);
    expect(move(world, "bob").outcome).toBe("not-found");
    world.skip(10);
    expect(move(world).outcome).toBe("move-needs-price");
    world.command({ kind: "close-positions", ownerId: "ann", numbers: [1] });
    expect(move(world).outcome).toBe("position-leaving");
    world.minute(100);
    expect(move(world).outcome).toBe("no-position");
  });

  it("does not carry others along who entered with it", () => {
    const world = new EngineWorld();
    world.adopt(OLD);
    world.adopt(OLD, {}, "bob");
    world.warm();
    world.minutes([106, 107]);
    edit(world, `${NEVER} stop 1%`);
    move(world);
    world.minute({ low: 104, close: 105 });
    expect(world.trades.map(({ ownerId }) => ownerId)).toEqual(["ann"]);
  });

  it("keeps its levels after a restart, whatever the price had been before", () => {
    const world = inPosition();
    world.minutes([{ high: 130, low: 107, close: 119 }, { close: 120 }]);
    edit(world, `${NEVER} trail 2%`);
    move(world);
    world.minutes([121, 120]);
    const second = restarted(world);
    expect(stateOf(second).cohort?.best).toBe("121");
    expect(stateOf(second).cohort?.trailingStop).toBe("118.58");
  });

  it("gives the levels that a position of the new rule would have had", () => {
    const percent = fc.integer({ min: 1, max: 300 }).map((n) => n / 10);
    const rules = fc.record({ stop: percent, take: percent, trail: percent });
    const prices = fc.array(fc.integer({ min: 1015, max: 1110 }), { maxLength: 12 });
    fc.assert(
      fc.property(rules, prices, ({ stop, take, trail }, tenths) => {
        const levels = `stop ${stop}% take ${take}% trail ${trail}%`;
        const entry = "enter long when close > 105 size 10%";
        // The old rule trails far away, so that it knows the best price.
        const [moved, born] = [inPosition(TRAILING), inPosition(`${entry} ${levels}`)];
        for (const world of [moved, born]) world.minutes(tenths.map((n) => n / 10));
        fc.pre(born.trades.length === 0 && moved.trades.length === 0);
        edit(moved, `${entry} ${levels}`);
        const picture = pictureMove(stateOf(moved), moved.now);
        const cohort = stateOf(born).cohort!;
        expect(picture).toMatchObject({
          after: { stop: cohort.stopPrice, take: cohort.takePrice, trailing: cohort.trailingStop },
          reached: null,
        });
      }),
      { numRuns: 60 },
    );
  });
});
