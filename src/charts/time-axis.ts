/**
 * Round moments for an axis of time, in the reader's time zone: full hours, midnights, firsts of a
 * month. They are counted on the local calendar, so a change of the clocks leaves midnight at midnight.
 */
import type { Audience } from "./picture.ts";

export interface TimeTick {
  /** Epoch ms. */
  readonly at: number;
  readonly label: string;
  /** Begins a new day among hours, or a new year among months. */
  readonly strong: boolean;
}

type Unit = "minutes" | "hours" | "days" | "weeks" | "months" | "years";

const DAY_MS = 86_400_000;
const STEPS: readonly (readonly [Unit, number, number])[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => ["minutes", count, count * 60_000] as const),
  ...[1, 2, 3, 6, 12].map((count) => ["hours", count, count * 3_600_000] as const),
  ...[1, 2, 4].map((count) => ["days", count, count * DAY_MS] as const),
  ...[1, 2].map((count) => ["weeks", count, count * 7 * DAY_MS] as const),
  ...[1, 2, 3, 6].map((count) => ["months", count, count * 30 * DAY_MS] as const),
  ...[1, 2, 5, 10, 20, 50].map((count) => ["years", count, count * 365 * DAY_MS] as const),
];
const FIRST_DAY = Temporal.PlainDate.from("1970-01-01");
/** 1 January 1970 was a Thursday; weeks begin on Monday. */
const DAYS_TO_MONDAY = 4;

/** At most about `count` ticks within `from` and `until`. */
export function timeTicks(
  { from, until }: { readonly from: number; readonly until: number },
  audience: Audience,
  count: number,
): readonly TimeTick[] {
  const rough = (until - from) / Math.max(1, count);
  const step = STEPS.find(([, , ms]) => ms >= rough) ?? STEPS.at(-1);
  if (step === undefined || until <= from) return [];
  const [unit, size] = step;
  const { timeZone } = audience;
  const first = Temporal.Instant.fromEpochMilliseconds(Math.floor(from)).toZonedDateTimeISO(
    timeZone,
  );
  const ticks: TimeTick[] = [];
  let local = floored(first.toPlainDateTime(), unit, size);
  for (;;) {
    const at = local.toZonedDateTime(timeZone).epochMilliseconds;
    if (at > until) return ticks;
    if (at >= from) ticks.push({ at, ...labelOf(local, unit, audience, at) });
    local = local.add({ [unit]: size });
  }
}

/** The last multiple of the step at or before a local time. */
function floored(local: Temporal.PlainDateTime, unit: Unit, size: number): Temporal.PlainDateTime {
  const midnight = local.with({ hour: 0, minute: 0, second: 0, millisecond: 0 });
  const days = FIRST_DAY.until(local.toPlainDate()).days;
  switch (unit) {
    case "minutes":
      return midnight.with({ hour: local.hour, minute: local.minute - (local.minute % size) });
    case "hours":
      return midnight.with({ hour: local.hour - (local.hour % size) });
    case "days":
      return midnight.subtract({ days: days % size });
    case "weeks":
      return midnight.subtract({ days: (days - DAYS_TO_MONDAY) % (7 * size) });
    case "months":
      return midnight.with({ day: 1, month: local.month - ((local.month - 1) % size) });
    case "years":
      return midnight.with({ day: 1, month: 1, year: local.year - (local.year % size) });
  }
}

function labelOf(
  local: Temporal.PlainDateTime,
  unit: Unit,
  { language, timeZone }: Audience,
  at: number,
): { readonly label: string; readonly strong: boolean } {
  const isMidnight = local.hour === 0 && local.minute === 0;
  if ((unit === "minutes" || unit === "hours") && !isMidnight) {
    const label = dateFormat(language, timeZone, "time").format(at);
    return { label, strong: false };
  }
  const isNewYear = isMidnight && local.day === 1 && local.month === 1;
  if (unit === "years" || (unit === "months" && isNewYear)) {
    return { label: String(local.year), strong: true };
  }
  const style = unit === "months" ? "month" : "day";
  const label = dateFormat(language, timeZone, style).format(at);
  return { label, strong: unit === "minutes" || unit === "hours" };
}

const STYLES = {
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  day: { day: "numeric", month: "short" },
  month: { month: "short" },
} as const;
/** Day before month, as everywhere but in the United States. */
const REGION: Readonly<Record<string, string>> = { en: "en-GB" };

const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(
  language: string,
  timeZone: string,
  style: keyof typeof STYLES,
): Intl.DateTimeFormat {
  const key = `${language} ${timeZone} ${style}`;
  const known =
    formats.get(key) ??
    new Intl.DateTimeFormat(REGION[language] ?? language, { ...STYLES[style], timeZone });
  formats.set(key, known);
  return known;
}
