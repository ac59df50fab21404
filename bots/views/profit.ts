/** Balance, profit and performance. Profit is net of both fees; the sums are of closed trades. */
import type {
  Balance,
  ProfitGrouping,
  ProfitReport,
  ProfitRow,
  ProfitSummary,
} from "../../src/app/queries.ts";
import { Decimal } from "../../src/domain/money.ts";
import type { Reader } from "./reader.ts";
import type { Column, Draft, Table } from "./reply.ts";

export function balanceView(reader: Reader, balance: Balance): Draft {
  const rows: (readonly [string, string])[] = [
    [
      reader.text("field-equity"),
      `${reader.money(balance.equity)} (${reader.percent(balance.returnPercent)})`,
    ],
    [reader.text("field-free"), reader.money(balance.free)],
    [reader.text("field-starting"), reader.money(balance.startingBalance)],
    [reader.text("field-realised"), reader.gain(balance.realisedPnl)],
    [reader.text("field-unrealised"), reader.gain(balance.unrealisedPnl)],
    [reader.text("field-fees"), reader.money(balance.fees)],
  ];
  return {
    tone: toneOf(balance.realisedPnl),
    blocks: [
      { kind: "title", text: reader.text("balance-title", { count: balance.strategies }) },
      { kind: "fields", rows },
      { kind: "text", text: reader.text("balance-note") },
    ],
    buttons: [
      [{ label: reader.text("button-refresh"), command: "balance", args: {}, style: "plain" }],
    ],
  };
}

/** Today, a week, a month and ever, for `/profit`. */
export function profitView(reader: Reader, report: ProfitReport): Draft {
  const rows = (["today", "week", "month", "all"] as const).map(
    (period) => [reader.text(`period-${period}`), report[period]] as const,
  );
  const fields: (readonly [string, string])[] = [
    [reader.text("field-unrealised"), reader.gain(report.unrealisedPnl)],
    [reader.text("field-best"), signedOrNone(reader, report.all.best)],
    [reader.text("field-worst"), signedOrNone(reader, report.all.worst)],
    [reader.text("field-fees"), reader.money(report.all.fees)],
  ];
  return {
    tone: toneOf(report.all.pnl),
    blocks: [
      { kind: "title", text: reader.text("profit-title", { pnl: reader.gain(report.all.pnl) }) },
      { kind: "table", table: summaryTable(reader, reader.text("column-period"), rows) },
      { kind: "fields", rows: fields },
    ],
    buttons: [
      (["day", "week", "month"] as const).map((period) => ({
        label: reader.text(`button-by-${period}`),
        command: "profit",
        args: { period },
        style: "plain",
      })),
    ],
  };
}

/** One table of sums, for `/profit day` and `/performance`. */
export function profitByView(
  reader: Reader,
  grouping: ProfitGrouping,
  rows: readonly ProfitRow[],
): Draft {
  const title = reader.text(`profit-by-${grouping}`);
  if (rows.length === 0) {
    return { tone: "neutral", blocks: [{ kind: "text", text: reader.text("trades-none") }] };
  }
  const named = rows.map((row) => [labelOf(reader, grouping, row), row] as const);
  const column = reader.text(`column-by-${grouping}`);
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: title },
      { kind: "table", table: summaryTable(reader, column, named) },
    ],
  };
}

function labelOf(reader: Reader, grouping: ProfitGrouping, row: ProfitRow): string {
  if (grouping === "exit-reason") return reader.textOr(`exit-${row.key}`, "exit-other");
  return row.label;
}

function summaryTable(
  reader: Reader,
  heading: string,
  rows: readonly (readonly [string, ProfitSummary])[],
): Table {
  const right = (key: string, priority: number): Column => ({
    title: reader.text(`column-${key}`),
    align: "right",
    priority,
  });
  return {
    columns: [
      { title: heading, align: "left", priority: 1 },
      right("pnl", 1),
      right("trades", 2),
      right("won", 3),
      right("return", 4),
      right("best", 5),
      right("worst", 6),
      right("fees", 7),
    ],
    rows: rows.map(([label, row]) => [
      label,
      reader.signed(row.pnl),
      reader.integer(row.trades),
      reader.share(row.wins, row.trades),
      reader.percent(onStake(row)),
      reader.signed(row.best),
      reader.signed(row.worst),
      reader.sum(row.fees),
    ]),
  };
}

/** Profit in percent of all that was staked. */
function onStake({ pnl, stake }: ProfitSummary): string | null {
  const staked = new Decimal(stake);
  return staked.isZero() ? null : new Decimal(pnl).div(staked).mul(100).toFixed(4);
}

function signedOrNone(reader: Reader, value: string | null): string {
  return value === null ? reader.signed(null) : reader.gain(value);
}

/** Good for a gain, bad for a loss. */
export function toneOf(pnl: string): Draft["tone"] {
  const value = new Decimal(pnl);
  if (value.isZero()) return "neutral";
  return value.isNegative() ? "bad" : "good";
}
