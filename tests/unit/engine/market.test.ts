/** The shared graph: one node for what is equal, the same truth as computing each rule alone. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeframeMs, type Timeframe } from "../../../src/domain/timeframe.ts";
import { emptyBar, readCandle } from "../../../src/engine/market/candle-series.ts";
import { ConditionGraph } from "../../../src/engine/market/condition-graph.ts";
import { PriceTracker } from "../../../src/engine/market/price-tracker.ts";
import { parseRule } from "../../../src/rules/parse.ts";
import { TEMPLATES } from "../../../src/rules/templates.ts";
import { EngineWorld, START } from "../../support/engine-world.ts";
import { randomBars } from "../../support/random-market.ts";

function lone(timeframe: Timeframe): ConditionGraph {
  const graphs = new Map<Timeframe, ConditionGraph>();
  const of = (wanted: Timeframe): ConditionGraph => {
    const known = graphs.get(wanted) ?? new ConditionGraph(wanted, of);
    graphs.set(wanted, known);
    return known;
  };
  return of(timeframe);
}

function entryOf(ruleText: string) {
  const { enterLong, enterShort } = parseRule(ruleText);
  const condition = enterLong ?? enterShort;
  if (condition === null) throw new Error("a rule without entry");
  return condition;
}

describe("the condition graph", () => {
  it("computes what many rules share once", () => {
    const graph = lone("1m");
    const first = graph.retain(
      graph.condition(entryOf("enter long when rsi(14) < 30 and close > ema(50)")),
    );
    const size = graph.size;
    const second = graph.retain(
      graph.condition(entryOf("enter short when close > ema(50) and rsi(14) < 30")),
    );
    expect(graph.size).toBe(size + 1);
    expect(second.operands.toReversed()).toEqual(first.operands);
  });

  it("drops a node with its last user and nothing before", () => {
    const graph = lone("1m");
    const one = graph.retain(graph.condition(entryOf("enter long when rsi(14) < 30")));
    const two = graph.retain(graph.condition(entryOf("enter long when rsi(14) < 40")));
    const both = graph.size;
    graph.release(one);
    expect(graph.size).toBe(both - 2);
    graph.release(two);
    expect(graph.size).toBe(0);
  });

  it("gives every template the truths it would have alone", () => {
    const shared = lone("15m");
    const rules = TEMPLATES.filter(({ timeframe }) => timeframe === "15m").map(({ ruleText }) =>
      entryOf(ruleText),
    );
    const together = rules.map((rule) => shared.retain(shared.condition(rule)));
    const alone = rules.map((rule) => {
      const graph = lone("15m");
      return { graph, node: graph.retain(graph.condition(rule)) };
    });
    const world = new EngineWorld();
    const bar = emptyBar();
    let truths = 0;
    for (const [i, shape] of randomBars(3, 1500).entries()) {
      readCandle(world.candle("15m", START + i * timeframeMs("15m"), shape), bar);
      shared.advance(bar);
      for (const { graph } of alone) graph.advance(bar);
      expect(together.map(({ value }) => value)).toEqual(alone.map(({ node }) => node.value));
      truths += together.filter(({ value }) => value === 1).length;
    }
    expect(truths).toBeGreaterThan(20);
  });

  it("takes a tried candle back without a trace", () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const rule =
          "enter long when stoch(14,3,3).k crosses above 20 and ema(9) rising 3 and close > high[2]";
        const [tried, plain] = [lone("1m"), lone("1m")];
        const [a, b] = [tried, plain].map((graph) => graph.retain(graph.condition(entryOf(rule))));
        const bars = randomBars(seed, 120).map((shape, i) => ({
          openTime: i,
          open: shape.open ?? 0,
          high: shape.high ?? 0,
          low: shape.low ?? 0,
          close: shape.close,
          volume: shape.volume ?? 0,
        }));
        for (const bar of bars) {
          tried.preview({ ...bar, close: bar.close * 1.1, high: bar.high * 1.1 }, () => undefined);
          tried.advance(bar);
          plain.advance(bar);
          expect(a?.value).toEqual(b?.value);
        }
      }),
      { numRuns: 20 },
    );
  });
});

describe("another timeframe in a rule", () => {
  it("is read as it stood when the candle closed, also when it closes at the same instant", () => {
    const world = new EngineWorld();
    world.adopt("enter long when close > 0 and close@5m > 105 size 10%");
    for (let i = 0; i < 60; i++) fiveMinutes(world, 100);
    // The minute that closes with the 5m candle waits for it, whichever comes first.
    fiveMinutes(world, 106);
    world.minute({ open: 107, close: 107 });
    expect(world.of("save-position")[0]?.position.entryPrice).toBe("107");
  });
});

function fiveMinutes(world: EngineWorld, close: number): void {
  const from = world.now;
  for (let i = 0; i < 5; i++) world.minute(close);
  world.push(world.candle("5m", from, close), true, world.now + 40);
}

describe("judging live", () => {
  const RULE = "enter long when close > 105 size 10%";

  it("acts on the forming candle at the cadence of the timeframe, once per candle", () => {
    const world = new EngineWorld();
    world.adopt(RULE, { timeframe: "5m", judging: "live" });
    warmFive(world);
    const openTime = world.now;
    const forming = (close: number, afterMs: number) =>
      world.push(world.candle("5m", openTime, { open: 100, close }), false, openTime + afterMs);
    const price = (close: number, afterMs: number) =>
      world.push(world.candle("1m", openTime, { open: 100, close }), false, openTime + afterMs);
    forming(104, 11_000);
    forming(106, 15_000);
    expect(world.of("record-decision")).toHaveLength(0);
    forming(106, 22_000);
    expect(world.of("record-decision")).toHaveLength(1);
    price(107, 24_000);
    expect(world.of("save-position")[0]?.position).toMatchObject({ entryPrice: "107" });
    forming(104, 35_000);
    forming(106, 46_000);
    expect(world.of("record-decision")).toHaveLength(1);
  });

  it("is not done for those who judge closed candles", () => {
    const world = new EngineWorld();
    world.adopt(RULE, { timeframe: "5m" });
    warmFive(world);
    world.push(world.candle("5m", world.now, { open: 100, close: 110 }), false, world.now + 30_000);
    expect(world.of("record-decision")).toHaveLength(0);
  });
});

function warmFive(world: EngineWorld): void {
  for (let i = 0; i < 60; i++) fiveMinutes(world, 100);
}

describe("prices", () => {
  const candle = (openTime: number, [open, high, low, close]: readonly number[]) => ({
    symbol: "BTCUSDT",
    timeframe: "1m" as const,
    openTime,
    open: String(open),
    high: String(high),
    low: String(low),
    close: String(close),
    volume: "1",
  });
  const push = (time: number) => ({ time, closed: false, afterGap: false });

  it("tell the newly made low and high, not those already told", () => {
    const tracker = new PriceTracker();
    tracker.update(candle(0, [100, 110, 90, 100]), push(1000));
    expect(tracker.update(candle(0, [100, 110, 90, 104]), push(3000))).toMatchObject({
      jumped: false,
      low: "100",
      high: "104",
    });
    expect(tracker.update(candle(0, [100, 112, 90, 101]), push(5000))).toMatchObject({
      high: "112",
    });
  });

  it("older than what is known are not taken", () => {
    const tracker = new PriceTracker();
    tracker.update(candle(60_000, [100, 101, 99, 100]), push(61_000));
    expect(tracker.update(candle(0, [1, 1, 1, 1]), push(62_000))).toBeNull();
    expect(tracker.update(candle(60_000, [100, 101, 99, 99]), push(60_500))).toBeNull();
  });
});
