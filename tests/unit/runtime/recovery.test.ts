/** What a start makes of stored candles and watermarks. */
import { describe, expect, it } from "vitest";
import type { Candle } from "../../../src/domain/candle.ts";
import { timeframeMs } from "../../../src/domain/timeframe.ts";
import type { EngineStore } from "../../../src/ports/engine-store.ts";
import { recoverEngine } from "../../../src/runtime/recovery.ts";
import { EngineWorld } from "../../support/engine-world.ts";
import { MemoryAccountStore } from "../../support/memory-stores.ts";
import { silentLogger } from "../../support/silent-logger.ts";
import { storedState } from "../../support/stored-state.ts";

const MINUTE = timeframeMs("1m");

const TRAILING = "enter long when close > 105 trail 1% after 1% size 10%";
const STOPPED = "enter long when close > 105 stop 5% take 20% size 10%";

/** A position of each rule, and a store whose candles go on after the newest judged one. */
function stored(...rules: readonly string[]) {
  const world = new EngineWorld();
  for (const rule of rules) world.adopt(rule);
  world.warm();
  world.minutes([106, 107]);
  const state = storedState(world.effects);
  const judged = world.of("save-candle").map(({ candle }) => candle);
  const imported = world.candle("1m", world.now, { open: 107, high: 200, close: 107 });
  const candles: readonly Candle[] = [...judged, imported];
  const openPositions = world.of("save-position").map(({ position }) => position);
  const asked: number[] = [];
  const store: EngineStore = {
    load: () =>
      Promise.resolve({
        ...state,
        openPositions,
        watermarks: [{ symbol: "BTCUSDT", timeframe: "1m", openTime: world.now - MINUTE }],
        lastCommitAt: world.now,
        damaged: [],
      }),
    candles: (_symbol, _timeframe, { from, to }) => {
      if (to - from > MINUTE) throw new TypeError("a start reads no more than a minute");
      const range = candles.filter(({ openTime }) => openTime >= from && openTime <= to);
      return Promise.resolve(range);
    },
    extremes: (_symbol, _timeframe, { from, to }) => {
      asked.push(from);
      const range = candles.filter(({ openTime }) => openTime >= from && openTime <= to);
      const highs = range.map(({ high }) => Number(high));
      const lows = range.map(({ low }) => Number(low));
      return Promise.resolve({ low: `${Math.min(...lows)}`, high: `${Math.max(...highs)}` });
    },
    commit: () => Promise.resolve(),
  };
  return { store, now: world.now, asked, openPositions };
}

describe("a start", () => {
  it("takes the best price from candles the engine had judged, not from later stored ones", async () => {
    const { store, now } = stored(TRAILING);
    const modules = { store, accounts: new MemoryAccountStore(), logger: silentLogger };
    const { engine, judgedUntil } = await recoverEngine(modules, {}, now);
    const [state] = engine.registry.states();
    expect(state?.position?.bestPrice).toBe("107");
    expect(judgedUntil("BTCUSDT", "1m")).toBe(now);
    expect(judgedUntil("BTCUSDT", "5m")).toBeNull();
    // Until a price comes, and should none come any more, this is the last one known.
    const last = engine.registry.markets.get("BTCUSDT")?.lastPrice;
    expect(last).toEqual({ price: "107", at: now - 1 });
  });
  it("takes none from before a position was moved to the rule it follows", async () => {
    const { store, now, openPositions } = stored(TRAILING);
    const [position] = openPositions;
    if (position === undefined) throw new TypeError("no position was stored");
    const moved = { ...position, bestPrice: "106.5", ruleSince: now };
    const load = async () => ({ ...(await store.load()), openPositions: [moved] });
    const modules = { accounts: new MemoryAccountStore(), logger: silentLogger };
    const { engine } = await recoverEngine({ ...modules, store: { ...store, load } }, {}, now);
    const [state] = engine.registry.states();
    expect(state?.position?.bestPrice).toBe("106.5");
  });

  it("asks once for what several trailing stops need, and for nothing where none trails", async () => {
    const modules = { accounts: new MemoryAccountStore(), logger: silentLogger };
    const { store, now, asked, openPositions } = stored(TRAILING, STOPPED, TRAILING);
    const { engine } = await recoverEngine({ ...modules, store }, {}, now);
    expect(openPositions.length).toBe(3);
    expect(asked).toEqual([openPositions[0]?.openedAt]);
    const best = [...engine.registry.states()].map(({ position }) => position?.bestPrice);
    expect(best).toEqual(["107", openPositions[1]?.bestPrice, "107"]);
    const without = stored(STOPPED);
    await recoverEngine({ ...modules, store: without.store }, {}, without.now);
    expect(without.openPositions.length).toBe(1);
    expect(without.asked).toEqual([]);
  });
});
