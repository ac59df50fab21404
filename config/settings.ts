/**
 * Every setting of Vigie, once: name in the environment, kind of value, default, meaning, and
 * whether it is a secret. The names are a contract with operators. Everything else that speaks of
 * settings (loading, the error report, example.env, the README's table) is made from this table.
 */
import {
  address,
  choice,
  decimal,
  headerToken,
  text,
  token,
  wholeNumber,
} from "./setting-kinds.ts";
import type { SettingKind } from "./setting-kinds.ts";

export interface SettingRow {
  readonly name: string;
  readonly kind: SettingKind<unknown>;
  /** As it would stand in the environment; null when the setting may be absent. */
  readonly default: string | null;
  readonly meaning: string;
  readonly secret: boolean;
}

export const SETTINGS = {
  databaseUrl: {
    name: "DATABASE_URL",
    kind: address(["postgres", "postgresql"]),
    default: null,
    meaning: "PostgreSQL server to use. Unset: a database of our own inside DATA_DIR",
    secret: true,
  },
  dataDir: {
    name: "DATA_DIR",
    kind: text("a directory"),
    default: "data/",
    meaning: "Where the embedded database is kept",
    secret: false,
  },
  binanceWsUrl: {
    name: "BINANCE_WS_URL",
    kind: address(["wss", "ws"]),
    default: "wss://data-stream.binance.vision",
    meaning: "Binance market streams",
    secret: false,
  },
  binanceRestUrl: {
    name: "BINANCE_REST_URL",
    kind: address(["https", "http"]),
    default: "https://data-api.binance.vision",
    meaning: "Binance market data requests",
    secret: false,
  },
  clock: {
    name: "CLOCK",
    kind: choice(["system", "feed"]),
    default: "system",
    meaning: "Where time comes from: this machine, or the newest event of the feed (for replays)",
    secret: false,
  },
  httpHost: {
    name: "HTTP_HOST",
    kind: text("a host name or an IP address"),
    default: "127.0.0.1",
    meaning: "Address the operations endpoints listen on; beyond this machine needs HTTP_TOKEN",
    secret: false,
  },
  httpPort: {
    name: "HTTP_PORT",
    kind: wholeNumber(0, 65_535),
    default: "3000",
    meaning: "Port of the operations endpoints; 0 takes any free one",
    secret: false,
  },
  httpToken: {
    name: "HTTP_TOKEN",
    kind: token(16),
    default: null,
    meaning: "Bearer token of the operations endpoints",
    secret: true,
  },
  telegramBotToken: {
    name: "TELEGRAM_BOT_TOKEN",
    kind: token(16),
    default: null,
    meaning: "Token of the Telegram bot, from BotFather. Unset: no Telegram",
    secret: true,
  },
  telegramApiRoot: {
    name: "TELEGRAM_API_ROOT",
    kind: address(["https", "http"]),
    default: "https://api.telegram.org",
    meaning: "Where the Bot API is",
    secret: false,
  },
  telegramWebhookUrl: {
    name: "TELEGRAM_WEBHOOK_URL",
    kind: address(["https"]),
    default: null,
    meaning: "Public address Telegram brings updates to. Unset: Vigie asks for them (polling)",
    secret: false,
  },
  telegramWebhookSecret: {
    name: "TELEGRAM_WEBHOOK_SECRET",
    kind: headerToken(16, 256),
    default: null,
    meaning: "Proof of Telegram at the webhook. Unset: a new one at each start",
    secret: true,
  },
  telegramWebhookHost: {
    name: "TELEGRAM_WEBHOOK_HOST",
    kind: text("a host name or an IP address"),
    default: "127.0.0.1",
    meaning: "Address the webhook listens on, in plain HTTP behind what ends TLS",
    secret: false,
  },
  telegramWebhookPort: {
    name: "TELEGRAM_WEBHOOK_PORT",
    kind: wholeNumber(1, 65_535),
    default: "8080",
    meaning: "Port of the webhook",
    secret: false,
  },
  discordBotToken: {
    name: "DISCORD_BOT_TOKEN",
    kind: token(16),
    default: null,
    meaning: "Token of the Discord bot, from the developer portal. Unset: no Discord",
    secret: true,
  },
  discordApiUrl: {
    name: "DISCORD_API_URL",
    kind: address(["https", "http"]),
    default: "https://discord.com/api",
    meaning: "Where Discord's API is",
    secret: false,
  },
  logLevel: {
    name: "LOG_LEVEL",
    kind: choice(["debug", "info", "warn", "error"]),
    default: "info",
    meaning: "The least important lines to write",
    secret: false,
  },
  logFormat: {
    name: "LOG_FORMAT",
    kind: choice(["auto", "pretty", "json"]),
    default: "auto",
    meaning: "How lines are written; auto is pretty on a terminal, else json",
    secret: false,
  },
  paperBalance: {
    name: "PAPER_BALANCE",
    kind: decimal("1", "1000000000"),
    default: "10000",
    meaning: "Starting balance of each run's paper wallet, in quote currency",
    secret: false,
  },
  paperFee: {
    name: "PAPER_FEE",
    kind: decimal("0", "0.1"),
    default: "0.001",
    meaning: "Fee of a paper fill, as a share of its value (0.001 is 0.1%)",
    secret: false,
  },
  paperSlippage: {
    name: "PAPER_SLIPPAGE",
    kind: decimal("0", "0.1"),
    default: "0.0005",
    meaning: "How much worse than the market a paper fill is, as a share of the price",
    secret: false,
  },
  statusMinutes: {
    name: "STATUS_MINUTES",
    kind: wholeNumber(0, 1440),
    default: "5",
    meaning: "Minutes between status reports to administrators; 0 for none",
    secret: false,
  },
  maxStrategiesPerUser: {
    name: "MAX_STRATEGIES_PER_USER",
    kind: wholeNumber(1, 10_000),
    default: "200",
    meaning: "Strategies one user may keep",
    secret: false,
  },
} as const satisfies Record<string, SettingRow>;

type Table = typeof SETTINGS;

/** What a row's value is in the code: null is possible only where there is no default. */
type ValueOf<Row extends SettingRow> =
  | (Row["kind"] extends SettingKind<infer Value> ? Value : never)
  | (Row["default"] extends null ? null : never);

/** The values that may be shown, by key of the table. */
export type Settings = {
  readonly [Key in keyof Table as Table[Key]["secret"] extends true ? never : Key]: ValueOf<
    Table[Key]
  >;
};

/** The values that may not: kept apart so that settings can be printed whole. */
export type Secrets = {
  readonly [Key in keyof Table as Table[Key]["secret"] extends true ? Key : never]: ValueOf<
    Table[Key]
  >;
};
