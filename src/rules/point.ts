/**
 * Shows where a rule's text is wrong: the source line with a caret under the place, to be printed
 * in a fixed-width font. Long lines are cut around the place.
 */
import type { FaultFacts } from "../domain/fault.ts";
import { MAX_POINTED_COLUMNS } from "./limits.ts";

export interface PointedLine {
  /** The source line, or the part of it around the place. */
  readonly line: string;
  /** Spaces, then one `^` for each wrong character. */
  readonly caret: string;
}

/** The line and caret of a problem (or RuleFault) found in `text`, at most `columns` wide. */
export function pointAt(
  text: string,
  problem: { readonly facts: FaultFacts },
  columns = MAX_POINTED_COLUMNS,
): PointedLine {
  const source = text.split(/\r\n|\r|\n/u)[numberOf(problem.facts["line"]) - 1] ?? "";
  const start = Math.min(numberOf(problem.facts["column"]) - 1, source.length);
  const length = Math.max(1, Math.min(numberOf(problem.facts["length"]), source.length - start));
  const [from, to] = windowAround({ start, length, width: source.length }, columns);
  const before = from > 0 ? "…" : "";
  const after = to < source.length ? "…" : "";
  const shown = source.slice(from, to).replaceAll(UNPRINTABLE, " ");
  const marks = "^".repeat(Math.max(1, Math.min(length, to - start)));
  return {
    line: `${before}${shown}${after}`,
    caret: `${" ".repeat(before.length + start - from)}${marks}`,
  };
}

/** Tabs and everything without a width of its own would shift the caret. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const numberOf = (fact: FaultFacts[string] | undefined): number =>
  typeof fact === "number" && fact > 0 ? fact : 1;

function windowAround(
  { start, length, width }: { start: number; length: number; width: number },
  columns: number,
): [number, number] {
  if (width <= columns) return [0, width];
  const room = columns - 2;
  const lead = Math.max(0, Math.floor((room - Math.min(length, room)) / 2));
  const from = Math.max(0, Math.min(start - lead, width - room));
  return [from, Math.min(width, from + room)];
}
