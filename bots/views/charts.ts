/** The words beside a chart and beside an equity: what the picture shows, in a few figures. */
import type { MarketSheet } from "../../src/app/charts.ts";
import type { EquitySheet } from "../../src/app/equity-history.ts";
import { timeframeMs } from "../../src/domain/timeframe.ts";
import { toneOf } from "./profit.ts";
import type { Reader } from "./reader.ts";
import type { Block, Draft } from "./reply.ts";

interface MarketArgs {
  readonly symbol: string | null;
  readonly timeframe: string | null;
  readonly indicators: string | null;
}

export function marketView(reader: Reader, sheet: MarketSheet, asked: MarketArgs): Draft {
  const { symbol, timeframe, first, last, high, low, strategy } = sheet;
  const change = 100 * (Number(last.close) / Number(first.open) - 1);
  const time = reader.dateTime(last.openTime + timeframeMs(timeframe));
  const fields: [string, string][] = [
    [reader.text("field-last"), `${reader.price(last.close)} (${reader.percent(String(change))})`],
    [reader.text("chart-high"), reader.price(String(high))],
    [reader.text("chart-low"), reader.price(String(low))],
  ];
  if (strategy !== null) {
    fields.push([reader.text("field-strategy"), `#${strategy.number} ${strategy.name}`]);
  }
  const said = reader.text("preview-span", { count: sheet.chart.columns.times.length, time });
  const notes: Block[] = [
    { kind: "text", text: said },
    ...(sheet.complete
      ? []
      : [{ kind: "text" as const, text: reader.text("backtest-incomplete") }]),
  ];
  const args = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null));
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: `${symbol} ${timeframe}` },
      { kind: "fields", rows: fields },
      ...notes,
    ],
    buttons: [[{ label: reader.text("button-refresh"), command: "chart", args, style: "plain" }]],
  };
}

export function equityView(reader: Reader, sheet: EquitySheet): Draft {
  const { lines, end, returnPercent, deepestPercent, holdPercent, trades, strategy } = sheet;
  const rows: [string, string][] = [
    [
      reader.text("picture-equity-now"),
      `${reader.money(String(end))} (${reader.percent(String(returnPercent))})`,
    ],
    [reader.text("picture-start"), reader.money(String(lines.start))],
    [reader.text("figure-drawdown"), reader.percent(String(deepestPercent))],
    ...(holdPercent === null
      ? []
      : [[reader.text("figure-hold"), reader.percent(String(holdPercent))] as [string, string]]),
    [reader.text("column-trades"), reader.integer(trades)],
  ];
  const args = strategy === null ? {} : { strategy: strategy.number };
  return {
    tone: toneOf(String(end - lines.start)),
    blocks: [
      { kind: "title", text: equityTitle(reader, sheet) },
      { kind: "fields", rows },
      { kind: "text", text: reader.text("equity-note") },
    ],
    buttons: [[{ label: reader.text("button-refresh"), command: "equity", args, style: "plain" }]],
  };
}

export function equityTitle(reader: Reader, { strategy, strategies }: EquitySheet): string {
  if (strategy === null) return reader.text("equity-title", { strategies });
  const name = `#${strategy.number} ${strategy.name}`;
  return reader.text("equity-title-strategy", { strategy: name });
}
