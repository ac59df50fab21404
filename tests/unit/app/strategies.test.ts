/** Strategies are made from checked rules and symbols, within limits, and changed by their owner alone. */
import { describe, expect, it } from "vitest";
import { RuleRefused } from "../../../src/app/rule-refused.ts";
import { Fault } from "../../../src/domain/fault.ts";
import type { Command } from "../../../src/engine/command.ts";
import { person, RULE, testApp, type TestApp } from "../../support/test-app.ts";

const ada = person("ada");
const request = { name: "Swing", symbol: "btc/usdt", timeframe: "1h", ruleText: RULE } as const;

const kinds = ({ gateway }: TestApp): readonly string[] =>
  gateway.executed.map((command: Command) => command.kind);

describe("making a strategy", () => {
  it("hands the engine a draft in canonical form", async () => {
    const { app, gateway } = testApp();
    const strategy = await app.strategies.create(ada, { ...request, name: " My\nswing " });
    expect(strategy.number).toBe(1);
    expect(gateway.executed).toEqual([
      {
        kind: "create-strategies",
        ownerId: "ada",
        drafts: [
          {
            name: "My swing",
            symbol: "BTCUSDT",
            timeframe: "1h",
            ruleText: "enter long when rsi(14) < 30\nexit long when rsi(14) > 70\nstop 2%",
            template: null,
            judging: "closed",
            active: true,
            startingBalance: "10000",
          },
        ],
      },
    ]);
  });

  it("points at what is wrong in a rule, and makes nothing", async () => {
    const test = testApp();
    const ruleText = "enter long when rssi(14) < 30\nexit long when close > smaa(5)";
    const failure = await test.app.strategies
      .create(ada, { ...request, ruleText })
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RuleRefused);
    const { problems, code } = failure as RuleRefused;
    expect(code).toBe("rule-unknown-indicator");
    expect(problems.map(({ line, caret }) => `${line}\n${caret}`)).toEqual([
      "enter long when rssi(14) < 30\n                ^^^^",
      "exit long when close > smaa(5)\n                       ^^^^",
    ]);
    expect(kinds(test)).toEqual([]);
  });

  it.each([
    [{ symbol: "NOPEUSDT" }, "unknown-symbol"],
    [{ symbol: "BTC; drop" }, "unknown-symbol"],
    [{ symbol: "ETHBTC" }, "wrong-quote-asset"],
    [{ symbol: "LUNAUSDT" }, "symbol-not-trading"],
    [{ name: "\u200B" }, "name-empty"],
    [{ ruleText: `${RULE} size 100 EUR` }, "rule-quote-asset"],
  ])("refuses %j", async (change, code) => {
    const test = testApp();
    await expect(test.app.strategies.create(ada, { ...request, ...change })).rejects.toThrow(code);
    expect(kinds(test)).toEqual([]);
  });

  it("stops at the limit, also when many are made at once", async () => {
    const test = testApp({ maxStrategiesPerUser: 3 });
    const results = await Promise.allSettled(
      Array.from({ length: 6 }, () => test.app.strategies.create(ada, request)),
    );
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(3);
    expect(test.gateway.strategies("ada")).toHaveLength(3);
    await expect(test.app.strategies.create(ada, request)).rejects.toThrow(
      expect.objectContaining({
        code: "too-many-strategies",
        facts: { limit: 3, count: 3, wanted: 1 },
      }),
    );
    // Another person's limit is their own.
    expect((await test.app.strategies.create(person("bob"), request)).number).toBe(1);
  });

  it("is possible again after a creation that failed", async () => {
    const test = testApp();
    test.gateway.fault = new Fault("engine-busy", { waiting: 1 });
    await expect(test.app.strategies.create(ada, request)).rejects.toThrow("engine-busy");
    test.gateway.fault = null;
    expect((await test.app.strategies.create(ada, request)).number).toBe(1);
  });
});

describe("adopting", () => {
  it("takes all 42 templates once for each symbol", async () => {
    const { app } = testApp();
    const first = await app.strategies.adopt(ada, "all", null);
    expect(first.strategies).toHaveLength(42);
    expect(first.strategies.every((one) => one.active && one.symbol === "BTCUSDT")).toBe(true);
    await expect(app.strategies.adopt(ada, "ALL", "BTCUSDT")).rejects.toThrow("all-adopted");
    expect((await app.strategies.adopt(ada, "all", "ethusdt")).strategies).toHaveLength(42);
  });

  it("takes one by key and refuses it the second time, naming the first", async () => {
    const { app } = testApp();
    const { strategies } = await app.strategies.adopt(ada, "RSI-reversal-15m", null);
    expect(strategies).toEqual([
      expect.objectContaining({ template: "rsi-reversal-15m", timeframe: "15m" }),
    ]);
    await expect(app.strategies.adopt(ada, "rsi-reversal-15m", null)).rejects.toThrow(
      expect.objectContaining({ code: "already-adopted", facts: { number: 1 } }),
    );
  });

  it("adds what is missing and counts what was there", async () => {
    const { app } = testApp();
    await app.strategies.adopt(ada, "adx-trend-1d", null);
    const { strategies, skipped } = await app.strategies.adopt(ada, "all", null);
    expect([strategies.length, skipped]).toEqual([41, 1]);
  });

  it("adopts nothing rather than a part when the limit is near", async () => {
    const test = testApp({ maxStrategiesPerUser: 41 });
    await expect(test.app.strategies.adopt(ada, "all", null)).rejects.toThrow(
      "too-many-strategies",
    );
    expect(test.gateway.strategies("ada")).toHaveLength(0);
    await expect(test.app.strategies.adopt(ada, "nothing-1h", null)).rejects.toThrow(
      "unknown-template",
    );
  });
});

describe("changing a strategy", () => {
  it("edits rule, name and judging, each canonical", async () => {
    const test = testApp();
    await test.app.strategies.create(ada, request);
    await test.app.strategies.edit(ada, 1, { ruleText: "enter long when close>ema(10)" });
    await test.app.strategies.edit(ada, 1, { name: "New\tname", judging: "live" });
    expect(test.app.strategies.find(ada, 1).strategy).toMatchObject({
      ruleText: "enter long when close > ema(10)",
      name: "New name",
      judging: "live",
    });
  });

  it("copies the rule and the judging to another symbol", async () => {
    const { app } = testApp();
    await app.strategies.create(ada, request);
    await app.strategies.edit(ada, 1, { judging: "live" });
    const copy = await app.strategies.copy(ada, 1, "ethusdt");
    expect(copy).toMatchObject({ number: 2, symbol: "ETHUSDT", judging: "live", template: null });
  });

  it("resets into the next run and says which position was closed", async () => {
    const test = testApp();
    await test.app.strategies.create(ada, request);
    test.gateway.openPosition("ada", 1);
    const { before, after, closedPosition } = await test.app.strategies.reset(ada, 1);
    expect([before.run, after?.run, closedPosition]).toEqual([1, 2, 1]);
  });

  it("does not reset or delete when there is no price to close at", async () => {
    const test = testApp();
    await test.app.strategies.create(ada, request);
    test.gateway.openPosition("ada", 1);
    test.gateway.priceIsFresh = false;
    const stale = expect.objectContaining({
      code: "price-stale",
      facts: { what: "strategy", number: 1 },
    });
    await expect(test.app.strategies.reset(ada, 1)).rejects.toThrow(stale);
    await expect(test.app.strategies.delete(ada, 1)).rejects.toThrow(stale);
    expect(test.app.strategies.find(ada, 1).strategy.run).toBe(1);
  });

  it("deletes and forgets the number", async () => {
    const { app } = testApp();
    await app.strategies.create(ada, request);
    await app.strategies.delete(ada, 1);
    expect(() => app.strategies.find(ada, 1)).toThrow("not-found");
    expect((await app.strategies.create(ada, request)).number).toBe(2);
  });
});

describe("toggling", () => {
  it("flips one strategy", async () => {
    const { app } = testApp();
    await app.strategies.create(ada, request);
    expect(app.strategies.planToggle(ada, 1, null)).toEqual({ numbers: [1], active: false });
    await app.strategies.setActive(ada, { numbers: [1], active: false });
    expect(app.strategies.planToggle(ada, 1, null)).toEqual({ numbers: [1], active: true });
    expect(app.strategies.planToggle(ada, 1, false)).toEqual({ numbers: [1], active: false });
  });

  it("switches a group off only when all of it is on", async () => {
    const { app } = testApp();
    await app.strategies.create(ada, request);
    await app.strategies.create(ada, request);
    await app.strategies.create(ada, { ...request, timeframe: "4h" });
    expect(app.strategies.planToggle(ada, "1h", null)).toEqual({ numbers: [1, 2], active: false });
    await app.strategies.setActive(ada, { numbers: [2], active: false });
    expect(app.strategies.planToggle(ada, "1h", null)).toEqual({ numbers: [1, 2], active: true });
    expect(app.strategies.planToggle(ada, "all", null).numbers).toEqual([1, 2, 3]);
    expect(() => app.strategies.planToggle(ada, "1d", null)).toThrow("no-strategies");
  });
});

describe("those who may not trade", () => {
  it.each([person("v", { role: "viewer" }), person("s", { suspended: true })])(
    "reach nothing of the engine ($id)",
    async (actor) => {
      const test = testApp();
      const { strategies } = test.app;
      const attempts = [
        () => strategies.create(actor, request),
        () => strategies.copy(actor, 1, null),
        () => strategies.adopt(actor, "all", null),
        () => strategies.edit(actor, 1, { name: "x" }),
        () => strategies.delete(actor, 1),
        () => strategies.reset(actor, 1),
        () => strategies.setActive(actor, { numbers: [1], active: true }),
      ];
      for (const attempt of attempts)
        await expect(attempt()).rejects.toThrow(/forbidden|suspended/);
      expect(kinds(test)).toEqual([]);
    },
  );
});
