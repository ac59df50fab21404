/**
 * A backtest on one page: the key figures, the price with every trade, the money against holding the
 * coin, the drawdown, and where the part begins that no rule was fitted to.
 */
import { type EquityLabels, type EquityLines, equityPanes } from "./equity-panes.ts";
import { type CandleLabels, candleLegend, lastClose, timeOf } from "./market-chart.ts";
import type { Audience, Columns, HeadFigure, Picture } from "./picture.ts";
import { type DrawnTrade, type TradeLabels, tradeLayers } from "./trade-layers.ts";

export interface BacktestChart extends EquityLines {
  readonly columns: Columns;
  readonly trades: readonly DrawnTrade[];
  /** Where the out-of-sample part begins; null when the whole is one part. */
  readonly splitAt: number | null;
}

export interface BacktestLabels extends EquityLabels, TradeLabels, CandleLabels {
  readonly title: string;
  readonly subtitle: string;
  readonly inSample: string;
  readonly outOfSample: string;
  readonly note: string;
  readonly figures: readonly HeadFigure[];
}

const SHARES = { price: 3.4, equity: 2.6, drawdown: 1.3 };

export function backtestPicture(
  chart: BacktestChart,
  labels: BacktestLabels,
  audience: Audience,
): Picture {
  const { columns, splitAt } = chart;
  const { from, until } = timeOf(columns);
  const traded = tradeLayers(chart.trades, labels, until);
  return {
    title: labels.title,
    subtitle: labels.subtitle,
    figures: labels.figures,
    from,
    until,
    panes: [
      {
        share: SHARES.price,
        unit: "",
        legend: [...candleLegend(labels, traded.crowded), ...traded.legend],
        layers: [{ kind: "candles", columns, muted: traded.crowded }, ...traded.layers],
        tags: lastClose(columns),
      },
      ...equityPanes(chart, labels, SHARES, { stepped: false }),
    ],
    mark:
      splitAt === null ? null : { at: splitAt, before: labels.inSample, after: labels.outOfSample },
    spans: splitAt === null ? [] : [{ from: splitAt, until }],
    audience,
    note: labels.note,
  };
}
