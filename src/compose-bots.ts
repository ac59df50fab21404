/**
 * The chat platforms, switched on by their tokens. They start in the background and keep trying:
 * the daemon trades before, without and during any outage of theirs.
 */
import { randomBytes } from "node:crypto";
import type { Secrets, Settings } from "../config/settings.ts";
import type { Catalogue } from "../bots/catalogue/dispatcher.ts";
import { startDiscord } from "../bots/discord/discord.ts";
import { NoticeDesk } from "../bots/notices/notice-desk.ts";
import { startTelegram, type TelegramOptions } from "../bots/telegram/telegram.ts";
import type { Service } from "./compose.ts";
import type { Door } from "./ports/door.ts";
import type { Logger } from "./ports/logger.ts";
import type { Notifier } from "./ports/notifier.ts";

export interface BotsOptions {
  readonly service: Service;
  readonly catalogue: Catalogue;
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly logger: Logger;
}

/** What both platforms bring to people, and where they keep who cannot be reached. */
function outward({ service, catalogue }: BotsOptions) {
  const { app, accounts, unreachable, clock } = service;
  const { queries, settings, subscriptions: chats } = app;
  const { quoteAsset } = settings;
  const notices = new NoticeDesk({ catalogue, queries, quoteAsset, now: () => clock.now() });
  return { accounts, notices, chats, unreachable };
}

interface Adapter {
  readonly notifier: Notifier;
  readonly door: Door;
  stop(): Promise<void>;
}

export interface Bots {
  readonly notifiers: readonly Notifier[];
  stop(): Promise<void>;
}

/** Starts every platform that has a token; `stop` ends them all. */
export function startBots(options: BotsOptions): Bots {
  const shared = outward(options);
  const adapters = [telegram(options, shared), discord(options, shared)].filter(
    (adapter) => adapter !== null,
  );
  for (const { door } of adapters) options.service.app.doors.add(door);
  return {
    notifiers: adapters.map(({ notifier }) => notifier),
    async stop() {
      await Promise.all(adapters.map((adapter) => adapter.stop()));
    },
  };
}

type Outward = ReturnType<typeof outward>;

function telegram(options: BotsOptions, shared: Outward): Adapter | null {
  const { service, catalogue, settings, secrets, logger } = options;
  const token = secrets.telegramBotToken;
  if (token === null) return null;
  const { app } = service;
  return startTelegram(
    {
      token,
      apiRoot: settings.telegramApiRoot,
      mode: telegramMode(options),
    },
    {
      ...shared,
      catalogue,
      access: app.access,
      setLanguage: (user, tag) => app.accounts.setLanguage(user, tag),
      logger,
    },
  );
}

/** Bytes of a secret that nobody has set: Telegram is told it at each start. */
const WEBHOOK_SECRET_BYTES = 32;

function newSecret(): string {
  return randomBytes(WEBHOOK_SECRET_BYTES).toString("base64url");
}

function telegramMode({ settings, secrets }: BotsOptions): TelegramOptions["mode"] {
  const { telegramWebhookUrl: url, telegramWebhookHost: host } = settings;
  if (url === null) return { kind: "polling" };
  const secret = secrets.telegramWebhookSecret ?? newSecret();
  return { kind: "webhook", url, secret, host, port: settings.telegramWebhookPort };
}

function discord(options: BotsOptions, shared: Outward): Adapter | null {
  const { service, catalogue, settings, secrets, logger } = options;
  const token = secrets.discordBotToken;
  if (token === null) return null;
  const { app } = service;
  return startDiscord({
    ...shared,
    token,
    apiUrl: settings.discordApiUrl,
    catalogue,
    access: app.access,
    setLanguage: (user, language) => app.accounts.setLanguage(user, language),
    logger,
  });
}
