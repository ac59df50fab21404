/**
 * Notices as direct messages, and in channels that subscribed. They go out by plain requests, so they
 * need no gateway. A message that is sent again after a lost answer carries the same nonce, which
 * Discord shows once.
 */
import { createHash } from "node:crypto";
import {
  DiscordAPIError,
  MessageFlags,
  MessageFlagsBitField,
  RateLimitError,
  Routes,
  type APIChannel,
  type RawFile,
  type REST,
  type RESTPostAPIChannelMessageJSONBody,
} from "discord.js";
import { Fault } from "../../src/domain/fault.ts";
import type { Notice } from "../../src/domain/notice.ts";
import { chatOf, type ChatRef } from "../../src/domain/subscription.ts";
import type { AccountStore } from "../../src/ports/account-store.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { Delivery, Notifier } from "../../src/ports/notifier.ts";
import type { ChatDesk, NoticeMaker } from "../notices/chat-desk.ts";
import type { Unreachable } from "../notices/unreachable.ts";
import type { Reply } from "../views/reply.ts";
import { errorFacts } from "./log-facts.ts";
import { renderMessages, type DiscordMessage } from "./render.ts";

export interface DiscordNotifierParts {
  readonly rest: REST;
  readonly token: string;
  readonly accounts: Pick<AccountStore, "user" | "identities">;
  readonly notices: NoticeMaker;
  readonly chats: ChatDesk;
  readonly unreachable: Unreachable;
  /** False while every request would be refused. */
  readonly usable: () => boolean;
  readonly logger: Logger;
}

interface MessageRequest {
  readonly body: Omit<RESTPostAPIChannelMessageJSONBody, "flags"> & { readonly flags: number };
  readonly files: RawFile[];
}

/** Pause after a failure that says nothing about how long it lasts, ms. */
const RETRY_MS = 5_000;
/** Pause while the bot itself is shut out, ms. */
const SHUT_OUT_RETRY_MS = 60_000;
/** Direct message channels remembered. */
const MAX_CHANNELS = 10_000;
const MAX_NONCE_LENGTH = 25;

/** Cannot write to this person, no server in common, no access, no such person. */
const UNREACHABLE_CODES: readonly (string | number)[] = [50_007, 50_278, 50_001, 10_013];
/** No such channel, and one that we may not see: we are not there, or not any more. */
const GONE_CODES: readonly (string | number)[] = [10_003, 50_001];
/** We are there and may not write. */
const NOT_ALLOWED = 50_013;
/** Conversations are being opened too fast. */
const OPENING_TOO_FAST = 40_003;

export class DiscordNotifier implements Notifier {
  readonly #parts: DiscordNotifierParts;
  readonly #channels = new Map<string, string>();

  constructor(parts: DiscordNotifierParts) {
    this.#parts = parts;
  }

  async deliver(notice: Notice): Promise<Delivery> {
    const chat = chatOf(notice.ownerId);
    if (chat === null) return this.#toPerson(notice);
    return chat.platform === "discord" ? this.#toChannel(notice, chat) : { outcome: "no-address" };
  }

  async #toPerson(notice: Notice): Promise<Delivery> {
    const { accounts, notices } = this.#parts;
    const user = await accounts.user(notice.ownerId);
    const identities = await accounts.identities(notice.ownerId);
    const linked = identities.filter((one) => one.platform === "discord");
    if (user === null || linked.length === 0) return { outcome: "no-address" };
    const make = () => notices.forPerson(notice, user);
    const deliveries: Delivery[] = [];
    for (const { externalId } of linked) {
      deliveries.push(await this.#toAccount(notice, externalId, make));
    }
    // One address is as good as another, but none is left out for a moment's trouble.
    const pick = (outcome: Delivery["outcome"]) =>
      deliveries.find((delivery) => delivery.outcome === outcome);
    return pick("retry") ?? pick("sent") ?? pick("refused") ?? { outcome: "no-address" };
  }

  async #toAccount(
    notice: Notice,
    externalId: string,
    make: () => Promise<Reply>,
  ): Promise<Delivery> {
    const { unreachable } = this.#parts;
    if (!this.#parts.usable()) return SHUT_OUT;
    if (await unreachable.has(externalId)) {
      await unreachable.missed(externalId, notice.id);
      return UNREACHABLE;
    }
    const requests = requestsOf(notice, await make());
    try {
      await this.#post(await this.#channelOf(externalId), requests);
      return { outcome: "sent" };
    } catch (error) {
      if (error instanceof DiscordAPIError && UNREACHABLE_CODES.includes(error.code)) {
        this.#channels.delete(externalId);
        await unreachable.missed(externalId, notice.id);
        return UNREACHABLE;
      }
      return this.#failure(error);
    }
  }

  async #toChannel(notice: Notice, chat: ChatRef): Promise<Delivery> {
    const { chats, notices, usable } = this.#parts;
    if (!usable()) return SHUT_OUT;
    const subscription = await chats.find(chat);
    if (subscription === null) return { outcome: "no-address" };
    try {
      await this.#post(chat.chatId, requestsOf(notice, notices.forChat(notice, subscription)));
      return { outcome: "sent" };
    } catch (error) {
      const code = error instanceof DiscordAPIError ? error.code : 0;
      if (!GONE_CODES.includes(code) && code !== NOT_ALLOWED) return this.#failure(error);
      await chats.lost(chat, code === NOT_ALLOWED ? "forbidden" : "gone");
      return UNREACHABLE;
    }
  }

  async #post(channel: string, requests: readonly MessageRequest[]): Promise<void> {
    const { rest } = this.#parts;
    // The library forgets the token when it was refused once.
    rest.setToken(this.#parts.token);
    for (const one of requests) await rest.post(Routes.channelMessages(channel), one);
  }

  async #channelOf(externalId: string): Promise<string> {
    const known = this.#channels.get(externalId);
    if (known !== undefined) return known;
    const body = { recipient_id: externalId };
    this.#parts.rest.setToken(this.#parts.token);
    const made = await this.#parts.rest.post(Routes.userChannels(), { body });
    if (!isChannel(made)) throw new Fault("discord-sent-nonsense");
    if (this.#channels.size >= MAX_CHANNELS) this.#channels.clear();
    this.#channels.set(externalId, made.id);
    return made.id;
  }

  #failure(error: unknown): Delivery {
    this.#parts.logger.debug(errorFacts(error), "Discord did not take a notice");
    if (error instanceof RateLimitError) {
      return { outcome: "retry", afterMs: Math.ceil(error.retryAfter), error: "rate-limited" };
    }
    if (!(error instanceof DiscordAPIError)) {
      return { outcome: "retry", afterMs: RETRY_MS, error: "discord-unreachable" };
    }
    const { code, status } = error;
    const named = `discord-${code}`;
    if (status === 401 || code === OPENING_TOO_FAST) {
      return { outcome: "retry", afterMs: SHUT_OUT_RETRY_MS, error: named };
    }
    return { outcome: "refused", error: named };
  }
}

const UNREACHABLE: Delivery = { outcome: "refused", error: "unreachable" };
const SHUT_OUT: Delivery = {
  outcome: "retry",
  afterMs: SHUT_OUT_RETRY_MS,
  error: "discord-down",
};

function requestsOf(notice: Notice, reply: Reply): readonly MessageRequest[] {
  const silent = reply.silent === true;
  return renderMessages(reply, "notice").map((one, part) =>
    requestOf(one, { silent, nonce: nonceOf(notice, part) }),
  );
}

function requestOf(
  { content, components, files }: DiscordMessage,
  { silent, nonce }: { readonly silent: boolean; readonly nonce: string },
): MessageRequest {
  const flags = new MessageFlagsBitField(MessageFlags.SuppressEmbeds);
  if (silent) flags.add(MessageFlags.SuppressNotifications);
  const body = {
    content,
    components: [...components],
    flags: flags.bitfield,
    allowed_mentions: { parse: [] },
    nonce,
    enforce_nonce: true,
  };
  const attachments = files.map(({ description }, index) => ({
    id: String(index),
    ...(description === null ? {} : { description }),
  }));
  const attached = files.map(({ name, data, contentType }) => ({ name, data, contentType }));
  return { body: { ...body, attachments }, files: attached };
}

/** The same for every attempt at the same message. */
function nonceOf({ id }: Notice, part: number): string {
  const hash = createHash("sha256").update(`${id} ${part}`).digest("base64url");
  return hash.slice(0, MAX_NONCE_LENGTH);
}

function isChannel(value: unknown): value is Pick<APIChannel, "id"> {
  return (
    typeof value === "object" && value !== null && "id" in value && typeof value.id === "string"
  );
}
