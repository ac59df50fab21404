/** Tries until it works: pauses grow to half a minute, Telegram's own wishes are obeyed, a stop ends it. */
import { setTimeout as pause } from "node:timers/promises";
import { ExponentialBackoff, handleType, retry, type IBackoff } from "cockatiel";
import { HttpError, type Transformer } from "grammy";
import { autoRetry } from "@grammyjs/auto-retry";
import { fatalReason, retryAfterMs } from "./failures.ts";

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

const PAUSES = new ExponentialBackoff({ initialDelay: FIRST_PAUSE_MS, maxDelay: LONGEST_PAUSE_MS });

export interface PersistOptions {
  readonly signal: AbortSignal;
  /** Told of every failure that is not fatal, before the pause of `waitMs`. */
  readonly onTrouble: (error: unknown, waitMs: number) => void;
}

/** Resolves to what `attempt` resolves to in the end. Rejects on a stop and with fatal errors. */
export async function persist<T>(
  attempt: () => Promise<T>,
  { signal, onTrouble }: PersistOptions,
): Promise<T> {
  let backoff: IBackoff<unknown> = PAUSES.next();
  for (;;) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (fatalReason(error) !== null) throw error;
      const waitMs = Math.max(backoff.duration, retryAfterMs(error) ?? 0);
      onTrouble(error, waitMs);
      await pause(waitMs, undefined, { signal });
      backoff = backoff.next(undefined);
    }
  }
}

/** Tries again of one answer, and the longest wish of Telegram's that an answer waits for. */
const ANSWER_RETRIES = 3;
const LONGEST_WISH_SECONDS = 30;

/**
 * What answers to people pass through: a lost connection and a server's error are tried again soon, a
 * limit when Telegram says so. A message whose confirmation was lost may come twice; none is dropped.
 */
export function answerRetries(): readonly Transformer[] {
  const soon = retry(
    handleType(HttpError).orWhenResult((result) => isServerError(result)),
    {
      maxAttempts: ANSWER_RETRIES,
      backoff: new ExponentialBackoff({ initialDelay: FIRST_PAUSE_MS, maxDelay: 2_000 }),
    },
  );
  return [
    (call, method, payload, signal) => soon.execute(() => call(method, payload, signal)),
    autoRetry({
      maxRetryAttempts: ANSWER_RETRIES,
      maxDelaySeconds: LONGEST_WISH_SECONDS,
      rethrowHttpErrors: true,
      rethrowInternalServerErrors: true,
    }),
  ];
}

function isServerError(result: unknown): boolean {
  if (typeof result !== "object" || result === null || !("error_code" in result)) return false;
  return typeof result.error_code === "number" && result.error_code >= 500;
}
