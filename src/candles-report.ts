/** What the candle tools say when they are done. */
import type { CandleFindings } from "./history/candle-check.ts";
import type { StoredReport } from "./history/check-candles.ts";
import type { FetchReport } from "./history/fetch-candles.ts";
import type { ImportReport } from "./history/import-candles.ts";

export function importText({ file, added, unchanged, revised, revisions }: ImportReport): string {
  return page([
    `${added} candles added, ${unchanged} were stored already, ${revised} revised.`,
    ...listed("Revised", revisions, revised),
    ...seriesLines(file),
  ]);
}

export function fetchText({ stored, fetched, absent }: FetchReport): string {
  return page([
    `${fetched} candles fetched, ${stored} were stored already.`,
    ...(absent > 0 ? [`${absent} candles of the range are not to be had from the exchange.`] : []),
  ]);
}

export function fileCheckText(findings: CandleFindings): string {
  return page([...extentLines(findings), ...seriesLines(findings), ...verdict(findings, 0)]);
}

export function checkText({ findings, exchange }: StoredReport): string {
  const lines = [...extentLines(findings), ...seriesLines(findings)];
  if (exchange !== null) {
    lines.push(
      `The exchange has ${exchange.lacking} candles more and revised ${exchange.revised}.`,
      ...listed("Revised", exchange.revisions, exchange.revised),
    );
  }
  const troubles = exchange === null ? 0 : exchange.lacking + exchange.revised;
  return page([...lines, ...verdict(findings, troubles)]);
}

function extentLines({ candles, first, last }: CandleFindings): string[] {
  if (first === null || last === null) return ["No candles."];
  return [`${candles} candles from ${moment(first)} to ${moment(last)}.`];
}

function seriesLines(findings: CandleFindings): string[] {
  const { gaps, gapCount, missing, repeated, revised, revisions, unordered } = findings;
  const lines: string[] = [];
  if (gapCount > 0) lines.push(`${missing} candles are missing in ${gapCount} gaps:`);
  for (const { from, to, candles } of gaps) {
    lines.push(`  ${moment(from)} to ${moment(to)} (${candles})`);
  }
  if (gapCount > gaps.length) lines.push(`  and ${gapCount - gaps.length} more`);
  if (repeated > 0) lines.push(`${repeated} lines repeat the one before.`);
  if (unordered > 0) lines.push(`${unordered} lines are not in order of time.`);
  if (revised > 0) lines.push(...listed("Told twice with other prices", revisions, revised));
  return lines;
}

function verdict(findings: CandleFindings, troubles: number): string[] {
  const { missing, repeated, revised, unordered, candles } = findings;
  const isFine = missing + repeated + revised + unordered + troubles === 0;
  return isFine && candles > 0 ? ["Complete, in order, nothing told twice."] : [];
}

function listed(title: string, times: readonly number[], count: number): string[] {
  if (count === 0) return [];
  const more = count > times.length ? ` and ${count - times.length} more` : "";
  return [`${title}: ${times.map(moment).join(", ")}${more}.`];
}

function moment(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace("T", " ");
}

function page(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}
