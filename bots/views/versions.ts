/** The texts a rule has had, and moving an open position over to the present one. */
import type { Moved, MoveReport, RuleVersionResult } from "../../src/app/versions.ts";
import type { StrategyView } from "../../src/app/queries.ts";
import { pageButtons, pageLine, type Page } from "./paging.ts";
import type { Reader } from "./reader.ts";
import type { Block, Button, Draft, Table } from "./reply.ts";
import { strategyTitle } from "./strategies.ts";
import { followsLine } from "./follows.ts";

/** Characters of a rule in a table. */
const MAX_RULE_SHOWN = 60;

/** The paged table of `/versions N`, newest first. */
export function versionsView(
  reader: Reader,
  view: StrategyView,
  page: Page<RuleVersionResult>,
): Draft {
  const { strategy } = view;
  const { number, ruleVersion } = strategy;
  const count = reader.text("versions-count", { count: page.total, version: String(ruleVersion) });
  const footer = [count, pageLine(reader, page)].filter((part) => part !== "").join(" · ");
  const follows = followsLine(reader, view.position);
  const earlier = page.rows.find(({ version }) => version < ruleVersion);
  const revert: readonly Button[] =
    earlier === undefined
      ? []
      : [
          {
            label: reader.text("button-revert", { version: String(earlier.version) }),
            command: "revert",
            args: { number, version: earlier.version },
            style: "plain",
          },
        ];
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: reader.text("versions-title", { strategy: strategyTitle(strategy) }) },
      { kind: "table", table: versionsTable(reader, page.rows) },
      { kind: "text", text: footer },
      ...(follows === null ? [] : [{ kind: "text", text: follows } as const]),
      { kind: "text", text: reader.text("versions-hint", { number: String(number) }) },
    ],
    buttons: [pageButtons(reader, "versions", page, { number }), revert],
  };
}

function versionsTable(reader: Reader, rows: readonly RuleVersionResult[]): Table {
  return {
    columns: [
      { title: reader.text("column-version"), align: "right", priority: 1 },
      { title: reader.text("column-from"), align: "left", priority: 2 },
      { title: reader.text("column-trades"), align: "right", priority: 1 },
      { title: reader.text("column-pnl"), align: "right", priority: 1 },
      { title: reader.text("column-rule"), align: "left", priority: 3 },
    ],
    rows: rows.map((row) => [
      String(row.version),
      reader.dateTime(row.since),
      reader.integer(row.trades),
      reader.signed(row.pnl),
      shortRule(row.ruleText),
    ]),
  };
}

function shortRule(text: string): string {
  const line = Array.from(text.replaceAll(/\s+/g, " "));
  return line.length <= MAX_RULE_SHOWN
    ? line.join("")
    : `${line.slice(0, MAX_RULE_SHOWN).join("")}…`;
}

/** What `/revert` asks, with the whole rule that would come back. */
export function revertQuestion(
  reader: Reader,
  { strategy }: StrategyView,
  { version, ruleText }: RuleVersionResult,
): string {
  const next = String(strategy.ruleVersion + 1);
  const args = { strategy: strategyTitle(strategy), version: String(version), next };
  return `${reader.text("confirm-revert", args)}\n${ruleText}`;
}

/** What `/move` asks: each level before and after, and what would happen at once. */
export function moveQuestion(reader: Reader, report: MoveReport): string {
  const { position, version, last, reached } = report;
  const args = { position: `#${position.number}`, version: String(version) };
  const entry = {
    side: reader.text(`side-${position.side}`),
    entry: reader.price(position.entryPrice),
    last: reader.price(last.price),
  };
  const lines = [
    reader.text("confirm-move", args),
    reader.text("move-entry", entry),
    ...levelLines(reader, report),
    ...(reached === null ? [] : [reader.text("move-reached", reason(reader, reached))]),
  ];
  return lines.join("\n");
}

/** What became of it. */
export function movedView(reader: Reader, { report, leaves }: Moved): Draft {
  const { position, version, reached } = report;
  const title = reader.text("moved", {
    position: `#${position.number}`,
    version: String(version),
  });
  const lines = levelLines(reader, report);
  const next =
    leaves && reached !== null ? [reader.text("moved-leaves", reason(reader, reached))] : [];
  const blocks: Block[] = [
    { kind: "title", text: title },
    ...(lines.length === 0 ? [] : [{ kind: "text", text: lines.join("\n") } as const]),
    ...next.map((text) => ({ kind: "text", text }) as const),
  ];
  const { number } = position;
  const show: Button = {
    label: reader.text("button-show"),
    command: "trade",
    args: { number },
    style: "plain",
  };
  return { tone: leaves ? "warning" : "good", blocks, buttons: [[show]] };
}

function reason(reader: Reader, reached: NonNullable<MoveReport["reached"]>): { reason: string } {
  return { reason: reader.text(`exit-${reached}`) };
}

/** "Stop: 98 → 95" for each level that either rule has. */
function levelLines(reader: Reader, { before, after }: MoveReport): readonly string[] {
  const none = reader.text("level-none");
  const line = (key: string, from: string | null, to: string | null): readonly string[] =>
    from === null && to === null ? [] : [`${reader.text(key)}: ${from ?? none} → ${to ?? none}`];
  const price = (value: string | null): string | null =>
    value === null ? null : reader.price(value);
  const time = (at: number | null): string | null => (at === null ? null : reader.dateTime(at));
  return [
    ...line("field-stop", price(before.stop), price(after.stop)),
    ...line("field-take", price(before.take), price(after.take)),
    ...line("field-trailing", price(before.trailing), price(after.trailing)),
    ...line("level-until", time(before.until), time(after.until)),
  ];
}

/** The button that asks to move a position over. */
export function moveButton(reader: Reader, number: number, positionNumber: number): Button {
  const label = reader.text("button-move", { position: `#${positionNumber}` });
  return { label, command: "move", args: { number }, style: "plain" };
}
