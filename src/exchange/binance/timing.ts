/**
 * Everything about time in this adapter: the timers it is given, its named durations with their
 * defaults, and how long to wait before trying again. Elapsed time is measured on the timers' own
 * monotonic count, never on a clock that may jump or follow a feed.
 */

/** The process's timers, or a test's. */
export interface Timers {
  /** Milliseconds on a count that only grows. */
  now(): number;
  /** Runs once after the delay; the answer cancels it. */
  after(delayMs: number, run: () => void): () => void;
}

/** The timers of this process. */
export const systemTimers: Timers = {
  now: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

export interface Backoff {
  /** Bound of the first wait. */
  readonly firstMs: number;
  /** Bound of every wait. */
  readonly longestMs: number;
}

export interface FeedTimings {
  /** From the call to the open connection with all its symbols. */
  readonly connectTimeoutMs: number;
  /** Nothing heard for so long, neither ping nor frame: the connection is dead. The server pings every 20 s. */
  readonly stallMs: number;
  readonly reconnect: Backoff;
  /** A connection is replaced at this age; the server cuts it at 24 h. */
  readonly renewMs: number;
  /** The six timeframes are replaced at ages that differ by this much. */
  readonly staggerMs: number;
  /** How long the old connection goes on beside its replacement: longer than the 2 s between frames. */
  readonly overlapMs: number;
  /** Changes of the symbols within this time after a replacement are gathered into the next one. */
  readonly followPauseMs: number;
  /** Between two control messages of one connection: the server takes five a second, pongs included. */
  readonly subscribePauseMs: number;
}

export const FEED_TIMINGS: FeedTimings = {
  connectTimeoutMs: 10_000,
  stallMs: 75_000,
  reconnect: { firstMs: 1_000, longestMs: 30_000 },
  renewMs: 23 * 3_600_000,
  staggerMs: 10 * 60_000,
  overlapMs: 5_000,
  followPauseMs: 10_000,
  subscribePauseMs: 300,
};

export interface RestTimings {
  readonly requestTimeoutMs: number;
  readonly retry: Backoff;
  /** How often one read is sent before it is given up. */
  readonly attempts: number;
  /** How long what exchangeInfo said is good. */
  readonly instrumentsMs: number;
  /** How long a measured offset to the exchange's clock is good. */
  readonly timeSyncMs: number;
  /** Wait after a 429 that names none. */
  readonly pauseMs: number;
  /** Ban after a 418 or 403 that names none: the shortest Binance gives. */
  readonly banMs: number;
  /** A 429 that asks for more than this is told to the caller like a ban. */
  readonly longestPauseMs: number;
}

export const REST_TIMINGS: RestTimings = {
  requestTimeoutMs: 10_000,
  retry: { firstMs: 500, longestMs: 15_000 },
  attempts: 5,
  instrumentsMs: 3_600_000,
  timeSyncMs: 900_000,
  pauseMs: 30_000,
  banMs: 120_000,
  longestPauseMs: 120_000,
};

/**
 * Exponential back-off with full jitter: anything from 0 to first * 2^failures, never above the longest
 * (AWS Architecture Blog, "Exponential Backoff and Jitter"). `random` is in [0, 1).
 */
export function backoffMs(
  failures: number,
  random: number,
  { firstMs, longestMs }: Backoff,
): number {
  return Math.floor(random * Math.min(longestMs, firstMs * 2 ** failures));
}

/** Resolves after `delayMs`; rejects with the signal's reason when aborted. */
export function sleep(timers: Timers, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const cancel = timers.after(delayMs, () => {
      signal?.removeEventListener("abort", abort);
      resolve();
    });
    const abort = (): void => {
      cancel();
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", abort, { once: true });
  });
}

/** The promise's outcome, or at once the signal's reason when it is aborted first. */
export function abortable<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const abort = (): void => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
