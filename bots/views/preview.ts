/** An indicator on the newest candles: its values now and a while ago, and how they went. */
import { PREVIEW_STEP, type Preview, type PreviewOutput } from "../../src/app/previews.ts";
import type { Reader } from "./reader.ts";
import type { Block, Draft } from "./reply.ts";
import { sparkline } from "./sparkline.ts";

export function previewView(reader: Reader, preview: Preview): Draft {
  const { indicator, symbol, timeframe, outputs, close, closedAt } = preview;
  const rows = [...outputs, close];
  const time = reader.dateTime(closedAt);
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: `${indicator.title}: ${symbol} ${timeframe}` },
      valuesTable(reader, rows),
      { kind: "code", text: rows.map(lineOf).join("\n") },
      { kind: "text", text: reader.text("preview-span", { count: close.recent.length, time }) },
    ],
    buttons: [
      [
        {
          label: reader.text("button-refresh"),
          command: "indicator",
          args: { name: indicator.name, symbol, timeframe },
          style: "plain",
        },
      ],
    ],
  };
}

function valuesTable(reader: Reader, rows: readonly PreviewOutput[]): Block {
  const before = reader.text("column-before", { count: PREVIEW_STEP });
  return {
    kind: "table",
    table: {
      columns: [
        { title: reader.text("column-output"), align: "left", priority: 1 },
        { title: reader.text("column-last"), align: "right", priority: 1 },
        { title: before, align: "right", priority: 2 },
      ],
      rows: rows.map((row) => [row.name, reader.reading(row.last), reader.reading(row.before)]),
    },
  };
}

/** The name above its bars: both beside each other are wider than a phone. */
function lineOf({ name, recent }: PreviewOutput): string {
  return `${name}\n${sparkline(recent)}`;
}
