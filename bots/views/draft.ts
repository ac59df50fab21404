/** A strategy as it would be: its rule as text and in words, and what it would have done lately. */
import type { Lately, Rehearsal } from "../../src/app/rehearsals.ts";
import type { Strategy } from "../../src/domain/strategy.ts";
import type { Timeframe } from "../../src/domain/timeframe.ts";
import { faultText } from "./faults.ts";
import type { Reader } from "./reader.ts";
import { listOf, type Block } from "./reply.ts";
import { ruleWords } from "./rule-words.ts";
import { strategyTitle } from "./strategies.ts";

const MONTH_MS = (365.25 / 12) * 86_400_000;

/** Before it is made. */
export function draftView(
  reader: Reader,
  { name, timeframe }: { readonly name: string; readonly timeframe: Timeframe },
  rehearsal: Rehearsal,
): readonly Block[] {
  const { symbol } = rehearsal;
  return [
    { kind: "title", text: reader.text("draft-title", { name, symbol, timeframe }) },
    ...ruleBlocks(reader, rehearsal),
    { kind: "text", text: reader.text("draft-ask") },
  ];
}

/** Before a strategy gets another rule. */
export function redraftView(
  reader: Reader,
  strategy: Strategy,
  rehearsal: Rehearsal,
): readonly Block[] {
  const title = reader.text("draft-edit-title", { strategy: strategyTitle(strategy) });
  return [
    { kind: "title", text: title },
    ...ruleBlocks(reader, rehearsal),
    { kind: "text", text: reader.text("draft-edit-before") },
    { kind: "code", text: strategy.ruleText },
    { kind: "text", text: reader.text("draft-edit-ask") },
  ];
}

function ruleBlocks(reader: Reader, { rule, ruleText, lately }: Rehearsal): readonly Block[] {
  const known = "spanMs" in lately;
  const said = known
    ? latelyText(reader, lately)
    : reader.text("draft-unknown", { reason: faultText(reader, lately) });
  return [
    { kind: "code", text: ruleText },
    listOf(ruleWords(reader, rule)),
    { kind: "text", text: said },
    ...(known && !lately.complete
      ? [{ kind: "text", text: reader.text("draft-incomplete") } as const]
      : []),
  ];
}

function latelyText(reader: Reader, { spanMs, entries, lastAt }: Lately): string {
  const monthly = Math.round(entries / (spanMs / MONTH_MS));
  const often =
    monthly < 1
      ? reader.text("draft-often-rarely")
      : reader.text("draft-often-month", { count: monthly });
  const span = reader.duration(spanMs);
  return reader.text("draft-lately", {
    count: entries,
    span,
    last: reader.dateTime(lastAt),
    often,
  });
}
