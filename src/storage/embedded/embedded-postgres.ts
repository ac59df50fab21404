/**
 * PostgreSQL inside the process, for one machine and no installation: the engine runs in a thread of
 * its own and is reached through the ordinary client by `stream`. One process per directory; durable
 * at each commit; kill -9 at any moment loses nothing that was acknowledged. When the thread dies all
 * queries fail at once and `onExit` is told: the process should then be started again.
 * Limits: one transaction runs at a time, statement_timeout and COPY do nothing here, SET is shared.
 */
import { once } from "node:events";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { Worker } from "node:worker_threads";
import { Fault } from "../../domain/fault.ts";
import type { Logger } from "../../ports/logger.ts";
import { type DirectoryLock, lockDirectory } from "./directory-lock.ts";
import { WireSocket } from "./wire-socket.ts";
import type {
  EmbeddedStats,
  WorkerOptions,
  WorkerReply,
  WorkerRequest,
} from "./worker-messages.ts";

export interface EmbeddedOptions {
  /** Where the database lives; null keeps it in memory. */
  readonly dataDir: string | null;
  readonly logger: Logger;
  readonly idleTransactionMs?: number;
  readonly checkpointBytes?: number;
  readonly vacuumEveryMs?: number;
  /** What `dump` returned: a new database starts from it. */
  readonly template?: Uint8Array | undefined;
}

type Kind = WorkerReply["kind"];

export class EmbeddedPostgres {
  readonly #worker: Worker;
  readonly #lock: DirectoryLock | null;
  readonly #exitListeners: ((reason: string) => void)[] = [];
  readonly #logger: Logger;
  #alive = true;
  /** The newest complaint in the database's own log. */
  #complaint: string | null = null;
  #closing: Promise<void> | null = null;

  private constructor(worker: Worker, lock: DirectoryLock | null, logger: Logger) {
    this.#worker = worker;
    this.#lock = lock;
    this.#logger = logger;
    worker.on("exit", () => this.#exited());
    worker.on("message", (reply: WorkerReply) => {
      if (reply.kind === "log") this.#logged(reply.line);
    });
  }

  /**
   * Opens the database, making it when there is none.
   * Faults: database-in-use {dir}; database-unusable {dir, reason} when its files cannot be read.
   */
  static async start(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
    const { dataDir, logger } = options;
    const lock = dataDir === null ? null : lockDirectory(dataDir);
    const worker = new Worker(new URL("./worker.ts", import.meta.url), {
      workerData: workerOptions(options),
    });
    const embedded = new EmbeddedPostgres(worker, lock, logger);
    try {
      await embedded.#reply("ready");
    } catch (error) {
      await embedded.terminate();
      const reason = embedded.#complaint ?? String(error);
      throw new Fault("database-unusable", { dir: dataDir, reason }, { cause: error });
    }
    worker.on("error", (error) => embedded.#logged(`FATAL: ${String(error)}`));
    return embedded;
  }

  /** For the client's `stream` option. */
  readonly stream = (): Duplex => new WireSocket(this.#worker, () => this.#alive);

  /** True once the thread has ended, for whatever reason. */
  get stopped(): boolean {
    return !this.#alive;
  }

  /** Told once, with the reason as far as it is known, when the database ends without being closed. */
  onExit(listener: (reason: string) => void): void {
    this.#exitListeners.push(listener);
  }

  async stats(): Promise<EmbeddedStats> {
    const reply = this.#reply("stats");
    this.#request({ kind: "stats" });
    return (await reply).stats;
  }

  /** The whole database as a compressed archive, for `template`. */
  async dump(): Promise<Uint8Array<ArrayBuffer>> {
    const reply = this.#reply("dump");
    this.#request({ kind: "dump" });
    return (await reply).dump;
  }

  /** Rolls back what is open, writes a checkpoint and ends the thread. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** Ends the thread where it stands, as a crash would. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  async #close(): Promise<void> {
    if (!this.#alive) return;
    const exited = once(this.#worker, "exit");
    this.#request({ kind: "close" });
    await exited;
  }

  #request(request: WorkerRequest): void {
    this.#worker.postMessage(request);
  }

  /** The next reply of a kind; rejects when the thread ends first. */
  async #reply<K extends Kind>(kind: K): Promise<Extract<WorkerReply, { kind: K }>> {
    if (!this.#alive) throw new Error("the embedded database has stopped");
    const { promise, resolve, reject } = Promise.withResolvers<Extract<WorkerReply, { kind: K }>>();
    const onMessage = (reply: WorkerReply) => {
      if (isKind(reply, kind)) resolve(reply);
    };
    const onExit = () => reject(new Error("the embedded database has stopped"));
    this.#worker.on("message", onMessage).once("error", reject).once("exit", onExit);
    try {
      return await promise;
    } finally {
      this.#worker.off("message", onMessage).off("error", reject).off("exit", onExit);
    }
  }

  #exited(): void {
    this.#alive = false;
    this.#lock?.release();
    if (this.#closing !== null) return;
    for (const listener of this.#exitListeners) listener(this.#complaint ?? "unknown");
  }

  #logged(line: string): void {
    this.#logger.debug({ line }, "embedded database");
    if (/\b(FATAL|PANIC): /.test(line)) this.#complaint ??= line;
  }
}

function isKind<K extends Kind>(
  reply: WorkerReply,
  kind: K,
): reply is Extract<WorkerReply, { kind: K }> {
  return reply.kind === kind;
}

function workerOptions(options: EmbeddedOptions): WorkerOptions {
  return {
    clusterDir: options.dataDir === null ? null : join(options.dataDir, "postgres"),
    idleTransactionMs: options.idleTransactionMs ?? 10_000,
    checkpointBytes: options.checkpointBytes ?? 32 * 1024 * 1024,
    vacuumEveryMs: options.vacuumEveryMs ?? 600_000,
    template: options.template ?? null,
  };
}
