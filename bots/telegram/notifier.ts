/**
 * Notices on Telegram: to people's private chats and to groups that subscribed. Each is tried once; what
 * should be tried again, and when, is said to the outbox. Who has blocked the bot is left alone until
 * they write to it again; a group that cannot be written to is given back.
 */
import type { Api, GrammyError } from "grammy";
import type { Notice } from "../../src/domain/notice.ts";
import { chatOf, type ChatRef } from "../../src/domain/subscription.ts";
import type { AccountStore } from "../../src/ports/account-store.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { Delivery, Notifier } from "../../src/ports/notifier.ts";
import type { ChatDesk, NoticeMaker } from "../notices/chat-desk.ts";
import type { Unreachable } from "../notices/unreachable.ts";
import {
  failureFacts,
  failureReason,
  fatalReason,
  isForbiddenHere,
  isRefused,
  isUnreachable,
  movedTo,
  retryAfterMs,
} from "./failures.ts";
import { Pace } from "./pace.ts";
import { send, type Target } from "./post.ts";
import { renderReply, type Rendered } from "./render.ts";

const RETRY_MS = 2_000;
/** When an operator must mend something first. */
const MENDING_MS = 60_000;

export interface TelegramNotifierParts {
  /** Sends each request once. */
  readonly api: Api;
  readonly accounts: Pick<AccountStore, "user" | "identities">;
  readonly notices: NoticeMaker;
  readonly chats: ChatDesk;
  readonly unreachable: Unreachable;
  /** The machine's time, epoch ms: paces are kept by it. */
  readonly machineNow: () => number;
  readonly logger: Logger;
}

/** What went wrong: an answer to the outbox, or trouble with the chat itself. */
type Failure =
  | Extract<Delivery, { outcome: "retry" | "refused" }>
  | { readonly outcome: "unreachable" }
  | { readonly outcome: "forbidden" }
  | { readonly outcome: "moved"; readonly to: string };

const UNREACHABLE: Delivery = { outcome: "refused", error: "unreachable" };

export class TelegramNotifier implements Notifier {
  readonly #parts: TelegramNotifierParts;
  readonly #pace: Pace;

  constructor(parts: TelegramNotifierParts) {
    this.#parts = parts;
    this.#pace = new Pace(parts.machineNow);
  }

  async deliver(notice: Notice): Promise<Delivery> {
    const chat = chatOf(notice.ownerId);
    if (chat === null) return this.#toPerson(notice);
    return chat.platform === "telegram" ? this.#toGroup(notice, chat) : { outcome: "no-address" };
  }

  /** To every Telegram account of the owner. */
  async #toPerson(notice: Notice): Promise<Delivery> {
    const { accounts, notices, unreachable } = this.#parts;
    const all = await accounts.identities(notice.ownerId);
    const accountIds = all.flatMap((one) => (one.platform === "telegram" ? [one.externalId] : []));
    const user = accountIds.length === 0 ? null : await accounts.user(notice.ownerId);
    if (user === null) return { outcome: "no-address" };
    const deliveries: Delivery[] = [];
    for (const id of accountIds) {
      if (await unreachable.has(id)) {
        await unreachable.missed(id, notice.id);
        deliveries.push(UNREACHABLE);
        continue;
      }
      const make = async () => renderReply(await notices.forPerson(notice, user), id, "below");
      const failure = await this.#send({ chatId: Number(id) }, make);
      if (failure?.outcome === "unreachable") await unreachable.missed(id, notice.id);
      deliveries.push(deliveryOf(failure));
    }
    return weightiest(deliveries);
  }

  async #toGroup(notice: Notice, chat: ChatRef): Promise<Delivery> {
    const { notices, chats } = this.#parts;
    const subscription = await chats.find(chat);
    if (subscription === null) return { outcome: "no-address" };
    const { threadId } = subscription;
    const make = async () => renderReply(notices.forChat(notice, subscription), "0", "below");
    const target = (chatId: string): Target => ({
      chatId: Number(chatId),
      ...(threadId === null ? {} : { threadId: Number(threadId) }),
    });
    let failure = await this.#send(target(chat.chatId), make);
    if (failure?.outcome === "moved") {
      const { to } = failure;
      await chats.moved(chat, to);
      failure = await this.#send(target(to), make);
    }
    if (failure?.outcome === "unreachable") await chats.lost(chat, "gone");
    if (failure?.outcome === "forbidden") await chats.lost(chat, "forbidden");
    return deliveryOf(failure);
  }

  /** Null when it was sent. */
  async #send(target: Target, make: () => Promise<Rendered>): Promise<Failure | null> {
    const waitMs = this.#pace.waitFor(String(target.chatId));
    if (waitMs > 0) return { outcome: "retry", afterMs: waitMs, error: "chat-pace" };
    const rendered = await make();
    await this.#pace.turn();
    try {
      await send(this.#parts.api, target, rendered);
      return null;
    } catch (error) {
      return this.#failed(target, error);
    }
  }

  #failed({ chatId }: Target, error: unknown): Failure {
    const afterMs = retryAfterMs(error);
    if (afterMs !== null) {
      this.#pace.keepQuiet(String(chatId), afterMs);
      return { outcome: "retry", afterMs, error: "too-many-requests" };
    }
    const to = movedTo(error);
    if (to !== null) return { outcome: "moved", to };
    if (isForbiddenHere(error)) return { outcome: "forbidden" };
    if (isUnreachable(error)) return { outcome: "unreachable" };
    this.#parts.logger.warn({ ...failureFacts(error) }, "a notice could not be sent");
    const fatal = fatalReason(error);
    if (fatal !== null) return { outcome: "retry", afterMs: MENDING_MS, error: fatal };
    if (isRefused(error)) return { outcome: "refused", error: describe(error) };
    return { outcome: "retry", afterMs: RETRY_MS, error: failureReason(error) };
  }
}

function deliveryOf(failure: Failure | null): Delivery {
  if (failure === null) return { outcome: "sent" };
  const told = failure.outcome === "retry" || failure.outcome === "refused";
  return told ? failure : UNREACHABLE;
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
