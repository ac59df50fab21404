/** Layers as SVG: each becomes a few paths, however many candles it has. */
import type { Columns, Layer, Level, Line, Link, Mark } from "./picture.ts";
import { path, px, rect, textAt } from "./svg.ts";
import { textWidth } from "./text-width.ts";
import { INKS, LABEL_SIZE, OUTLINE } from "./theme.ts";

/** Where a pane's values are on the paper. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  x(time: number): number;
  y(value: number): number;
}

/** Share of its column that a candle fills. */
const BODY_SHARE = 0.72;
const MIN_BODY = 1.2;
const MAX_BODY = 26;
const LINE_WIDTH = 2.2;
const WEIGHTS = { thin: 1.5, bold: 3.2 };
const MARK_SIZE = 9;
const SMALL_MARK_SIZE = 3.4;
/** Small marks nearer than this to one of their kind are drawn once, px. */
const MARK_CELL = 6;

export function drawLayer(layer: Layer, plot: Plot): string {
  switch (layer.kind) {
    case "candles":
      return candles(layer.columns, layer.muted === true, plot);
    case "volume":
      return volume(layer.columns, plot);
    case "line":
      return line(layer, plot);
    case "area":
      return area(layer, plot);
    case "levels":
      return levels(layer.levels, INKS[layer.ink], plot);
    case "links":
      return layer.links.map((link) => drawnLink(link, plot)).join("");
    case "marks":
      return marks(layer.marks, layer.small === true, plot);
  }
}

function candles(columns: Columns, muted: boolean, plot: Plot): string {
  const { times, open, high, low, close } = columns;
  const wicks = { rise: "", fall: "" };
  const bodies = { rise: "", fall: "" };
  const width = bodyWidth(columns, plot);
  for (const [i, time] of times.entries()) {
    const centre = plot.x(time + columns.spanMs / 2);
    const [first, last] = [open[i] ?? NaN, close[i] ?? NaN];
    const ink = last >= first ? "rise" : "fall";
    const [top, bottom] = [plot.y(Math.max(first, last)), plot.y(Math.min(first, last))];
    const height = Math.max(1.5, bottom - top);
    const up = plot.y(high[i] ?? NaN);
    wicks[ink] += `M${px(centre)} ${px(up)}V${px(plot.y(low[i] ?? NaN))}`;
    bodies[ink] +=
      `M${px(centre - width / 2)} ${px(top)}h${px(width)}v${px(height)}h${px(-width)}z`;
  }
  const thin = width < 3 ? 1 : 1.6;
  const colour = (ink: "rise" | "fall"): string => (muted ? INKS.faint : INKS[ink]);
  return (["rise", "fall"] as const)
    .map(
      (ink) =>
        path(wicks[ink], `stroke="${colour(ink)}" stroke-width="${thin}" fill="none"`) +
        path(bodies[ink], `fill="${colour(ink)}"`),
    )
    .join("");
}

function bodyWidth({ spanMs }: Columns, plot: Plot): number {
  const wide = (plot.x(spanMs) - plot.x(0)) * BODY_SHARE;
  return Math.min(MAX_BODY, Math.max(MIN_BODY, wide));
}

function volume(columns: Columns, plot: Plot): string {
  const bars = { rise: "", fall: "" };
  const width = bodyWidth(columns, plot);
  const base = plot.y(0);
  for (const [i, time] of columns.times.entries()) {
    const ink = (columns.close[i] ?? 0) >= (columns.open[i] ?? 0) ? "rise" : "fall";
    const x = plot.x(time + columns.spanMs / 2) - width / 2;
    const y = plot.y(columns.volume[i] ?? 0);
    bars[ink] += `M${px(x)} ${px(y)}h${px(width)}V${px(base)}h${px(-width)}z`;
  }
  return (["rise", "fall"] as const)
    .map((ink) => path(bars[ink], `fill="${INKS[ink]}" fill-opacity="0.6"`))
    .join("");
}

function line(layer: Extract<Layer, { kind: "line" }>, plot: Plot): string {
  const ink = INKS[layer.ink];
  if (layer.dotted === true) return dots(layer.line, ink, plot);
  const dash = layer.dashed === true ? ' stroke-dasharray="9 7"' : "";
  const width = layer.weight === undefined ? LINE_WIDTH : WEIGHTS[layer.weight];
  const d = linePath(layer.line, plot, layer.stepped === true);
  return path(
    d,
    `fill="none" stroke="${ink}" stroke-width="${width}" stroke-linejoin="round" stroke-linecap="round"${dash}`,
  );
}

function linePath({ times, values }: Line, plot: Plot, stepped: boolean): string {
  let d = "";
  let drawing = false;
  for (const [i, time] of times.entries()) {
    const value = values[i] ?? NaN;
    if (!Number.isFinite(value)) {
      drawing = false;
      continue;
    }
    const [x, y] = [px(plot.x(time)), px(plot.y(value))];
    if (!drawing) d += `M${x} ${y}`;
    else d += stepped ? `H${x}V${y}` : `L${x} ${y}`;
    drawing = true;
  }
  return d;
}

function dots({ times, values }: Line, ink: string, plot: Plot): string {
  let d = "";
  for (const [i, time] of times.entries()) {
    const value = values[i] ?? NaN;
    if (Number.isFinite(value)) d += `M${px(plot.x(time))} ${px(plot.y(value))}h0`;
  }
  return path(d, `fill="none" stroke="${ink}" stroke-width="4.4" stroke-linecap="round"`);
}

function area(layer: Extract<Layer, { kind: "area" }>, plot: Plot): string {
  const { times } = layer.line;
  const ink = INKS[layer.ink];
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return "";
  const base = px(plot.y(0));
  const edge = linePath(layer.line, plot, layer.stepped === true);
  const closed = `M${px(plot.x(first))} ${base}L${edge.slice(1)}L${px(plot.x(last))} ${base}z`;
  return (
    path(closed, `fill="${ink}" fill-opacity="0.38"`) +
    path(edge, `fill="none" stroke="${ink}" stroke-width="1.6"`)
  );
}

function levels(all: readonly Level[], ink: string, plot: Plot): string {
  const d = all
    .map(
      ({ from, until, value }) => `M${px(plot.x(from))} ${px(plot.y(value))}H${px(plot.x(until))}`,
    )
    .join("");
  return path(d, `fill="none" stroke="${ink}" stroke-width="${LINE_WIDTH}" stroke-dasharray="7 5"`);
}

function drawnLink({ from, entry, until, exit, ink }: Link, plot: Plot): string {
  const d = `M${px(plot.x(from))} ${px(plot.y(entry))}L${px(plot.x(until))} ${px(plot.y(exit))}`;
  return path(d, `fill="none" stroke="${INKS[ink]}" stroke-width="2.2" stroke-opacity="0.85"`);
}

function marks(all: readonly Mark[], small: boolean, plot: Plot): string {
  const size = small ? SMALL_MARK_SIZE : MARK_SIZE;
  const taken = new Set<string>();
  return all
    .map((mark) => {
      const [x, y] = [plot.x(mark.at), plot.y(mark.value)];
      if (x < plot.left - size || x > plot.right + size) return "";
      const cell = `${mark.shape}${mark.ink}${Math.round(x / MARK_CELL)},${Math.round(y / MARK_CELL)}`;
      if (small && taken.has(cell)) return "";
      taken.add(cell);
      return drawnMark(mark, { x, y, size }, plot);
    })
    .join("");
}

function drawnMark(mark: Mark, at: { x: number; y: number; size: number }, plot: Plot): string {
  const { x, y, size } = at;
  const drawn = path(
    shapePath(mark.shape, x, y, size),
    `fill="${INKS[mark.ink]}" stroke="${OUTLINE}" stroke-width="${size > SMALL_MARK_SIZE ? 2.4 : 0.8}"`,
  );
  return mark.label === "" ? drawn : drawn + markLabel(mark, at, plot);
}

/** A triangle's tip is at the price. */
function shapePath(shape: Mark["shape"], x: number, y: number, size: number): string {
  const [half, tall] = [px(size), size * 1.7];
  switch (shape) {
    case "up":
      return `M${px(x)} ${px(y)}l${half} ${px(tall)}h${px(-2 * size)}z`;
    case "down":
      return `M${px(x)} ${px(y)}l${half} ${px(-tall)}h${px(-2 * size)}z`;
    case "dot":
      return `M${px(x - size)} ${px(y)}a${half} ${half} 0 1 0 ${px(2 * size)} 0a${half} ${half} 0 1 0 ${px(-2 * size)} 0z`;
    case "above":
    case "below":
      return "";
  }
}

/** On a plate of its own, kept within the pane. */
function markLabel(
  { label, shape, ink }: Mark,
  { x, y, size }: { x: number; y: number; size: number },
  plot: Plot,
): string {
  const width = textWidth(label, { size: LABEL_SIZE, bold: true });
  const isBelow = shape === "below" || shape === "up";
  const wanted = isBelow ? y + size + LABEL_SIZE : y - size;
  const baseline = Math.min(plot.bottom - 8, Math.max(plot.top + LABEL_SIZE + 4, wanted));
  const left = Math.min(plot.right - width - 6, Math.max(plot.left + 6, x - width / 2));
  const plate = {
    x: left - 6,
    y: baseline - LABEL_SIZE,
    width: width + 12,
    height: LABEL_SIZE + 7,
  };
  return (
    rect(plate, `rx="5" fill="${OUTLINE}" fill-opacity="0.82"`) +
    textAt(left, baseline, label, { size: LABEL_SIZE, fill: INKS[ink], bold: true })
  );
}
