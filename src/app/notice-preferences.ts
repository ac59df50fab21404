/**
 * Keeps what each person wants to be told. What is stored was written by some version of this file:
 * whatever of it cannot be understood counts as not chosen.
 */
import { Fault } from "../domain/fault.ts";
import type { Notice } from "../domain/notice.ts";
import {
  DEFAULT_NOTICE_SETTINGS,
  deliveryMode,
  NOTICE_TOPICS,
  STATUS_RHYTHMS,
  WISHES,
  type DeliveryMode,
  type MinuteOfDay,
  type NoticeSettings,
  type NoticeTopic,
  type QuietHours,
  type Wish,
} from "../domain/notice-settings.ts";
import type { User } from "../domain/user.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { AuditTrail } from "./audit-trail.ts";

const MINUTES_PER_DAY = 1_440;

export interface NoticePreferencesParts {
  readonly accounts: Pick<AccountStore, "noticeSettings" | "saveNoticeSettings">;
  readonly audit: AuditTrail;
}

export class NoticePreferences {
  readonly #parts: NoticePreferencesParts;

  constructor(parts: NoticePreferencesParts) {
    this.#parts = parts;
  }

  async of(user: Pick<User, "id">): Promise<NoticeSettings> {
    return readNoticeSettings(await this.#parts.accounts.noticeSettings(user.id));
  }

  /** Sets one topic, or all of them. */
  async setWish(actor: User, topic: NoticeTopic | "all", wish: Wish): Promise<NoticeSettings> {
    const topics = topic === "all" ? NOTICE_TOPICS : [topic];
    return this.#save(actor, ({ wishes }) => ({
      wishes: { ...wishes, ...Object.fromEntries(topics.map((one) => [one, wish])) },
    }));
  }

  /** Takes "22:00-07:00" in the person's time zone, or "off". Fault: quiet-hours {value}. */
  async setQuietHours(actor: User, text: string): Promise<NoticeSettings> {
    const quietHours = isOff(text) ? null : quietHoursIn(text);
    return this.#save(actor, () => ({ quietHours }));
  }

  /** Fault: status-rhythm {value, choices}. */
  async setStatus(actor: User, text: string): Promise<NoticeSettings> {
    const wanted = text.trim().toLowerCase();
    const status = STATUS_RHYTHMS.find((one) => one === (isOff(wanted) ? "never" : wanted));
    if (status === undefined) {
      const choices = STATUS_RHYTHMS.join(", ");
      throw new Fault("status-rhythm", { value: wanted.slice(0, 40), choices });
    }
    return this.#save(actor, ({ wishes }) => ({ status, wishes: toldAgain(wishes, "status") }));
  }

  /** Takes "08:00" in the person's time zone, or "off". Fault: time-of-day {value}. */
  async setDailyReport(actor: User, text: string): Promise<NoticeSettings> {
    const dailyAt = isOff(text) ? null : minuteIn(text.trim());
    if (dailyAt === undefined) throw new Fault("time-of-day", { value: text.slice(0, 40) });
    return this.#save(actor, ({ wishes }) => ({ dailyAt, wishes: toldAgain(wishes, "daily") }));
  }

  async #save(
    actor: User,
    change: (settings: NoticeSettings) => Partial<NoticeSettings>,
  ): Promise<NoticeSettings> {
    const before = await this.of(actor);
    const changed = change(before);
    const settings = { ...before, ...changed };
    await this.#parts.accounts.saveNoticeSettings(actor.id, { ...settings });
    await this.#parts.audit.record(actor, "notify", { ...changed });
    return settings;
  }
}

/** How notices go out to one person: looked up once, then asked for each notice. */
export type NoticeModes = (notice: Notice, now: number) => DeliveryMode;

/** For the dispatcher. Somebody unknown has the defaults. */
export function noticeModes(
  accounts: Pick<AccountStore, "user" | "noticeSettings">,
): (ownerId: string) => Promise<NoticeModes> {
  return async (ownerId) => {
    const user = await accounts.user(ownerId);
    const settings = readNoticeSettings(await accounts.noticeSettings(ownerId));
    const timeZone = user?.timeZone ?? "UTC";
    return (notice, now) => deliveryMode(settings, notice, { timeZone, now });
  };
}

/** From what is stored; unknown or damaged parts are as if nothing had been chosen. */
export function readNoticeSettings(
  stored: Readonly<Record<string, unknown>> | null,
): NoticeSettings {
  const { wishes, quietHours, status, dailyAt } = stored ?? {};
  const hours = isRecord(quietHours) ? quietHours : {};
  const { from, until } = hours;
  const chosen = isRecord(wishes) ? wishes : {};
  const known = NOTICE_TOPICS.flatMap((topic) => {
    const wish = WISHES.find((one) => one === chosen[topic]);
    return wish === undefined ? [] : [[topic, wish] as const];
  });
  return {
    wishes: Object.fromEntries(known),
    quietHours: isMinute(from) && isMinute(until) && from !== until ? { from, until } : null,
    status: STATUS_RHYTHMS.find((one) => one === status) ?? DEFAULT_NOTICE_SETTINGS.status,
    dailyAt: isMinute(dailyAt) ? dailyAt : null,
  };
}

/** Who asks for a report wants to be told it, even if all had been switched off before. */
function toldAgain(wishes: NoticeSettings["wishes"], topic: NoticeTopic): NoticeSettings["wishes"] {
  const { [topic]: wish, ...others } = wishes;
  return wish === "off" ? others : wishes;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isMinute(value: unknown): value is MinuteOfDay {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < MINUTES_PER_DAY;
}

function isOff(text: string): boolean {
  return ["off", "none", "never"].includes(text.trim().toLowerCase());
}

function quietHoursIn(text: string): QuietHours {
  const [from, until, ...rest] = text.split(/[-–—]/).map((part) => minuteIn(part.trim()));
  if (from === undefined || until === undefined || rest.length > 0 || from === until) {
    throw new Fault("quiet-hours", { value: text.slice(0, 40) });
  }
  return { from, until };
}

/** "8:00", "08:00" or "8" as minutes of the day; undefined for what is no time. */
function minuteIn(text: string): MinuteOfDay | undefined {
  const match = /^(\d{1,2})(?:[:.h](\d{2}))?$/.exec(text);
  const hour = Number(match?.[1]);
  const minute = Number(match?.[2] ?? 0);
  return match !== null && hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
}
