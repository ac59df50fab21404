/** Numbers beside a pane: round ones on the grid, and the newest or most important on tags. */
import type { Plot } from "./layers.ts";
import type { Pane } from "./picture.ts";
import { rect, textAt } from "./svg.ts";
import { textWidth } from "./text-width.ts";
import { INKS, LABEL_SIZE, OUTLINE } from "./theme.ts";
import { numberText, shortText, type ValueAxis } from "./value-axis.ts";

/** Pixels between a label's middle and the next one's. */
const LABEL_ROOM = 26;
/** From here on, or as volume, numbers are told in short. */
const LONG_NUMBER = 10_000_000;
const PAD = 6;

interface ValueLabel {
  readonly value: number;
  readonly text: string;
  readonly ink: string | null;
}

export interface ValueLabels {
  readonly labels: readonly ValueLabel[];
  /** Pixels they need beside the pane. */
  readonly width: number;
}

export function valueLabels(pane: Pane, axis: ValueAxis, language: string): ValueLabels {
  const isVolume = pane.layers.some(({ kind }) => kind === "volume");
  const largest = Math.max(Math.abs(axis.low), Math.abs(axis.high));
  const isShort = isVolume || largest >= LONG_NUMBER;
  const show = (value: number, digits: number): string =>
    (isShort ? shortText(language, value) : numberText(language, value, digits)) + pane.unit;
  const ticks = axis.ticks.map((value) => ({ value, text: show(value, axis.digits), ink: null }));
  // A tag is read by itself, so it tells one digit more than the grid needs.
  const finer = pane.unit === "" ? tagDigits(axis) : Math.max(1, axis.digits);
  const tags = (pane.tags ?? []).map(({ value, ink }) => ({
    value,
    text: show(value, finer),
    ink: INKS[ink],
  }));
  const shown = tags.filter(({ value }) => value >= axis.low && value <= axis.high);
  const labels = [...ticks, ...shown];
  const face = { size: LABEL_SIZE };
  const widest = Math.max(0, ...labels.map(({ text }) => textWidth(text, face)));
  return { labels, width: widest + 2 * PAD };
}

/** Two decimals for what counts in dollars, more for what the grid needs more for. */
function tagDigits({ digits, high, low }: ValueAxis): number {
  const large = Math.max(Math.abs(high), Math.abs(low)) >= 10_000 && digits === 0;
  return large ? 0 : Math.max(digits + 1, 2);
}

export function drawAxisLabels({ labels }: ValueLabels, plot: Plot): string {
  const tags = spread(
    labels.filter(({ ink }) => ink !== null),
    plot,
  );
  const free = labels.filter(
    ({ ink, value }) =>
      ink === null && tags.every(({ y }) => Math.abs(y - plot.y(value)) >= LABEL_ROOM),
  );
  const x = plot.right + 10;
  return [
    ...free.map(({ value, text }) => {
      const y = Math.min(plot.bottom, Math.max(plot.top + 8, plot.y(value)));
      return textAt(x + PAD, y + 7, text, { size: LABEL_SIZE, fill: INKS.muted });
    }),
    ...tags.map(({ label: { text, ink }, y }) => {
      const width = textWidth(text, { size: LABEL_SIZE }) + 2 * PAD;
      const plate = { x, y: y - 13, width, height: 26 };
      return (
        rect(plate, `rx="4" fill="${ink}"`) +
        textAt(x + PAD, y + 7, text, { size: LABEL_SIZE, fill: OUTLINE })
      );
    }),
  ].join("");
}

/** Tags in the order of their values, pushed apart where they would overlap. */
function spread(
  tags: readonly ValueLabel[],
  plot: Plot,
): readonly { readonly label: ValueLabel; readonly y: number }[] {
  const sorted = tags.toSorted((a, b) => b.value - a.value);
  let free = plot.top - LABEL_ROOM;
  const down = sorted.map((label) => {
    const y = Math.max(plot.y(label.value), free + LABEL_ROOM);
    free = y;
    return { label, y };
  });
  const over = Math.max(0, free - plot.bottom);
  return down.map(({ label, y }) => ({ label, y: y - over }));
}
