/** What operators look into: connections, tables, the log; and a person's trades as a file. */
import type { TableInfo } from "../../src/app/daemon.ts";
import type { StatusReport } from "../../src/app/queries.ts";
import type { TradeFile } from "../../src/app/trade-export.ts";
import type { Reader } from "./reader.ts";
import type { Block, Draft } from "./reply.ts";
import { connectionsTable } from "./status.ts";

const KIB = 1024;
/** Longest piece of one line of the log that is shown. */
const MAX_LINE_LENGTH = 400;

export function connectionsView(reader: Reader, { daemon }: StatusReport): Draft {
  const up = daemon.connections.filter((one) => one.connected).length;
  const title = reader.text("connections-title", { up, all: daemon.connections.length });
  return {
    tone: up === daemon.connections.length ? "good" : "warning",
    blocks: [
      { kind: "title", text: title },
      { kind: "table", table: connectionsTable(reader, daemon) },
      { kind: "text", text: reader.text("as-of", { time: reader.clockTime(reader.now) }) },
    ],
    buttons: [[{ label: reader.text("button-refresh"), command: "ws", args: {}, style: "plain" }]],
  };
}

export function tablesView(reader: Reader, tables: readonly TableInfo[]): Draft {
  const bytes = tables.reduce((sum, table) => sum + table.bytes, 0);
  const kib = (size: number): string => reader.integer(Math.ceil(size / KIB));
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: reader.text("tables-title", { size: `${kib(bytes)} KiB` }) },
      {
        kind: "table",
        table: {
          columns: [
            { title: reader.text("column-table"), align: "left", priority: 1 },
            { title: reader.text("column-rows"), align: "right", priority: 1 },
            { title: "KiB", align: "right", priority: 2 },
          ],
          rows: tables.map(({ table, rows, bytes: size }) => [
            table,
            reader.integer(rows),
            kib(size),
          ]),
        },
      },
    ],
  };
}

export function logsView(reader: Reader, lines: readonly string[]): Draft {
  const shown = lines.map((line) => line.slice(0, MAX_LINE_LENGTH)).join("\n");
  const block: Block =
    lines.length === 0
      ? { kind: "text", text: reader.text("logs-none") }
      : { kind: "code", text: shown };
  return { tone: "neutral", ephemeral: true, blocks: [block] };
}

export function exportView(reader: Reader, file: TradeFile): Draft {
  const { name, content, trades, total } = file;
  if (trades === 0) {
    return { tone: "neutral", blocks: [{ kind: "text", text: reader.text("trades-none") }] };
  }
  const left = total - trades;
  const blocks: Block[] = [
    { kind: "title", text: reader.text("exported", { count: trades, file: name }) },
    ...(left > 0 ? [{ kind: "text", text: reader.text("exported-left", { left }) } as const] : []),
  ];
  return { tone: "good", ephemeral: true, blocks, file: { name, content } };
}
