/**
 * Groups and channels that hear how the service is. Administrators subscribe them; what they get says
 * nothing about anybody. A chat that cannot be written to any more is taken off, and whoever had
 * subscribed it is told.
 */
import { Fault } from "../domain/fault.ts";
import { DEFAULT_NOTICE_SETTINGS } from "../domain/notice-settings.ts";
import type { NoticeBody } from "../domain/notice.ts";
import {
  chatOwnerId,
  type ChatRef,
  type Subscription,
  type SubscriptionRhythm,
} from "../domain/subscription.ts";
import type { User } from "../domain/user.ts";
import type { Clock } from "../ports/clock.ts";
import type { EngineGateway } from "../ports/engine-gateway.ts";
import type { Logger } from "../ports/logger.ts";
import type { ReadModels } from "../ports/read-models.ts";
import type { SubscriptionStore } from "../ports/subscription-store.ts";
import type { Announcer } from "./announcer.ts";
import type { AuditTrail } from "./audit-trail.ts";
import { dueReports } from "./reports.ts";
import { requireRole } from "./require-role.ts";

/** Chats that may subscribe, in all. */
const MAX_SUBSCRIPTIONS = 100;
const MAX_TITLE_LENGTH = 60;
/** Ids of messages remembered so that storage is not asked for them again. */
const MAX_REMEMBERED = 1_000;

/** A group or channel as a platform shows it. */
export interface SeenChat extends ChatRef {
  readonly threadId: string | null;
  readonly title: string;
  /** False when the platform says that we may not write there. */
  readonly mayWrite: boolean;
}

/** Why a chat cannot be written to. */
export type ChatLoss = "gone" | "forbidden";

export interface SubscriptionsParts {
  readonly store: SubscriptionStore;
  readonly gateway: Pick<EngineGateway, "status">;
  readonly readModels: Pick<ReadModels, "tradesOfAll">;
  readonly announcer: Pick<Announcer, "tell" | "tellIfPossible">;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly logger: Logger;
}

export class Subscriptions {
  readonly #parts: SubscriptionsParts;
  readonly #sent = new Set<string>();

  constructor(parts: SubscriptionsParts) {
    this.#parts = parts;
  }

  /**
   * The chat gets a first message at once, which also proves that it can be written to.
   * Faults: forbidden, suspended, chat-not-writable, too-many-subscriptions {limit}, not-kept {what}.
   */
  async subscribe(actor: User, chat: SeenChat, rhythm: SubscriptionRhythm): Promise<Subscription> {
    requireRole(actor, "admin");
    if (!chat.mayWrite) throw new Fault("chat-not-writable");
    const { store, announcer, audit, clock } = this.#parts;
    const { platform, chatId, threadId } = chat;
    const known = await store.all();
    const isNew = !known.some((one) => one.platform === platform && one.chatId === chatId);
    if (isNew && known.length >= MAX_SUBSCRIPTIONS) {
      throw new Fault("too-many-subscriptions", { limit: MAX_SUBSCRIPTIONS });
    }
    const at = clock.now();
    const { language, timeZone } = actor;
    const title = chat.title.slice(0, MAX_TITLE_LENGTH).toWellFormed();
    const place = { platform, chatId, threadId, title };
    const person = { language, timeZone, createdBy: actor.id, createdAt: at };
    const subscription: Subscription = { ...place, rhythm, ...person };
    await store.save(subscription);
    await audit.record(actor, "subscribe", { platform, chatId, title, rhythm });
    const ownerId = chatOwnerId(chat);
    const body = await this.#status(subscription, at);
    await announcer.tell([{ id: `status-${ownerId}-first-${at}`, ownerId, at, body }]);
    return subscription;
  }

  /** Faults: forbidden, suspended, not-subscribed. */
  async unsubscribe(actor: User, chat: ChatRef): Promise<Subscription> {
    requireRole(actor, "admin");
    const removed = await this.#parts.store.remove(chat);
    if (removed === null) throw new Fault("not-subscribed");
    const { platform, chatId } = chat;
    await this.#parts.audit.record(actor, "unsubscribe", { platform, chatId });
    return removed;
  }

  /** Oldest first. Faults: forbidden, suspended. */
  async list(actor: User): Promise<readonly Subscription[]> {
    requireRole(actor, "admin");
    return this.#parts.store.all();
  }

  /** Puts what is due now into the outbox; to be called every minute. Resolves to how many. */
  async send(): Promise<number> {
    const { store, announcer, clock } = this.#parts;
    const all = await store.all();
    const subscribers = all.map((one) => {
      const { timeZone, createdAt, rhythm } = one;
      const user = { id: chatOwnerId(one), timeZone, createdAt };
      return { user, settings: { ...DEFAULT_NOTICE_SETTINGS, status: rhythm } };
    });
    const due = dueReports(subscribers, this.#sent, clock.now());
    for (const { id, ownerId, at } of due) {
      const subscription = all.find((one) => chatOwnerId(one) === ownerId);
      if (subscription === undefined) continue;
      const body = await this.#status(subscription, at);
      await announcer.tell([{ id, ownerId, at, body }]);
      this.#remember(id);
    }
    return due.length;
  }

  /** For platforms: what a chat that is written to has subscribed; null when nothing any more. */
  find(chat: ChatRef): Promise<Subscription | null> {
    return this.#parts.store.get(chat);
  }

  /** For platforms: the chat has another id now. */
  async moved(chat: ChatRef, chatId: string): Promise<void> {
    await this.#parts.store.move(chat, chatId);
    this.#parts.logger.info({ ...chat, to: chatId }, "a subscribed chat has another id");
  }

  /** For platforms: the chat cannot be written to any more. */
  async lost(chat: ChatRef, reason: ChatLoss): Promise<void> {
    const { store, announcer, clock, logger } = this.#parts;
    const removed = await store.remove(chat);
    if (removed === null) return;
    const { platform, chatId, title, createdBy: ownerId } = removed;
    logger.warn({ platform, chatId, reason }, "a subscribed chat cannot be written to");
    const at = clock.now();
    const body = { kind: "subscription-ended", platform, title, reason } as const;
    await announcer.tellIfPossible({ id: `ended-${chatOwnerId(chat)}-${at}`, ownerId, at, body });
  }

  async #status({ timeZone }: Pick<Subscription, "timeZone">, at: number): Promise<NoticeBody> {
    const { gateway, readModels } = this.#parts;
    const { state, reasons, uptimeMs, connections, strategies, ...figures } = gateway.status();
    const lags = connections.flatMap(({ lagMs }) => (lagMs === null ? [] : [Math.round(lagMs)]));
    const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
    return {
      kind: "service-status",
      state,
      reasons,
      uptimeMs,
      socketsUp: connections.filter(({ connected }) => connected).length,
      sockets: connections.length,
      feedLagMs: lags.length === 0 ? null : Math.max(...lags),
      strategies: strategies.total,
      activeStrategies: strategies.active,
      openPositions: figures.openPositions,
      analyses: figures.totalAnalyses,
      tradesToday: await readModels.tradesOfAll(day.startOfDay().epochMilliseconds),
    };
  }

  #remember(id: string): void {
    this.#sent.add(id);
    const [oldest] = this.#sent;
    if (this.#sent.size > MAX_REMEMBERED && oldest !== undefined) this.#sent.delete(oldest);
  }
}
