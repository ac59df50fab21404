/**
 * Every command, in words and with filled-in options: both do the same, and the answer says what was
 * done. The engine, the exchange and storage are stand-ins.
 */
import { describe, expect, it } from "vitest";
import { NOON, person, RULE } from "../../../support/test-app.ts";
import { shown, testBot, yesOf, type TestBot } from "../../../support/test-bot.ts";
import { closedTrade } from "../../../support/test-trades.ts";

const ada = person("ada", { role: "admin" });

/** Two strategies, the second with an open position, and two closed trades. */
async function furnished(): Promise<TestBot> {
  const bot = testBot();
  await bot.say(`/new "First one" BTCUSDT 1h ${RULE} yes`, ada);
  await bot.say(`/new Second ETHUSDT 4h ${RULE} yes`, ada);
  bot.gateway.openPosition("ada", 2);
  await bot.accounts.createUser(ada, { platform: "telegram", externalId: "77", userId: "ada" });
  await bot.accounts.addIdentity({ platform: "discord", externalId: "88", userId: "ada" });
  const bob = { platform: "telegram", externalId: "78", userId: "bob" } as const;
  await bot.accounts.createUser(person("bob"), bob);
  bot.readModels.addVersion("ada", 1, FIRST_VERSION);
  bot.logLines.push("first line", "second line", "third line");
  bot.readModels.addTrade(closedTrade("ada", 11));
  bot.readModels.addTrade(closedTrade("ada", 12, { pnl: "-4.90", exitReason: "stop_loss" }));
  return bot;
}

const FIRST_VERSION = {
  version: 1,
  ruleText: RULE,
  since: NOON - 202_000,
  trades: 3,
  wins: 2,
  pnl: "12.5",
  fees: "1",
  stake: "3000",
  best: "10",
  worst: "-1",
};

/** Words, the same as options, and what the answer must say. */
const COMMANDS: readonly [string, string, object, RegExp][] = [
  ["help", "", {}, /\/close <position> \[last\] - Close a position/],
  ["help", "close", { topic: "close" }, /^\/close <position> \[last\]\n/],
  ["help", "/daily", { topic: "/daily" }, /Also: \/daily \[count\]/],
  ["help", "rules", { topic: "rules" }, /crosses above/],
  ["help", "indicators", { topic: "indicators" }, /macd\(12, 26, 9\)\s+macd signal histogram/],
  ["status", "", {}, /The service is running[^]*31,248[^]*4h +down/],
  ["status", "table", { what: "table" }, /1 +ETHUSDT +long[^]*One position/],
  ["status", "1", { what: "1" }, /Open position #1: ETHUSDT long/],
  ["status", "soon", { what: "soon" }, /"soon"[^]*Usage: \/status \[what\]/],
  ["daemon", "", {}, /The service is running[^]*Telegram: off \(TELEGRAM_BOT_TOKEN is not set\)/],
  ["strategies", "", {}, /1 +First one +BTCUSDT +1h +on +0\.00[^]*2 strategies, 2 on/],
  ["strategies", "9", { page: 9 }, /2 strategies/],
  ["strategy", "2", { number: 2 }, /#2 Second[^]*ETHUSDT 4h[^]*enter long when rsi\(14\) < 30/],
  ["why", "1", { number: 1 }, /enter long: no[^]*✗ rsi\(14\) < 30 \(42\.1235 \/ 30\)/],
  ["toggle", "1", { target: "1" }, /#1 First one is off/],
  ["toggle", "#1 on", { target: "#1", state: "on" }, /#1 First one is on/],
  [
    "toggle",
    "2 off",
    { target: "2", state: "off" },
    /Position #1 stays open and is managed by its stops/,
  ],
  ["toggle", "1h", { target: "1h" }, /#1 First one is off/],
  [
    "new",
    `X btcusdt 15m ${RULE}`,
    { name: "X", symbol: "btcusdt", timeframe: "15m", rule: RULE },
    /X on BTCUSDT 15m, not made yet[^]*Buys when RSI\(14\) is below 30\.[^]*In the last 41d 16h it would/,
  ],
  [
    "edit",
    "2 enter long when close>1",
    { number: 2, rule: "enter long when close>1" },
    /#2 Second with another rule, not changed yet[^]*Buys when the price is above 1\.[^]*It replaces:/,
  ],
  [
    "versions",
    "1",
    { number: 1 },
    /#1 First one: versions of its rule[^]*1 +22 Nov 2026, 14:00 +3 +\+12\.50 +enter long when/,
  ],
  [
    "share",
    "1",
    { number: 1 },
    /vigie-strategy 1\n[^]*name: First one\n +fingerprint: [0-9a-f-]{19}\n/,
  ],
  ["rename", "1 New name", { number: 1, name: "New name" }, /#1 New name is changed/],
  ["judging", "1 live", { number: 1, mode: "live" }, /#1 First one is changed/],
  ["copy", "1 ethusdt", { number: 1, symbol: "ethusdt" }, /#3 First one runs on ETHUSDT 1h/],
  ["templates", "2", { page: 2 }, /42 built-in rules[^]*Page 2 of 5/],
  ["template", "adx-trend-1d", { template: "adx-trend-1d" }, /ADX trend 1d\n +enter long when adx/],
  ["adopt", "adx-trend-1d", { template: "adx-trend-1d" }, /#3 ADX trend 1d runs on BTCUSDT 1d/],
  [
    "adopt",
    "all ETHUSDT",
    { template: "all", symbol: "ETHUSDT" },
    /42 built-in rules now run on ETHUSDT: #3 to #44/,
  ],
  ["positions", "", {}, /1 +ETHUSDT +long +\+9\.79 % +\+97\.90[^]*One position, \+97\.90 USDT/],
  ["trades", "", {}, /12 +BTCUSDT[^]*-4\.90 +stop loss[^]*2 trades/],
  ["trade", "12", { number: 12 }, /Trade #12: BTCUSDT long[^]*-4\.90 USDT[^]*stop loss/],
  ["trade", "#1", { number: 1 }, /Open position #1: ETHUSDT long/],
  ["pause", "", {}, /paused for all strategies until you resume/],
  ["pause", "6h", { scope: "6h" }, /paused for all strategies until 22 Nov 2026, 20:03/],
  [
    "pause",
    "2 1d12h",
    { scope: "2", duration: "1d12h" },
    /paused for strategy #2 until 24 Nov 2026, 02:03/,
  ],
  ["balance", "", {}, /Equity +20,097\.90 USDT \(\+0\.49 %\)/],
  ["profit", "", {}, /Realised profit: \+4\.90 USDT[^]*Today +\+4\.90 +2 +50 %/],
  ["profit", "day", { period: "day" }, /Profit by day[^]*2026-11-22 +\+4\.90/],
  ["daily", "3", { count: 3 }, /Profit by day[^]*2026-11-22/],
  ["weekly", "", {}, /Profit by week[^]*2026-W47/],
  ["monthly", "", {}, /Profit by month[^]*2026-11 /],
  ["performance", "", {}, /Performance by strategy[^]*Swing +\+4\.90/],
  ["performance", "symbol 5", { by: "symbol", count: 5 }, /BTCUSDT +\+4\.90/],
  ["performance", "exit-reason", { by: "exit-reason" }, /stop loss +-4\.90[^]*rule +\+9\.80/],
  ["settings", "", {}, /Time zone +UTC \(14:03:22 UTC\)/],
  [
    "settings",
    "timezone Europe/Paris",
    { setting: "timezone", value: "Europe/Paris" },
    /15:03:22 CET/,
  ],
  ["settings", "language fr", { setting: "language", value: "fr" }, /Vos réglages/],
  ["settings", "name  Ada L.", { setting: "name", value: "Ada L." }, /Name +Ada L\./],
  ["version", "", {}, /^Vigie 1\.2\.3$/],
  ["reload", "", {}, /2 strategies were read again/],
  ["ws", "", {}, /5 of 6 connections are up[^]*4h +down/],
  ["db", "", {}, /Database, 0 KiB in all[^]*trades +2 +0/],
  ["logs", "", {}, /second line\n +third line$/],
  ["logs", "1", { count: 1 }, /^ +third line$/],
  ["users", "", {}, /2 people\n#[^]*1 +ada +administrator +- +2 +Telegram[^]*2 +bob +trader/],
  ["suspend", "2", { user: 2 }, /bob is suspended/],
  ["suspend", "2 off", { user: 2, state: "off" }, /bob is no longer suspended/],
  ["role", "2 viewer", { user: 2, role: "viewer" }, /bob is viewer now/],
  ["me", "", {}, /^ada\nRole +administrator\nTelegram +77\nDiscord +88\nTime zone +UTC/],
  ["notify", "", {}, /entry +silent +a position was opened[^]*Daily report +never/],
  ["notify", "entry on", { what: "entry", value: "on" }, /entry +aloud/],
  ["notify", "all off", { what: "all", value: "off" }, /daily +off/],
  [
    "notify",
    "quiet 22:00-7",
    { what: "quiet", value: "22:00-7" },
    /Quiet hours +22:00-07:00 \(UTC\)/,
  ],
  ["notify", "status 5M", { what: "status", value: "5M" }, /Status messages +every 5 minutes/],
  ["notify", "daily 8:30", { what: "daily", value: "8:30" }, /Daily report +08:30 \(UTC\)/],
  [
    "indicator",
    "kst",
    { name: "kst" },
    /know sure thing \(Pring\): BTCUSDT 1h\nOutput +Last +10 before\nkst +\S+[^]*\n *close\n *[▁-█]{32}\n/,
  ],
  [
    "indicator",
    "chandelierexit eth/usdt 15m",
    { name: "chandelierexit", symbol: "eth/usdt", timeframe: "15m" },
    /chandelier exit \(Le Beau\): ETHUSDT 15m[^]*long +\d[^]*short +\d/,
  ],
  ["indicator", "kstt", { name: "kstt" }, /"kstt" is not among .*Did you mean kst\?/],
  [
    "backtest",
    "adx-trend-1d ETHUSDT",
    { what: "adx-trend-1d ETHUSDT" },
    /Backtest: ETHUSDT 1d\n *[+-][\d,.]+ % net, \d+ trades, max drawdown -[^]*Whole +Last 30 %[^]*Sharpe +\S+ +\S+[^]*\n *[▁-█]{32}\n/,
  ],
  [
    "backtest",
    "timeframe=1d enter long when close crosses above sma(200) max 365d",
    { what: "timeframe=1d enter long when close crosses above sma(200) max 365d" },
    /\d trades: not enough evidence\.[^]*2,920 candles[^]*"-": 30 trades are needed/,
  ],
  ["backtest", "7", { what: "7" }, /no strategy #7/],
  [
    "chart",
    "ethusdt 4h",
    { symbol: "ethusdt", timeframe: "4h" },
    /^ETHUSDT 4h\nLast price [^]*Strategy +#2 Second[^]*newest 120 candles/,
  ],
  ["chart", "2", { symbol: "2" }, /^ETHUSDT 4h\n[^]*Strategy +#2 Second/],
  [
    "chart",
    "BTCUSDT 15m ema(50), bb(20, 2) kst",
    { symbol: "BTCUSDT", timeframe: "15m", indicators: "ema(50), bb(20, 2) kst" },
    /^BTCUSDT 15m\n[^]*[▁-█]{32}/,
  ],
  [
    "chart",
    "BTCUSDT 15m rsi(",
    { symbol: "BTCUSDT", timeframe: "15m", indicators: "rsi(" },
    /"rsi\(" is no indicator/,
  ],
  ["equity", "", {}, /^Equity of 2 strategies\nEquity now +/],
  ["equity", "1", { strategy: 1 }, /^Equity of #1 First one\n[^]*Trades +0/],
  ["equity", "9", { strategy: 9 }, /no strategy #9/],
  [
    "optimize",
    "timeframe=1d enter long when close crosses above sma({20..40:10}) max {5d..10d:5d}",
    { rule: "timeframe=1d enter long when close crosses above sma({20..40:10}) max {5d..10d:5d}" },
    /Search: BTCUSDT 1d[^]*best of 6 rules[^]*Best, out +[+-][^]*Values +In sample +Out\n[2-4]0, /,
  ],
  [
    "optimize",
    "enter long when close > sma({30..20})",
    { rule: "enter long when close > sma({30..20})" },
    /\{30\.\.20\} begins above its end[^]*\n +\^{8}/,
  ],
  ["drift", "1", { number: 1 }, /No 1h candle has closed since strategy #1 began/],
  ["drift", "7", { number: 7 }, /no strategy #7/],
  ["export", "", {}, /2 trades in vigie-trades-2026-11-22\.csv/],
];

describe("every command", () => {
  it.each(COMMANDS)("/%s %s", async (name, words, options, answer) => {
    const spoken = await furnished();
    const bySay = shown(await spoken.say(`/${name} ${words}`, ada));
    expect(bySay).toMatch(answer);
    expect(bySay).not.toContain("{$");
    const filled = await furnished();
    expect(shown(await filled.fill(name, options, ada))).toBe(bySay);
    expect(filled.gateway.executed).toEqual(spoken.gateway.executed);
    expect([...spoken.unexpected, ...filled.unexpected]).toEqual([]);
  });

  it("is tried here", async () => {
    const bot = testBot();
    const asked = ["close", "delete", "reset", "restart", "resume", "revert", "move", "import"];
    const groups = ["subscribe", "unsubscribe", "subscriptions"];
    const elsewhere = ["cancel", "invite", "link", "unlink", "broadcast", ...groups];
    const tried = new Set([...COMMANDS.map(([name]) => name), ...asked, ...elsewhere]);
    const names = bot.catalogue.commands("admin").map((one) => one.name);
    expect(names.filter((name) => !tried.has(name))).toEqual([]);
  });

  it("answers in French without a gap", async () => {
    for (const [name, words] of COMMANDS) {
      const bot = await furnished();
      const reply = shown(await bot.say(`/${name} ${words}`, { ...ada, language: "fr" }));
      expect(reply).not.toContain("{$");
      expect(reply).not.toMatch(/\b(?:command|option|column|field|fault|button|notice)-[a-z]/);
    }
  });
});

interface Dangerous {
  readonly command: string;
  readonly options: object;
  readonly question: RegExp;
  readonly answer: RegExp;
  /** What the command changes, and what it is then. */
  readonly state: (bot: TestBot) => unknown;
  readonly after: unknown;
}

const DANGEROUS: readonly Dangerous[] = [
  {
    command: "close 1",
    options: { position: "1" },
    question: /^Close position #1 ETHUSDT long \(1,000\.00 USDT, \+9\.79 %\)/,
    answer: /^Position #1 was closed at the market price$/,
    state: (bot) => bot.app.queries.positions(ada).length,
    after: 0,
  },
  {
    command: "close all",
    options: { position: "all" },
    question: /^Close position #1 ETHUSDT/,
    answer: /^Position #1 was closed/,
    state: (bot) => bot.app.queries.positions(ada).length,
    after: 0,
  },
  {
    command: "reset 2",
    options: { number: 2 },
    question: /^Reset #2 Second\?[^]*Position #1 \(\+97\.90\) will be closed/,
    answer:
      /Position #1 was closed at the market price\.\nRun 2 began with a fresh wallet\. The history of run 1 is kept\./,
    state: (bot) => bot.app.strategies.find(ada, 2).strategy.run,
    after: 2,
  },
  {
    command: "delete 1",
    options: { number: 1 },
    question: /^Delete #1 First one\?/,
    answer: /Its trades and runs are kept/,
    state: (bot) => bot.app.queries.strategies(ada).length,
    after: 1,
  },
  {
    command: "toggle all",
    options: { target: "all" },
    question: /^Switch off all 2 of your strategies/,
    answer: /^2 strategies were switched off\nPosition #1 stays open and is managed by its stops/,
    state: (bot) => bot.app.queries.status(ada).own.active,
    after: 0,
  },
  {
    command: "daemon restart",
    options: { what: "restart" },
    question: /^Restart the engine/,
    answer: /was restarted/,
    state: (bot) => bot.gateway.restarts,
    after: 1,
  },
  {
    command: "restart",
    options: {},
    question: /^Restart the engine/,
    answer: /was restarted/,
    state: (bot) => bot.gateway.restarts,
    after: 1,
  },
];

describe("every dangerous command", () => {
  it.each(DANGEROUS)("/$command asks, and acts on yes", async (dangerous) => {
    const { command, options, question, answer, state, after } = dangerous;
    const untouched = state(await furnished());
    const [name = ""] = command.split(" ");
    for (const ask of [
      (bot: TestBot) => bot.say(`/${command}`, ada),
      (bot: TestBot) => bot.fill(name, options, ada),
    ]) {
      const bot = await furnished();
      const asked = await ask(bot);
      expect(asked.tone).toBe("warning");
      expect(shown(asked)).toMatch(question);
      expect(state(bot)).toEqual(untouched);
      expect(shown(await bot.press(yesOf(asked), ada))).toMatch(answer);
      expect(state(bot)).toEqual(after);
    }
    const bot = await furnished();
    expect(shown(await bot.say(`/${command} yes`, ada))).toMatch(answer);
    expect(state(bot)).toEqual(after);
  });

  it("means exactly what was asked, however the world has changed by then", async () => {
    const bot = await furnished();
    const asked = await bot.say("/toggle all", ada);
    expect(shown(asked)).toContain("Switch off all 2");
    await bot.say("/toggle 1 off", ada);
    await bot.press(yesOf(asked), ada);
    const active = bot.app.queries.strategies(ada).map((view) => view.strategy.active);
    expect(active).toEqual([false, false]);
  });

  it("says when a position must wait for a price, and when there is none to reset at", async () => {
    const bot = await furnished();
    bot.gateway.priceIsFresh = false;
    expect(shown(await bot.say("/close 1 yes", ada))).toBe("Position #1 closes at the next price");
    expect(shown(await bot.say("/reset 2 yes", ada))).toContain("no fresh price");
  });
});

describe("/resume", () => {
  it("lifts one pause or all, and tells which still stand", async () => {
    const bot = await furnished();
    await bot.say("/pause", ada);
    await bot.say("/pause 1 2h", ada);
    expect(shown(await bot.say("/resume 1", ada))).toBe(
      "Entries are allowed again: strategy #1\nNew entries are paused for all strategies until you resume.",
    );
    expect(shown(await bot.fill("resume", { scope: "all" }, ada))).toContain("all strategies");
    expect(shown(await bot.say("/resume", ada))).toBe("Nothing is paused.");
  });
});

describe("turning pages", () => {
  it("is the same command with another number", async () => {
    const bot = testBot();
    await bot.say("/adopt all", ada);
    const first = await bot.say("/strategies", ada);
    const next = first.buttons.flat().find((button) => button.label === "Next");
    expect(next?.words).toBe("/strategies 2");
    const second = await bot.press(next!, ada);
    expect(shown(second)).toMatch(/^Strategies\n[^]*\n11 [^]*Page 2 of 5/);
    expect(second.buttons.flat().map((button) => button.label)).toEqual([
      "Previous",
      "Refresh",
      "Next",
    ]);
  });
});
