/** Closing, pausing and resuming act on the actor's own things, and every act is on the record. */
import { describe, expect, it } from "vitest";
import { MAX_PAUSE_MS } from "../../../src/app/trading.ts";
import { NOON, person, RULE, testApp, type TestApp } from "../../support/test-app.ts";

const ada = person("ada");
const request = { name: "Swing", symbol: "BTCUSDT", timeframe: "1h", ruleText: RULE } as const;
const HOUR_MS = 3_600_000;

async function withPositions(count: number): Promise<TestApp> {
  const test = testApp();
  for (let number = 1; number <= count; number++) {
    await test.app.strategies.create(ada, request);
    test.gateway.openPosition("ada", number);
  }
  return test;
}

describe("closing", () => {
  it("orders one position closed by its number", async () => {
    const test = await withPositions(2);
    const items = await test.app.trading.close(ada, 2);
    expect(items).toEqual([expect.objectContaining({ number: 2, outcome: "done" })]);
    expect(test.app.queries.positions(ada).map((view) => view.position.number)).toEqual([1]);
  });

  it("orders all closed, or says that none is open", async () => {
    const test = await withPositions(3);
    expect(await test.app.trading.close(ada, "all")).toHaveLength(3);
    await expect(test.app.trading.close(ada, "all")).rejects.toThrow("no-open-positions");
    await expect(test.app.trading.close(ada, 1)).rejects.toThrow("not-found");
  });

  it("waits for the next price when there is none now", async () => {
    const test = await withPositions(1);
    test.gateway.priceIsFresh = false;
    const items = await test.app.trading.close(ada, 1);
    expect(items[0]?.outcome).toBe("waiting");
  });

  it("never touches another person's position", async () => {
    const test = await withPositions(1);
    await expect(test.app.trading.close(person("eve"), 1)).rejects.toThrow("not-found");
    await expect(test.app.trading.close(person("eve"), "all")).rejects.toThrow("no-open-positions");
    expect(test.app.queries.positions(ada)).toHaveLength(1);
  });

  it("is noted in the audit log with its outcome", async () => {
    const test = await withPositions(1);
    await test.app.trading.close(ada, 1);
    expect(test.accounts.audited.at(-1)).toEqual({
      at: NOON,
      userId: "ada",
      action: "close-positions",
      facts: { outcomes: ["1 done"] },
    });
  });
});

describe("pausing", () => {
  it.each([
    ["all", "all"],
    ["ALL", "all"],
    ["1", "#1"],
    ["#1", "#1"],
    ["btc/usdt", "BTCUSDT"],
  ])("understands the scope %j", async (typed, scope) => {
    const test = await withPositions(1);
    await test.app.trading.pause(ada, typed, HOUR_MS);
    expect(test.app.trading.pauses(ada)).toEqual([
      { ownerId: "ada", scope, since: NOON, until: NOON + HOUR_MS },
    ]);
  });

  it("lasts until it is lifted when no duration is given", async () => {
    const test = await withPositions(1);
    expect((await test.app.trading.pause(ada, "all", null)).until).toBeNull();
  });

  it("refuses scopes that are nothing of the actor's, and absurd durations", async () => {
    const test = await withPositions(1);
    await expect(test.app.trading.pause(ada, "9", null)).rejects.toThrow("not-found");
    await expect(test.app.trading.pause(ada, "ETHUSDT", null)).rejects.toThrow("no-strategy-on");
    await expect(test.app.trading.pause(ada, "!!", null)).rejects.toThrow("unknown-symbol");
    await expect(test.app.trading.pause(ada, "all", MAX_PAUSE_MS + 1)).rejects.toThrow(
      "pause-too-long",
    );
    expect(test.app.trading.pauses(ada)).toEqual([]);
  });

  it("is lifted for one scope, or for all when none is named", async () => {
    const test = await withPositions(2);
    for (const scope of ["all", "1", "BTCUSDT"]) await test.app.trading.pause(ada, scope, null);
    expect(test.app.trading.pauses(ada).map((pause) => pause.scope)).toEqual([
      "all",
      "BTCUSDT",
      "#1",
    ]);
    expect(await test.app.trading.resume(ada, "1")).toEqual(["#1"]);
    await expect(test.app.trading.resume(ada, "1")).rejects.toThrow("not-paused");
    expect(await test.app.trading.resume(ada, null)).toEqual(["all", "BTCUSDT"]);
    await expect(test.app.trading.resume(ada, null)).rejects.toThrow("not-paused");
  });
});
