/**
 * What a person wants to be told and how: aloud, silently or not at all, and when it is night for them.
 * Pure: the same settings, notice and time always give the same answer.
 */
import type { Notice, NoticeBody, NoticeKind } from "./notice.ts";

/** What people choose between; some topics cover several kinds of notice. */
export const NOTICE_TOPICS = [
  "entry",
  "exit",
  "blocked",
  "halted",
  "pause-over",
  "reset",
  "recovery",
  "feed",
  "status",
  "daily",
] as const;
export type NoticeTopic = (typeof NOTICE_TOPICS)[number];

export const WISHES = ["on", "silent", "off"] as const;
export type Wish = (typeof WISHES)[number];

export const STATUS_RHYTHMS = ["never", "daily", "hourly", "5m"] as const;
export type StatusRhythm = (typeof STATUS_RHYTHMS)[number];

/** Minutes after local midnight, 0 to 1439. */
export type MinuteOfDay = number;

export interface QuietHours {
  readonly from: MinuteOfDay;
  /** Before `from` when the quiet spans midnight. */
  readonly until: MinuteOfDay;
}

export interface NoticeSettings {
  /** What was chosen; the rest is as DEFAULT_WISHES says. */
  readonly wishes: Readonly<Partial<Record<NoticeTopic, Wish>>>;
  readonly quietHours: QuietHours | null;
  readonly status: StatusRhythm;
  /** When the report of the last day comes, in the person's time zone; null for never. */
  readonly dailyAt: MinuteOfDay | null;
}

/** Fills need no sound, trouble does. */
export const DEFAULT_WISHES: Readonly<Record<NoticeTopic, Wish>> = {
  entry: "silent",
  exit: "silent",
  blocked: "on",
  halted: "on",
  "pause-over": "silent",
  reset: "silent",
  recovery: "on",
  feed: "on",
  status: "silent",
  daily: "silent",
};

export const DEFAULT_NOTICE_SETTINGS: NoticeSettings = {
  wishes: {},
  quietHours: null,
  status: "never",
  dailyAt: null,
};

/** Null: told to everybody, whatever they chose. */
const TOPICS: Readonly<Record<NoticeKind, NoticeTopic | null>> = {
  entry: "entry",
  exit: "exit",
  "entry-blocked": "blocked",
  "strategy-halted": "halted",
  "pause-over": "pause-over",
  "run-reset": "reset",
  "recovery-receipt": "recovery",
  "feed-degraded": "feed",
  "feed-healed": "feed",
  "status-report": "status",
  "service-status": "status",
  "subscription-ended": null,
  "daily-report": "daily",
  digest: null,
  broadcast: null,
  "account-linked": null,
};

export function topicOf(kind: NoticeKind): NoticeTopic | null {
  return TOPICS[kind];
}

export type DeliveryMode = "loud" | "silent" | "drop";

/** How one notice goes out to a person whose clock is in `timeZone`; `now` is epoch ms. */
export function deliveryMode(
  settings: NoticeSettings,
  { body }: Pick<Notice, "body">,
  { timeZone, now }: { readonly timeZone: string; readonly now: number },
): DeliveryMode {
  const topic = topicOf(body.kind);
  const wish = topic === null ? undefined : settings.wishes[topic];
  if (wish === "off") return "drop";
  if (isQuiet(settings.quietHours, minuteOfDay(now, timeZone))) return "silent";
  if (wish !== undefined) return wish === "on" ? "loud" : "silent";
  return isQuietByNature(body) ? "silent" : "loud";
}

/** How a notice sounds to somebody who chose nothing. */
export function isQuietByNature(body: NoticeBody): boolean {
  // An exit that was made up for late is trouble; that the feed is back is not.
  if (body.kind === "exit") return !body.trade.duringOutage;
  if (body.kind === "feed-healed") return true;
  const topic = topicOf(body.kind);
  return topic !== null && DEFAULT_WISHES[topic] === "silent";
}

function isQuiet(hours: QuietHours | null, minute: MinuteOfDay): boolean {
  if (hours === null) return false;
  const { from, until } = hours;
  return from < until ? minute >= from && minute < until : minute >= from || minute < until;
}

function minuteOfDay(now: number, timeZone: string): MinuteOfDay {
  const time = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  return time.hour * 60 + time.minute;
}
