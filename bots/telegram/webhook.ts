/**
 * Where Telegram brings updates when it is not asked for them: one path, one method, a secret in the
 * head of each request, small bodies. It stands behind whatever ends TLS.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { webhookCallback, type Bot } from "grammy";
import type { Logger } from "../../src/ports/logger.ts";
import { failureFacts } from "./failures.ts";

export interface WebhookSettings {
  /** What Telegram is told: https, public; its path is the one that is served. */
  readonly url: string;
  /** Sent along by Telegram with each update: 1 to 256 letters, digits, "_" or "-". */
  readonly secret: string;
  /** Where we listen; port 0 takes any free one. */
  readonly host: string;
  readonly port: number;
  /** How often Telegram is asked whether it reaches us, ms; once a minute unless given. */
  readonly checkEveryMs?: number;
}

export interface WebhookServer {
  readonly port: number;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 1_000_000;
/** Telegram is answered after this even while a slow command runs on. */
const ANSWER_WITHIN_MS = 500;
/** Requests that are not finished by then are cut off at the end. */
const CLOSING_PATIENCE_MS = 1_000;

export async function openWebhook(
  bot: Bot,
  settings: WebhookSettings,
  logger: Logger,
): Promise<WebhookServer> {
  const { secret, host, port } = settings;
  const path = new URL(settings.url).pathname;
  const take = webhookCallback(bot, "http", {
    secretToken: secret,
    onTimeout: "return",
    timeoutMilliseconds: ANSWER_WITHIN_MS,
  });
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refusal = refusalOf(request, path);
    if (refusal !== null) {
      response.writeHead(refusal, { connection: "close" }).end();
      return;
    }
    try {
      await take(request, response);
    } catch (error) {
      logger.warn({ ...failureFacts(error) }, "a request to the webhook was no update");
      if (!response.headersSent) response.writeHead(400).end();
    }
  };
  const server = createServer((request, response) => void handle(request, response));
  server.listen(port, host);
  await once(server, "listening");
  return { port: portOf(server), close: () => closed(server) };
}

/** The HTTP status to refuse a request with; null when it may be read. */
function refusalOf({ method, url, headers }: IncomingMessage, path: string): number | null {
  if (url?.split("?")[0] !== path) return 404;
  if (method !== "POST") return 405;
  const bytes = Number(headers["content-length"] ?? Infinity);
  return bytes <= MAX_BODY_BYTES ? null : 413;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function closed(server: Server): Promise<void> {
  const end = once(server, "close");
  server.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), CLOSING_PATIENCE_MS).unref();
  await end;
}
