/** What people can order: switching, resetting, closing, pausing, editing; and only what is theirs. */
import { describe, expect, it } from "vitest";
import type { Command } from "../../../src/engine/command.ts";
import { EngineWorld } from "../../support/engine-world.ts";

const RULE = "enter long when close > 105 exit long when close < 101 stop 5% size 10%";

function inPosition(): EngineWorld {
  const world = new EngineWorld();
  world.adopt(RULE);
  world.warm();
  world.minutes([106, 107]);
  expect(world.of("save-position")).toHaveLength(1);
  return world;
}

describe("switching off", () => {
  it("keeps an open position under its stop and says which it is", () => {
    const world = inPosition();
    const result = world.command({
      kind: "set-active",
      ownerId: "ann",
      numbers: [1],
      active: false,
    });
    expect(result.items).toMatchObject([{ outcome: "done", positionNumber: 1 }]);
    world.minute({ low: 50, close: 60 });
    expect(world.trades).toMatchObject([{ exitReason: "stop_loss" }]);
  });

  it("makes no entry until it is switched on again", () => {
    const world = new EngineWorld();
    world.adopt(RULE, { active: false });
    world.warm();
    world.minutes([106, 107, 100, 100]);
    world.command({ kind: "set-active", ownerId: "ann", numbers: [1], active: true });
    expect(world.of("save-position")).toHaveLength(0);
    world.minutes([106, 107]);
    expect(world.of("save-position")).toHaveLength(1);
  });

  it("counts the time it was active", () => {
    const world = new EngineWorld();
    world.adopt(RULE);
    world.minutes([100, 100, 100]);
    world.command({ kind: "set-active", ownerId: "ann", numbers: [1], active: false });
    world.minutes([100, 100]);
    expect(world.of("save-strategy").at(-1)?.strategy).toMatchObject({
      activeMs: 180_000,
      activeSince: null,
    });
  });

  it("says when there was nothing to change", () => {
    const world = new EngineWorld();
    world.adopt(RULE);
    const result = world.command({
      kind: "set-active",
      ownerId: "ann",
      numbers: [1],
      active: true,
    });
    expect(result.items[0]?.outcome).toBe("unchanged");
  });
});

describe("resetting", () => {
  it("closes at the market, starts the next run with a fresh wallet and keeps the old one", () => {
    const world = inPosition();
    const result = world.command({ kind: "reset-strategies", ownerId: "ann", numbers: [1] });
    expect(result.items[0]).toMatchObject({ outcome: "done", strategy: { run: 2 } });
    expect(world.trades).toMatchObject([
      { exitReason: "reset", exitPrice: "107", runId: "ann.s1.r1" },
    ]);
    const runs = world.of("save-run").map(({ run }) => run);
    expect(runs.findLast(({ number }) => number === 1)?.endedAt).toBe(world.now);
    expect(runs.findLast(({ number }) => number === 2)).toMatchObject({
      balance: "10000",
      trades: 0,
    });
  });
});

describe("closing by hand", () => {
  it("leaves at the price now", () => {
    const world = inPosition();
    const result = world.command({ kind: "close-positions", ownerId: "ann", numbers: [1] });
    expect(result.items[0]?.outcome).toBe("done");
    expect(world.trades).toMatchObject([{ exitReason: "manual", exitPrice: "107" }]);
  });

  it("waits for a price when the last one is old", () => {
    const world = inPosition();
    world.skip(10);
    const result = world.command({ kind: "close-positions", ownerId: "ann", numbers: [1] });
    expect(result.items[0]?.outcome).toBe("waiting");
    world.minute({ open: 110, close: 111 });
    expect(world.trades).toMatchObject([{ exitReason: "manual", exitPrice: "110" }]);
  });
});

describe("pausing", () => {
  it.each(["all", "BTCUSDT", "#1"])("stops entries of scope %s and records why", (scope) => {
    const world = new EngineWorld();
    world.adopt(RULE);
    world.warm();
    world.command({ kind: "pause", ownerId: "ann", scope, until: null });
    world.minutes([106, 107]);
    expect(world.of("save-position")).toHaveLength(0);
    expect(world.of("record-decision").at(-1)?.decision.outcome).toBe("paused");
  });

  it("ends by itself and tells its owner", () => {
    const world = new EngineWorld();
    world.command({ kind: "pause", ownerId: "ann", scope: "all", until: world.now + 60_000 });
    world.take({ kind: "tick", at: world.now + 59_999 });
    expect(world.of("delete-pause")).toHaveLength(0);
    world.take({ kind: "tick", at: world.now + 60_000 });
    expect(world.of("notify").at(-1)?.notice.body).toEqual({ kind: "pause-over", scope: "all" });
  });

  it("answers not-found when there is nothing to resume", () => {
    const world = new EngineWorld();
    const result = world.command({ kind: "resume", ownerId: "ann", scope: "all" });
    expect(result.items[0]?.outcome).toBe("not-found");
  });
});

describe("editing", () => {
  it("lets an open position keep the stop it was opened with", () => {
    const world = inPosition();
    world.command({
      kind: "edit-strategy",
      ownerId: "ann",
      number: 1,
      name: null,
      ruleText: "enter long when close > 1000 stop 50% size 10%",
      judging: null,
    });
    world.minute({ low: 95, close: 100 });
    expect(world.trades).toMatchObject([{ exitReason: "stop_loss" }]);
    expect(world.of("save-strategy").at(-1)?.strategy.ruleVersion).toBe(2);
  });
});

describe("other people's numbers", () => {
  const commands: readonly Command[] = [
    { kind: "set-active", ownerId: "bob", numbers: [1], active: false },
    { kind: "reset-strategies", ownerId: "bob", numbers: [1] },
    { kind: "delete-strategy", ownerId: "bob", number: 1 },
    { kind: "close-positions", ownerId: "bob", numbers: [1] },
    {
      kind: "edit-strategy",
      ownerId: "bob",
      number: 1,
      name: "mine",
      ruleText: null,
      judging: null,
    },
  ];
  it.each(commands)("are not found by $kind and nothing changes", (command) => {
    const world = inPosition();
    const before = world.effects.length;
    expect(world.command(command).items).toMatchObject([{ outcome: "not-found" }]);
    expect(world.effects).toHaveLength(before);
  });

  it("a pause of one person stops nobody else", () => {
    const world = new EngineWorld();
    world.adopt(RULE, {}, "ann");
    world.adopt(RULE, {}, "bob");
    world.warm();
    world.command({ kind: "pause", ownerId: "bob", scope: "all", until: null });
    world.minutes([106, 107]);
    expect(world.of("save-position").map(({ position }) => position.ownerId)).toEqual(["ann"]);
  });
});

describe("deleting", () => {
  it("drops the symbol with its last strategy", () => {
    const world = inPosition();
    world.command({ kind: "delete-strategy", ownerId: "ann", number: 1 });
    expect(world.trades).toHaveLength(1);
    expect(world.engine.symbols()).toEqual([]);
  });

  it("never gives a number a second time", () => {
    const world = new EngineWorld();
    world.adopt(RULE);
    world.command({ kind: "delete-strategy", ownerId: "ann", number: 1 });
    expect(world.adopt(RULE)).toBe(2);
  });
});
