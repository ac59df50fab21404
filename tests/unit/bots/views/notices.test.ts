/** Each kind of notice is a short message: the headline first, fills silent, trouble loud. */
import { describe, expect, it } from "vitest";
import { renderReply } from "../../../../bots/console/render.ts";
import { noticeView } from "../../../../bots/views/notices.ts";
import { Reader } from "../../../../bots/views/reader.ts";
import type { NoticeBody } from "../../../../src/domain/notice.ts";
import type { Position } from "../../../../src/domain/order.ts";
import { NOON, person } from "../../../support/test-app.ts";
import { closedTrade } from "../../../support/test-trades.ts";

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
  ruleSince: 0,
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
const strategy = { strategyNumber: 3, strategyName: "swing-1" };

function told(body: NoticeBody, language = "en") {
  const reader = new Reader(person("ada", { language }), { now: NOON, quoteAsset: "USDT" });
  const reply = noticeView(reader, { id: "n", ownerId: "ada", at: NOON, body });
  return { reply, text: renderReply(reply, { width: 80, color: false }) };
}

const EXAMPLES: readonly [NoticeBody, string][] = [
  [
    { kind: "entry", position, strategyName: "swing-1" },
    "PAPER · Opened #41 BTCUSDT long\n- Size 250.00 USDT at 64,808.00\n- Stop 63,500.00 (-2.02 %)\n- Strategy swing-1, 1h",
  ],
  [
    {
      kind: "exit",
      trade: closedTrade("ada", 41, { exitReason: "take_profit" }),
      strategyName: "swing-1",
    },
    "PAPER · Closed #41 BTCUSDT +9.80 % (+9.80 USDT)\n- 100.00 → 110.00, held 1h\n- Exit: take profit\n- Strategy swing-1, 1h",
  ],
  [
    { kind: "entry-blocked", ...strategy, symbol: "BTCUSDT", code: "no-cash" },
    "PAPER · #3 swing-1 did not enter BTCUSDT\n- The wallet is empty.",
  ],
  [
    { kind: "entry-blocked", ...strategy, symbol: "BTCUSDT", code: "eclipse" },
    "PAPER · #3 swing-1 did not enter BTCUSDT\n- It is blocked (eclipse).",
  ],
  [
    { kind: "strategy-halted", ...strategy, code: "rule-unreadable" },
    "#3 swing-1 was halted\n- its rule could not be read\n- Its open position stays managed by its stops. /toggle 3 on starts it again.",
  ],
  [{ kind: "pause-over", scope: "#3" }, "The pause of strategy #3 is over"],
  [{ kind: "run-reset", ...strategy, run: 2 }, "PAPER · #3 swing-1 began run 2"],
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
    { kind: "account-linked", platform: "discord" },
    "A Discord account was linked to yours\n- It sees and does what you can. If this was not you, send /unlink discord at once.",
  ],
];

const silent = (kind: NoticeBody["kind"]) =>
  EXAMPLES.filter(([body]) => body.kind === kind).map(([body]) => told(body).reply.silent);

describe("a notice", () => {
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
    const body: NoticeBody = { kind: "entry", position, strategyName: "s" };
    const sound = (wish: boolean) =>
      noticeView(reader, { id: "n", ownerId: "ada", at: NOON, body, silent: wish }).silent;
    expect([sound(true), sound(false)]).toEqual([true, false]);
  });

  it("does not say the timeframe twice when the name bears it", () => {
    const trade = closedTrade("ada", 1, { timeframe: "1h" });
    const said = (strategyName: string) => told({ kind: "exit", trade, strategyName }).text;
    expect(said("ADX trend 1h")).toMatch(/Strategy ADX trend 1h$/);
    expect(said("ADX trend 4h")).toMatch(/Strategy ADX trend 4h, 1h$/);
  });

  it("tells a loss in red and an exit made up for aloud", () => {
    const trade = closedTrade("ada", 1, { pnl: "-1.98", pnlPercent: "-1.98", duringOutage: true });
    const { reply, text } = told({ kind: "exit", trade, strategyName: "s" });
    expect([reply.tone, reply.silent]).toEqual(["bad", false]);
    expect(text).toContain("-1.98 % (-1.98 USDT)");
    expect(text).toContain("fetched after an outage");
    expect(reply.blocks[0]).toMatchObject({ icon: "📝 🔴" });
  });
});
