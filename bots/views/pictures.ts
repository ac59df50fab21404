/** Every word in a picture, in the reader's language, and its key figures as people read them. */
import type { BacktestAnswer } from "../../src/app/backtests.ts";
import type { MarketSheet } from "../../src/app/charts.ts";
import type { EquitySheet } from "../../src/app/equity-history.ts";
import type {
  Audience,
  BacktestChart,
  BacktestLabels,
  DrawnTrade,
  EquityChartLabels,
  HeadFigure,
  MarketLabels,
  TradeChart,
  TradeChartLabels,
} from "../../src/app/pictures.ts";
import type { TradeReport } from "../../src/app/queries.ts";
import { timeframeMs } from "../../src/domain/timeframe.ts";
import { percent, ratio, share } from "./backtest.ts";
import { equityTitle } from "./charts.ts";
import type { Reader } from "./reader.ts";

export function audienceOf({ language, timeZone }: Reader): Audience {
  return { language, timeZone };
}

function candleWords(reader: Reader) {
  return {
    rising: reader.text("picture-rising"),
    falling: reader.text("picture-falling"),
    price: reader.text("picture-price"),
  };
}

function tradeWords(reader: Reader) {
  return {
    long: reader.text("picture-long"),
    short: reader.text("picture-short"),
    win: reader.text("picture-win"),
    loss: reader.text("picture-loss"),
    stop: reader.text("picture-stop"),
    target: reader.text("picture-target"),
  };
}

function equityWords(reader: Reader, key: string) {
  return {
    equity: `${reader.text(key)}, ${reader.quoteAsset}`,
    hold: reader.text("picture-hold"),
    drawdown: reader.text("picture-drawdown"),
    start: reader.text("picture-start"),
  };
}

function spanOf(reader: Reader, from: number, until: number): string {
  return `${reader.dateTime(from)} – ${reader.dateTime(until)}`;
}

export function marketLabels(reader: Reader, sheet: MarketSheet): MarketLabels {
  const { symbol, timeframe, first, last, strategy } = sheet;
  const until = last.openTime + timeframeMs(timeframe);
  const whose = strategy === null ? "" : ` · #${strategy.number} ${strategy.name}`;
  return {
    ...candleWords(reader),
    ...tradeWords(reader),
    title: `${symbol} ${timeframe}`,
    subtitle: `${spanOf(reader, first.openTime, until)}${whose}`,
    volume: reader.text("picture-volume"),
    note: reader.text("picture-note"),
  };
}

export function equityLabels(reader: Reader, sheet: EquitySheet): EquityChartLabels {
  const { from, until, returnPercent, deepestPercent, holdPercent, trades } = sheet;
  const hold = holdPercent === null ? null : String(holdPercent);
  return {
    ...equityWords(reader, "picture-equity"),
    title: equityTitle(reader, sheet),
    subtitle: spanOf(reader, from, until),
    figures: [
      tinted(reader, "picture-equity-now", reader.sum(String(sheet.end)), returnPercent),
      tinted(reader, "column-return", reader.percent(String(returnPercent)), returnPercent),
      plain(reader, "figure-hold", reader.percent(hold)),
      plain(reader, "figure-drawdown", reader.percent(String(deepestPercent))),
      plain(reader, "picture-trades", reader.integer(trades)),
    ],
    note: reader.text("equity-note"),
  };
}

export function backtestChart({ result }: BacktestAnswer): BacktestChart {
  const { sketch, trades, entries, open, capital, parts } = result;
  const positions = new Map(entries.map((position) => [position.id, position]));
  const levels = (id: string): Pick<DrawnTrade, "stop" | "target"> => {
    const { stopPrice = null, takePrice = null } = positions.get(id) ?? {};
    return { stop: numberOf(stopPrice), target: numberOf(takePrice) };
  };
  const closed = trades.map((trade) => ({
    side: trade.side,
    entryAt: trade.entryAt,
    entryPrice: Number(trade.entryPrice),
    exit: { at: trade.exitAt, price: Number(trade.exitPrice), won: Number(trade.pnl) > 0 },
    ...levels(trade.id),
  }));
  const last = open?.position;
  const still =
    last === undefined
      ? []
      : [
          {
            side: last.side,
            entryAt: last.openedAt,
            entryPrice: Number(last.entryPrice),
            exit: null,
            ...levels(last.id),
          },
        ];
  return {
    ...sketch,
    start: Number(capital),
    trades: [...closed, ...still],
    splitAt: parts?.outOfSample.from ?? null,
  };
}

function numberOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}

export function backtestLabels(reader: Reader, { result }: BacktestAnswer): BacktestLabels {
  const { symbol, timeframe, metrics, parts, ruleText } = result;
  const outside = parts === null ? null : String(parts.outOfSample.returnPercent);
  const fall = -(metrics.maxDrawdown?.percent ?? 0);
  return {
    ...candleWords(reader),
    ...tradeWords(reader),
    ...equityWords(reader, "picture-this-rule"),
    title: reader.text("backtest-title", { symbol, timeframe }),
    subtitle: ruleText.replaceAll("\n", " · "),
    inSample: reader.text("picture-in-sample"),
    outOfSample: reader.text("picture-out-of-sample"),
    figures: [
      tinted(
        reader,
        "column-return",
        percent(reader, metrics.returnPercent),
        metrics.returnPercent,
      ),
      plain(reader, "figure-hold", percent(reader, metrics.buyAndHoldPercent)),
      plain(reader, "figure-drawdown", percent(reader, fall)),
      plain(reader, "picture-trades", reader.integer(metrics.trades)),
      plain(reader, "figure-win-rate", share(reader, metrics.winRatePercent)),
      plain(reader, "column-out-of-sample", reader.percent(outside)),
      plain(reader, "figure-sharpe", ratio(reader, metrics.sharpe)),
      plain(reader, "figure-profit-factor", ratio(reader, metrics.profitFactor)),
      plain(reader, "figure-exposure", share(reader, metrics.exposurePercent)),
      plain(reader, "column-fees", reader.sum(String(metrics.fees))),
    ],
    note: reader.text("picture-backtest-note", {
      span: spanOf(reader, metrics.from, metrics.until),
    }),
  };
}

export function tradeTitle(reader: Reader, { number, trade, position }: TradeReport): string {
  const what = trade ?? position?.position;
  const side = what === undefined ? "" : reader.text(`side-${what.side}`);
  const facts = { trade: `#${number}`, symbol: what?.symbol ?? "", side };
  return reader.text(trade === null ? "trade-title-open" : "trade-title", facts);
}

export function tradeLabels(
  reader: Reader,
  report: TradeReport,
  { columns, best, worst, entry, exit, stops, target }: TradeChart,
): TradeChartLabels {
  const priced = (key: string, price: number | undefined): string =>
    price === undefined ? "" : `${reader.text(key)} ${reader.price(String(price))}`;
  const { trade, position } = report;
  const [bestText, worstText] = [best, worst].map((one) => reader.percent(String(one.percent)));
  const at = trade?.entryAt ?? position?.position.openedAt ?? 0;
  const gain = trade?.pnlPercent ?? position?.unrealisedPercent ?? null;
  const held = trade === null ? reader.age(at) : reader.duration(trade.exitAt - at);
  const reason = trade === null ? "picture-open" : `exit-${trade.exitReason}`;
  const result = trade === null ? "field-unrealised" : "field-profit";
  return {
    ...candleWords(reader),
    title: tradeTitle(reader, report),
    subtitle: spanOf(reader, at, trade?.exitAt ?? reader.now),
    volume: reader.text("picture-volume"),
    signal: reader.text("picture-signal"),
    entry: priced("field-entry", entry.price),
    exit: priced("field-exit", exit?.price),
    stop: priced("picture-stop", stops.at(-1)?.price),
    target: priced("picture-target", target ?? undefined),
    best: bestText ?? "",
    worst: worstText ?? "",
    figures: [
      tinted(reader, result, reader.percent(gain), Number(gain ?? 0)),
      plain(reader, "picture-ending", reader.text(reason)),
      plain(reader, "field-held", held),
      plain(reader, "picture-best", bestText ?? ""),
      plain(reader, "picture-worst", worstText ?? ""),
    ],
    note: reader.text("picture-trade-note", { length: reader.duration(columns.spanMs) }),
  };
}

function plain(reader: Reader, key: string, value: string): HeadFigure {
  return { label: reader.text(key), value, ink: "text" };
}

/** In the colour of what it means: won, lost, or neither. */
function tinted(reader: Reader, key: string, value: string, gain: number): HeadFigure {
  const shown = Math.round(gain * 100);
  const ink = shown > 0 ? "rise" : shown < 0 ? "fall" : "text";
  return { label: reader.text(key), value, ink };
}
