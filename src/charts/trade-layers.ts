/** Trades on a price pane: where they were entered and left, and what stop and target held meanwhile. */
import type { Layer, LegendEntry, Level, Link, Mark } from "./picture.ts";

export interface DrawnTrade {
  readonly side: "long" | "short";
  readonly entryAt: number;
  readonly entryPrice: number;
  /** Null while it is open. */
  readonly exit: { readonly at: number; readonly price: number; readonly won: boolean } | null;
  readonly stop: number | null;
  readonly target: number | null;
}

export interface TradeLabels {
  readonly long: string;
  readonly short: string;
  readonly win: string;
  readonly loss: string;
  readonly stop: string;
  readonly target: string;
}

export interface TradeLayers {
  readonly layers: readonly Layer[];
  readonly legend: readonly LegendEntry[];
  /** So many that candles should stand back. */
  readonly crowded: boolean;
}

/** With more trades than this in sight only their ends are shown, as small dots. */
const MAX_DETAILED = 60;

/** `until`: where the lines of an open trade end. */
export function tradeLayers(
  trades: readonly DrawnTrade[],
  labels: TradeLabels,
  until: number,
): TradeLayers {
  const exits = trades.flatMap(({ exit }) => (exit === null ? [] : [exit]));
  const small = trades.length > MAX_DETAILED;
  const marks: Mark[] = exits.map(({ at, price, won }) => ({
    at,
    value: price,
    shape: "dot",
    ink: won ? "rise" : "fall",
    label: "",
  }));
  const results: LegendEntry[] = [
    ...(exits.some(({ won }) => won) ? [dot(labels.win, "rise")] : []),
    ...(exits.some(({ won }) => !won) ? [dot(labels.loss, "fall")] : []),
  ];
  if (small) return { layers: [{ kind: "marks", marks, small }], legend: results, crowded: true };
  const stops = levelsOf(trades, ({ stop }) => stop, until);
  const targets = levelsOf(trades, ({ target }) => target, until);
  const sides = new Set(trades.map(({ side }) => side));
  return {
    layers: [
      { kind: "levels", levels: stops, ink: "stop" },
      { kind: "levels", levels: targets, ink: "target" },
      { kind: "links", links: trades.flatMap(linksOf) },
      { kind: "marks", marks: [...trades.map(entryMark), ...marks] },
    ],
    legend: [
      ...(sides.has("long") ? [entry(labels.long, "up")] : []),
      ...(sides.has("short") ? [entry(labels.short, "down")] : []),
      ...results,
      ...(stops.length > 0 ? [dashed(labels.stop, "stop")] : []),
      ...(targets.length > 0 ? [dashed(labels.target, "target")] : []),
    ],
    crowded: false,
  };
}

function entryMark({ side, entryAt, entryPrice }: DrawnTrade): Mark {
  const shape = side === "long" ? "up" : "down";
  return { at: entryAt, value: entryPrice, shape, ink: "entry", label: "" };
}

function linksOf({ entryAt, entryPrice, exit }: DrawnTrade): readonly Link[] {
  if (exit === null) return [];
  const ink = exit.won ? "rise" : "fall";
  return [{ from: entryAt, entry: entryPrice, until: exit.at, exit: exit.price, ink }];
}

function levelsOf(
  trades: readonly DrawnTrade[],
  valueOf: (trade: DrawnTrade) => number | null,
  until: number,
): readonly Level[] {
  return trades.flatMap((trade) => {
    const value = valueOf(trade);
    return value === null ? [] : [{ from: trade.entryAt, until: trade.exit?.at ?? until, value }];
  });
}

const dot = (label: string, ink: "rise" | "fall"): LegendEntry => ({ label, ink, sample: "dot" });
const entry = (label: string, sample: "up" | "down"): LegendEntry => ({
  label,
  ink: "entry",
  sample,
});
const dashed = (label: string, ink: "stop" | "target"): LegendEntry => ({
  label,
  ink,
  sample: "dashed",
});
