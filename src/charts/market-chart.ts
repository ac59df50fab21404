/**
 * A market: candles with what a rule reads over them, oscillators and volume below, and the trades that
 * were made there.
 */
import type { Audience, Columns, Layer, LegendEntry, Line, Pane, Picture } from "./picture.ts";
import { LINE_INKS } from "./theme.ts";
import { tradeLayers, type DrawnTrade, type TradeLabels } from "./trade-layers.ts";

/** One line of an indicator. */
export interface IndicatorLine {
  readonly label: string;
  /** Lines of one family over the candles are one thing: the edges of a band. */
  readonly family: string;
  readonly line: Line;
  /** As separate points. */
  readonly dotted: boolean;
  /** Filled from zero: a histogram. */
  readonly filled: boolean;
}

/** Indicators that share a scale of their own, and the numbers a rule compares them with. */
export interface IndicatorPane {
  readonly lines: readonly IndicatorLine[];
  readonly thresholds: readonly number[];
}

export interface MarketLabels extends TradeLabels, CandleLabels {
  readonly title: string;
  readonly subtitle: string;
  readonly volume: string;
  readonly note: string;
}

export interface MarketChart {
  readonly columns: Columns;
  readonly overlays: readonly IndicatorLine[];
  readonly volumeLines: readonly IndicatorLine[];
  readonly panes: readonly IndicatorPane[];
  readonly trades: readonly DrawnTrade[];
}

/** Lines over candles beyond this hide them. */
const MAX_OVERLAYS = 9;
/** Panes of indicators that leave enough room for the price. */
const MAX_INDICATOR_PANES = 2;
const SHARES = { price: 5, indicator: 1.8, volume: 1.1 };

export function marketPicture(
  chart: MarketChart,
  labels: MarketLabels,
  audience: Audience,
): Picture {
  const { columns, trades } = chart;
  const { from, until } = timeOf(columns);
  const seen = trades.filter((one) => (one.exit?.at ?? until) >= from && one.entryAt <= until);
  return {
    title: labels.title,
    subtitle: labels.subtitle,
    figures: [],
    from,
    until,
    panes: [
      pricePane(chart, seen, labels),
      ...chart.panes.slice(0, MAX_INDICATOR_PANES).map((pane) => indicatorPane(pane, from, until)),
      volumePane(columns, labels.volume, chart.volumeLines),
    ],
    mark: null,
    spans: [],
    audience,
    note: labels.note,
  };
}

/** From the first column's beginning to the last one's end. */
export function timeOf({ times, spanMs }: Columns): { from: number; until: number } {
  return { from: times[0] ?? 0, until: (times.at(-1) ?? 0) + spanMs };
}

function pricePane(
  { columns, overlays }: MarketChart,
  trades: readonly DrawnTrade[],
  labels: MarketLabels,
): Pane {
  const lines = drawnLines(overlays.slice(0, MAX_OVERLAYS), ({ family }) => family);
  const traded = tradeLayers(trades, labels, timeOf(columns).until);
  return {
    share: SHARES.price,
    unit: "",
    legend: [...candleLegend(labels, traded.crowded), ...lines.legend, ...traded.legend],
    layers: [
      { kind: "candles", columns, muted: traded.crowded },
      ...lines.layers,
      ...traded.layers,
    ],
    tags: lastClose(columns),
  };
}

export interface CandleLabels {
  readonly rising: string;
  readonly falling: string;
  readonly price: string;
}

export function candleLegend(
  { rising, falling, price }: CandleLabels,
  muted: boolean,
): readonly LegendEntry[] {
  if (muted) return [{ label: price, ink: "faint", sample: "box" }];
  return [
    { label: rising, ink: "rise", sample: "box" },
    { label: falling, ink: "fall", sample: "box" },
  ];
}

/** The newest price, in the colour of its candle. */
export function lastClose({ open, close }: Columns): NonNullable<Pane["tags"]> {
  const value = close.at(-1);
  if (value === undefined) return [];
  return [{ value, ink: value >= (open.at(-1) ?? value) ? "rise" : "fall" }];
}

export function volumePane(
  columns: Columns,
  label: string,
  lines: readonly IndicatorLine[] = [],
): Pane {
  const drawn = drawnLines(lines);
  return {
    share: SHARES.volume,
    unit: "",
    legend: [{ label, ink: "muted", sample: "box" }, ...drawn.legend],
    layers: [{ kind: "volume", columns }, ...drawn.layers],
  };
}

function indicatorPane({ lines, thresholds }: IndicatorPane, from: number, until: number): Pane {
  const drawn = drawnLines(lines);
  const levels = thresholds.map((value) => ({ from, until, value }));
  return {
    share: SHARES.indicator,
    unit: "",
    legend: drawn.legend,
    layers: [...drawn.layers, { kind: "levels", levels, ink: "muted" }],
  };
}

function drawnLines(
  lines: readonly IndicatorLine[],
  keyOf: (line: IndicatorLine) => string = ({ label }) => label,
): { readonly layers: readonly Layer[]; readonly legend: readonly LegendEntry[] } {
  const keys = [...new Set(lines.filter(({ filled }) => !filled).map(keyOf))];
  const inked = lines.map((one) => {
    const index = keys.indexOf(keyOf(one));
    const ink = one.filled ? ("muted" as const) : (LINE_INKS[index % LINE_INKS.length] ?? "first");
    // The sixth one has the first one's colour.
    return { ...one, key: keyOf(one), ink, dashed: index >= LINE_INKS.length };
  });
  const named = new Map(inked.map((one) => [one.key, one]));
  return {
    layers: inked.map(({ line, ink, dotted, filled, dashed }) =>
      filled ? { kind: "area", line, ink } : { kind: "line", line, ink, dotted, dashed },
    ),
    legend: [...named].map(([label, { ink, filled, dotted, dashed }]) => {
      const sample = filled ? "box" : dotted ? "dot" : dashed ? "dashed" : "line";
      return { label, ink, sample };
    }),
  };
}
