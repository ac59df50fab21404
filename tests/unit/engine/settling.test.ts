/** Leaving a position whose symbol the exchange no longer trades, and never one whose feed is down. */
import { describe, expect, it } from "vitest";
import type { Command } from "../../../src/engine/command.ts";
import { restore } from "../../../src/engine/restore.ts";
import { strategiesOf } from "../../../src/engine/views.ts";
import { BTCUSDT, EngineWorld } from "../../support/engine-world.ts";
import { ledgerSums, storedState } from "../../support/stored-state.ts";

const RULE = "enter long when close > 105 stop 20% size 10%";
const HOUR_MINUTES = 60;

/** Long at 106, at 107 when the pushes ended. */
function inPosition(): EngineWorld {
  const world = new EngineWorld({ fee: "0.001", slippage: "0.01" });
  world.adopt(RULE);
  world.warm();
  world.minutes([106, 107]);
  expect(world.of("save-position")).toHaveLength(1);
  return world;
}

function stopTrading(world: EngineWorld, status = "BREAK"): void {
  world.take({ kind: "instrument", instrument: { ...BTCUSDT, status } });
}

const ownerId = "ann";
const commands = (settle: boolean): readonly Command[] => [
  { kind: "delete-strategy", ownerId, number: 1, settle },
  { kind: "reset-strategies", ownerId, numbers: [1], settle },
  { kind: "close-positions", ownerId, numbers: [1], settle },
];

function settlementIn(world: EngineWorld) {
  const owner = world.engine.registry.owner(ownerId);
  return strategiesOf(owner, world.engine.settings, world.now)[0]?.position?.settlement;
}

describe("a symbol that is no longer traded", () => {
  it.each(commands(true))(
    "lets $kind settle at the last known price, less slippage and fee",
    (one) => {
      const world = inPosition();
      stopTrading(world);
      world.skip(HOUR_MINUTES);
      expect(settlementIn(world)).toMatchObject({ price: "107" });
      expect(world.command(one).items).toMatchObject([{ outcome: "done" }]);
      expect(world.trades).toMatchObject([
        { exitReason: "settled", exitPrice: "105.93", exitAt: world.now, duringOutage: false },
      ]);
      expect(world.of("record-fill").at(-1)?.fill.marketPrice).toBe("107");
      expect(world.of("save-order").at(-1)?.order).toMatchObject({
        state: "filled",
        reason: "settled",
      });
    },
  );

  it("is settled against nobody at the exchange, and the books balance", () => {
    const world = inPosition();
    stopTrading(world);
    world.skip(HOUR_MINUTES);
    world.command(commands(true)[0]!);
    const { transactionId } = world.of("post-ledger").at(-1)!.entry;
    const lines = world
      .of("post-ledger")
      .filter(({ entry }) => entry.transactionId === transactionId);
    const accounts = new Set(lines.map(({ entry }) => entry.account));
    expect(accounts).toEqual(new Set(["wallet", "external", "fees"]));
    const sums = ledgerSums(world.effects);
    for (const [key, sum] of sums)
      if (key.startsWith("transaction")) expect(sum.isZero()).toBe(true);
    const run = world.of("save-run").at(-1)!.run;
    expect(sums.get("ann.s1.r1 wallet USDT")?.toFixed()).toBe(run.balance);
    expect(sums.get("ann.s1.r1 wallet BTC")?.isZero()).toBe(true);
  });

  it.each(commands(false))("is not settled by $kind without its owner's word", (one) => {
    const world = inPosition();
    stopTrading(world);
    world.skip(HOUR_MINUTES);
    const outcome = one.kind === "close-positions" ? "waiting" : "not-traded";
    expect(world.command(one).items).toMatchObject([{ outcome }]);
    expect(world.trades).toEqual([]);
  });

  it.each(commands(true))(
    "is not settled by $kind while trading may only be interrupted",
    (one) => {
      const world = inPosition();
      stopTrading(world, "HALT");
      world.skip(HOUR_MINUTES - 1);
      expect(settlementIn(world)).toBeNull();
      const outcome = one.kind === "close-positions" ? "waiting" : "not-traded";
      expect(world.command(one).items).toMatchObject([{ outcome }]);
      expect(world.trades).toEqual([]);
      stopTrading(world, "TRADING");
      world.minute(110);
      expect(world.engine.registry.owner(ownerId).strategies.get(1)?.strategy.number).toBe(1);
    },
  );

  it.each(commands(true))("is not to be confused by $kind with a feed that is down", (one) => {
    const world = inPosition();
    world.skip(100 * HOUR_MINUTES);
    const outcome = one.kind === "close-positions" ? "waiting" : "price-stale";
    expect(world.command(one).items).toMatchObject([{ outcome }]);
    expect(world.trades).toEqual([]);
  });

  it("is left at the market while the price is fresh, whatever was agreed to", () => {
    const world = inPosition();
    stopTrading(world);
    world.command(commands(true)[2]!);
    expect(world.trades).toMatchObject([{ exitReason: "manual", exitPrice: "105.93" }]);
  });

  it("takes the place of an exit that has waited for a price in vain", () => {
    const world = inPosition();
    stopTrading(world);
    world.skip(HOUR_MINUTES);
    world.command(commands(false)[2]!);
    world.command(commands(true)[2]!);
    expect(world.trades).toMatchObject([{ exitReason: "settled" }]);
    const exits = world.of("save-order").filter(({ order }) => order.purpose === "exit");
    expect(exits.map(({ order }) => [order.reason, order.state])).toEqual([
      ["manual", "submitted"],
      ["manual", "canceled"],
      ["settled", "submitted"],
      ["settled", "filled"],
    ]);
  });
});

describe("a symbol that the exchange has forgotten", () => {
  it("is known as such, and traded again if it comes back", () => {
    const world = inPosition();
    world.take({ kind: "delisted", symbol: "BTCUSDT" });
    world.skip(HOUR_MINUTES);
    expect(settlementIn(world)).toMatchObject({ price: "107" });
    world.take({ kind: "instrument", instrument: BTCUSDT });
    expect(settlementIn(world)).toBeNull();
  });

  it.each(commands(true))("before a restart leaves a way out by $kind", (one) => {
    const world = inPosition();
    const second = new EngineWorld({ fee: "0.001", slippage: "0.01" }, { ...BTCUSDT, symbol: "X" });
    const stored = storedState(world.effects);
    const lastPrices = new Map([["BTCUSDT", { price: "107", at: world.now - 1 }]]);
    second.effects.push(...restore(second.engine, { ...stored, lastPrices }, world.now));
    second.continueAt(world.now, 107);
    second.skip(HOUR_MINUTES);
    expect(second.command(commands(true)[0]!).items).toMatchObject([{ outcome: "price-stale" }]);
    second.take({ kind: "delisted", symbol: "BTCUSDT" });
    expect(second.command(one).items).toMatchObject([{ outcome: "done" }]);
    expect(second.trades).toMatchObject([{ exitReason: "settled", exitPrice: "105.93" }]);
    const assets = second.of("post-ledger").map(({ entry }) => entry.asset);
    expect(new Set(assets)).toContain("BTC");
  });

  it("without any strategy on it means nothing", () => {
    const world = new EngineWorld();
    expect(world.take({ kind: "delisted", symbol: "NOPEUSDT" })).toEqual([]);
  });
});
