/** What the engine does with rules, prices and stops, told as small stories of one-minute candles. */
import { describe, expect, it } from "vitest";
import { EngineWorld, START } from "../../support/engine-world.ts";

const ABOVE = "enter long when close > 105 exit long when close < 101 size 10%";

function warmed(rule: string, settings = {}): EngineWorld {
  const world = new EngineWorld(settings);
  world.adopt(rule);
  world.warm();
  return world;
}

describe("entering", () => {
  it("fills a signal at the next candle's opening price, not at the close that gave it", () => {
    const world = warmed(ABOVE);
    world.minutes([106, { open: 107, close: 108 }]);
    const [entry] = world.of("save-position");
    expect(entry?.position).toMatchObject({
      entryPrice: "107",
      side: "long",
      openedAt: START + 61 * 60_000,
    });
  });

  it("fires on the edge from false to true and not again while it stays true", () => {
    const world = warmed("enter long when close > 105 take 1% size 10%");
    world.minutes([106, 106, 120, 121, 122, 123]);
    expect(world.trades).toHaveLength(1);
    expect(
      world.of("save-position").filter(({ position }) => position.closedAt === null),
    ).toHaveLength(1);
  });

  it("does not fire when the condition was already true before the strategy was switched on", () => {
    const world = new EngineWorld();
    world.adopt("enter long when close > 1");
    world.warm(100, 110);
    world.minutes([111, 112]);
    expect(world.of("save-position")).toHaveLength(0);
  });

  it("does not trade before fifty closed candles", () => {
    const world = new EngineWorld();
    world.adopt(ABOVE);
    world.warm(40);
    world.minutes([106, 107, 100, 106, 107]);
    expect(world.of("save-position")).toHaveLength(0);
  });

  it("stakes the asked share of the wallet, on the lot grid, with the fee on top", () => {
    const world = warmed(ABOVE, { fee: "0.001", slippage: "0.001" });
    world.minutes([106, 107]);
    const position = world.of("save-position")[0]!.position;
    expect(position.entryPrice).toBe("106.11");
    expect(position.amount).toBe("9.42418");
    const run = world.of("save-run").at(-1)?.run;
    expect(run?.fees).toBe("0.99999974");
    expect(Number(run?.balance)).toBeCloseTo(10_000 - 9.42418 * 106.11 * 1.001, 8);
  });

  it("spends no more than the wallet holds when the whole of it is staked", () => {
    const world = warmed("enter long when close > 105 size 100%", { fee: "0.001" });
    world.minutes([106, 107]);
    expect(Number(world.of("save-run").at(-1)?.run.balance)).toBeGreaterThanOrEqual(0);
  });

  it("refuses an entry below the exchange's minimum and says so", () => {
    const world = warmed("enter long when close > 105 size 4 USDT");
    world.minutes([106, 107]);
    expect(world.of("save-position")).toHaveLength(0);
    expect(world.of("save-order").at(-1)?.order).toMatchObject({
      state: "rejected",
      refusal: "below-min-notional",
    });
    expect(world.of("notify").at(-1)?.notice.body.kind).toBe("entry-blocked");
  });

  it("turns around when the exit and the opposite entry come on the same candle", () => {
    const world = warmed(
      "enter long when close > 105 exit long when close < 101 enter short when close < 101 size 10%",
    );
    world.minutes([106, 107, 100, 99]);
    expect(world.trades).toMatchObject([{ side: "long", exitReason: "rule", exitPrice: "100" }]);
    const open = world.of("save-position").at(-1)?.position;
    expect(open).toMatchObject({ side: "short", entryPrice: "100", closedAt: null });
  });
});

describe("leaving", () => {
  const ENTER = "enter long when close > 105 size 10%";
  const SHORT = "enter short when close < 95 size 10%";

  it("does a stop at its price when the market passes through it", () => {
    const world = warmed(`${ENTER} stop 2%`);
    world.minutes([106, 106, { low: 100, close: 105 }]);
    expect(world.trades).toMatchObject([{ exitReason: "stop_loss", exitPrice: "103.88" }]);
  });

  it("does a stop at the opening price when the market jumped over it", () => {
    const world = warmed(`${ENTER} stop 2%`);
    world.minutes([106, 106, { open: 90, close: 91 }]);
    expect(world.trades).toMatchObject([{ exitReason: "stop_loss", exitPrice: "90" }]);
  });

  it("lets the stop win over the target inside one candle", () => {
    const world = warmed(`${ENTER} stop 2% take 2%`);
    world.minutes([106, 106, { low: 100, high: 120, close: 106 }]);
    expect(world.trades).toMatchObject([{ exitReason: "stop_loss" }]);
  });

  it("can be stopped in the very candle it was entered in", () => {
    const world = warmed(`${ENTER} stop 2%`);
    world.minutes([106, { low: 100, close: 106 }]);
    expect(world.trades).toMatchObject([{ exitReason: "stop_loss", exitPrice: "103.88" }]);
  });

  it("takes the profit asked for and no more", () => {
    const world = warmed(`${ENTER} take 5%`);
    world.minutes([106, 106, { open: 119, close: 120 }]);
    expect(world.trades).toMatchObject([{ exitReason: "take_profit", exitPrice: "111.3" }]);
  });

  it("mirrors stop and target for a short", () => {
    const world = warmed(`${SHORT} stop 2% take 5%`);
    world.minutes([94, 94, { high: 97, close: 94 }]);
    expect(world.trades).toMatchObject([
      { side: "short", exitReason: "stop_loss", exitPrice: "95.88" },
    ]);
  });

  it("follows the best price with a trailing stop once it is armed", () => {
    const world = warmed(`${ENTER} trail 1% after 2%`);
    world.minutes([106, 106, 107, { high: 110, close: 110 }, { low: 108.5, close: 108.6 }]);
    expect(world.trades).toMatchObject([{ exitReason: "trailing_stop", exitPrice: "108.9" }]);
  });

  it("does not trail before it is armed", () => {
    const world = warmed(`${ENTER} trail 1% after 5%`);
    world.minutes([106, 106, 108, 106]);
    expect(world.trades).toHaveLength(0);
  });

  it("leaves after the longest time allowed, at the opening price", () => {
    const world = warmed(`${ENTER} max 3m`);
    world.minutes([106, 106, 107, 108, { open: 109, close: 110 }]);
    expect(world.trades).toMatchObject([
      { exitReason: "max_hold", exitPrice: "109", exitAt: world.now - 60_000 },
    ]);
  });

  it("leaves by rule on the profit of the position", () => {
    const world = warmed(`${ENTER} exit long when profit > 3%`);
    world.minutes([106, 106, 108, 109.5, { open: 110, close: 111 }]);
    expect(world.trades).toMatchObject([{ exitReason: "rule", exitPrice: "110" }]);
  });

  it("closes a short without a stop before it owes more than it has", () => {
    const world = warmed("enter short when close < 95");
    world.minutes([94, 94, { high: 250, close: 240 }]);
    expect(world.trades).toMatchObject([{ exitReason: "liquidation" }]);
  });

  it("rests for the cooldown after a trade", () => {
    const world = warmed("enter long when close > 105 exit long when close < 101 cooldown 5m");
    world.minutes([106, 100, 100, 106, 100, 100, 100, 100, 100, 106, 107]);
    expect(world.of("record-decision").map(({ decision }) => decision.outcome)).toContain(
      "cooldown",
    );
    expect(
      world.of("save-position").filter(({ position }) => position.closedAt === null),
    ).toHaveLength(2);
  });
});
