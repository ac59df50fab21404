/**
 * One keyless GET at Binance, done properly: within the weight budget, a few at a time, with a time
 * limit, bounded in size, asked again after passing troubles and never during a ban. The answer is
 * JSON nobody has looked at yet.
 */
import { bulkhead } from "cockatiel";
import { Fault } from "../../domain/fault.ts";
import type { Logger } from "../../ports/logger.ts";
import {
  banned,
  isPassing,
  refused,
  sentNonsense,
  TOO_MUCH_WEIGHT,
  unreachable,
} from "./faults.ts";
import { isRecord, parseJson } from "./parse.ts";
import type { RateLimit } from "./rate-limit.ts";
import { abortable, backoffMs, sleep, type RestTimings, type Timers } from "./timing.ts";

export interface Query {
  /** "/api/v3/klines" */
  readonly path: string;
  readonly parameters?: Readonly<Record<string, string | number>>;
  readonly weight: number;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpModules {
  readonly limit: RateLimit;
  readonly timers: Timers;
  readonly random: () => number;
  readonly logger: Logger;
}

/** Requests under way at once. The rest waits in line, which its callers keep short. */
const CONCURRENT_REQUESTS = 6;

/** The largest answer by far is exchangeInfo: some 7 MB for 3,000 symbols, without permission sets. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

type Outcome =
  | { readonly kind: "body"; readonly body: unknown }
  /** A passing trouble. `waits` when the rate limit already holds the next attempt back. */
  | { readonly kind: "again"; readonly cause: string; readonly waits: boolean };

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export class BinanceHttp {
  readonly #restUrl: string;
  readonly #timings: RestTimings;
  readonly #modules: HttpModules;
  readonly #bulkhead = bulkhead(CONCURRENT_REQUESTS, Infinity);

  constructor(restUrl: string, timings: RestTimings, modules: HttpModules) {
    this.#restUrl = restUrl;
    this.#timings = timings;
    this.#modules = modules;
  }

  /**
   * The JSON of the answer. Faults: exchange-unreachable {path, cause, attempts}, exchange-banned
   * {until}, exchange-refused {status, code, message}, exchange-sent-nonsense {path, problem}.
   * Rejects with the signal's reason when aborted.
   */
  async get(query: Query): Promise<unknown> {
    const { timers, random, logger } = this.#modules;
    const { attempts, retry } = this.#timings;
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await abortable(
        this.#bulkhead.execute(() => this.#attempt(query), query.signal),
        query.signal,
      );
      if (outcome.kind === "body") return outcome.body;
      logger.debug({ path: query.path, cause: outcome.cause, attempt }, "request failed");
      if (attempt >= attempts) throw unreachable(query.path, outcome.cause, attempts);
      if (!outcome.waits) {
        await sleep(timers, backoffMs(attempt - 1, random(), retry), query.signal);
      }
    }
  }

  async #attempt(query: Query): Promise<Outcome> {
    const { limit } = this.#modules;
    await limit.admit(query.weight, query.signal);
    let answer: Answer;
    try {
      answer = await this.#send(query);
    } catch (error) {
      query.signal?.throwIfAborted();
      if (error instanceof Fault) throw error;
      return { kind: "again", cause: causeOf(error), waits: false };
    }
    limit.noteUsed(answer.headers.get("x-mbx-used-weight-1m"));
    return this.#judge(query, answer);
  }

  async #send(query: Query): Promise<Answer> {
    const url = new URL(this.#restUrl + query.path);
    for (const [name, value] of Object.entries(query.parameters ?? {})) {
      url.searchParams.set(name, String(value));
    }
    const timeout = new AbortController();
    const cancel = this.#modules.timers.after(this.#timings.requestTimeoutMs, () =>
      timeout.abort(new Error("timeout")),
    );
    const signals = query.signal === undefined ? [] : [query.signal];
    try {
      const signal = AbortSignal.any([timeout.signal, ...signals]);
      const response = await fetch(url, { signal, redirect: "error" });
      const text = await boundedText(response, query.path);
      return { status: response.status, headers: response.headers, text };
    } finally {
      cancel();
    }
  }

  #judge({ path }: Query, { status, headers, text }: Answer): Outcome {
    const { limit } = this.#modules;
    const body = parseJson(text);
    if (status === 200) {
      if (body === undefined) throw sentNonsense(path, "not-json");
      return { kind: "body", body };
    }
    const { code, message } = errorOf(body);
    if (status === 418 || status === 403) throw this.#banned(status, headers, message);
    if (status === 429 || code === TOO_MUCH_WEIGHT) {
      limit.pause(retryAfterMs(headers));
      return { kind: "again", cause: `http ${status}`, waits: true };
    }
    if (status >= 500) return { kind: "again", cause: `http ${status}`, waits: false };
    if (code !== null && isPassing(code)) {
      return { kind: "again", cause: `error ${code}`, waits: false };
    }
    throw refused(status, code, message);
  }

  /** 418 is Binance's ban, 403 its firewall's; going on would make either longer. */
  #banned(status: number, headers: Headers, message: string): Fault {
    const { limit, logger } = this.#modules;
    limit.ban(retryAfterMs(headers));
    const until = limit.bannedUntil() ?? 0;
    logger.error({ status, until, message: message.slice(0, 200) }, "banned by the exchange");
    return banned(until);
  }
}

/** `{"code":-1121,"msg":"Invalid symbol."}`, or whatever came instead. */
function errorOf(body: unknown): { readonly code: number | null; readonly message: string } {
  if (!isRecord(body)) return { code: null, message: "" };
  const { code, msg } = body;
  return {
    code: typeof code === "number" ? code : null,
    message: typeof msg === "string" ? msg : "",
  };
}

/** Retry-After of REST is in seconds. */
function retryAfterMs(headers: Headers): number | null {
  const seconds = Number(headers.get("retry-after"));
  return seconds > 0 ? seconds * 1000 : null;
}

async function boundedText(response: Response, path: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) throw sentNonsense(path, "too-large", { bytes });
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/** "ECONNREFUSED", "ENOTFOUND", "timeout": undici hides the reason in `cause`. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const inner = error.cause instanceof Error ? error.cause : error;
  const code = "code" in inner ? inner.code : undefined;
  return typeof code === "string" ? code : inner.message;
}
