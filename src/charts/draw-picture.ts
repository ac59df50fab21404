/**
 * A described picture as SVG: heading, panes below each other on one time axis, values on the right
 * where the newest ones are, legends above what they explain.
 */
import { drawAxisLabels, valueLabels, type ValueLabels } from "./axis-labels.ts";
import { drawLayer, type Plot } from "./layers.ts";
import { drawLegend, LEGEND_ROW, legendRows } from "./legend.ts";
import { paneRange } from "./pane-range.ts";
import type { Pane, Picture, TimeSpan } from "./picture.ts";
import { path, px, rect, svgDocument, textAt } from "./svg.ts";
import { textWidth } from "./text-width.ts";
import {
  FIGURE_ROW,
  FIGURE_SIZE,
  GRID,
  HEIGHT,
  INKS,
  LABEL_SIZE,
  MORE_PANE,
  NOTE_SIZE,
  PAPER,
  SUBTITLE_SIZE,
  TITLE_SIZE,
  WIDTH,
} from "./theme.ts";
import { timeTicks, type TimeTick } from "./time-axis.ts";
import { valueAxis, type ValueAxis } from "./value-axis.ts";

const MARGIN = 20;
const HEAD_HEIGHT = 82;
const PANE_GAP = 12;
const TIME_AXIS_HEIGHT = 34;
const NOTE_HEIGHT = 30;
const FIGURES_PER_ROW = 5;
/** Pixels one label needs. */
const TICK_ROOM = { x: 150, y: 52 };

interface Frame extends Pick<Picture, "from" | "until" | "audience"> {
  readonly left: number;
  readonly right: number;
  readonly ticks: readonly TimeTick[];
}

interface PlacedPane {
  readonly pane: Pane;
  readonly top: number;
  readonly bottom: number;
  readonly legend: ReturnType<typeof legendRows>;
  readonly axis: ValueAxis;
  readonly labels: ValueLabels;
}

/** A whole SVG document in the font that the rasterizer brings. */
export function drawPicture(picture: Picture): string {
  const rows = Math.ceil(picture.figures.length / FIGURES_PER_ROW);
  const more = Math.max(0, picture.panes.length - 2);
  const height = HEIGHT + rows * FIGURE_ROW + more * MORE_PANE;
  const top = HEAD_HEIGHT + rows * FIGURE_ROW;
  const bottom = height - NOTE_HEIGHT - TIME_AXIS_HEIGHT;
  const panes = placed(picture, top, bottom);
  const right = WIDTH - MARGIN - Math.max(...panes.map(({ labels }) => labels.width)) - 10;
  const from = picture.from;
  const until = Math.max(picture.until, from + 1);
  const { audience } = picture;
  const ticks = timeTicks({ from, until }, audience, (right - MARGIN) / TICK_ROOM.x);
  const frame: Frame = { from, until, audience, left: MARGIN, right, ticks };
  return svgDocument(
    WIDTH,
    height,
    [
      rect({ x: 0, y: 0, width: WIDTH, height }, `fill="${PAPER}"`),
      heading(picture),
      ...picture.spans.map((span) => shade(span, frame, panes)),
      ...panes.map((one, index) => drawPane(one, frame, index)),
      split(picture, frame, panes),
      timeLabels(frame, bottom),
      footer(picture, height),
    ].join(""),
  );
}

function heading({ title, subtitle, figures }: Picture): string {
  const maxWidth = WIDTH - 2 * MARGIN;
  const width = maxWidth / FIGURES_PER_ROW;
  const cells = figures.map(({ label, value, ink }, index) => {
    const x = MARGIN + (index % FIGURES_PER_ROW) * width;
    const y = HEAD_HEIGHT + Math.floor(index / FIGURES_PER_ROW) * FIGURE_ROW;
    const room = { maxWidth: width - 12 };
    const needed = textWidth(value, { size: FIGURE_SIZE, bold: true });
    const size = Math.max(LABEL_SIZE, Math.min(1, room.maxWidth / needed) * FIGURE_SIZE);
    return (
      textAt(x, y + 16, label, { size: NOTE_SIZE, fill: INKS.muted, ...room }) +
      textAt(x, y + 45, value, { size, fill: INKS[ink], bold: true, ...room })
    );
  });
  return [
    textAt(MARGIN, 40, title, { size: TITLE_SIZE, fill: INKS.text, bold: true, maxWidth }),
    textAt(MARGIN, 69, subtitle, { size: SUBTITLE_SIZE, fill: INKS.muted, maxWidth }),
    ...cells,
  ].join("");
}

function placed(picture: Picture, top: number, bottom: number): readonly PlacedPane[] {
  const { panes, from, until, audience } = picture;
  const legends = panes.map(({ legend }) => legendRows(legend, WIDTH - 2 * MARGIN));
  const legendHeight = legends.reduce((sum, rows) => sum + rows.length * LEGEND_ROW, 0);
  const shares = panes.reduce((sum, { share }) => sum + share, 0);
  const room = bottom - top - legendHeight - PANE_GAP * (panes.length - 1);
  let y = top;
  return panes.map((pane, index) => {
    const legend = legends[index] ?? [];
    const begin = y + legend.length * LEGEND_ROW;
    const height = (room * pane.share) / shares;
    y = begin + height + PANE_GAP;
    const axis = valueAxis(paneRange(pane, from, until), height / TICK_ROOM.y);
    const labels = valueLabels(pane, axis, audience.language);
    return { pane, top: begin, bottom: begin + height, legend, axis, labels };
  });
}

function drawPane(one: PlacedPane, frame: Frame, index: number): string {
  const { pane, top, bottom, axis, legend } = one;
  const { left, right, from, until } = frame;
  const plot: Plot = {
    left,
    right,
    top,
    bottom,
    x: (time) => left + ((time - from) / (until - from)) * (right - left),
    y: (value) => bottom - ((value - axis.low) / (axis.high - axis.low)) * (bottom - top),
  };
  const grid =
    axis.ticks.map((tick) => `M${px(left)} ${px(plot.y(tick))}H${px(right)}`).join("") +
    frame.ticks.map(({ at }) => `M${px(plot.x(at))} ${px(top)}V${px(bottom)}`).join("");
  const clip = `pane${index}`;
  return [
    `<clipPath id="${clip}">${rect({ x: left, y: top, width: right - left, height: bottom - top }, "")}</clipPath>`,
    path(grid, `stroke="${GRID}" stroke-width="1" fill="none"`),
    path(`M${px(left)} ${px(bottom)}H${px(right)}`, `stroke="${INKS.muted}" stroke-opacity="0.6"`),
    `<g clip-path="url(#${clip})">${pane.layers.map((layer) => drawLayer(layer, plot)).join("")}</g>`,
    drawAxisLabels(one.labels, plot),
    drawLegend(legend, left, top - legend.length * LEGEND_ROW),
  ].join("");
}

function xOf({ left, right, from, until }: Frame, time: number): number {
  const share = Math.min(1, Math.max(0, (time - from) / (until - from)));
  return left + share * (right - left);
}

function shade(span: TimeSpan, frame: Frame, panes: readonly PlacedPane[]): string {
  const [x, end] = [xOf(frame, span.from), xOf(frame, span.until)];
  return panes
    .map(({ top, bottom }) =>
      rect(
        { x, y: top, width: end - x, height: bottom - top },
        'fill="#ffffff" fill-opacity="0.055"',
      ),
    )
    .join("");
}

/** The line between two parts of the time, each named at its top. */
function split({ mark }: Picture, frame: Frame, panes: readonly PlacedPane[]): string {
  const [first] = panes;
  if (mark === null || first === undefined) return "";
  const x = xOf(frame, mark.at);
  const y = first.top + LABEL_SIZE + 2;
  const style = { size: LABEL_SIZE, fill: INKS.text };
  const d = panes.map(({ top, bottom }) => `M${px(x)} ${px(top)}V${px(bottom)}`).join("");
  const fits = textWidth(mark.after, style) < frame.right - x - 12;
  return [
    path(d, `stroke="${INKS.text}" stroke-width="1.6" stroke-dasharray="3 6"`),
    textAt(x - 9, y, mark.before, { ...style, anchor: "end", maxWidth: x - frame.left }),
    fits ? textAt(x + 9, y, mark.after, style) : "",
  ].join("");
}

function timeLabels(frame: Frame, bottom: number): string {
  const { ticks, left, right } = frame;
  let free = left - 4;
  return ticks
    .map(({ at, label, strong }) => {
      const face = { size: LABEL_SIZE, bold: strong };
      const half = textWidth(label, face) / 2;
      const x = Math.min(right - half, Math.max(left + half, xOf(frame, at)));
      if (x - half < free) return "";
      free = x + half + 14;
      const fill = strong ? INKS.text : INKS.muted;
      return textAt(x, bottom + 25, label, { ...face, fill, anchor: "middle" });
    })
    .join("");
}

function footer({ note, audience }: Picture, height: number): string {
  const style = { size: NOTE_SIZE, fill: INKS.muted };
  const y = height - 12;
  const zone = audience.timeZone;
  const maxWidth = WIDTH - 2 * MARGIN - textWidth(zone, style) - 24;
  return (
    textAt(MARGIN, y, note, { ...style, maxWidth }) +
    textAt(WIDTH - MARGIN, y, zone, { ...style, anchor: "end" })
  );
}
