/**
 * What happened, told without being asked: one short message for each notice, the headline first
 * because that is what a locked phone shows. Fills are silent, trouble is not.
 */
import { Decimal, decimalText, type DecimalText } from "../../src/domain/money.ts";
import type { Notice, NoticeBody } from "../../src/domain/notice.ts";
import { isQuietByNature } from "../../src/domain/notice-settings.ts";
import type { Position, Trade } from "../../src/domain/order.ts";
import { scopeText } from "./outcomes.ts";
import { toneOf } from "./profit.ts";
import type { Reader } from "./reader.ts";
import { listOf, type Block, type Reply, type Tone } from "./reply.ts";

type BodyOf<Kind extends NoticeBody["kind"]> = Extract<NoticeBody, { kind: Kind }>;

interface Message {
  readonly tone: Tone;
  readonly icon: string;
  readonly title: string;
  readonly lines: readonly string[];
}

/** A notice as a message for `reader`. */
export function noticeView(reader: Reader, notice: Notice): Reply {
  const message = messageOf(reader, notice.body);
  const blocks: Block[] = [{ kind: "title", text: message.title, icon: message.icon }];
  if (message.lines.length > 0) blocks.push(listOf(message.lines));
  const silent = notice.silent ?? isQuietByNature(notice.body);
  return { tone: message.tone, blocks, buttons: [], silent };
}

function messageOf(reader: Reader, body: NoticeBody): Message {
  switch (body.kind) {
    case "entry":
      return entry(reader, body);
    case "exit":
      return exit(reader, body);
    case "entry-blocked":
      return entryBlocked(reader, body);
    case "strategy-halted":
      return halted(reader, body);
    case "pause-over":
      return plain(
        "▶️",
        reader.text("notice-pause-over", { scope: scopeText(reader, body.scope) }),
      );
    case "run-reset":
      return plain(
        "🔄",
        reader.text("notice-run-reset", { ...strategyArgs(body), run: String(body.run) }),
      );
    case "recovery-receipt":
      return receipt(reader, body);
    case "feed-degraded":
      return trouble("⚠️", reader.text("notice-feed-degraded"), body.reasons);
    case "feed-healed":
      return plain("✅", reader.text("notice-feed-healed", { down: reader.duration(body.downMs) }));
    case "status-report":
      return statusReport(reader, body);
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

const plain = (icon: string, title: string, lines: readonly string[] = []): Message => ({
  tone: "neutral",
  icon,
  title,
  lines,
});

const trouble = (icon: string, title: string, lines: readonly string[] = []): Message => ({
  tone: "warning",
  icon,
  title,
  lines,
});

function entry(reader: Reader, { position, strategyName }: BodyOf<"entry">): Message {
  const title = reader.text("notice-entry", {
    position: `#${position.number}`,
    symbol: position.symbol,
    side: reader.text(`side-${position.side}`),
  });
  const size = { stake: reader.money(position.stake), price: reader.price(position.entryPrice) };
  const lines = [
    reader.text("notice-size", size),
    ...protections(reader, position),
    strategyLine(reader, position, strategyName),
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

function exit(reader: Reader, { trade, strategyName }: BodyOf<"exit">): Message {
  const won = new Decimal(trade.pnl).isPositive();
  const title = reader.text("notice-exit", {
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
    strategyLine(reader, trade, strategyName),
  ];
  const icon = won ? "📝 🟢" : "📝 🔴";
  return { tone: won ? "good" : "bad", icon, title, lines };
}

function strategyLine(
  reader: Reader,
  { timeframe }: Pick<Trade, "timeframe">,
  strategyName: string,
): string {
  // Built-in rules bear their timeframe in their names.
  const told = strategyName.endsWith(` ${timeframe}`);
  const strategy = told ? strategyName : `${strategyName}, ${timeframe}`;
  return reader.text("notice-strategy", { strategy });
}

function entryBlocked(reader: Reader, body: BodyOf<"entry-blocked">): Message {
  const args = { ...strategyArgs(body), symbol: body.symbol };
  const reason = reader.textOr(`block-${body.code}`, "block-unknown", { code: body.code });
  return trouble("⚠️", reader.text("notice-entry-blocked", args), [reason]);
}

function halted(reader: Reader, body: BodyOf<"strategy-halted">): Message {
  const reason = reader.textOr(`halt-${body.code}`, "halt-unknown", { code: body.code });
  const next = reader.text("notice-halted-next", { number: String(body.strategyNumber) });
  const title = reader.text("notice-halted", strategyArgs(body));
  return { ...trouble("⛔", title, [reason, next]), tone: "error" };
}

function receipt(reader: Reader, body: BodyOf<"recovery-receipt">): Message {
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

function statusReport(reader: Reader, body: BodyOf<"status-report">): Message {
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

function dailyReport(reader: Reader, body: BodyOf<"daily-report">): Message {
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
function digest(reader: Reader, body: BodyOf<"digest">): Message {
  const { counts, from, until, pnl } = body;
  const title = reader.text("notice-digest", {
    count: counts.reduce((sum, { count }) => sum + count, 0),
  });
  const span = { from: reader.dateTime(from), until: reader.dateTime(until) };
  const exits = counts.some(({ kind }) => kind === "exit");
  const lines = [
    reader.text("notice-digest-span", span),
    ...counts.map(({ kind, count }) => `${reader.text(`told-${kind}`)}: ${reader.integer(count)}`),
    ...(exits ? [reader.text("notice-digest-pnl", { pnl: reader.gain(pnl) })] : []),
    reader.text("notice-digest-next"),
  ];
  return plain("🗞️", title, lines);
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

function strategyArgs(body: { readonly strategyNumber: number; readonly strategyName: string }): {
  readonly strategy: string;
} {
  return { strategy: `#${body.strategyNumber} ${body.strategyName}` };
}
