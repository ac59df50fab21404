/**
 * What went wrong with Telegram, read by allow-list. The library's errors carry addresses, requests and
 * contexts that hold the bot's token and people's messages, so an error itself never leaves this folder:
 * only what is listed here does.
 */
import { BotError, GrammyError, HttpError } from "grammy";
import { Fault } from "../../src/domain/fault.ts";

/** What may be logged of an error. */
export interface FailureFacts {
  readonly name: string;
  readonly method?: string;
  readonly code?: string | number;
  readonly description?: string;
  readonly retryAfterMs?: number;
}

const MAX_DESCRIPTION_LENGTH = 200;

export function failureFacts(error: unknown): FailureFacts {
  if (error instanceof BotError) return failureFacts(error.error);
  if (error instanceof GrammyError) {
    const afterMs = retryAfterMs(error);
    return {
      name: "GrammyError",
      method: error.method,
      code: error.error_code,
      description: error.description.slice(0, MAX_DESCRIPTION_LENGTH),
      ...(afterMs === null ? {} : { retryAfterMs: afterMs }),
    };
  }
  if (error instanceof HttpError) return { name: "HttpError", code: networkCode(error) };
  if (error instanceof Fault) return { name: "Fault", code: error.code };
  if (isListening(error)) return { name: "Error", method: "listen", code: systemCode(error) };
  return { name: error instanceof Error ? error.constructor.name : typeof error };
}

/** A failure in a word or two, for the status: "network ECONNREFUSED", "error 502", "webhook-refused". */
export function failureReason(error: unknown): string {
  if (isRefused(error) && error.method === "setWebhook") return "webhook-refused";
  if (error instanceof GrammyError) return `error ${error.error_code}`;
  if (error instanceof HttpError) return `network ${networkCode(error)}`;
  return isListening(error) ? `webhook-port ${systemCode(error)}` : failureFacts(error).name;
}

/** The port for the webhook cannot be had. */
function isListening(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && error.syscall === "listen";
}

function networkCode({ error }: HttpError): string {
  return systemCode(error);
}

/** The system's code of a failure, such as ECONNREFUSED. */
function systemCode(error: unknown): string {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : null;
  return typeof code === "string" && /^[A-Z][A-Z0-9_]{2,40}$/.test(code) ? code : "failed";
}

/** How long Telegram asks us to wait; null when it does not. */
export function retryAfterMs(error: unknown): number | null {
  const seconds = error instanceof GrammyError ? error.parameters.retry_after : undefined;
  return seconds === undefined ? null : seconds * 1000;
}

/** Nothing but an operator can help: the token is wrong, or another process reads the same updates. */
export function fatalReason(error: unknown): "bad-token" | "second-poller" | null {
  if (!(error instanceof GrammyError)) return null;
  // A token that is not even of the right form answers 404.
  if (error.error_code === 401 || error.error_code === 404) return "bad-token";
  return error.error_code === 409 ? "second-poller" : null;
}

/** The person has blocked the bot, never spoke to it, or is gone. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof GrammyError)) return false;
  if (error.error_code === 403) return true;
  const gone = /chat not found|user is deactivated|PEER_ID_INVALID/i;
  return error.error_code === 400 && gone.test(error.description);
}

/** The bot is in the chat, but may not write there, or not in that topic. */
export function isForbiddenHere(error: unknown): boolean {
  if (!(error instanceof GrammyError) || error.error_code !== 400) return false;
  const silenced =
    /not enough rights|have no rights|need administrator rights|CHAT_WRITE_FORBIDDEN|TOPIC_(?:CLOSED|DELETED)|thread not found/i;
  return silenced.test(error.description);
}

/** The id of the supergroup that a group has become; null when it has not. */
export function movedTo(error: unknown): string | null {
  const id = error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;
  return id === undefined ? null : String(id);
}

/** Telegram answered and will answer the same again. */
export function isRefused(error: unknown): error is GrammyError {
  return error instanceof GrammyError && error.error_code < 500 && error.error_code !== 429;
}

/** An edit that would change nothing. */
export function isUnchanged(error: unknown): boolean {
  return error instanceof GrammyError && error.description.includes("message is not modified");
}
