/** Whether reality agrees with a replay, and what is said when it does not. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_DRIFT_TRADES, type DriftReport } from "../../../src/app/drift.ts";
import { Decimal } from "../../../src/domain/money.ts";
import { closeTimeOf, timeframeMs } from "../../../src/domain/timeframe.ts";
import { SETTLE_AFTER_MS } from "../../../src/engine/settings.ts";
import { driftOf, driftService } from "../../support/drift-world.ts";
import { BTCUSDT, EngineWorld, START, type BarShape } from "../../support/engine-world.ts";
import { randomBars } from "../../support/random-market.ts";
import { person } from "../../support/test-app.ts";
import { LIVELY_RULES } from "../engine/backtest/run.ts";

const RULE = "enter long when close > 105 exit long when close < 101 size 10%";
const MINUTE = timeframeMs("1m");
const TERMS = { fee: "0.001", slippage: "0.0005" };

/** Warm, flat at 100, with one strategy that has closed one trade. */
function traded(rule = RULE): EngineWorld {
  const world = new EngineWorld();
  world.adopt(rule);
  world.warm();
  world.minutes([106, 107, 100, 100]);
  return world;
}

function missed(world: EngineWorld, shapes: readonly (BarShape | number)[]): void {
  const from = world.now;
  world.skip(shapes.length);
  const candles = shapes.map((shape, i) => world.candle("1m", from + i * MINUTE, shape));
  world.take({ kind: "backfill", symbol: "BTCUSDT", candles, at: world.now + 20_000 });
}

/** A close that is told late, after the next candle has opened. */
function lateMinute(world: EngineWorld, close: number, lateMs: number, next: number): void {
  const candle = world.candle("1m", world.now, close);
  world.skip(1);
  const later = world.candle("1m", world.now, { open: close, close: next });
  world.push({ ...later, high: later.open, low: later.open, close: later.open }, false, world.now);
  world.push(later, false, world.now + lateMs - 100);
  const eventTime = closeTimeOf("1m", candle.openTime);
  const frame = { candle, closed: true, eventTime, receivedAt: world.now + lateMs };
  world.take({ kind: "frame", frame, afterGap: false });
  world.push(later, false, world.now + lateMs + 1_000);
  world.push(later, true, closeTimeOf("1m", world.now));
  world.skip(1);
}

/** What is said of each trade that differs. */
function told({ rows }: DriftReport) {
  return rows
    .filter(({ status }) => status !== "same")
    .map(({ status, causes }) => [status, ...causes.map(({ code }) => code)]);
}

function sharesOf(report: DriftReport): string {
  const shares = report.byCause.map(({ quote }) => quote);
  return shares.reduce((sum, quote) => sum.plus(quote), new Decimal(0)).toFixed();
}

describe("an undisturbed run", () => {
  it("has no difference, whatever the rule and the market", async () => {
    const anyRun = fc.record({ seed: fc.nat(10_000), rule: fc.constantFrom(...LIVELY_RULES) });
    await fc.assert(
      fc.asyncProperty(anyRun, async ({ seed, rule }) => {
        const world = new EngineWorld(TERMS);
        world.adopt(rule);
        world.minutes(randomBars(seed, 400));
        const report = await driftOf(world, TERMS);
        expect(told(report)).toEqual([]);
        expect(report.difference).toBe("0");
        expect(report.rows).toHaveLength(world.of("record-fill").filter(isEntry).length);
      }),
      { numRuns: 40 },
    );
  });

  it("agrees where a stop was reached between two pushes of a minute", async () => {
    const world = traded(`${RULE} stop 5%`);
    world.minutes([106, 107]);
    const candle = world.candle("1m", world.now, { open: 107, low: 90, close: 104 });
    world.push({ ...candle, low: "107", close: "107" }, false, world.now);
    world.push({ ...candle, close: "91" }, false, world.now + 20_000);
    world.push(candle, true, closeTimeOf("1m", world.now));
    world.skip(1);
    expect(world.trades.at(-1)).toMatchObject({ exitReason: "stop_loss" });
    expect(told(await driftOf(world))).toEqual([]);
  });

  it("follows an edit in its time, and keeps an open position's rule", async () => {
    const world = traded(`${RULE} stop 5%`);
    world.minutes([106, 107]);
    const ruleText = "enter long when close > 111 exit long when close < 109 size 20%";
    world.command({
      kind: "edit-strategy",
      ownerId: "ann",
      number: 1,
      name: null,
      ruleText,
      judging: null,
    });
    world.minutes([108, 112, 100, 100, 112, 113, 108, 108]);
    const report = await driftOf(world);
    expect(told(report)).toEqual([]);
    expect(report).toMatchObject({ versions: [1, 2], counts: { same: 3 } });
  });

  it("counts what is open on both sides at the same price", async () => {
    const world = traded();
    world.minutes([106, 107, 109]);
    const report = await driftOf(world);
    expect(report.rows.at(-1)).toMatchObject({ status: "same", real: { exit: null } });
    expect(Number(report.realPnl)).not.toBe(0);
    expect(report.realPnl).toBe(report.replayPnl);
  });

  it("is too long to be compared one day, and says so", async () => {
    const world = traded();
    const run = { ...world.of("save-run").at(-1)!.run, trades: MAX_DRIFT_TRADES + 1 };
    world.effects.push({ kind: "save-run", run });
    await expect(driftOf(world)).rejects.toMatchObject({
      code: "drift-too-many",
      facts: { trades: 10_001, limit: 10_000 },
    });
  });

  it("is compared once at a time for each person", async () => {
    const world = traded();
    const drift = await driftService(world);
    const [ann, bob] = [person("ann"), person("bob")];
    const running = drift.compare(ann, 1);
    await expect(drift.compare(ann, 1)).rejects.toMatchObject({ code: "backtest-running" });
    await expect(drift.compare(bob, 2)).rejects.toMatchObject({ code: "not-found" });
    expect((await running).counts.same).toBe(1);
    await expect(drift.compare(ann, 1)).resolves.toMatchObject({ difference: "0" });
  });

  it("is nothing to compare before a candle has closed", async () => {
    const world = new EngineWorld();
    world.adopt(RULE);
    expect(await driftOf(world)).toMatchObject({ candles: 0, rows: [], difference: "0" });
  });
});

describe("a difference", () => {
  it("is put down to the hand that closed, and what came after to that", async () => {
    const world = traded();
    world.minutes([106, 107]);
    world.command({ kind: "close-positions", ownerId: "ann", numbers: [2] });
    world.minutes([104, 106, 107, 100, 100]);
    const report = await driftOf(world);
    expect(told(report)).toEqual([
      ["different", "manual"],
      ["only-real", "earlier"],
    ]);
    expect(report.rows[1]?.differences.map(({ kind }) => kind)).toContain("exit-price");
    expect(sharesOf(report)).toBe(report.difference);
  });

  it("is put down to the hand that settled while nothing was traded", async () => {
    const world = traded();
    world.minutes([106, 107]);
    const at = world.now;
    world.take({ kind: "instrument", instrument: { ...BTCUSDT, status: "BREAK" } });
    world.continueAt(at + SETTLE_AFTER_MS, 107);
    world.command({ kind: "close-positions", ownerId: "ann", numbers: [2], settle: true });
    expect(world.trades.at(-1)).toMatchObject({ number: 2, exitReason: "settled" });
    world.take({ kind: "instrument", instrument: BTCUSDT });
    world.minutes([104, 100, 100]);
    expect(told(await driftOf(world))[0]).toEqual(["different", "manual"]);
  });

  it("in size alone is only followed from the money before it", async () => {
    const world = traded();
    world.minutes([106, 107]);
    world.command({ kind: "close-positions", ownerId: "ann", numbers: [2] });
    world.minutes([100, 100, 106, 107, 100, 100]);
    const report = await driftOf(world);
    expect(told(report)).toEqual([
      ["different", "manual"],
      ["scaled", "earlier"],
    ]);
    expect(sharesOf(report)).toBe(report.difference);
  });

  it("is put down to a pause", async () => {
    const world = traded();
    world.command({ kind: "pause", ownerId: "ann", scope: "all", until: null });
    world.minutes([106, 107, 100, 100]);
    expect(told(await driftOf(world))).toEqual([["only-replay", "paused"]]);
  });

  it("is put down to the strategy being off, with its time", async () => {
    const world = traded();
    const from = world.now;
    world.command({ kind: "set-active", ownerId: "ann", numbers: [1], active: false });
    world.minutes([106, 107, 100, 100]);
    world.command({ kind: "set-active", ownerId: "ann", numbers: [1], active: true });
    const report = await driftOf(world);
    expect(told(report)).toEqual([["only-replay", "switched-off"]]);
    expect(report.rows.at(-1)?.causes).toEqual([{ code: "switched-off", from, until: world.now }]);
  });

  it("is put down to prices that did not come, for an entry and for an exit", async () => {
    const world = traded();
    missed(world, [106, 107, 100, 100]);
    world.minutes([106, 107]);
    missed(world, [
      { open: 107, close: 100 },
      { open: 100, close: 99 },
    ]);
    world.minutes([{ open: 97, close: 97 }, 97]);
    const report = await driftOf(world);
    expect(told(report)).toEqual([
      ["only-replay", "unseen"],
      ["different", "unseen"],
    ]);
    const price = report.rows.at(-1)?.differences.find(({ kind }) => kind === "exit-price");
    expect(price).toMatchObject({ real: "97", replay: "100", percent: "-3" });
    expect(sharesOf(report)).toBe(report.difference);
  });

  it("is put down to the engine, when that was not running", async () => {
    const world = traded();
    const from = world.now;
    missed(world, [106, 107, 100, 100]);
    world.take({ kind: "recovered", from, until: world.now, candlesReplayed: 4 });
    world.minute(100);
    expect(told(await driftOf(world))).toEqual([["only-replay", "away"]]);
  });

  it("is put down to a close that came late, and says by how much", async () => {
    const world = traded();
    lateMinute(world, 106, 8_000, 107);
    world.minutes([107, 100, 100]);
    const report = await driftOf(world);
    expect(told(report)).toEqual([["different", "late"]]);
    expect(report.rows.at(-1)?.causes).toEqual([{ code: "late", ms: 9_000 }]);
  });

  it("is put down to a close that came too late to enter at all", async () => {
    const world = traded();
    lateMinute(world, 106, 16_000, 107);
    world.minutes([100, 100]);
    const report = await driftOf(world);
    expect(told(report)).toEqual([["only-replay", "late"]]);
    expect(report.rows.at(-1)?.causes).toEqual([{ code: "late", ms: 16_000 }]);
  });

  it("is put down to judging the forming candle", async () => {
    const world = traded();
    const change = { name: null, ruleText: null, judging: "live" as const };
    world.command({ kind: "edit-strategy", ownerId: "ann", number: 1, ...change });
    const candle = world.candle("1m", world.now, { open: 100, high: 106, close: 100 });
    world.push({ ...candle, high: "100", close: "100" }, false, world.now);
    world.push({ ...candle, close: "106" }, false, world.now + 10_000);
    world.push({ ...candle, close: "106" }, false, world.now + 12_000);
    world.push(candle, true, closeTimeOf("1m", world.now));
    world.skip(1);
    world.minutes([100, 100]);
    const report = await driftOf(world);
    expect(report.judgesForming).toBe(true);
    expect(told(report)).toEqual([["only-real", "forming"]]);
  });

  it("is put down to the way of prices within a minute, which only reality saw", async () => {
    const world = traded(`${RULE} trail 1%`);
    world.minutes([106, 107]);
    const candle = world.candle("1m", world.now, { open: 107, high: 110, close: 109.5 });
    for (const [i, close] of ["107", "110", "108.5"].entries()) {
      const high = i === 0 ? "107" : "110";
      world.push({ ...candle, high, close }, false, world.now + i * 10_000);
    }
    world.push(candle, true, closeTimeOf("1m", world.now));
    world.skip(1);
    expect(world.trades.at(-1)).toMatchObject({ exitReason: "trailing_stop", exitPrice: "108.9" });
    expect(told(await driftOf(world))).toEqual([["different", "within-minute"]]);
  });

  it("is put down to a candle that was corrected", async () => {
    const world = traded();
    world.minutes([106, 107, 100, 100]);
    const corrected = world.candle("1m", world.now - 4 * MINUTE, { open: 100, close: 104 });
    world.push(corrected, true, world.now);
    world.minute(100);
    const report = await driftOf(world);
    expect(told(report).every((one) => one.includes("revised") || one.includes("earlier"))).toBe(
      true,
    );
    expect(told(report)[0]).toContain("revised");
  });

  it("is put down to other settings than now", async () => {
    const world = new EngineWorld(TERMS);
    world.adopt(RULE);
    world.warm();
    world.minutes([106, 107, 100, 100]);
    expect(told(await driftOf(world, TERMS))).toEqual([]);
    expect(told(await driftOf(world, { ...TERMS, slippage: "0.002" }))).toEqual([
      ["different", "slippage"],
    ]);
    expect(told(await driftOf(world, { ...TERMS, fee: "0.002" }))).toEqual([["different", "fee"]]);
  });

  it("that nothing recorded speaks for is unexplained, and stays in the sum", async () => {
    const world = traded();
    world.command({ kind: "pause", ownerId: "ann", scope: "all", until: null });
    world.minutes([106, 107, 100, 100]);
    const report = await driftOf(world, { records: { signals: [] } });
    expect(told(report)).toEqual([["only-replay", "unexplained"]]);
    expect(report.byCause).toMatchObject([{ code: "unexplained", trades: 1 }]);
    expect(sharesOf(report)).toBe(report.difference);
    expect(report.difference).not.toBe("0");
  });
});

/** As the feeds do for a market that was forgotten with its last rule. */
function loadHistory(world: EngineWorld): void {
  const candles = world.of("save-candle").map(({ candle }) => candle);
  const of = { symbol: "BTCUSDT", timeframe: "1m" as const, complete: true };
  world.take({ kind: "warm-up", ...of, candles });
}

/** Does one of the things that make reality differ. */
function disturb(world: EngineWorld, what: number, bars: readonly BarShape[]): void {
  const ownerId = "ann";
  const open = world.of("save-position").at(-1)?.position;
  switch (what) {
    case 0:
      if (open?.closedAt === null) {
        world.command({ kind: "close-positions", ownerId, numbers: [open.number] });
      }
      break;
    case 1:
      world.command({ kind: "pause", ownerId, scope: "all", until: null });
      break;
    case 2:
      world.command({ kind: "resume", ownerId, scope: "all" });
      break;
    case 3:
    case 4:
      world.command({ kind: "set-active", ownerId, numbers: [1], active: what === 3 });
      break;
    case 5:
      missed(world, bars.slice(0, 7));
      break;
    default: {
      const ruleText = LIVELY_RULES[what % LIVELY_RULES.length]!;
      const change = { name: null, ruleText, judging: null };
      world.command({ kind: "edit-strategy", ownerId, number: 1, ...change });
      if (world.engine.historyNeeds().length > 0) loadHistory(world);
    }
  }
}

describe("whatever happened to a run", () => {
  it("each difference has a recorded cause, and they add up to the whole", async () => {
    const anyRun = fc.record({
      seed: fc.nat(10_000),
      rule: fc.constantFrom(...LIVELY_RULES),
      happened: fc.array(fc.nat(9), { minLength: 1, maxLength: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(anyRun, async ({ seed, rule, happened }) => {
        const world = new EngineWorld(TERMS);
        world.adopt(rule);
        world.minutes(randomBars(seed, 120));
        for (const [i, what] of happened.entries()) {
          disturb(world, what, randomBars(seed + 10 * i, 40));
          world.minutes(randomBars(seed + i, 40));
        }
        const report = await driftOf(world, TERMS);
        expect(sharesOf(report)).toBe(report.difference);
        expect(report.byCause.map(({ code }) => code)).not.toContain("unexplained");
      }),
      { numRuns: 60 },
    );
  });
});

describe("a strategy that had to load its history first", () => {
  it("is not blamed for what it could not judge", async () => {
    const world = traded();
    const judged = { id: "j", kind: "judged" as const, symbol: null, until: null, ruleText: null };
    const strategyId = world.of("save-strategy")[0]!.strategy.id;
    const circumstances = [{ ...judged, strategyId, at: world.now, ruleVersion: 1 }];
    const none = { trades: [], positions: [], orders: [], fills: [], signals: [], circumstances };
    const report = await driftOf(world, { records: none });
    expect(told(report)).toEqual([["only-replay", "warming-up"]]);
    expect(report.rows[0]?.causes).toEqual([{ code: "warming-up", from: START, until: world.now }]);
  });
});

function isEntry({ fill }: { readonly fill: { readonly orderId: string } }): boolean {
  return fill.orderId.endsWith(":entry");
}
