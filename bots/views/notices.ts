/**
 * What happened, told without being asked: one short message for each notice, the headline first
 * because that is what a locked phone shows. Fills are silent, trouble is not.
 */
import { Decimal, decimalText, type DecimalText } from "../../src/domain/money.ts";
import type { Notice, NoticeBody, StrategyFacts } from "../../src/domain/notice.ts";
import { isQuietByNature } from "../../src/domain/notice-settings.ts";
import type { Position } from "../../src/domain/order.ts";
import { noticeButtons } from "./notice-buttons.ts";
import { plain, trouble, type BodyOf, type Message } from "./notice-message.ts";
import { scopeText } from "./outcomes.ts";
import type { Reader } from "./reader.ts";
import { listOf, type Block, type Draft } from "./reply.ts";
import { dailyReport, digest, receipt, serviceStatus, statusReport } from "./report-notices.ts";

/** What the day of an exit has brought so far, for its owner. */
export interface DayTotal {
  readonly trades: number;
  readonly wins: number;
  readonly pnl: DecimalText;
  /** The exit is of an earlier day than the one it is told on. */
  readonly past: boolean;
}

/** A notice as a message for `reader`; `day` goes with an exit. */
export function noticeView(reader: Reader, notice: Notice, day: DayTotal | null = null): Draft {
  const message = messageOf(reader, notice.body, day);
  const blocks: Block[] = [{ kind: "title", text: message.title, icon: message.icon }];
  if (message.lines.length > 0) blocks.push(listOf(message.lines));
  const silent = notice.silent ?? isQuietByNature(notice.body);
  return { tone: message.tone, blocks, buttons: noticeButtons(reader, notice.body), silent };
}

function messageOf(reader: Reader, body: NoticeBody, day: DayTotal | null): Message {
  switch (body.kind) {
    case "entry":
      return entry(reader, body);
    case "exit":
      return exit(reader, body, day);
    case "entry-blocked":
      return entryBlocked(reader, body);
    case "strategy-halted":
      return halted(reader, body);
    case "pause-over":
      return pauseOver(reader, body);
    case "run-reset":
      return plain(
        "🔄",
        reader.text("notice-run-reset", { ...strategyArgs(reader, body), run: String(body.run) }),
        [placeOf(body)],
      );
    case "recovery-receipt":
      return receipt(reader, body);
    case "feed-degraded":
      return trouble("⚠️", reader.text("notice-feed-degraded"), body.reasons);
    case "feed-healed":
      return plain("✅", reader.text("notice-feed-healed", { down: reader.duration(body.downMs) }));
    case "status-report":
      return statusReport(reader, body);
    case "service-status":
      return serviceStatus(reader, body);
    case "subscription-ended":
      return subscriptionEnded(reader, body);
    case "daily-report":
      return dailyReport(reader, body);
    case "digest":
      return digest(reader, body);
    case "broadcast":
      return plain("📣", reader.text("notice-broadcast"), body.text.split("\n"));
    case "account-linked":
      return accountLinked(reader, body);
  }
}

function entry(reader: Reader, body: BodyOf<"entry">): Message {
  const { position } = body;
  const title = reader.text("notice-entry", {
    mode: modeTag(reader, body),
    position: `#${position.number}`,
    symbol: position.symbol,
    side: reader.text(`side-${position.side}`),
  });
  const size = { stake: reader.money(position.stake), price: reader.price(position.entryPrice) };
  const lines = [
    reader.text("notice-size", size),
    ...protections(reader, position),
    strategyLine(reader, body),
  ];
  return plain("📝 🔵", title, lines);
}

function protections(reader: Reader, position: Position): readonly string[] {
  const { stopPrice, takePrice, entryPrice } = position;
  const line = (key: string, price: DecimalText | null): readonly string[] =>
    price === null
      ? []
      : [
          reader.text(key, {
            price: reader.price(price),
            distance: reader.percent(distance(entryPrice, price)),
          }),
        ];
  return [...line("notice-stop", stopPrice), ...line("notice-take", takePrice)];
}

/** From one price to another, percent. */
function distance(from: DecimalText, to: DecimalText): DecimalText {
  return decimalText(new Decimal(to).div(from).minus(1).mul(100));
}

function exit(reader: Reader, body: BodyOf<"exit">, day: DayTotal | null): Message {
  const { trade } = body;
  const won = new Decimal(trade.pnl).isPositive();
  const title = reader.text("notice-exit", {
    mode: modeTag(reader, body),
    trade: `#${trade.number}`,
    symbol: trade.symbol,
    percent: reader.percent(trade.pnlPercent),
    pnl: reader.gain(trade.pnl),
  });
  const lines = [
    reader.text("notice-path", {
      from: reader.price(trade.entryPrice),
      to: reader.price(trade.exitPrice),
      held: reader.duration(trade.exitAt - trade.entryAt),
    }),
    reader.text("notice-reason", { reason: reader.text(`exit-${trade.exitReason}`) }),
    ...(trade.duringOutage ? [reader.text("notice-during-outage")] : []),
    ...(day === null ? [] : [dayLine(reader, day)]),
    strategyLine(reader, body),
  ];
  const icon = won ? "📝 🟢" : "📝 🔴";
  return { tone: won ? "good" : "bad", icon, title, lines };
}

function dayLine(reader: Reader, { trades, wins, pnl, past }: DayTotal): string {
  const figures = { pnl: reader.gain(pnl), won: wins, lost: trades - wins };
  return reader.text(past ? "notice-that-day" : "notice-today", figures);
}

function strategyLine(reader: Reader, facts: StrategyFacts): string {
  const { strategyName, timeframe } = facts;
  // Built-in rules bear their timeframe in their names.
  const told = strategyName.endsWith(` ${timeframe}`);
  const { strategy } = strategyArgs(reader, facts);
  return reader.text("notice-strategy", {
    strategy: told ? strategy : `${strategy}, ${timeframe}`,
  });
}

/** "BTCUSDT 1h" */
function placeOf({ symbol, timeframe }: StrategyFacts): string {
  return `${symbol} ${timeframe}`;
}

function pauseOver(reader: Reader, { scope, strategy }: BodyOf<"pause-over">): Message {
  const what =
    strategy === undefined
      ? scopeText(reader, scope)
      : reader.text("scope-strategy", { strategy: strategyArgs(reader, strategy).strategy });
  const place = strategy === undefined ? [] : [placeOf(strategy)];
  return plain("▶️", reader.text("notice-pause-over", { scope: what }), place);
}

function entryBlocked(reader: Reader, body: BodyOf<"entry-blocked">): Message {
  const args = { ...strategyArgs(reader, body), symbol: placeOf(body) };
  const reason = reader.textOr(`block-${body.code}`, "block-unknown", { code: body.code });
  return trouble("⚠️", reader.text("notice-entry-blocked", args), [reason]);
}

function halted(reader: Reader, body: BodyOf<"strategy-halted">): Message {
  const reason = reader.textOr(`halt-${body.code}`, "halt-unknown", { code: body.code });
  const next = reader.text("notice-halted-next", { number: String(body.strategyNumber) });
  const title = reader.text("notice-halted", strategyArgs(reader, body));
  return { ...trouble("⛔", title, [placeOf(body), reason, next]), tone: "error" };
}

function subscriptionEnded(reader: Reader, body: BodyOf<"subscription-ended">): Message {
  const platform = reader.text(`platform-${body.platform}`);
  const title = reader.text("notice-subscription-ended", { platform, title: body.title });
  const reason = reader.text(`notice-chat-${body.reason}`);
  return trouble("📭", title, [reason, reader.text("notice-subscription-next")]);
}

function accountLinked(reader: Reader, body: BodyOf<"account-linked">): Message {
  const { platform, account } = body;
  const args = { platform: reader.text(`platform-${platform}`), name: platform };
  const next = reader.text("notice-linked-next", args);
  const title =
    account === undefined
      ? reader.text("notice-linked", args)
      : reader.text("notice-linked-as", { ...args, account: account.name });
  return trouble("🔗", title, [next]);
}

/** "#3 swing-1", and the word for paper or live money. */
function strategyArgs(
  reader: Reader,
  facts: StrategyFacts,
): { readonly strategy: string; readonly mode: string } {
  const strategy = `#${facts.strategyNumber} ${facts.strategyName}`;
  return { strategy, mode: modeTag(reader, facts) };
}

function modeTag(reader: Reader, { mode }: Pick<StrategyFacts, "mode">): string {
  return reader.text(`mode-tag-${mode}`);
}
