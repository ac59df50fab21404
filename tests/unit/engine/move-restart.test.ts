/** Edits, moves and restarts together: a restart changes nothing, and neither does anybody else. */
import fc from "fast-check";
import { expect, it } from "vitest";
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
