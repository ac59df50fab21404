/**
 * Keeps one connection of one timeframe alive for ever. At any time there is at most a live
 * connection and a next one. The next is opened when the live one is lost, or while it still works:
 * when it grows old, when the server announces its end, or when other symbols are wanted. Then both
 * deliver for a while before the old one is closed, so no frame falls between them; what is
 * delivered twice is for others to ignore.
 */
import type { ConnectionBudget } from "./connection-budget.ts";
import { Connection } from "./connection.ts";
import type { Asked, Message } from "./parse.ts";
import { sameSymbols } from "./plan.ts";
import { backoffMs, type FeedTimings, type Timers } from "./timing.ts";
import type { Timeframe } from "../../domain/timeframe.ts";
import type { Logger } from "../../ports/logger.ts";

export interface StreamOptions {
  readonly wsUrl: string;
  readonly timeframe: Timeframe;
  readonly timings: FeedTimings;
  /** The timeframe's place among the six, for the stagger of ages. */
  readonly place: number;
}

/** What streams share. */
export interface StreamModules {
  readonly timers: Timers;
  readonly random: () => number;
  readonly budget: ConnectionBudget;
  readonly logger: Logger;
}

export interface StreamListener {
  /** The stream delivers: for the first time, or again (`afterLoss`). */
  up(afterLoss: boolean): void;
  /** The stream delivers nothing: the live connection was lost, or none could be opened. */
  down(reason: string): void;
  message(message: Message): void;
}

export class KlineStream {
  readonly #options: StreamOptions;
  readonly #modules: StreamModules;
  readonly #listener: StreamListener;
  #symbols: ReadonlySet<string>;
  #live: Connection | null = null;
  #next: Connection | null = null;
  /** All sockets not yet gone, the retired ones too. */
  readonly #open = new Set<Connection>();
  #wasUp = false;
  #stopped = false;
  /** Retries since a connection last was proven. */
  #failures = 0;
  #inLine = false;
  #leaveLine: () => void = () => {};
  #cancelRetry: (() => void) | null = null;
  #cancelFollow: (() => void) | null = null;
  #cancelOverlap: () => void = () => {};
  #cancelAge: () => void = () => {};

  constructor(
    symbols: ReadonlySet<string>,
    options: StreamOptions,
    modules: StreamModules,
    listener: StreamListener,
  ) {
    this.#symbols = symbols;
    this.#options = options;
    this.#modules = modules;
    this.#listener = listener;
    this.#catchUp();
  }

  get symbols(): ReadonlySet<string> {
    return this.#symbols;
  }

  get isUp(): boolean {
    return this.#live !== null;
  }

  follow(symbols: ReadonlySet<string>): void {
    this.#symbols = symbols;
    this.#catchUp();
  }

  /** Closes everything; resolves when no socket is left. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#leaveLine();
    this.#cancelRetry?.();
    this.#cancelFollow?.();
    this.#cancelOverlap();
    this.#cancelAge();
    for (const connection of this.#open) connection.close();
    await Promise.all([...this.#open].map((connection) => connection.closed));
  }

  /** Starts what the present state asks for, unless something is under way already. */
  #catchUp(): void {
    if (this.#stopped || this.#isUnderWay()) return;
    const live = this.#live;
    if (live === null || live.worn) return this.#attempt();
    if (this.#cancelFollow === null && !sameSymbols(live.asked.symbols, this.#symbols)) {
      this.#attempt();
    }
  }

  #attempt(): void {
    this.#inLine = true;
    this.#leaveLine = this.#modules.budget.take(() => {
      this.#inLine = false;
      this.#connect();
    });
  }

  #connect(): void {
    const { wsUrl, timeframe, timings } = this.#options;
    const { timers } = this.#modules;
    const asked: Asked = { timeframe, symbols: this.#symbols };
    const connection: Connection = new Connection(
      { wsUrl, asked, timers, timings },
      {
        ready: () => this.#ready(connection),
        proven: () => {
          this.#failures = 0;
        },
        message: (message) => this.#received(connection, message),
        lost: (reason, retryAfterMs) => this.#lost(connection, reason, retryAfterMs),
      },
    );
    this.#next = connection;
    this.#open.add(connection);
    void connection.closed.then(() => this.#open.delete(connection));
  }

  #ready(connection: Connection): void {
    if (this.#stopped || connection !== this.#next) return;
    if (this.#live === null) return this.#promote();
    const { overlapMs } = this.#options.timings;
    this.#cancelOverlap = this.#modules.timers.after(overlapMs, () => this.#promote());
  }

  /** The next connection becomes the live one; the old one, if any is left, is closed. */
  #promote(): void {
    const { timers, random, logger } = this.#modules;
    const { timings, place } = this.#options;
    const connection = this.#next;
    const retired = this.#live;
    this.#live = connection;
    this.#next = null;
    this.#cancelOverlap();
    this.#cancelAge();
    const ageMs = timings.renewMs - (place + random()) * timings.staggerMs;
    this.#cancelAge = timers.after(ageMs, () => this.#aged());
    if (retired !== null) {
      this.#cancelFollow?.();
      this.#cancelFollow = timers.after(timings.followPauseMs, () => this.#followAgain());
      retired.close();
    }
    logger.info(
      { symbols: connection?.asked.symbols.size, planned: retired !== null },
      "connected",
    );
    if (retired === null) this.#cameUp();
    this.#catchUp();
  }

  #cameUp(): void {
    const afterLoss = this.#wasUp;
    this.#wasUp = true;
    this.#listener.up(afterLoss);
  }

  #aged(): void {
    if (this.#live !== null) this.#live.worn = true;
    this.#catchUp();
  }

  #followAgain(): void {
    this.#cancelFollow = null;
    this.#catchUp();
  }

  #received(connection: Connection, message: Message): void {
    if (this.#stopped) return;
    this.#listener.message(message);
    if (message.kind === "shutdown") this.#goesDown(connection);
  }

  /** A server that announces its end before it served anything is not rushed at again. */
  #goesDown(connection: Connection): void {
    if (connection.worn) return;
    connection.worn = true;
    if (connection !== this.#live || this.#isUnderWay()) return;
    if (connection.isProven) this.#catchUp();
    else this.#retry(0);
  }

  #lost(connection: Connection, reason: string, retryAfterMs: number): void {
    if (this.#stopped) return;
    if (connection === this.#next) this.#lostNext(reason, retryAfterMs);
    else if (connection === this.#live) this.#lostLive(reason);
  }

  #lostNext(reason: string, retryAfterMs: number): void {
    this.#cancelOverlap();
    this.#modules.logger.warn({ reason, failures: this.#failures }, "connection failed");
    this.#next = null;
    if (this.#live === null) this.#listener.down(reason);
    this.#retry(retryAfterMs);
  }

  #lostLive(reason: string): void {
    this.#modules.logger.warn({ reason }, "connection lost");
    if (this.#next?.isReady === true) return this.#promote();
    this.#cancelAge();
    this.#live = null;
    this.#listener.down(reason);
    if (!this.#isUnderWay()) this.#retry(0);
  }

  /** Tries again after a pause that grows until a server has served us. */
  #retry(atLeastMs: number): void {
    const { timers, random } = this.#modules;
    const waitMs = backoffMs(this.#failures, random(), this.#options.timings.reconnect);
    this.#failures += 1;
    this.#cancelRetry = timers.after(Math.max(waitMs, atLeastMs), () => {
      this.#cancelRetry = null;
      this.#catchUp();
    });
  }

  #isUnderWay(): boolean {
    return this.#next !== null || this.#inLine || this.#cancelRetry !== null;
  }
}
