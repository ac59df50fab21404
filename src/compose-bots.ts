/**
 * The chat platforms, switched on by their tokens. They start in the background and keep trying:
 * the daemon trades before, without and during any outage of theirs.
 */
import { randomBytes } from "node:crypto";
import type { Secrets, Settings } from "../config/settings.ts";
import type { Catalogue } from "../bots/catalogue/dispatcher.ts";
import { startDiscord } from "../bots/discord/discord.ts";
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
  const adapters = [telegram(options), discord(options)].filter((adapter) => adapter !== null);
  for (const { door } of adapters) options.service.app.doors.add(door);
  return {
    notifiers: adapters.map(({ notifier }) => notifier),
    async stop() {
      await Promise.all(adapters.map((adapter) => adapter.stop()));
    },
  };
}

function telegram(options: BotsOptions): Adapter | null {
  const { service, catalogue, settings, secrets, logger } = options;
  const token = secrets.telegramBotToken;
  if (token === null) return null;
  const { app, accounts } = service;
  return startTelegram(
    {
      token,
      apiRoot: settings.telegramApiRoot,
      mode: telegramMode(options),
      quoteAsset: app.settings.quoteAsset,
    },
    {
      catalogue,
      access: app.access,
      accounts,
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

function discord({ service, catalogue, settings, secrets, logger }: BotsOptions): Adapter | null {
  const token = secrets.discordBotToken;
  if (token === null) return null;
  const { app, accounts } = service;
  return startDiscord({
    token,
    apiUrl: settings.discordApiUrl,
    catalogue,
    access: app.access,
    accounts,
    setLanguage: (user, language) => app.accounts.setLanguage(user, language),
    quoteAsset: app.settings.quoteAsset,
    logger,
  });
}
