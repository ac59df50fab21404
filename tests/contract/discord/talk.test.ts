/** Talking with the bot on Discord: what is missing is a tap away, long commands are watched and ended. */
import { describe, expect, test } from "vitest";
import { RULE } from "../../support/test-app.ts";
import { CALLBACK } from "../../support/discord/interaction.ts";
import { discordWorld, eventually, labels } from "./discord-fixture.ts";

const DEFERRED = { timing: { deferAfterMs: 1, progressEveryMs: 1 } };

describe("what is missing on Discord", () => {
  test("leads from /start to a running strategy in two taps more", async () => {
    const { member, gateway, discord } = await discordWorld();
    const ann = await member("ann");
    await ann.slash("start").answered();
    // Help is longer than one message; its buttons are under the last.
    const last = () => [...discord.messages.values()].find((one) => labels(one).length > 0);
    await discord.until(() => last() !== undefined);
    const start = last()!;
    expect(labels(start)).not.toContain("Write a rule");
    const rules = await ann.press(start, "Choose a built-in rule").message();
    expect(labels(rules)).toContain("Next");
    const made = await ann.press(rules, "RSI reversal 15m").message();
    expect(made.content).toContain("#1 RSI reversal 15m runs on BTCUSDT 15m");
    expect(gateway.strategies("ann")).toHaveLength(1);
  });

  test("a rule is seen in words before it is made, and tested beside that", async () => {
    const { member, gateway } = await discordWorld();
    const ann = await member("ann");
    const values = { name: "dip", symbol: "ETHUSDT", timeframe: "15m", rule: RULE };
    const preview = await ann.slash("new", values).message();
    expect(preview.content).toContain("Buys when RSI(14) is below 30.");
    expect(labels(preview)).toEqual(["Create", "Backtest", "Cancel"]);
    const tested = await ann.press(preview, "Backtest").message();
    expect(tested).not.toBe(preview);
    expect(tested.content).toContain("Backtest: ETHUSDT 15m");
    await ann.press(preview, "Create").message();
    expect(preview.content).toContain("#1 dip runs on ETHUSDT 15m");
    expect(gateway.strategies("ann")).toHaveLength(1);
  });
});

describe("a long command on Discord", () => {
  test("says how far it is where its answer will stand", async () => {
    const { member, exchange, discord } = await discordWorld({ adapter: DEFERRED });
    const ann = await member("ann");
    const gate = Promise.withResolvers<void>();
    exchange.gate = gate.promise;
    const asked = ann.slash("backtest", { what: "adx-trend-1d" });
    const live = await asked.message();
    expect(asked.acknowledgement).toBe(CALLBACK.deferredMessage);
    await eventually(() => live.content === "Fetching candles, 0 %");
    expect(labels(live)).toEqual(["Cancel"]);
    gate.resolve();
    await eventually(() => live.content.includes("Backtest: BTCUSDT 1d"));
    expect(discord.complaints).toEqual([]);
  });

  test("ends with a tap or /cancel, and then its message says so", async () => {
    const { member, exchange } = await discordWorld({ adapter: DEFERRED });
    const ann = await member("ann");
    exchange.gate = new Promise(() => undefined);
    const first = await ann.slash("backtest", { what: "adx-trend-1d" }).message();
    await eventually(() => labels(first).includes("Cancel"));
    await ann.press(first, "Cancel").answered();
    await eventually(() => first.content === "Stopped: /backtest.");
    const second = await ann.slash("backtest", { what: "adx-trend-1d" }).message();
    const answer = await ann.slash("cancel").message();
    expect(answer.content).toBe("Stopped: /backtest.");
    await eventually(() => second.content === "Stopped: /backtest.");
    expect(labels(second)).toEqual([]);
  });
});
