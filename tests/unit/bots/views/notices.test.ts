/** Each kind of notice is a short message: the headline first, fills silent, trouble loud. */
import { describe, expect, it } from "vitest";
import { renderReply } from "../../../../bots/console/render.ts";
import { noticeView, type DayTotal } from "../../../../bots/views/notices.ts";
import { Reader } from "../../../../bots/views/reader.ts";
import type { NoticeBody } from "../../../../src/domain/notice.ts";
import type { Position } from "../../../../src/domain/order.ts";
import { NOON, person } from "../../../support/test-app.ts";
import { closedTrade, strategyFacts } from "../../../support/test-trades.ts";

const position: Position = {
  id: "ada.s1.r1.p41",
  runId: "ada.s1.r1",
  strategyId: "ada.s1",
  ownerId: "ada",
  number: 41,
  symbol: "BTCUSDT",
  timeframe: "1h",
  side: "long",
  amount: "0.00385",
  stake: "250",
  entryPrice: "64808",
  entryFee: "0.25",
  openedAt: NOON,
  ruleText: "",
  ruleVersion: 1,
  stopPrice: "63500",
  takePrice: null,
  bestPrice: "64808",
  trailingStopPrice: null,
  closedAt: null,
};
const daily: NoticeBody = {
  kind: "daily-report",
  from: NOON - 86_400_000,
  until: NOON,
  trades: 0,
  wins: 0,
  pnl: "0",
  fees: "1.2",
  best: null,
  worst: null,
  activeStrategies: 42,
  openPositions: 1,
};
const strategy = strategyFacts();

function told(body: NoticeBody, language = "en", day: DayTotal | null = null) {
  const reader = new Reader(person("ada", { language }), { now: NOON, quoteAsset: "USDT" });
  const reply = noticeView(reader, { id: "n", ownerId: "ada", at: NOON, body }, day);
  return { reply, text: renderReply({ ...reply, buttons: [] }, { width: 80, color: false }) };
}

const EXAMPLES: readonly [NoticeBody, string][] = [
  [
    { kind: "entry", ...strategy, position },
    "PAPER · Opened #41 BTCUSDT long\n- Size 250.00 USDT at 64,808.00\n- Stop 63,500.00 (-2.02 %)\n- Strategy #3 swing-1, 1h",
  ],
  [
    {
      kind: "exit",
      ...strategy,
      trade: closedTrade("ada", 41, { exitReason: "take_profit" }),
    },
    "PAPER · Closed #41 BTCUSDT +9.80 % (+9.80 USDT)\n- 100.00 → 110.00, held 1h\n- Exit: take profit\n- Strategy #3 swing-1, 1h",
  ],
  [
    { kind: "entry-blocked", ...strategy, code: "no-cash" },
    "PAPER · #3 swing-1 did not enter BTCUSDT 1h\n- The wallet is empty.",
  ],
  [
    { kind: "entry-blocked", ...strategy, code: "eclipse" },
    "PAPER · #3 swing-1 did not enter BTCUSDT 1h\n- It is blocked (eclipse).",
  ],
  [
    { kind: "strategy-halted", ...strategy, code: "rule-unreadable" },
    "PAPER · #3 swing-1 was halted\n- BTCUSDT 1h\n- its rule could not be read\n- Its open position stays managed by its stops. /toggle 3 on starts it again.",
  ],
  [{ kind: "pause-over", scope: "#3" }, "The pause of strategy #3 is over"],
  [
    { kind: "pause-over", scope: "#3", strategy },
    "The pause of strategy #3 swing-1 is over\n- BTCUSDT 1h",
  ],
  [{ kind: "run-reset", ...strategy, run: 2 }, "PAPER · #3 swing-1 began run 2\n- BTCUSDT 1h"],
  [
    {
      kind: "recovery-receipt",
      from: NOON - 7_200_000,
      until: NOON,
      candlesReplayed: 120,
      openPositions: 1,
      exitsDuringOutage: 1,
      entriesMissed: 0,
    },
    "The service is back after 2h\n- Away from 22 Nov 2026, 12:03 to 22 Nov 2026, 14:03\n- 120 missed candles were replayed\n- One open position was checked\n- One exit fell into the gap and was made up for\n- No entry was missed",
  ],
  [
    { kind: "feed-degraded", reasons: ["socket-down 4h"] },
    "The market feed is disturbed; entries wait for fresh prices\n- socket-down 4h",
  ],
  [{ kind: "feed-healed", downMs: 61_000 }, "The market feed is back after 1m 1s"],
  [
    {
      kind: "status-report",
      uptimeMs: 3_600_000,
      socketsUp: 6,
      sockets: 6,
      activeStrategies: 42,
      analyses: 31_248,
      trades: 3,
    },
    "Status: up for 1h\n- 6/6 connections, 42 strategies on, 31,248 analyses, 3 trades",
  ],
  [
    { ...daily, trades: 6, wins: 4, pnl: "33.1", best: "20", worst: "-4.9" },
    "PAPER · Daily report: +33.10 USDT\n- 21 Nov 2026, 14:03 to 22 Nov 2026, 14:03\n- 6 trades, 67 % won\n- Best +20.00, worst -4.90\n- Fees 1.20 USDT\n- Now: 42 strategies on, one open position",
  ],
  [
    daily,
    "PAPER · Daily report: 0.00 USDT\n- 21 Nov 2026, 14:03 to 22 Nov 2026, 14:03\n- No trade was closed\n- Fees 1.20 USDT\n- Now: 42 strategies on, one open position",
  ],
  [
    {
      kind: "digest",
      from: NOON - 7_200_000,
      until: NOON - 3_600_000,
      counts: [
        { kind: "entry", count: 1_200 },
        { kind: "exit", count: 2 },
      ],
      pnl: "-4.9",
    },
    "1,202 messages waited for you\n- From 22 Nov 2026, 12:03 to 22 Nov 2026, 13:03\n- Positions opened: 1,200\n- Positions closed: 2\n- Result of what was closed: -4.90 USDT\n- /trades and /positions show it all.",
  ],
  [
    { kind: "broadcast", text: "Down at *noon*,\nsorry" },
    "From the administrators\n- Down at *noon*,\n- sorry",
  ],
  [
    {
      kind: "account-linked",
      platform: "discord",
      account: { externalId: "42", name: "alice" },
    },
    "Discord account alice linked\n- It sees and does what you can. If this was not you, send /unlink discord at once.",
  ],
  [
    // As an earlier version has put it into the outbox.
    { kind: "account-linked", platform: "discord" },
    "A Discord account was linked to yours\n- It sees and does what you can. If this was not you, send /unlink discord at once.",
  ],
];

const silent = (kind: NoticeBody["kind"]) =>
  EXAMPLES.filter(([body]) => body.kind === kind).map(([body]) => told(body).reply.silent);

const service: NoticeBody = {
  kind: "service-status",
  state: "degraded",
  reasons: ["socket-down 4h"],
  uptimeMs: 3_600_000,
  socketsUp: 5,
  sockets: 6,
  feedLagMs: 1_250,
  strategies: 1_420,
  activeStrategies: 42,
  openPositions: 3,
  analyses: 31_248,
  tradesToday: 1,
};
const CHATS: readonly [NoticeBody, string][] = [
  [
    service,
    "The service is degraded\n- socket-down 4h\n- Up for 1h, 5/6 connections, feed lag 1,250 ms\n- 42 of 1,420 strategies on, 3 open positions\n- 31,248 analyses, one trade today",
  ],
  [
    { ...service, state: "starting", reasons: [], feedLagMs: null, tradesToday: 0 },
    "The service is starting\n- Up for 1h, 5/6 connections\n- 42 of 1,420 strategies on, 3 open positions\n- 31,248 analyses, no trade today",
  ],
  [
    { kind: "subscription-ended", platform: "discord", title: "#ops", reason: "forbidden" },
    'Discord: "#ops" gets no more status messages\n- I may not write there any more.\n- Let me in again and send /subscribe there to go on.',
  ],
];

/** Words of the buttons, as one would type them. */
const BUTTONS: readonly [NoticeBody, readonly string[]][] = [
  [{ kind: "entry", ...strategy, position }, ["trade 41", "close 41", "pause #3"]],
  [{ kind: "exit", ...strategy, trade: closedTrade("ada", 41) }, ["trade 41", "pause #3"]],
  [{ kind: "entry-blocked", ...strategy, code: "no-cash" }, ["why 3", "pause #3"]],
  [{ kind: "strategy-halted", ...strategy, code: "x" }, ["strategy 3", "toggle 3 on"]],
  [{ kind: "run-reset", ...strategy, run: 2 }, ["strategy 3"]],
  [{ kind: "pause-over", scope: "all" }, ["strategies"]],
  [{ kind: "pause-over", scope: "#3", strategy }, ["strategy 3", "pause #3"]],
  [{ kind: "feed-degraded", reasons: [] }, ["status"]],
  [daily, ["trades", "profit"]],
  [{ kind: "broadcast", text: "x" }, []],
  [service, []],
];

describe("the buttons of a notice", () => {
  it.each(BUTTONS)("%j", (body, words) => {
    const { buttons = [] } = told(body).reply;
    const said = buttons.flat().map(({ command, args }) => {
      return [command, ...Object.values(args)].join(" ");
    });
    expect(said).toEqual(words);
    for (const { label } of buttons.flat()) expect(label).not.toMatch(/^button-/);
  });
});

describe("a notice", () => {
  it.each(CHATS)("for or about a chat: %j", (body, text) => {
    expect(told(body).text).toBe(text);
    expect(told(body, "fr").text).not.toMatch(/\{\$|notice-|daemon-/);
  });

  it("of an exit says what its day has brought", () => {
    const body: NoticeBody = { kind: "exit", ...strategy, trade: closedTrade("ada", 41) };
    const day = { trades: 5, wins: 4, pnl: "11.2", past: false };
    expect(told(body, "en", day).text).toContain("\n- Today +11.20 USDT (4 won, 1 lost)\n");
    expect(told(body, "fr", { ...day, past: true }).text).toContain("Ce jour-là +11,20 USDT");
  });

  it.each(EXAMPLES)("%j", (body, text) => {
    expect(told(body).text).toBe(text);
    expect(told(body, "fr").text).not.toMatch(/\{\$|notice-|exit-|block-/);
  });

  it("is silent for fills and loud for trouble", () => {
    expect([silent("entry"), silent("exit"), silent("status-report")]).toEqual([
      [true],
      [true],
      [true],
    ]);
    expect([silent("strategy-halted"), silent("feed-degraded")]).toEqual([[false], [false]]);
  });

  it("sounds as its person wishes where that is known", () => {
    const reader = new Reader(person("ada"), { now: NOON, quoteAsset: "USDT" });
    const body: NoticeBody = { kind: "entry", ...strategy, position };
    const sound = (wish: boolean) =>
      noticeView(reader, { id: "n", ownerId: "ada", at: NOON, body, silent: wish }).silent;
    expect([sound(true), sound(false)]).toEqual([true, false]);
  });

  it("does not say the timeframe twice when the name bears it", () => {
    const trade = closedTrade("ada", 1, { timeframe: "1h" });
    const said = (strategyName: string) =>
      told({ kind: "exit", ...strategyFacts({ strategyName }), trade }).text;
    expect(said("ADX trend 1h")).toMatch(/Strategy #3 ADX trend 1h$/);
    expect(said("ADX trend 4h")).toMatch(/Strategy #3 ADX trend 4h, 1h$/);
  });

  it("tells a loss in red and an exit made up for aloud", () => {
    const trade = closedTrade("ada", 1, { pnl: "-1.98", pnlPercent: "-1.98", duringOutage: true });
    const { reply, text } = told({ kind: "exit", ...strategy, trade });
    expect([reply.tone, reply.silent]).toEqual(["bad", false]);
    expect(text).toContain("-1.98 % (-1.98 USDT)");
    expect(text).toContain("fetched after an outage");
    expect(reply.blocks[0]).toMatchObject({ icon: "📝 🔴" });
  });
});
