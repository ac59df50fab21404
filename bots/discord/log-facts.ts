/**
 * Errors of Discord's library as facts for the log, by allow-list. Its errors carry addresses with
 * interaction tokens, whole request bodies and the client itself, so no error is ever logged as it is.
 */
import { DiscordAPIError, HTTPError, RateLimitError } from "discord.js";
import { Fault, faultCode } from "../../src/domain/fault.ts";
import type { LogFacts } from "../../src/ports/logger.ts";

const MAX_MESSAGE_LENGTH = 200;
/** An address of the API that holds the token of an interaction or webhook. */
const TOKEN_PATH = /\b(interactions|webhooks)\/(\d+)\/[^\s/?"']+/g;
const BOT_TOKEN = /[\w-]{20,}\.[\w-]{6,}\.[\w-]{20,}/g;

/** Code, HTTP status, method and message of an error: what helps, and nothing that is secret. */
export function errorFacts(error: unknown): LogFacts {
  if (error instanceof DiscordAPIError) {
    const { code, status, method } = error;
    return { code, status, method, message: harmless(error.message) };
  }
  if (error instanceof HTTPError) {
    const { status, method } = error;
    return { status, method, message: harmless(error.message) };
  }
  if (error instanceof RateLimitError) {
    return { code: "rate-limited", method: error.method, afterMs: error.retryAfter };
  }
  if (error instanceof Fault) return { code: error.code, ...error.facts };
  if (!(error instanceof Error)) return { code: faultCode(error) };
  const code: unknown = "code" in error ? error.code : error.name;
  return { code: harmless(String(code)), message: harmless(error.message) };
}

function harmless(message: string): string {
  return message
    .replaceAll(TOKEN_PATH, "$1/$2/…")
    .replaceAll(BOT_TOKEN, "…")
    .slice(0, MAX_MESSAGE_LENGTH);
}
