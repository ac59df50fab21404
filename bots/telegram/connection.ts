/**
 * The line to Telegram: opened in the background, held by long polling or a webhook, opened again
 * whenever it is lost. Only what an operator must mend ends it, and then the status says what.
 */
import {
  createConcurrentSink,
  createRunner,
  createSource,
  type UpdateSupplier,
} from "@grammyjs/runner";
import type { Api, Bot } from "grammy";
import type { Update } from "grammy/types";
import type { DoorAddress } from "../../src/ports/door.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { Line } from "../line.ts";
import { failureFacts, failureReason, fatalReason, isRefused } from "./failures.ts";
import { persist } from "./persist.ts";
import { watchWebhook, type WebhookNews } from "./webhook-watch.ts";
import { openWebhook, type WebhookServer, type WebhookSettings } from "./webhook.ts";

export type TelegramMode =
  | { readonly kind: "polling" }
  | ({ readonly kind: "webhook" } & WebhookSettings);

/** How long Telegram holds a request for updates open. */
export const POLL_SECONDS = 30;
/** The most updates Telegram gives at once. */
const MAX_BATCH = 100;
/** Updates handled at once; more stay at Telegram. */
const MAX_AT_ONCE = 500;
/** How often Telegram is asked whether it reaches the webhook. */
const WEBHOOK_CHECK_MS = 60_000;
/** Time that answers under way are given at the end. */
const STOP_PATIENCE_MS = 2_000;

const ALLOWED_UPDATES = ["message", "callback_query", "my_chat_member"] as const;

export interface ConnectionParts {
  readonly bot: Bot;
  /** Sends each request once: trying again is decided here. */
  readonly api: Api;
  readonly mode: TelegramMode;
  readonly line: Line;
  readonly publishMenus: () => Promise<void>;
  readonly logger: Logger;
}

export class Connection {
  readonly #parts: ConnectionParts;
  readonly #ending = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  #offset = 0;
  #running: Promise<void> = Promise.resolve();
  #stopRunner: () => void = () => undefined;
  #webhook: WebhookServer | null = null;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
    parts.bot.use((_ctx, next) => this.#track(next()));
  }

  /** Begins, and returns at once. */
  start(): void {
    this.#running = this.#run().catch((error: unknown) => this.#end(error));
  }

  /** Lets answers under way finish for a moment, and confirms what was taken. */
  async stop(): Promise<void> {
    this.#ending.abort();
    this.#stopRunner();
    await Promise.race([Promise.all([this.#running, ...this.#underWay]), patience()]);
    await this.#webhook?.close();
    await this.#confirm();
    this.#parts.line.set("stopped");
  }

  async #run(): Promise<void> {
    const { bot, api, mode, line, logger } = this.#parts;
    bot.botInfo = await this.#persist(() => api.getMe());
    const { username } = bot.botInfo;
    logger.info({ username, mode: mode.kind }, "Telegram is reached");
    line.introduce(addressOf(username));
    void this.#publish();
    if (mode.kind === "webhook") await this.#listen(mode);
    else await this.#poll();
  }

  /** Menus are a comfort: nothing waits for them, and what Telegram refuses is only logged. */
  async #publish(): Promise<void> {
    const { publishMenus, logger } = this.#parts;
    const log = (error: unknown) => logger.warn(logged(error), "the command menus are not set");
    try {
      await persist(
        async () => {
          try {
            await publishMenus();
          } catch (error) {
            if (!isRefused(error)) throw error;
            log(error);
          }
        },
        { signal: this.#ending.signal, onTrouble: log },
      );
    } catch (error) {
      if (!this.#ending.signal.aborted) log(error);
    }
  }

  async #listen(settings: WebhookSettings): Promise<void> {
    const { bot, api, logger } = this.#parts;
    this.#webhook = await this.#persist(() => openWebhook(bot, settings, logger));
    await this.#persist(() =>
      api.setWebhook(settings.url, {
        secret_token: settings.secret,
        allowed_updates: ALLOWED_UPDATES,
      }),
    );
    this.#up();
    await watchWebhook({
      url: settings.url,
      everyMs: settings.checkEveryMs ?? WEBHOOK_CHECK_MS,
      ask: () => this.#persist(() => api.getWebhookInfo()),
      signal: this.#ending.signal,
      tell: (news) => this.#onWebhookNews(news),
    });
  }

  #onWebhookNews(news: WebhookNews): void {
    const { line, logger } = this.#parts;
    if (news.kind === "fine") {
      this.#up();
    } else if (news.kind === "taken") {
      line.set("failed", "second-poller");
      logger.error({ reason: "second-poller" }, "Telegram is given up");
    } else {
      const { description } = news;
      if (line.status.state === "up") {
        logger.warn({ description }, "Telegram does not reach the webhook");
      }
      line.set("retrying", "webhook-unreached");
    }
  }

  async #poll(): Promise<void> {
    const { bot, api } = this.#parts;
    // A webhook of an earlier life would keep updates from us.
    await this.#persist(() => api.deleteWebhook());
    const source = createSource<Update>({
      supply: (size, signal) => this.#fetch(size, signal),
    });
    const sink = createConcurrentSink<Update>(
      { consume: (update) => bot.handleUpdate(update) },
      async (error) => this.#parts.logger.error(logged(error), "an update was not handled"),
      { concurrency: MAX_AT_ONCE },
    );
    const runner = createRunner(source, sink);
    this.#stopRunner = () => void runner.stop();
    runner.start();
    await runner.task();
  }

  async #fetch(size: number, signal: SourceSignal): Promise<Update[]> {
    const { api } = this.#parts;
    const updates = await this.#persist(() =>
      api.getUpdates(
        {
          offset: this.#offset,
          limit: Math.max(1, Math.min(size, MAX_BATCH)),
          // Until it is known to work, an answer is wanted at once.
          timeout: this.#parts.line.status.state === "up" ? POLL_SECONDS : 0,
          allowed_updates: ALLOWED_UPDATES,
        },
        signal,
      ),
    );
    this.#up();
    const last = updates.at(-1);
    if (last !== undefined) this.#offset = last.update_id + 1;
    return updates;
  }

  /** Without this the last updates would come again after a restart, and be carried out again. */
  async #confirm(): Promise<void> {
    if (this.#offset === 0 || this.#parts.line.status.state === "failed") return;
    const { api } = this.#parts;
    try {
      const asked = api.getUpdates({ offset: this.#offset, limit: 1, timeout: 0 });
      await Promise.race([asked, patience()]);
    } catch (error) {
      this.#parts.logger.debug(logged(error), "the last updates could not be confirmed");
    }
  }

  #persist<T>(attempt: () => Promise<T>): Promise<T> {
    return persist(attempt, {
      signal: this.#ending.signal,
      onTrouble: (error, waitMs) => {
        const { line, logger } = this.#parts;
        const reason = failureReason(error);
        const isNews = isRefused(error) && line.status.reason !== reason;
        if (line.status.state !== "retrying" || isNews) {
          logger.warn({ ...logged(error), reason }, "Telegram cannot be reached; trying on");
        }
        line.set("retrying", reason, waitMs);
      },
    });
  }

  #end(error: unknown): void {
    if (this.#ending.signal.aborted) return;
    const reason = fatalReason(error) ?? failureReason(error);
    this.#parts.line.set("failed", reason);
    this.#parts.logger.error({ ...failureFacts(error), reason }, "Telegram is given up");
  }

  #up(): void {
    const { line, logger } = this.#parts;
    if (line.status.state === "retrying") logger.info({}, "Telegram is back");
    line.set("up");
  }

  async #track(work: Promise<void>): Promise<void> {
    this.#underWay.add(work);
    try {
      await work;
    } finally {
      this.#underWay.delete(work);
    }
  }
}

/** Telegram's own addresses: whatever server the Bot API is asked at, people use these. */
function addressOf(username: string): DoorAddress {
  const bot = `https://t.me/${username}`;
  return {
    name: `@${username}`,
    invite: (code) => `${bot}?start=${code}`,
    toGroup: `${bot}?startgroup=true`,
    toAccount: null,
  };
}

/** The library brings its own kind of signal. */
type SourceSignal = Parameters<UpdateSupplier<Update>["supply"]>[1];

function logged(error: unknown) {
  return { ...failureFacts(error) };
}

function patience(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, STOP_PATIENCE_MS).unref();
  });
}
