/** The service's health: is it running, what is degraded, how fresh is each connection. */
import type { DaemonStatus, StatusReport } from "../../src/app/queries.ts";
import { TIMEFRAMES } from "../../src/domain/timeframe.ts";
import { doorsBlock } from "./doors.ts";
import { pauseLine } from "./outcomes.ts";
import { NOTHING, type Reader } from "./reader.ts";
import { listOf, type Block, type Draft, type Table } from "./reply.ts";

/** Symbols named one by one; beyond that only their count is told. */
const MAX_SYMBOLS_SHOWN = 20;

export function statusView(reader: Reader, report: StatusReport): Draft {
  const { daemon, own } = report;
  const lost = report.doors.some(({ state }) => state === "failed");
  const title = reader.text("status-title", { state: reader.text(`daemon-${daemon.state}`) });
  const blocks: Block[] = [
    { kind: "title", text: title },
    ...(daemon.reasons.length > 0 ? [listOf(daemon.reasons)] : []),
    { kind: "fields", rows: fields(reader, report) },
    { kind: "table", table: connectionsTable(reader, daemon) },
    ...(report.doors.length > 0 ? [doorsBlock(reader, report.doors)] : []),
    ...(own.pauses.length > 0 ? [listOf(own.pauses.map((pause) => pauseLine(reader, pause)))] : []),
    { kind: "text", text: reader.text("as-of", { time: reader.clockTime(reader.now) }) },
  ];
  return {
    tone: daemon.state === "running" && !lost ? "good" : "warning",
    blocks,
    buttons: [
      [{ label: reader.text("button-refresh"), command: "status", args: {}, style: "plain" }],
    ],
  };
}

function fields(reader: Reader, report: StatusReport): readonly (readonly [string, string])[] {
  const { daemon, own, symbolCount } = report;
  const { strategies, outbox } = daemon;
  const up = daemon.connections.filter((one) => one.connected).length;
  const perTimeframe = TIMEFRAMES.map((one) => `${one} ${strategies.byTimeframe[one]}`).join(", ");
  const ofWhole = (part: number, whole: number): string =>
    reader.text("part-of", { part: reader.integer(part), whole: reader.integer(whole) });
  const named = daemon.symbols.slice(0, MAX_SYMBOLS_SHOWN).join(", ");
  const waiting =
    outbox.oldestAt === null
      ? reader.integer(outbox.pending)
      : `${reader.integer(outbox.pending)} (${reader.age(outbox.oldestAt)})`;
  return [
    [reader.text("field-uptime"), reader.duration(daemon.uptimeMs)],
    [reader.text("field-own"), reader.text("status-own", { ...own, pauses: own.pauses.length })],
    [
      reader.text("field-strategies"),
      reader.text("status-active", { active: strategies.active, total: strategies.total }),
    ],
    [reader.text("field-timeframes"), perTimeframe],
    [reader.text("field-open-positions"), reader.integer(daemon.openPositions)],
    [reader.text("field-analyses"), reader.integer(daemon.totalAnalyses)],
    [reader.text("field-trades"), reader.integer(daemon.tradesExecuted)],
    [reader.text("field-symbols"), named === "" ? String(symbolCount) : `${symbolCount}: ${named}`],
    [reader.text("field-connections"), ofWhole(up, daemon.connections.length)],
    [reader.text("field-outbox"), waiting],
  ];
}

/** Each connection with its state; the least important columns go first where room is short. */
export function connectionsTable(reader: Reader, { connections }: DaemonStatus): Table {
  return {
    columns: [
      { title: reader.text("column-timeframe"), align: "left", priority: 1 },
      { title: reader.text("column-state"), align: "left", priority: 1 },
      { title: reader.text("column-lag"), align: "right", priority: 2 },
      { title: reader.text("column-age"), align: "right", priority: 3 },
      { title: reader.text("column-symbols"), align: "right", priority: 4 },
      { title: reader.text("column-reconnects"), align: "right", priority: 5 },
      { title: reader.text("column-messages"), align: "right", priority: 6 },
      { title: reader.text("column-reason"), align: "left", priority: 7 },
    ],
    rows: connections.map((one) => [
      one.timeframe,
      reader.text(one.connected ? "connection-up" : "connection-down"),
      one.lagMs === null ? NOTHING : `${reader.integer(Math.round(one.lagMs))} ms`,
      one.lastMessageAt === null ? NOTHING : reader.age(one.lastMessageAt),
      reader.integer(one.symbols),
      reader.integer(one.reconnects),
      reader.integer(one.messages),
      one.lastReason ?? NOTHING,
    ]),
  };
}
