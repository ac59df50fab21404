/** Legends: what each colour and shape stands for, in rows above their pane. */
import type { LegendEntry, Sample } from "./picture.ts";
import { path, px, rect, textAt } from "./svg.ts";
import { clipped, textWidth } from "./text-width.ts";
import { INKS, LABEL_SIZE, OUTLINE } from "./theme.ts";

export const LEGEND_ROW = 30;
const SAMPLE_WIDTH = 26;
const GAP = 22;
const MAX_LABEL = 420;
/** A rule may read more than anybody wants to see named. */
const MAX_ROWS = 2;

type Row = readonly (LegendEntry & { readonly width: number })[];

/** The entries in rows that fit the width; what needs a third row is left out. */
export function legendRows(entries: readonly LegendEntry[], width: number): readonly Row[] {
  const rows: (LegendEntry & { readonly width: number })[][] = [];
  let left = 0;
  for (const entry of entries) {
    const face = { size: LABEL_SIZE };
    const label = clipped(entry.label, face, MAX_LABEL);
    const needed = SAMPLE_WIDTH + 8 + textWidth(label, face) + GAP;
    const row = rows.at(-1);
    if (row === undefined || needed > left) {
      rows.push([{ ...entry, label, width: needed }]);
      left = width - needed;
    } else {
      row.push({ ...entry, label, width: needed });
      left -= needed;
    }
  }
  return rows.slice(0, MAX_ROWS);
}

export function drawLegend(rows: readonly Row[], left: number, top: number): string {
  return rows
    .map((row, index) => {
      const y = top + index * LEGEND_ROW + 15;
      let x = left;
      return row
        .map((entry) => {
          const begin = x;
          x += entry.width;
          const text = { size: LABEL_SIZE, fill: INKS.text };
          return (
            sampleAt(entry.sample, INKS[entry.ink], { x: begin, y }) +
            textAt(begin + SAMPLE_WIDTH + 8, y + 7, entry.label, text)
          );
        })
        .join("");
    })
    .join("");
}

function sampleAt(sample: Sample, ink: string, { x, y }: { x: number; y: number }): string {
  const middle = x + SAMPLE_WIDTH / 2;
  const edge = `fill="${ink}" stroke="${OUTLINE}" stroke-width="1.5"`;
  switch (sample) {
    case "line":
    case "dashed": {
      const dash = sample === "dashed" ? ' stroke-dasharray="7 5"' : "";
      return path(`M${px(x)} ${px(y)}h${SAMPLE_WIDTH}`, `stroke="${ink}" stroke-width="3"${dash}`);
    }
    case "box":
      return rect({ x: middle - 7, y: y - 9, width: 14, height: 18 }, `fill="${ink}"`);
    case "up":
      return path(`M${px(middle)} ${px(y - 9)}l9 16h-18z`, edge);
    case "down":
      return path(`M${px(middle)} ${px(y + 8)}l9 -16h-18z`, edge);
    case "dot":
      return path(`M${px(middle - 8)} ${px(y)}a8 8 0 1 0 16 0a8 8 0 1 0 -16 0z`, edge);
  }
}
