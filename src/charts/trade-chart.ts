/**
 * One trade: the candle that gave the signal, both fills, how the stop moved, the target, and how far
 * the price went for and against it meanwhile.
 */
import { type CandleLabels, candleLegend, timeOf, volumePane } from "./market-chart.ts";
import type {
  Audience,
  Columns,
  HeadFigure,
  Layer,
  LegendEntry,
  Mark,
  Picture,
  Tag,
} from "./picture.ts";

interface Moment {
  readonly at: number;
  readonly price: number;
}

export interface TradeChart {
  readonly columns: Columns;
  readonly side: "long" | "short";
  /** The candle whose close decided the entry; null when it is not known. */
  readonly signal: { readonly from: number; readonly until: number } | null;
  readonly entry: Moment;
  /** Null while it is open. */
  readonly exit: (Moment & { readonly won: boolean }) | null;
  /** The price now, while it is open; null when it is closed or no price is known. */
  readonly now: Moment | null;
  /** The stop from each time on. */
  readonly stops: readonly Moment[];
  readonly target: number | null;
  /** Farthest in favour and against, percent of the entry price. */
  readonly best: Moment & { readonly percent: number };
  readonly worst: Moment & { readonly percent: number };
}

export interface TradeChartLabels extends CandleLabels {
  readonly title: string;
  readonly subtitle: string;
  readonly volume: string;
  readonly signal: string;
  readonly entry: string;
  readonly exit: string;
  readonly stop: string;
  readonly target: string;
  /** Beside the farthest prices in favour and against, such as "Best +1.20 %". */
  readonly best: string;
  readonly worst: string;
  readonly figures: readonly HeadFigure[];
  readonly note: string;
}

/** Stop and target belong into the picture unless the candles would be a flat line beside them. */
const STOP_REACH = 4;

export function tradePicture(
  chart: TradeChart,
  labels: TradeChartLabels,
  audience: Audience,
): Picture {
  const { columns, signal, now } = chart;
  const { from, until: end } = timeOf(columns);
  const until = Math.max(end, now?.at ?? end);
  const layers = tradeParts(chart, until);
  return {
    title: labels.title,
    subtitle: labels.subtitle,
    figures: labels.figures,
    from,
    until,
    panes: [
      {
        share: 5,
        unit: "",
        legend: legendOf(chart, labels),
        layers: [
          { kind: "candles", columns },
          ...layers,
          { kind: "marks", marks: marksOf(chart, labels) },
        ],
        tags: tagsOf(chart),
        reach: STOP_REACH,
      },
      volumePane(columns, labels.volume),
    ],
    mark: null,
    spans: signal === null ? [] : [signal],
    audience,
    note: labels.note,
  };
}

function tradeParts({ entry, exit, stops, target }: TradeChart, until: number): readonly Layer[] {
  const end = exit?.at ?? until;
  const steps = [...stops, { at: end, price: stops.at(-1)?.price ?? NaN }];
  const held = { times: steps.map(({ at }) => at), values: steps.map(({ price }) => price) };
  const levels = target === null ? [] : [{ from: entry.at, until: end, value: target }];
  return [
    { kind: "levels", levels: [{ from: entry.at, until: end, value: entry.price }], ink: "muted" },
    { kind: "levels", levels, ink: "target" },
    ...(stops.length === 0
      ? []
      : [{ kind: "line", line: held, ink: "stop", stepped: true } as const]),
    ...(exit === null
      ? []
      : [
          {
            kind: "links",
            links: [
              {
                from: entry.at,
                entry: entry.price,
                until: exit.at,
                exit: exit.price,
                ink: exit.won ? "rise" : "fall",
              },
            ],
          } as const,
        ]),
  ];
}

function marksOf(chart: TradeChart, labels: TradeChartLabels): readonly Mark[] {
  const { side, entry, exit, best, worst } = chart;
  const shape = side === "long" ? "up" : "down";
  const told = (moment: Moment, label: string, high: boolean, ink: "rise" | "fall"): Mark[] =>
    moment.price === entry.price
      ? []
      : [{ at: moment.at, value: moment.price, shape: high ? "above" : "below", ink, label }];
  return [
    ...told(best, labels.best, side === "long", "rise"),
    ...told(worst, labels.worst, side !== "long", "fall"),
    { at: entry.at, value: entry.price, shape, ink: "entry", label: "" },
    ...(exit === null ? [] : [exitMark(exit)]),
  ];
}

function exitMark({ at, price, won }: NonNullable<TradeChart["exit"]>): Mark {
  return { at, value: price, shape: "dot", ink: won ? "rise" : "fall", label: "" };
}

function legendOf(chart: TradeChart, labels: TradeChartLabels): readonly LegendEntry[] {
  const { side, signal, exit, stops, target } = chart;
  const sample = side === "long" ? "up" : "down";
  return [
    ...candleLegend(labels, false),
    ...(signal === null ? [] : [{ label: labels.signal, ink: "shade", sample: "box" } as const]),
    { label: labels.entry, ink: "entry", sample },
    ...(exit === null
      ? []
      : [{ label: labels.exit, ink: exit.won ? "rise" : "fall", sample: "dot" } as const]),
    ...(stops.length === 0 ? [] : [{ label: labels.stop, ink: "stop", sample: "line" } as const]),
    ...(target === null
      ? []
      : [{ label: labels.target, ink: "target", sample: "dashed" } as const]),
  ];
}

function tagsOf({ entry, exit, now, stops, target }: TradeChart): readonly Tag[] {
  const stop = stops.at(-1)?.price;
  return [
    { value: entry.price, ink: "entry" as const },
    ...(now === null ? [] : [{ value: now.price, ink: "fifth" as const }]),
    ...(stop === undefined ? [] : [{ value: stop, ink: "stop" as const }]),
    ...(target === null ? [] : [{ value: target, ink: "target" as const }]),
    ...(exit === null
      ? []
      : [{ value: exit.price, ink: exit.won ? ("rise" as const) : ("fall" as const) }]),
  ];
}
