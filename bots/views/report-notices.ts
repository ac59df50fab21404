/** Notices that sum something up: an outage, a day, how the service is, what waited too long. */
import { plain, type BodyOf, type Message } from "./notice-message.ts";
import { toneOf } from "./profit.ts";
import type { Reader } from "./reader.ts";

export function receipt(reader: Reader, body: BodyOf<"recovery-receipt">): Message {
  const title = reader.text("notice-receipt", { down: reader.duration(body.until - body.from) });
  const lines = [
    reader.text("notice-receipt-span", {
      from: reader.dateTime(body.from),
      until: reader.dateTime(body.until),
    }),
    reader.text("notice-receipt-candles", { count: body.candlesReplayed }),
    reader.text("notice-receipt-positions", { count: body.openPositions }),
    reader.text("notice-receipt-exits", { count: body.exitsDuringOutage }),
    reader.text("notice-receipt-missed", { count: body.entriesMissed }),
  ];
  return plain("🧾", title, lines);
}

export function statusReport(reader: Reader, body: BodyOf<"status-report">): Message {
  const title = reader.text("notice-status", { uptime: reader.duration(body.uptimeMs) });
  const line = reader.text("notice-status-line", {
    up: body.socketsUp,
    all: body.sockets,
    active: body.activeStrategies,
    analyses: body.analyses,
    trades: body.trades,
  });
  return plain("📊", title, [line]);
}

export function serviceStatus(reader: Reader, body: BodyOf<"service-status">): Message {
  const state = reader.text("status-title", { state: reader.text(`daemon-${body.state}`) });
  const lines = [
    ...body.reasons,
    reader.text("notice-service-feeds", {
      uptime: reader.duration(body.uptimeMs),
      up: body.socketsUp,
      all: body.sockets,
      lag: body.feedLagMs === null ? "none" : reader.integer(body.feedLagMs),
    }),
    reader.text("notice-service-strategies", {
      active: body.activeStrategies,
      total: body.strategies,
      positions: body.openPositions,
    }),
    reader.text("notice-service-work", {
      analyses: reader.integer(body.analyses),
      trades: body.tradesToday,
    }),
  ];
  const running = body.state === "running";
  return { ...plain("📊", state, lines), tone: running ? "neutral" : "warning" };
}

export function dailyReport(reader: Reader, body: BodyOf<"daily-report">): Message {
  const { trades, wins, best, worst } = body;
  const title = reader.text("notice-daily", { pnl: reader.gain(body.pnl) });
  const range = { best: reader.signed(best), worst: reader.signed(worst) };
  const lines = [
    reader.text("notice-daily-span", {
      from: reader.dateTime(body.from),
      until: reader.dateTime(body.until),
    }),
    reader.text("notice-daily-trades", { count: trades, won: reader.share(wins, trades) }),
    ...(trades > 0 ? [reader.text("notice-daily-range", range)] : []),
    reader.text("notice-daily-fees", { fees: reader.money(body.fees) }),
    reader.text("notice-daily-now", {
      active: body.activeStrategies,
      positions: body.openPositions,
    }),
  ];
  return { ...plain("📊", title, lines), tone: toneOf(body.pnl) };
}

/** What waited too long, in numbers: the commands show it all. */
export function digest(reader: Reader, body: BodyOf<"digest">): Message {
  const { counts, from, until, pnl } = body;
  const title = reader.text("notice-digest", {
    count: counts.reduce((sum, { count }) => sum + count, 0),
  });
  const span = { from: reader.dateTime(from), until: reader.dateTime(until) };
  const exits = counts.some(({ kind }) => kind === "exit");
  const personal = counts.some(({ kind }) => kind !== "service-status");
  const lines = [
    reader.text("notice-digest-span", span),
    ...counts.map(({ kind, count }) => `${reader.text(`told-${kind}`)}: ${reader.integer(count)}`),
    ...(exits ? [reader.text("notice-digest-pnl", { pnl: reader.gain(pnl) })] : []),
    ...(personal ? [reader.text("notice-digest-next")] : []),
  ];
  return plain("🗞️", title, lines);
}
