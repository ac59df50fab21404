/**
 * Reports that come by the clock: how the service is, as often as each person likes, and the trades of
 * the last day. Which is due is a pure question; its id is made of person and time, so a restart that
 * asks again adds nothing twice.
 */
import type { MinuteOfDay, NoticeSettings, StatusRhythm } from "../domain/notice-settings.ts";
import type { NoticeBody } from "../domain/notice.ts";
import type { User } from "../domain/user.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { ReadModels } from "../ports/read-models.ts";
import type { Announcer } from "./announcer.ts";
import { readNoticeSettings } from "./notice-preferences.ts";
import type { Queries } from "./queries.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** When daily status messages come to who chose no time for the daily report. */
const DEFAULT_DAILY_AT: MinuteOfDay = 8 * 60;

/** Older than this a report is not worth sending any more: after an outage the next one comes soon. */
const LATEST_MS: Readonly<Record<Exclude<StatusRhythm, "never">, number>> = {
  "5m": 2.5 * MINUTE_MS,
  hourly: 10 * MINUTE_MS,
  daily: 2 * HOUR_MS,
};

export interface Subscriber {
  readonly user: Pick<User, "id" | "timeZone" | "createdAt">;
  readonly settings: NoticeSettings;
}

export interface DueReport {
  /** Made of kind, person and time. */
  readonly id: string;
  readonly kind: "status" | "daily";
  readonly ownerId: string;
  /** The time it is due, epoch ms. */
  readonly at: number;
  /** Where the time it reports on begins; it ends at `at`. */
  readonly from: number;
}

/** The reports due at `now` (epoch ms) that are not among those `sent` already, by id. */
export function dueReports(
  subscribers: readonly Subscriber[],
  sent: ReadonlySet<string>,
  now: number,
): readonly DueReport[] {
  return subscribers
    .flatMap((subscriber) => [...statusReport(subscriber, now), ...dailyReport(subscriber, now)])
    .filter(({ id }) => !sent.has(id));
}

function statusReport({ user, settings }: Subscriber, now: number): readonly DueReport[] {
  const { status, dailyAt } = settings;
  if (status === "never") return [];
  const at =
    status === "daily"
      ? lastDaily(now, user.timeZone, dailyAt ?? DEFAULT_DAILY_AT).at
      : lastRound(now, user.timeZone, status);
  if (now - at > LATEST_MS[status] || user.createdAt > at) return [];
  return [{ id: `status-${user.id}-${at}`, kind: "status", ownerId: user.id, at, from: at }];
}

function dailyReport({ user, settings }: Subscriber, now: number): readonly DueReport[] {
  if (settings.dailyAt === null) return [];
  const { at, from } = lastDaily(now, user.timeZone, settings.dailyAt);
  if (now - at > LATEST_MS.daily || user.createdAt > at) return [];
  return [{ id: `daily-${user.id}-${at}`, kind: "daily", ownerId: user.id, at, from }];
}

/** The full hour or the fifth minute before `now`, as a clock on the person's wall shows it. */
function lastRound(now: number, timeZone: string, rhythm: "hourly" | "5m"): number {
  const time = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const step =
    rhythm === "hourly"
      ? ({ smallestUnit: "hour" } as const)
      : ({ smallestUnit: "minute", roundingIncrement: 5 } as const);
  return time.round({ ...step, roundingMode: "floor" }).epochMilliseconds;
}

/** The last time it was `minute` o'clock, and the time before that. */
function lastDaily(
  now: number,
  timeZone: string,
  minute: MinuteOfDay,
): { readonly at: number; readonly from: number } {
  const time = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone);
  const clock = Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 });
  const on = (daysAgo: number): number =>
    time.toPlainDate().subtract({ days: daysAgo }).toZonedDateTime({ timeZone, plainTime: clock })
      .epochMilliseconds;
  const daysAgo = on(0) <= now ? 0 : 1;
  return { at: on(daysAgo), from: on(daysAgo + 1) };
}

/** Ids remembered so that storage is not asked for them again; forgetting costs one question. */
const MAX_REMEMBERED = 10_000;

export interface ReportsParts {
  readonly accounts: Pick<AccountStore, "user" | "allNoticeSettings">;
  readonly queries: Queries;
  readonly readModels: Pick<ReadModels, "profit">;
  readonly announcer: Announcer;
  readonly clock: Clock;
}

export class Reports {
  readonly #parts: ReportsParts;
  readonly #sent = new Set<string>();

  constructor(parts: ReportsParts) {
    this.#parts = parts;
  }

  /** Puts what is due now into the outbox; to be called every minute. Resolves to how many. */
  async send(): Promise<number> {
    const { announcer, clock } = this.#parts;
    const subscribers = await this.#subscribers();
    const users = new Map(subscribers.map(({ user }) => [user.id, user]));
    const due = dueReports(subscribers, this.#sent, clock.now());
    for (const report of due) {
      const user = users.get(report.ownerId);
      if (user === undefined) continue;
      const { id, ownerId, at } = report;
      await announcer.tell([{ id, ownerId, at, body: await this.#body(user, report) }]);
      this.#remember(id);
    }
    return due.length;
  }

  async #subscribers(): Promise<readonly (Subscriber & { readonly user: User })[]> {
    const { accounts } = this.#parts;
    const all = await accounts.allNoticeSettings();
    const wanting = all
      .map(({ userId, settings }) => ({ userId, settings: readNoticeSettings(settings) }))
      .filter(({ settings }) => settings.status !== "never" || settings.dailyAt !== null);
    const found = await Promise.all(
      wanting.map(async ({ userId, settings }) => {
        const user = await accounts.user(userId);
        return user === null ? [] : [{ user, settings }];
      }),
    );
    return found.flat();
  }

  async #body(user: User, { kind, from, at }: DueReport): Promise<NoticeBody> {
    const { queries, readModels } = this.#parts;
    const { daemon, own } = queries.status(user);
    if (kind === "status") {
      const { uptimeMs, connections, totalAnalyses: analyses, tradesExecuted: trades } = daemon;
      return {
        kind: "status-report",
        uptimeMs,
        socketsUp: connections.filter(({ connected }) => connected).length,
        sockets: connections.length,
        activeStrategies: own.active,
        analyses,
        trades,
      };
    }
    const { trades, wins, pnl, fees, best, worst } = await readModels.profit(user.id, {
      from,
      until: at,
    });
    const { active: activeStrategies, openPositions } = own;
    const sums = { trades, wins, pnl, fees, best, worst };
    return { kind: "daily-report", from, until: at, ...sums, activeStrategies, openPositions };
  }

  #remember(id: string): void {
    this.#sent.add(id);
    const [oldest] = this.#sent;
    if (this.#sent.size > MAX_REMEMBERED && oldest !== undefined) this.#sent.delete(oldest);
  }
}
