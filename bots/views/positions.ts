/** Open positions and closed trades. */
import type { OpenPositionView, TradeList, TradePage, TradeReport } from "../../src/app/queries.ts";
import { Decimal, decimalText } from "../../src/domain/money.ts";
import type { Fill, Position, Trade } from "../../src/domain/order.ts";
import { pageButtons, pageLine, type Page } from "./paging.ts";
import type { Reader } from "./reader.ts";
import { listOf, type Block, type Button, type Column, type Draft, type Table } from "./reply.ts";
import { followsLine } from "./follows.ts";

const right = (title: string, priority: number): Column => ({ title, align: "right", priority });
const left = (title: string, priority: number): Column => ({ title, align: "left", priority });

/** The paged table of `/positions` with the total of all pages. */
export function positionsView(
  reader: Reader,
  page: Page<OpenPositionView>,
  all: readonly OpenPositionView[],
): Draft {
  if (page.total === 0) {
    return { tone: "neutral", blocks: [{ kind: "text", text: reader.text("positions-none") }] };
  }
  const total = all.reduce((sum, view) => sum.plus(view.unrealisedPnl ?? 0), new Decimal(0));
  const summary = reader.text("positions-total", {
    count: all.length,
    total: reader.gain(decimalText(total)),
    time: reader.clockTime(reader.now),
  });
  const footer = [summary, pageLine(reader, page)].filter((part) => part !== "").join(" · ");
  const closeAll: Button = {
    label: reader.text("button-close-all"),
    command: "close",
    args: { position: "all" },
    style: "danger",
  };
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: reader.text("positions-title") },
      { kind: "table", table: positionsTable(reader, page.rows) },
      { kind: "text", text: footer },
      ...notes(reader, page.rows),
    ],
    buttons: [pageButtons(reader, "positions", page), [closeAll]],
  };
}

/** What is special about some of them. */
function notes(reader: Reader, views: readonly OpenPositionView[]): readonly Block[] {
  const lines = views.flatMap((view) => [
    followsLine(reader, view),
    view.settlement === null ? null : notTradedLine(reader, view),
  ]);
  const told = lines.filter((line) => line !== null);
  return told.length === 0 ? [] : [listOf(told)];
}

function notTradedLine(reader: Reader, { position }: OpenPositionView): string {
  const args = { position: `#${position.number}`, number: String(position.number) };
  return reader.text("position-not-traded", { ...args, symbol: position.symbol });
}

/** What leaving a position means whose symbol is no longer traded; empty for any other. */
export function settleText(reader: Reader, { position, settlement }: OpenPositionView): string {
  if (settlement === null) return "";
  return reader.text("confirm-settle", {
    position: `#${position.number}`,
    symbol: position.symbol,
    price: reader.price(settlement.price),
    time: reader.dateTime(settlement.at),
  });
}

function positionsTable(reader: Reader, views: readonly OpenPositionView[]): Table {
  return {
    columns: [
      right("#", 1),
      left(reader.text("column-symbol"), 1),
      left(reader.text("column-side"), 2),
      right(reader.text("column-percent"), 1),
      right(reader.text("column-pnl"), 3),
      right(reader.text("column-age"), 4),
      right(reader.text("column-entry"), 5),
      right(reader.text("column-last"), 6),
      right(reader.text("column-stop"), 7),
      left(reader.text("column-strategy"), 8),
    ],
    rows: views.map((view) => [
      String(view.position.number),
      view.position.symbol,
      reader.text(`side-${view.position.side}`),
      reader.percent(view.unrealisedPercent),
      reader.signed(view.unrealisedPnl),
      reader.age(view.position.openedAt),
      reader.price(view.position.entryPrice),
      reader.price(view.lastPrice),
      reader.price(stopOf(view.position)),
      `#${view.strategyNumber} ${view.strategyName}`,
    ]),
  };
}

/** The stop in force: the trailing one when it has taken over. */
function stopOf(position: Position): string | null {
  return position.trailingStopPrice ?? position.stopPrice;
}

/** The paged table of `/trades`, newest first. */
export function tradesView(reader: Reader, list: TradeList): Draft {
  if (list.total === 0) {
    return { tone: "neutral", blocks: [{ kind: "text", text: reader.text("trades-none") }] };
  }
  const count = reader.text("trades-count", { count: list.total });
  const footer = [count, pageLine(reader, list)].filter((part) => part !== "").join(" · ");
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: reader.text("trades-title") },
      { kind: "table", table: tradesTable(reader, list.trades) },
      { kind: "text", text: footer },
    ],
    buttons: [pageButtons(reader, "trades", list)],
  };
}

function tradesTable(reader: Reader, trades: TradePage["trades"]): Table {
  return {
    columns: [
      right("#", 1),
      left(reader.text("column-symbol"), 1),
      left(reader.text("column-side"), 4),
      right(reader.text("column-percent"), 2),
      right(reader.text("column-pnl"), 1),
      left(reader.text("column-exit"), 3),
      left(reader.text("column-closed"), 5),
      right(reader.text("column-held"), 6),
      left(reader.text("column-strategy"), 7),
    ],
    rows: trades.map((trade) => [
      String(trade.number),
      trade.symbol,
      reader.text(`side-${trade.side}`),
      reader.percent(trade.pnlPercent),
      reader.signed(trade.pnl),
      reader.text(`exit-${trade.exitReason}`),
      reader.dateTime(trade.exitAt),
      reader.duration(trade.exitAt - trade.entryAt),
      `#${trade.strategyNumber} ${trade.strategyName}`,
    ]),
  };
}

/** One trade or open position with its fills. */
export function tradeView(reader: Reader, report: TradeReport): Draft {
  const { trade, position } = report;
  const what = trade ?? position?.position;
  const key = trade === null ? "trade-title-open" : "trade-title";
  const title = reader.text(key, {
    trade: `#${report.number}`,
    symbol: what?.symbol ?? "",
    side: what === undefined ? "" : reader.text(`side-${what.side}`),
  });
  const fields = [
    ...(trade === null ? [] : tradeFields(reader, trade)),
    ...(position === null ? [] : positionFields(reader, position)),
  ];
  const strategy = report.strategyNumber;
  if (strategy !== null) fields.push([reader.text("field-strategy"), `#${strategy}`]);
  const blocks: Block[] = [
    { kind: "title", text: title },
    { kind: "fields", rows: fields },
  ];
  if (report.fills.length > 0) {
    blocks.push({ kind: "table", table: fillsTable(reader, report.fills) });
  }
  return { tone: tradeTone(trade), blocks, buttons: [tradeButtons(reader, report)] };
}

function tradeTone(trade: Trade | null): Draft["tone"] {
  if (trade === null) return "neutral";
  return new Decimal(trade.pnl).isNegative() ? "bad" : "good";
}

function tradeFields(reader: Reader, trade: Trade): [string, string][] {
  const exit = reader.text(`exit-${trade.exitReason}`);
  const late = trade.duringOutage ? ` (${reader.text("during-outage")})` : "";
  return [
    [
      reader.text("field-profit"),
      `${reader.gain(trade.pnl)} (${reader.percent(trade.pnlPercent)})`,
    ],
    [reader.text("field-stake"), reader.money(trade.stake)],
    [reader.text("field-amount"), reader.amount(trade.amount)],
    [
      reader.text("field-entry"),
      `${reader.price(trade.entryPrice)}, ${reader.dateTime(trade.entryAt)}`,
    ],
    [
      reader.text("field-exit"),
      `${reader.price(trade.exitPrice)}, ${reader.dateTime(trade.exitAt)}`,
    ],
    [reader.text("field-reason"), `${exit}${late}`],
    [reader.text("field-held"), reader.duration(trade.exitAt - trade.entryAt)],
    [reader.text("field-fees"), reader.money(trade.fees)],
  ];
}

function positionFields(reader: Reader, view: OpenPositionView): [string, string][] {
  const { position } = view;
  const { entryPrice, openedAt } = position;
  return [
    [
      reader.text("field-unrealised"),
      `${reader.signed(view.unrealisedPnl)} ${reader.quoteAsset} (${reader.percent(view.unrealisedPercent)})`,
    ],
    [reader.text("field-stake"), reader.money(position.stake)],
    [reader.text("field-amount"), reader.amount(position.amount)],
    [reader.text("field-entry"), `${reader.price(entryPrice)}, ${reader.dateTime(openedAt)}`],
    [reader.text("field-last"), reader.price(view.lastPrice)],
    [reader.text("field-stop"), reader.price(position.stopPrice)],
    [reader.text("field-take"), reader.price(position.takePrice)],
    [reader.text("field-trailing"), reader.price(position.trailingStopPrice)],
    [reader.text("field-held"), reader.age(openedAt)],
  ];
}

function fillsTable(reader: Reader, fills: readonly Fill[]): Table {
  return {
    columns: [
      left(reader.text("column-time"), 2),
      right(reader.text("column-price"), 1),
      right(reader.text("column-amount"), 1),
      right(reader.text("column-fee"), 3),
    ],
    rows: fills.map((fill) => [
      reader.dateTime(fill.at),
      reader.price(fill.price),
      reader.amount(fill.amount),
      `${reader.price(fill.fee)} ${fill.feeAsset}`,
    ]),
  };
}

function tradeButtons(reader: Reader, report: TradeReport): readonly Button[] {
  const { number, position } = report;
  if (position === null) return [];
  const refresh = reader.text("button-refresh");
  const close = reader.text("button-close");
  return [
    { label: refresh, command: "trade", args: { number }, style: "plain" },
    { label: close, command: "close", args: { position: String(number) }, style: "danger" },
  ];
}
