/**
 * One WebSocket connection, from the first byte to the last: opens by URL, subscribes what the URL
 * could not hold, watches for silence, and reads every message. It says `ready` at most once and
 * `lost` exactly once unless it was closed on purpose; it never reconnects, that is the stream's business.
 */
import type { IncomingMessage } from "node:http";
import { WebSocket, type RawData } from "ws";
import { parseMessage, type Asked, type Message } from "./parse.ts";
import { planSubscription } from "./plan.ts";
import type { FeedTimings, Timers } from "./timing.ts";

export interface ConnectionOptions {
  readonly wsUrl: string;
  readonly asked: Asked;
  readonly timers: Timers;
  readonly timings: FeedTimings;
}

export interface ConnectionListener {
  /** Open, and all symbols asked for. */
  ready(): void;
  /** The first ping or kline: the server does not only accept connections, it serves. */
  proven(): void;
  message(message: Message): void;
  /** `retryAfterMs` is what the server asked us to wait, 0 mostly. */
  lost(reason: string, retryAfterMs: number): void;
}

/** Frames are some 350 bytes; anything near this limit is an attack or an accident. */
const MAX_FRAME_BYTES = 1024 * 1024;

/** Unreadable messages in a row after which the connection itself is not believed any more. */
const MALFORMED_LIMIT = 100;

/** Compression costs some 90 µs a message; the closing handshake may take 2 s. */
const SOCKET_OPTIONS = {
  perMessageDeflate: false,
  maxPayload: MAX_FRAME_BYTES,
  followRedirects: false,
  closeTimeout: 2_000,
};

export class Connection {
  readonly asked: Asked;
  /** Resolves when the socket is gone. */
  readonly closed: Promise<void>;
  /** Set by the stream when this connection should be replaced: too old, or the server goes down. */
  worn = false;
  isReady = false;
  isProven = false;
  readonly #timers: Timers;
  readonly #timings: FeedTimings;
  readonly #listener: ConnectionListener;
  readonly #socket: WebSocket;
  readonly #batches: (readonly string[])[];
  #over = false;
  #goingDown = false;
  #malformedInARow = 0;
  #heardAt: number;
  #retryAfterMs = 0;
  #stopTimeout: () => void;
  #stopSubscribing: () => void = () => {};
  #stopWatching: () => void = () => {};

  constructor(options: ConnectionOptions, listener: ConnectionListener) {
    const { url, batches } = planSubscription(
      options.wsUrl,
      options.asked.timeframe,
      options.asked.symbols,
    );
    this.asked = options.asked;
    this.#timers = options.timers;
    this.#timings = options.timings;
    this.#listener = listener;
    this.#batches = [...batches];
    this.#heardAt = this.#timers.now();
    this.#socket = new WebSocket(url, SOCKET_OPTIONS);
    this.closed = this.#listen();
    this.#stopTimeout = this.#timers.after(this.#timings.connectTimeoutMs, () =>
      this.#giveUp("connect timeout"),
    );
  }

  /** Closes on purpose, politely; frames under way are still delivered. */
  close(): void {
    this.#finish();
    this.#socket.close(1000);
  }

  #listen(): Promise<void> {
    const socket = this.#socket;
    socket.on("open", () => this.#opened());
    socket.on("ping", () => this.#heard());
    socket.on("message", (data, isBinary) => this.#received(data, isBinary));
    socket.on("unexpected-response", (_, response) => this.#turnedAway(response));
    socket.on("error", (error) => this.#lose(reasonOf(error)));
    return new Promise((resolve) => {
      socket.on("close", (code, reason) => {
        this.#lose(`closed ${code} ${reason.toString("utf8")}`.trimEnd());
        resolve();
      });
    });
  }

  #opened(): void {
    this.#heardAt = this.#timers.now();
    this.#watch();
    this.#subscribeNext(1);
  }

  /** One batch after the other, each when the one before was accepted; ready when none is left. */
  #subscribeNext(id: number): void {
    if (this.#over) return;
    const streams = this.#batches[id - 1];
    if (streams === undefined) {
      this.#stopTimeout();
      this.isReady = true;
      this.#listener.ready();
      return;
    }
    this.#socket.send(JSON.stringify({ method: "SUBSCRIBE", params: streams, id }));
  }

  #answered(id: number | null, code: number | null): void {
    if (this.isReady) return;
    if (id === null || code !== null) return this.#giveUp(`subscribe refused ${code}`);
    this.#stopSubscribing = this.#timers.after(this.#timings.subscribePauseMs, () =>
      this.#subscribeNext(id + 1),
    );
  }

  #received(data: RawData, isBinary: boolean): void {
    this.#heardAt = this.#timers.now();
    const message: Message =
      Buffer.isBuffer(data) && !isBinary
        ? parseMessage(data.toString("utf8"), this.asked)
        : { kind: "malformed", code: "not-text" };
    if (message.kind === "malformed") {
      this.#malformedInARow += 1;
      this.#listener.message(message);
      if (this.#malformedInARow >= MALFORMED_LIMIT) this.#giveUp("unreadable");
      return;
    }
    this.#malformedInARow = 0;
    if (message.kind === "kline") this.#prove();
    if (message.kind === "shutdown") this.#goingDown = true;
    if (message.kind === "answer") this.#answered(message.id, message.code);
    this.#listener.message(message);
  }

  #heard(): void {
    this.#heardAt = this.#timers.now();
    this.#prove();
  }

  #prove(): void {
    if (this.isProven) return;
    this.isProven = true;
    this.#listener.proven();
  }

  /** Looks again exactly when the silence would have lasted too long. */
  #watch(): void {
    const silentMs = this.#timers.now() - this.#heardAt;
    if (silentMs >= this.#timings.stallMs) return this.#giveUp("stalled");
    const restMs = this.#timings.stallMs - silentMs;
    this.#stopWatching = this.#timers.after(restMs, () => this.#watch());
  }

  /** The handshake was answered by an ordinary HTTP answer: a limit, a ban, or a wrong address. */
  #turnedAway(response: IncomingMessage): void {
    const seconds = Number(response.headers["retry-after"]);
    this.#retryAfterMs = seconds > 0 ? seconds * 1000 : 0;
    this.#giveUp(`http ${response.statusCode}`);
  }

  #giveUp(reason: string): void {
    this.#lose(reason);
    this.#socket.terminate();
  }

  #lose(reason: string): void {
    if (this.#over) return;
    this.#finish();
    this.#listener.lost(this.#goingDown ? "server shutdown" : reason, this.#retryAfterMs);
  }

  #finish(): void {
    this.#over = true;
    this.#stopTimeout();
    this.#stopSubscribing();
    this.#stopWatching();
  }
}

/** "ECONNREFUSED", "CERT_HAS_EXPIRED", "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH" …, or the message. */
function reasonOf(error: Error): string {
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : error.message;
}
