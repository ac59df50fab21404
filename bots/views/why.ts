/** Why a strategy does or does not trade: each clause of its rule on the last candle, and what blocks. */
import type { ClauseReport, WhyReport } from "../../src/app/queries.ts";
import type { Reader } from "./reader.ts";
import type { Block, Draft, ListItem } from "./reply.ts";
import { strategyTitle } from "./strategies.ts";

export function whyView(reader: Reader, report: WhyReport): Draft {
  const { strategy, candleCloseTime } = report;
  const title = `${strategyTitle(strategy)}: ${strategy.symbol} ${strategy.timeframe}`;
  const candle =
    candleCloseTime === null
      ? reader.text("why-no-candle")
      : reader.text("why-candle", { time: reader.dateTime(candleCloseTime + 1) });
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: title },
      { kind: "text", text: candle },
      ...report.sections.flatMap((section) => sectionBlocks(reader, section)),
      ...followed(reader, report),
      ...blockedBy(reader, report),
    ],
    buttons: [
      [
        {
          label: reader.text("button-refresh"),
          command: "why",
          args: { number: strategy.number },
          style: "plain",
        },
      ],
    ],
  };
}

/** The exits of the older rule that the open position follows. */
function followed(reader: Reader, { follows, strategy }: WhyReport): readonly Block[] {
  if (follows === null) return [];
  const text = reader.text("follows-version", {
    position: `#${follows.positionNumber}`,
    version: String(follows.version),
    newer: String(strategy.ruleVersion),
    number: String(strategy.number),
  });
  const sections = follows.sections.flatMap((section) => sectionBlocks(reader, section));
  return [{ kind: "text", text }, ...sections];
}

function sectionBlocks(reader: Reader, section: WhyReport["sections"][number]): readonly Block[] {
  const truth = reader.text(`truth-${word(section.truth)}`);
  const items = section.clauses.map((clause) => clauseItem(reader, clause));
  return [
    { kind: "text", text: reader.text("why-section", { section: section.title, truth }) },
    { kind: "list", items },
  ];
}

function clauseItem(reader: Reader, clause: ClauseReport): ListItem {
  const { text, truth, left, right, depth } = clause;
  const values =
    left === null && right === null
      ? ""
      : ` ${reader.text("why-values", { left: reader.reading(left), right: reader.reading(right) })}`;
  return { text: `${reader.text(`mark-${word(truth)}`)} ${text}${values}`, depth };
}

/** A condition that holds without an entry needs the word that only becoming true counts. */
const entryHolds = (sections: WhyReport["sections"]): boolean =>
  sections.some(({ title, truth }) => title.startsWith("enter") && truth === true);

function blockedBy(reader: Reader, { blocks, sections }: WhyReport): readonly Block[] {
  if (blocks.length === 0) {
    const free = { kind: "text", text: reader.text("why-free") } as const;
    return entryHolds(sections) ? [free, { kind: "text", text: reader.text("why-edge") }] : [free];
  }
  const items = blocks.map(({ code, until }) => {
    const line = reader.textOr(`block-${code}`, "block-unknown", { code });
    const end =
      until === null ? "" : ` ${reader.text("block-until", { until: reader.dateTime(until) })}`;
    return { text: `${line}${end}`, depth: 0 };
  });
  return [
    { kind: "text", text: reader.text("why-blocked") },
    { kind: "list", items },
  ];
}

const word = (truth: boolean | null): string => (truth === null ? "unknown" : truth ? "yes" : "no");
