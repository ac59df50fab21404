/**
 * Notices to people on Telegram, at the pace it bears: about one message a second into a chat, thirty in
 * all. Each is tried once; what should be tried again, and when, is said to the outbox. Who has blocked
 * the bot is left alone until they write to it again.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Api, GrammyError } from "grammy";
import type { Notice } from "../../src/domain/notice.ts";
import type { AccountStore } from "../../src/ports/account-store.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { Delivery, Notifier } from "../../src/ports/notifier.ts";
import { RateLimit } from "../catalogue/rate-limit.ts";
import { noticeView } from "../views/notices.ts";
import { Reader } from "../views/reader.ts";
import {
  failureFacts,
  failureReason,
  fatalReason,
  isRefused,
  isUnreachable,
  retryAfterMs,
} from "./failures.ts";
import { send } from "./post.ts";
import { renderReply } from "./render.ts";

/** A second for each message; a few may come together, as entry and exit do. */
const CHAT_PACE = { burst: 3, refillMs: 3_000 };
const OVERALL_PACE = { burst: 30, refillMs: 1_000 };
const RETRY_MS = 2_000;
/** When an operator must mend something first. */
const MENDING_MS = 60_000;
/** People remembered as unreachable; one more try is all that forgetting costs. */
const MAX_UNREACHABLE = 10_000;

export interface TelegramNotifierParts {
  /** Sends each request once. */
  readonly api: Api;
  readonly accounts: Pick<AccountStore, "user" | "identities">;
  /** The machine's time, epoch ms: paces are kept by it. */
  readonly machineNow: () => number;
  /** The asset money is counted in. */
  readonly quoteAsset: string;
  readonly logger: Logger;
}

export class TelegramNotifier implements Notifier {
  readonly #parts: TelegramNotifierParts;
  readonly #chats = new RateLimit(CHAT_PACE);
  readonly #overall = new RateLimit(OVERALL_PACE);
  readonly #unreachable = new Set<number>();
  /** Until when Telegram wants quiet in a chat, epoch ms. */
  readonly #quiet = new Map<number, number>();

  constructor(parts: TelegramNotifierParts) {
    this.#parts = parts;
  }

  /** What is known of a person by what they did: wrote to us, blocked us. */
  setReachable(personId: number, reachable: boolean): void {
    this.#unreachable.delete(personId);
    if (reachable) return;
    this.#unreachable.add(personId);
    const [oldest] = this.#unreachable;
    if (this.#unreachable.size > MAX_UNREACHABLE && oldest !== undefined) {
      this.#unreachable.delete(oldest);
    }
  }

  /** To every Telegram account of the owner. */
  async deliver(notice: Notice): Promise<Delivery> {
    const { accounts, quoteAsset } = this.#parts;
    const all = await accounts.identities(notice.ownerId);
    const chats = all.filter((one) => one.platform === "telegram").map((one) => one.externalId);
    const user = chats.length === 0 ? null : await accounts.user(notice.ownerId);
    if (user === null) return { outcome: "no-address" };
    const reader = new Reader(user, { now: notice.at, quoteAsset });
    const reply = noticeView(reader, notice);
    const deliveries: Delivery[] = [];
    for (const chat of chats) {
      const rendered = renderReply(reply, chat, "below");
      const deliver = () => send(this.#parts.api, { chatId: Number(chat) }, rendered);
      deliveries.push(await this.#deliverTo(Number(chat), deliver));
    }
    return weightiest(deliveries);
  }

  async #deliverTo(chatId: number, deliver: () => Promise<unknown>): Promise<Delivery> {
    if (this.#unreachable.has(chatId)) return { outcome: "refused", error: "unreachable" };
    const waitMs = this.#waitFor(chatId);
    if (waitMs > 0) return { outcome: "retry", afterMs: waitMs, error: "chat-pace" };
    await this.#turn();
    try {
      await deliver();
      return { outcome: "sent" };
    } catch (error) {
      return this.#failed(chatId, error);
    }
  }

  /** Ms until the chat may get another message. */
  #waitFor(chatId: number): number {
    const now = this.#parts.machineNow();
    const quietUntil = this.#quiet.get(chatId) ?? 0;
    if (quietUntil > now) return quietUntil - now;
    this.#quiet.delete(chatId);
    return this.#chats.take(String(chatId), now);
  }

  /** Resolves when one of the thirty messages of a second is ours. */
  async #turn(): Promise<void> {
    for (;;) {
      const waitMs = this.#overall.take("all", this.#parts.machineNow());
      if (waitMs === 0) return;
      await pause(waitMs);
    }
  }

  #failed(chatId: number, error: unknown): Delivery {
    const afterMs = retryAfterMs(error);
    if (afterMs !== null) {
      this.#quiet.set(chatId, this.#parts.machineNow() + afterMs);
      return { outcome: "retry", afterMs, error: "too-many-requests" };
    }
    if (isUnreachable(error)) {
      this.setReachable(chatId, false);
      return { outcome: "refused", error: "unreachable" };
    }
    this.#parts.logger.warn({ ...failureFacts(error) }, "a notice could not be sent");
    const fatal = fatalReason(error);
    if (fatal !== null) return { outcome: "retry", afterMs: MENDING_MS, error: fatal };
    if (isRefused(error)) return { outcome: "refused", error: describe(error) };
    return { outcome: "retry", afterMs: RETRY_MS, error: failureReason(error) };
  }
}

function describe({ error_code: code, description }: GrammyError): string {
  return `${code} ${description.slice(0, 100)}`;
}

/** No account is left out for a moment's trouble with it, even if another gets the notice twice. */
const OUTCOMES = ["no-address", "refused", "sent", "retry"];

function weightiest(deliveries: readonly Delivery[]): Delivery {
  const ranked = deliveries.toSorted(
    (a, b) => OUTCOMES.indexOf(b.outcome) - OUTCOMES.indexOf(a.outcome),
  );
  return ranked[0] ?? { outcome: "no-address" };
}
