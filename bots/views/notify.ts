/** What a person is told, how loud, and when. */
import {
  DEFAULT_WISHES,
  NOTICE_TOPICS,
  type MinuteOfDay,
  type NoticeSettings,
} from "../../src/domain/notice-settings.ts";
import type { Reader } from "./reader.ts";
import type { Button, Draft, Table } from "./reply.ts";

export function notifyView(reader: Reader, settings: NoticeSettings): Draft {
  const { quietHours, status, dailyAt } = settings;
  const never = reader.text("rhythm-never");
  const quiet =
    quietHours === null
      ? never
      : `${timeOfDay(quietHours.from)}-${timeOfDay(quietHours.until)} (${reader.timeZone})`;
  const daily = dailyAt === null ? never : `${timeOfDay(dailyAt)} (${reader.timeZone})`;
  return {
    tone: "neutral",
    blocks: [
      { kind: "title", text: reader.text("notify-title") },
      { kind: "table", table: wishesTable(reader, settings) },
      {
        kind: "fields",
        rows: [
          [reader.text("field-status-messages"), reader.text(`rhythm-${status}`)],
          [reader.text("field-daily-report"), daily],
          [reader.text("field-quiet-hours"), quiet],
        ],
      },
      { kind: "text", text: reader.text("notify-hint") },
    ],
    buttons: buttons(reader, settings),
  };
}

function wishesTable(reader: Reader, { wishes }: NoticeSettings): Table {
  return {
    columns: [
      { title: reader.text("column-topic"), align: "left", priority: 1 },
      { title: reader.text("column-wish"), align: "left", priority: 1 },
      { title: reader.text("column-meaning"), align: "left", priority: 2 },
    ],
    rows: NOTICE_TOPICS.map((topic) => [
      topic,
      reader.text(`wish-${wishes[topic] ?? DEFAULT_WISHES[topic]}`),
      reader.text(`topic-${topic}`),
    ]),
  };
}

function buttons(
  reader: Reader,
  { status, dailyAt, quietHours }: NoticeSettings,
): readonly (readonly Button[])[] {
  const set = (key: string, what: string, value: string): Button => ({
    label: reader.text(key),
    command: "notify",
    args: { what, value },
    style: "plain",
  });
  return [
    [
      set("button-all-on", "all", "on"),
      set("button-all-silent", "all", "silent"),
      set("button-all-off", "all", "off"),
    ],
    [
      status === "never"
        ? set("button-status-hourly", "status", "hourly")
        : set("button-status-never", "status", "never"),
      dailyAt === null
        ? set("button-daily-on", "daily", "08:00")
        : set("button-daily-off", "daily", "off"),
      quietHours === null
        ? set("button-quiet-on", "quiet", "22:00-07:00")
        : set("button-quiet-off", "quiet", "off"),
    ],
  ];
}

/** "08:00" */
function timeOfDay(minute: MinuteOfDay): string {
  return Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 }).toString({
    smallestUnit: "minute",
  });
}
