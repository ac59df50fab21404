/** Edits, moves and restarts together: a restart changes nothing, and neither does anybody else. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Effect } from "../../../src/engine/effect.ts";
import { restore } from "../../../src/engine/restore.ts";
import { BTCUSDT, EngineWorld } from "../../support/engine-world.ts";
import { randomBars } from "../../support/random-market.ts";
import { storedState } from "../../support/stored-state.ts";

const RULES = [
  "enter long when close > sma(3) exit long when close < sma(3) size 10%",
  "enter long when close > sma(3) stop 3% trail 2% after 0.2% size 10%",
  "enter short when close < sma(4) exit short when close > sma(2) take 3% max 17m size 10%",
  "enter short when close < sma(2) stop 3% trail 2% size 10%",
  "enter long when close > sma(2) trail 3% stop 5% size 10%",
];
const OWNERS = ["ann", "bob", "cleo"];
const MINUTES = 120;
const TERMS = { fee: "0.001", slippage: "0.0005" };

/** What one person decides to do before a minute. */
interface Deed {
  readonly minute: number;
  readonly owner: number;
  readonly rule: number;
  readonly moves: boolean;
}

interface Story {
  readonly seed: number;
  readonly first: readonly number[];
  readonly deeds: readonly Deed[];
  readonly restart: number;
}

const rule = fc.nat({ max: RULES.length - 1 });
const story: fc.Arbitrary<Story> = fc.record({
  seed: fc.integer(),
  first: fc.array(rule, { minLength: OWNERS.length, maxLength: OWNERS.length }),
  deeds: fc.array(
    fc.record({
      minute: fc.nat({ max: MINUTES - 1 }),
      owner: fc.nat({ max: OWNERS.length - 1 }),
      rule,
      moves: fc.boolean(),
    }),
    { minLength: 10, maxLength: 30 },
  ),
  restart: fc.nat({ max: MINUTES - 1 }),
});

/** Another engine on what is stored. */
function restarted(before: EngineWorld, stored: readonly Effect[]): EngineWorld {
  const world = new EngineWorld(TERMS);
  world.effects.push(...restore(world.engine, storedState(stored), before.now));
  world.take({ kind: "instrument", instrument: BTCUSDT });
  const candles = stored.flatMap((one) => (one.kind === "save-candle" ? [one.candle] : []));
  world.take({ kind: "warm-up", symbol: "BTCUSDT", timeframe: "1m", candles, complete: true });
  world.continueAt(before.now, 0);
  return world;
}

/** All effects of what these people do; those who do not take part do nothing. */
function told({ seed, first, deeds }: Story, restart: number | null, people = OWNERS): Effect[] {
  let world = new EngineWorld(TERMS);
  const past: Effect[] = [];
  for (const [i, owner] of OWNERS.entries()) {
    if (people.includes(owner)) world.adopt(RULES[first[i]!]!, {}, owner);
  }
  const bars = randomBars(seed, 60 + MINUTES);
  world.minutes(bars.slice(0, 60));
  for (const [minute, bar] of bars.slice(60).entries()) {
    for (const deed of deeds.filter((one) => one.minute === minute)) {
      const ownerId = OWNERS[deed.owner]!;
      if (!people.includes(ownerId)) continue;
      const change = { name: null, ruleText: RULES[deed.rule]!, judging: null };
      world.command({ kind: "edit-strategy", ownerId, number: 1, ...change });
      if (deed.moves) world.command({ kind: "move-position", ownerId, number: 1 });
    }
    if (minute === restart) {
      past.push(...world.effects);
      world = restarted(world, past);
    }
    world.minute(bar);
  }
  return [...past, ...world.effects];
}

/** What befell one person: orders, positions, trades and messages. */
function of(owner: string, effects: readonly Effect[]): readonly string[] {
  return effects
    .filter(({ kind }) => kind !== "record-circumstance")
    .map((effect) => JSON.stringify(effect))
    .filter((line) => line.includes(`"${owner}`));
}

it("edits and moves come to the same with a restart anywhere between", () => {
  fc.assert(
    fc.property(story, (one) => {
      const [whole, broken] = [told(one, null), told(one, one.restart)];
      for (const owner of OWNERS) expect(of(owner, broken)).toEqual(of(owner, whole));
    }),
    { numRuns: 40 },
  );
});

it("edits and moves come to the same whoever else does what", () => {
  fc.assert(
    fc.property(story, (one) => {
      const everybody = told(one, null);
      expect(of("ann", told(one, null, ["ann"]))).toEqual(of("ann", everybody));
    }),
    { numRuns: 40 },
  );
});

const OLD = "enter long when close > 105 exit long when close < 101 stop 20% size 10%";
const TRAILING = "enter long when close > 105 trail 90% size 10%";
const NEVER = "enter long when close > 1000";

function edit(world: EngineWorld, ruleText: string, ownerId = "ann"): void {
  const change = { name: null, ruleText, judging: null };
  world.command({ kind: "edit-strategy", ownerId, number: 1, ...change });
}

function move(world: EngineWorld, ownerId = "ann"): void {
  world.command({ kind: "move-position", ownerId, number: 1 });
}

describe("the only rule on a symbol", () => {
  it("is judged on the next candle after an edit, with the candles known before", () => {
    const world = new EngineWorld();
    world.adopt(OLD);
    world.warm();
    edit(world, "enter long when close > sma(3) size 10%");
    expect(world.engine.closedUntil("BTCUSDT", "1m")).toBe(world.now);
    world.minutes([101, 101]);
    expect(world.of("save-position")).toHaveLength(1);
    world.take({ kind: "tick", at: world.now });
    const plans = world.engine.registry.market("BTCUSDT").group("1m").plans;
    expect(plans.has(OLD)).toBe(false);
  });
});

describe("a position that was moved", () => {
  it("follows its own best price, not that of another's that was moved with it", () => {
    const world = new EngineWorld();
    world.adopt(TRAILING);
    world.adopt(OLD, {}, "bob");
    world.warm();
    world.minutes([106, { high: 120, low: 107, close: 119 }, 118.9]);
    for (const ownerId of ["ann", "bob"]) {
      edit(world, `${NEVER} trail 5%`, ownerId);
      move(world, ownerId);
    }
    const stops = world
      .of("save-position")
      .slice(-2)
      .map(({ position }) => position);
    expect(stops.map((one) => one.trailingStopPrice)).toEqual(["114", "112.95"]);
    world.minute({ low: 113.5, close: 115 });
    expect(world.trades).toMatchObject([{ ownerId: "ann", exitPrice: "114" }]);
  });

  it("starts from the same price whoever else holds a position on its symbol", () => {
    const stops = [false, true].map((accompanied) => {
      const world = new EngineWorld();
      world.adopt(OLD);
      if (accompanied) world.adopt(TRAILING, {}, "bob");
      world.warm();
      world.minutes([106, 107, { high: 120, low: 107, close: 119 }, 110]);
      edit(world, `${NEVER} trail 20%`);
      move(world);
      return world.of("save-position").at(-1)?.position.trailingStopPrice;
    });
    expect(stops).toEqual(["88", "88"]);
  });
});
