/** Talking with the bot on Telegram: what is missing is asked for, long commands are watched and ended. */
import { describe, expect, it } from "vitest";
import { RULE } from "../../support/test-app.ts";
import type { Shown } from "../../support/telegram/chat-rooms.ts";
import { scene } from "./telegram-scene.ts";

const labels = ({ keyboard }: Shown): readonly string[] => keyboard.flat().map(({ text }) => text);
const AT_ONCE = { progress: { firstAfterMs: 0, everyMs: 0 } };
const group = -100;

describe("what is missing", () => {
  it("leads from /start to a running strategy in two taps more", async () => {
    const bot = await scene();
    const { phone, user } = await bot.member(1);
    const start = await phone.ask("/start");
    const rules = await phone.pressAndSee(start, "Choose a built-in rule");
    const made = await phone.pressAndSee(rules, "RSI reversal 15m");
    expect(made.text).toContain("#1 RSI reversal 15m runs on BTCUSDT 15m");
    expect(bot.app.queries.strategies(user)).toHaveLength(1);
  });

  it("is written or tapped, up to a strategy that was seen before it was made", async () => {
    const bot = await scene();
    const { phone, user } = await bot.member(1);
    expect((await phone.ask("/new")).text).toContain("What shall it be called?");
    // Not a command, though a command begins with the same word.
    const symbol = await phone.ask("Start of something");
    const timeframe = await phone.pressAndSee(symbol, "ETHUSDT");
    const rule = await phone.pressAndSee(timeframe, "15m");
    expect(rule.text).toContain("Start of something · ETHUSDT · 15m");
    const refused = await phone.ask("enter long when rssi(14) < 30");
    expect(refused.text).toContain('Did you mean "rsi"?');
    expect(refused.text).toContain("is kept");
    const preview = await phone.ask(RULE);
    expect(preview.text).toContain("Buys when RSI(14) is below 30.");
    expect(preview.text).toMatch(/In the last 41d 16h it would/);
    expect(labels(preview)).toEqual(["Create", "Backtest", "Cancel"]);
    const test = await phone.pressAndGet(preview, "Backtest");
    expect(test.text).toContain("Backtest: ETHUSDT 15m");
    const made = await phone.pressAndSee(preview, "Create");
    expect(made.text).toContain("#1 Start of something runs on ETHUSDT 15m");
    expect(bot.app.queries.strategies(user)).toHaveLength(1);
    expect(bot.unexpected).toEqual([]);
  });

  it("is tapped in a group, and plain words there mean nothing", async () => {
    const bot = await scene();
    const { phone, user } = await bot.member(1);
    await phone.ask("/adopt rsi-reversal-1m");
    const inGroup = () => bot.server.rooms.shownIn(group);
    phone.sayIn(group, "/strategy");
    const asked = await bot.server.until(() => inGroup()[0]);
    expect(labels(asked)).toEqual(["#1 RSI reversal 1m (BTCUSDT 1m)", "Cancel"]);
    phone.sayIn(group, "1");
    const shown = await phone.pressAndSee(asked, "#1 RSI reversal 1m (BTCUSDT 1m)");
    expect(shown.text).toContain("#1 RSI reversal 1m");
    expect(inGroup()).toHaveLength(1);
    expect(bot.catalogue.awaits({ user, platform: "telegram", place: "private" })).toBe(false);
  });
});

describe("a long command", () => {
  it("says how far it is in one message, which its answer takes the place of", async () => {
    const bot = await scene({ options: AT_ONCE });
    const { phone } = await bot.member(1);
    const gate = Promise.withResolvers<void>();
    bot.exchange.gate = gate.promise;
    const live = await phone.ask("/backtest adx-trend-1d");
    await bot.server.until(() => (live.text === "Fetching candles, 0 %" ? live : undefined));
    expect(labels(live)).toEqual(["Cancel"]);
    gate.resolve();
    await bot.server.until(() => (live.text.includes("Backtest: BTCUSDT 1d") ? live : undefined));
    expect(phone.seen).toHaveLength(1);
  });

  it("holds nobody up, not even who sent it, and ends with a tap", async () => {
    const bot = await scene({ options: AT_ONCE });
    const [ann, bob] = [await bot.member(1), await bot.member(2)];
    bot.exchange.gate = new Promise(() => undefined);
    const live = await ann.phone.ask("/backtest adx-trend-1d");
    expect((await ann.phone.ask("/version")).text).toContain("1.2.3");
    expect((await bob.phone.ask("/version")).text).toContain("1.2.3");
    expect((await bob.phone.ask("/cancel")).text).toContain("nothing to cancel");
    expect((await ann.phone.ask("/backtest 1d rsi-reversal-1d")).text).toContain("/cancel");
    ann.phone.press(live, "Cancel");
    await bot.server.until(() => (live.text === "Stopped: /backtest." ? live : undefined));
    bot.exchange.gate = Promise.resolve();
    expect((await ann.phone.ask("/backtest adx-trend-1d")).text).not.toContain("running");
  });

  it("ends with /cancel, in one line, and its message says so too", async () => {
    const bot = await scene({ options: AT_ONCE });
    const { phone } = await bot.member(1);
    bot.exchange.gate = new Promise(() => undefined);
    const live = await phone.ask("/backtest adx-trend-1d");
    expect((await phone.ask("/cancel")).text).toBe("Stopped: /backtest.");
    await bot.server.until(() => (live.text === "Stopped: /backtest." ? live : undefined));
    expect(phone.seen).toHaveLength(2);
    expect(live.keyboard).toEqual([]);
  });

  it("that ends before anything was shown is told once", async () => {
    const bot = await scene();
    const { phone } = await bot.member(1);
    bot.exchange.gate = new Promise(() => undefined);
    phone.say("/backtest adx-trend-1d");
    expect((await phone.ask("/version")).text).toContain("1.2.3");
    expect((await phone.ask("/cancel")).text).toBe("Stopped: /backtest.");
    expect((await phone.ask("/version")).text).toContain("1.2.3");
    expect(phone.seen).toHaveLength(3);
  });
});
