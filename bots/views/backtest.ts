/**
 * What a backtest came to: the verdict in one line, the figures of the whole and of the part no rule was
 * fitted to, and how equity went. A figure that would mean nothing is a dash, with the reason below.
 */
import type { BacktestAnswer } from "../../src/app/backtests.ts";
import { toneOf } from "./profit.ts";
import { NOTHING, type Reader } from "./reader.ts";
import { listOf, type Block, type Draft } from "./reply.ts";
import { sparkline, thinned } from "./sparkline.ts";

type Result = BacktestAnswer["result"];
type Metrics = Result["metrics"];
/** A number, or why there is none. */
type Figure = Metrics["sharpe"];

/** Bars of the equity curve. */
const CURVE_BARS = 32;

export function backtestView(reader: Reader, { result, complete }: BacktestAnswer): Draft {
  const { metrics, symbol, timeframe } = result;
  const title = reader.text("backtest-title", { symbol, timeframe });
  const columns = [metrics, ...(result.parts === null ? [] : [result.parts.outOfSample])];
  return {
    tone: isThin(metrics) ? "neutral" : toneOf(String(metrics.netProfit)),
    blocks: [
      { kind: "title", text: title },
      { kind: "text", text: verdict(reader, metrics) },
      { kind: "code", text: result.ruleText },
      figures(reader, columns),
      { kind: "code", text: sparkline(thinned(result.equity.values, CURVE_BARS)) },
      listOf(remarks(reader, result, complete)),
    ],
  };
}

export function verdict(reader: Reader, metrics: Metrics): string {
  const { trades } = metrics;
  const said = reader.text("backtest-verdict", {
    result: percent(reader, metrics.returnPercent),
    trades,
    drawdown: percent(reader, fallOf(metrics)),
    hold: percent(reader, metrics.buyAndHoldPercent),
  });
  return isThin(metrics) ? `${said} ${reader.text("backtest-thin", { trades })}` : said;
}

/** Too few trades for any ratio of them. */
function isThin({ winRatePercent }: Metrics): boolean {
  return typeof winRatePercent === "string";
}

function figures(reader: Reader, columns: readonly Metrics[]): Block {
  const row = (label: string, cell: (metrics: Metrics) => string): readonly string[] => [
    label,
    ...columns.map(cell),
  ];
  const text = (key: string): string => reader.text(key);
  const titles = [text("column-whole"), text("column-out-of-sample")];
  return {
    kind: "table",
    table: {
      columns: [
        { title: text("column-figure"), align: "left", priority: 1 },
        ...columns.map((_, i) => ({
          title: titles[i] ?? "",
          align: "right" as const,
          priority: 1,
        })),
      ],
      rows: [
        row(text("column-return"), (m) => percent(reader, m.returnPercent)),
        row(text("figure-net"), (m) => reader.signed(String(m.netProfit))),
        row(text("figure-hold"), (m) => percent(reader, m.buyAndHoldPercent)),
        row(text("figure-cagr"), (m) => percent(reader, m.cagrPercent)),
        row(text("figure-drawdown"), (m) => percent(reader, fallOf(m))),
        row(text("figure-sharpe"), (m) => ratio(reader, m.sharpe)),
        row(text("figure-sortino"), (m) => ratio(reader, m.sortino)),
        row(text("column-trades"), (m) => reader.integer(m.trades)),
        row(text("figure-win-rate"), (m) => share(reader, m.winRatePercent)),
        row(text("figure-profit-factor"), (m) => ratio(reader, m.profitFactor)),
        row(text("figure-exposure"), (m) => share(reader, m.exposurePercent)),
        row(text("column-fees"), (m) => reader.sum(String(m.fees))),
      ],
    },
  };
}

/** What the figures rest on, and what to think of them. */
function remarks(reader: Reader, result: Result, complete: boolean): readonly string[] {
  const { metrics, parts, open, candles } = result;
  const span = reader.text("backtest-span", {
    from: reader.dateTime(metrics.from),
    until: reader.dateTime(metrics.until),
    candles: candles.tested,
  });
  const pnl = reader.gain(open?.unrealisedPnl ?? "0");
  const measured = [metrics, ...(parts === null ? [] : [parts.outOfSample])];
  const reasons = new Set(measured.flatMap(missing));
  const why = [...reasons].map((reason) => reader.text(`missing-${reason.replaceAll(" ", "-")}`));
  return [
    span,
    ...(open === null ? [] : [reader.text("backtest-open", { pnl })]),
    ...(why.length === 0 ? [] : [reader.text("backtest-missing", { why: why.join(", ") })]),
    ...(complete ? [] : [reader.text("backtest-incomplete")]),
    reader.text("backtest-caution"),
  ];
}

function missing(metrics: Metrics): readonly string[] {
  const { cagrPercent, sharpe, sortino, winRatePercent, profitFactor } = metrics;
  const shown = [cagrPercent, sharpe, sortino, winRatePercent, profitFactor];
  return shown.filter((figure) => typeof figure === "string");
}

/** The deepest fall of equity, percent, as a loss. */
function fallOf({ maxDrawdown }: Metrics): number {
  return maxDrawdown === null ? 0 : -maxDrawdown.percent;
}

export function percent(reader: Reader, figure: Figure): string {
  return reader.percent(typeof figure === "string" ? null : String(figure));
}

export function share(reader: Reader, figure: Figure): string {
  return typeof figure === "string" ? NOTHING : reader.share(figure, 100);
}

export function ratio(reader: Reader, figure: Figure): string {
  return typeof figure === "string" ? NOTHING : reader.sum(String(figure));
}
