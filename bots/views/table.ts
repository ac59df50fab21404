/**
 * Tables in a fixed-width font. A table never wraps and never exceeds its width: the least important
 * columns are left out first, then texts are clipped with "…", and numbers only when all else failed.
 */
import CliTable from "cli-table3";
import { plainLine } from "./plain.ts";
import type { Column, Table } from "./reply.ts";

/** Columns a narrow phone shows of fixed-width text. */
export const PHONE_WIDTH = 32;
/** Text columns are clipped to this before numbers are touched. */
const MIN_TEXT_WIDTH = 4;
const WIDE = 60;

interface Sized extends Column {
  readonly cells: readonly string[];
  readonly width: number;
}

/** The table as lines: a heading, then one line for each row; no line is wider than `width` (at least 1). */
export function layoutTable(table: Table, width: number): readonly string[] {
  const gap = width < WIDE ? 1 : 2;
  const columns = fit(dropped(table.columns.map(sizer(table)), width, gap), width, gap);
  const [head] = columns;
  if (head === undefined) return [];
  const grid = new CliTable({
    chars: borderless(" ".repeat(gap)),
    style: BARE,
    colWidths: columns.map((column) => column.width),
    colAligns: columns.map((column) => column.align),
  });
  grid.push(...head.cells.map((_, row) => columns.map((column) => column.cells[row] ?? "")));
  const lines = grid.toString().split("\n");
  return lines.map((line) => line.trimEnd());
}

/** Columns that stay: the least important goes, the right-most of equals, until the rest fits. */
function dropped(columns: readonly Sized[], width: number, gap: number): readonly Sized[] {
  const kept = [...columns];
  while (kept.length > 1 && total(kept, gap) > width) {
    const last = Math.max(...kept.map((column) => column.priority));
    const needed = kept.length + (kept.length - 1) * gap;
    if (last <= 1 && needed <= width) return kept;
    kept.splice(
      kept.findLastIndex((column) => column.priority === last),
      1,
    );
  }
  return kept;
}

/** Narrows the widest column until the line fits: texts first, numbers after them. */
function fit(columns: readonly Sized[], width: number, gap: number): readonly Sized[] {
  let sized = columns;
  while (total(sized, gap) > width) {
    const texts = sized.filter((one) => one.align === "left" && one.width > MIN_TEXT_WIDTH);
    const from = texts.length > 0 ? texts : sized;
    const widest = Math.max(...from.map((column) => column.width));
    const target = from.find((column) => column.width === widest);
    if (target === undefined || widest <= 1) return sized;
    sized = sized.map((one) => (one === target ? { ...one, width: one.width - 1 } : one));
  }
  return sized;
}

function total(columns: readonly Sized[], gap: number): number {
  const widths = columns.reduce((sum, column) => sum + column.width, 0);
  return widths + gap * Math.max(0, columns.length - 1);
}

function sizer(table: Table): (column: Column, index: number) => Sized {
  return (column, index) => {
    const cells = [column.title, ...table.rows.map((row) => row[index] ?? "")].map(plainLine);
    return { ...column, cells, width: naturalWidth(cells) };
  };
}

/** Widest cell in terminal columns (wide characters count two), as the drawing library counts. */
function naturalWidth(cells: readonly string[]): number {
  const column = new CliTable({ chars: borderless(""), style: BARE });
  column.push(...cells.map((cell) => [cell]));
  return Math.max(1, column.width);
}

const BARE = { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: false };

function borderless(middle: string): Record<CliTable.CharName, string> {
  const top = { top: "", "top-mid": "", "top-left": "", "top-right": "" };
  const bottom = { bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" };
  const sides = { left: "", right: "", "left-mid": "", "right-mid": "", mid: "", "mid-mid": "" };
  return { ...top, ...bottom, ...sides, middle };
}
