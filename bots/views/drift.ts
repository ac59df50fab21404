/**
 * Whether reality agreed with its replay: the verdict in one line, what the difference came from, and
 * each trade that differed with its reasons in words. Trades that agree are counted, not listed.
 */
import type { Cause, Difference, DriftReport, DriftRow } from "../../src/app/drift.ts";
import { toneOf } from "./profit.ts";
import { pageButtons, pageLine, pageOf } from "./paging.ts";
import type { Reader } from "./reader.ts";
import { listOf, type Block, type Draft, type ListItem } from "./reply.ts";
import { strategyTitle } from "./strategies.ts";

/** Each trade takes several lines. */
const MAX_PAGE_ROWS = 8;
/** Quote currency. */
const LEAST_FEE = 0.01;

export function driftView(
  reader: Reader,
  report: DriftReport,
  { page, pageRows }: { readonly page: number; readonly pageRows: number },
): Draft {
  const { strategy, rows, difference } = report;
  const differing = rows.filter(({ status }) => status !== "same").toReversed();
  const shown = pageOf(differing, page, Math.min(pageRows, MAX_PAGE_ROWS));
  const line = pageLine(reader, shown);
  const { symbol, timeframe, number } = strategy;
  const title = reader.text("drift-title", { name: strategyTitle(strategy), symbol, timeframe });
  const details: readonly Block[] = [
    { kind: "text", text: reader.text("drift-why") },
    listOf(report.byCause.map((share) => causeTotal(reader, share))),
    tableOf(reader, shown.rows),
    { kind: "list", items: explanations(reader, shown.rows) },
    ...(line === "" ? [] : [{ kind: "text", text: line } as const]),
  ];
  return {
    tone: differing.length === 0 ? "good" : toneOf(difference),
    blocks: [
      { kind: "title", text: title },
      { kind: "text", text: verdict(reader, report) },
      ...(differing.length === 0 ? [] : details),
      listOf(remarks(reader, report)),
    ],
    buttons: [pageButtons(reader, "drift", shown, { number })],
  };
}

function verdict(reader: Reader, report: DriftReport): string {
  const { rows, counts, realPnl, replayPnl, difference } = report;
  if (report.candles === 0) {
    const { number, timeframe } = report.strategy;
    return reader.text("drift-too-early", { number, timeframe });
  }
  if (rows.length === 0) return reader.text("drift-no-trades");
  if (counts.same === rows.length) return reader.text("drift-same", { trades: rows.length });
  return reader.text("drift-verdict", {
    same: counts.same,
    scaled: counts.scaled,
    trades: rows.length,
    real: reader.gain(realPnl),
    replay: reader.gain(replayPnl),
    difference: reader.gain(difference),
  });
}

function causeTotal(reader: Reader, share: DriftReport["byCause"][number]): string {
  return reader.text("drift-cause", {
    cause: reader.text(`drift-${share.code}`),
    quote: reader.gain(share.quote),
    trades: share.trades,
  });
}

function tableOf(reader: Reader, rows: readonly DriftRow[]): Block {
  const right = (key: string) => ({
    title: reader.text(key),
    align: "right" as const,
    priority: 1,
  });
  return {
    kind: "table",
    table: {
      columns: [
        { title: "#", align: "right", priority: 1 },
        right("column-real"),
        right("column-replay"),
        right("column-difference"),
        { title: reader.text("column-side"), align: "left", priority: 2 },
        { title: reader.text("column-signal"), align: "left", priority: 3 },
      ],
      rows: rows.map(({ real, replay, difference, at }) => [
        real === null ? "-" : String(real.number),
        reader.signed(real?.pnl ?? null),
        reader.signed(replay?.pnl ?? null),
        reader.signed(difference),
        reader.text(`side-${(real ?? replay)?.side ?? "long"}`),
        reader.dateTime(at),
      ]),
    },
  };
}

/** Each trade by itself; those of another size alone have one reason, and one line. */
function explanations(reader: Reader, rows: readonly DriftRow[]): readonly ListItem[] {
  const scaled = rows.filter(({ status }) => status === "scaled");
  const others = rows.filter(({ status }) => status !== "scaled");
  const trades = scaled.map(({ real }) => `#${real?.number ?? ""}`).join(", ");
  const line = { text: reader.text("drift-scaled", { trades }), depth: 0 };
  return [
    ...others.flatMap((row) => explanation(reader, row)),
    ...(scaled.length === 0 ? [] : [line]),
  ];
}

/** What became of one trade and why, then what differed. */
function explanation(reader: Reader, row: DriftRow): readonly ListItem[] {
  const { real, replay, status, at, causes, differences } = row;
  const facts = {
    trade: `#${real?.number ?? ""}`,
    side: reader.text(`side-${(real ?? replay)?.side ?? "long"}`),
    time: reader.dateTime(at),
    cause: causes.map((cause) => causeLine(reader, cause)).join("; "),
  };
  const own = { text: reader.text(`drift-row-${status}`, facts), depth: 0 };
  const lines = differences.filter(isTold).map((one) => differenceLine(reader, one));
  return [own, ...lines.map((text) => ({ text, depth: 1 }))];
}

/** Fees that only follow another price or amount, by less than a cent, need no line. */
function isTold({ kind, quote }: Difference, _index: number, all: readonly Difference[]): boolean {
  return kind !== "fees" || all.length === 1 || Math.abs(Number(quote)) >= LEAST_FEE;
}

function causeLine(reader: Reader, cause: Cause): string {
  const said = reader.text(`drift-${cause.code}`);
  const facts = [
    ...(cause.from === undefined ? [] : [spanOf(reader, cause.from, cause.until)]),
    ...(cause.ms === undefined ? [] : [lateness(reader, cause.ms)]),
    ...(cause.trade === undefined ? [] : [reader.text("drift-see", { trade: `#${cause.trade}` })]),
    ...(cause.ruleVersion === undefined
      ? []
      : [reader.text("drift-version", { version: cause.ruleVersion })]),
  ];
  return facts.length === 0 ? said : `${said} (${facts.join(", ")})`;
}

function lateness(reader: Reader, ms: number): string {
  return reader.text("drift-late-by", { duration: reader.duration(ms) });
}

function spanOf(reader: Reader, from: number, until: number | undefined): string {
  const begun = reader.dateTime(from);
  if (until === undefined) return reader.text("drift-since", { from: begun });
  return reader.text("drift-span", { from: begun, until: reader.dateTime(until) });
}

function differenceLine(reader: Reader, one: Difference): string {
  const worth = [
    ...(one.percent === null ? [] : [reader.percent(one.percent)]),
    ...(one.quote === null ? [] : [reader.gain(one.quote)]),
  ];
  const line = reader.text("drift-instead", {
    what: reader.text(`drift-field-${one.kind}`),
    real: valueOf(reader, one, one.real),
    replay: valueOf(reader, one, one.replay),
  });
  return worth.length === 0 ? line : `${line} (${worth.join(", ")})`;
}

function valueOf(reader: Reader, { kind }: Difference, value: string | number | null): string {
  if (value === null) return reader.text("drift-still-open");
  if (typeof value === "number") return reader.clockTime(value);
  switch (kind) {
    case "exit-reason":
      return reader.text(`exit-${value}`);
    case "amount":
      return reader.amount(value);
    case "fees":
      return reader.money(value);
    default:
      return reader.price(value);
  }
}

/** What was compared, and what no replay can know. */
function remarks(reader: Reader, report: DriftReport): readonly string[] {
  const { from, until, candles, versions, judgesForming, complete } = report;
  const span = { from: reader.dateTime(from), until: reader.dateTime(until), candles };
  return [
    ...(candles === 0 ? [] : [reader.text("backtest-span", span)]),
    ...(versions.length > 1 ? [reader.text("drift-versions", { count: versions.length })] : []),
    ...(judgesForming ? [reader.text("drift-judges-forming")] : []),
    ...(complete ? [] : [reader.text("backtest-incomplete")]),
  ];
}
