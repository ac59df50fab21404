/**
 * Trying again with growing pauses, for as long as it takes. Unlike the library's own retry a pause ends
 * at once when it is no longer wanted, so that stopping never waits for it.
 */
import { setTimeout as pause } from "node:timers/promises";
import { ExponentialBackoff } from "cockatiel";

export interface Perseverance {
  /** First and longest pause, ms. */
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** True when trying again may help. */
  readonly mayHelp: (error: unknown) => boolean;
  readonly signal: AbortSignal;
  /** Told before each pause, with its length, ms. */
  readonly onPause?: (waitMs: number) => void;
}

/** The first result. Throws the error that nothing can help, or an AbortError when it is stopped. */
export async function persevere<T>(
  attempt: () => Promise<T>,
  { firstRetryMs, longestRetryMs, mayHelp, signal, onPause }: Perseverance,
): Promise<T> {
  const limits = { initialDelay: firstRetryMs, maxDelay: longestRetryMs };
  let backoff = new ExponentialBackoff(limits).next();
  for (;;) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted || !mayHelp(error)) throw error;
    }
    onPause?.(backoff.duration);
    await pause(backoff.duration, undefined, { signal });
    backoff = backoff.next(undefined);
  }
}
