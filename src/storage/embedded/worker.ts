/**
 * The database thread: PGlite (PostgreSQL compiled to WebAssembly) with its files, its housekeeping
 * and the sessions that share it. Does what a PostgreSQL server does around the engine and PGlite does
 * not: fsync, checkpoints, vacuum, and dying at once when the engine is broken: a restart replays the
 * write-ahead log, which is the only safe way on.
 */
import { existsSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { DurableFiles, syncTree } from "./durable-files.ts";
import { Sessions } from "./sessions.ts";
import { firstValue, queryMessage } from "./wire.ts";
import type { WorkerOptions, WorkerReply, WorkerRequest } from "./worker-messages.ts";

/** How often waiting and the size of the log are looked at, ms. */
const CHECK_EVERY_MS = 1000;

/** PostgreSQL's own jump to its error handler, the only exception it may throw. */
const POSTGRES_ERROR_JUMP = 100;

const options: WorkerOptions = workerData;
if (parentPort === null) throw new Error("the database thread was started as a program");
const parent: MessagePort = parentPort;

const database = await openCluster(options);
dieOnBrokenEngine(database.engine);
const sessions = new Sessions(run);
startHousekeeping();
parent.on("message", (request: WorkerRequest) => void serve(request));
answer({ kind: "ready" });

interface OpenCluster {
  readonly engine: PGlite;
  /** Null in memory. */
  readonly files: DurableFiles | null;
}

/** Opens the cluster. A new one is made beside its place and moved there once it is complete on disk. */
async function openCluster({ clusterDir, template }: WorkerOptions): Promise<OpenCluster> {
  if (clusterDir === null) return openFiles(null, template);
  if (!existsSync(clusterDir)) {
    const unfinished = `${clusterDir}.new`;
    await rm(unfinished, { recursive: true, force: true });
    const { engine } = await openFiles(unfinished, template);
    await engine.close();
    await syncTree(unfinished);
    await rename(unfinished, clusterDir);
  }
  return openFiles(clusterDir, null);
}

async function openFiles(dir: string | null, template: Uint8Array | null): Promise<OpenCluster> {
  const files = dir === null ? null : new DurableFiles(dir);
  const engine = await PGlite.create({
    ...(files === null ? {} : { fs: files }),
    ...(template === null ? {} : { loadDataDir: new Blob([new Uint8Array(template)]) }),
    startParams: startParameters(files !== null),
    onStderr: (line) => {
      answer({ kind: "log", line });
      return false;
    },
  });
  return { engine, files };
}

/** fdatasync in WebAssembly does nothing, so the log is synced by fsync (see DurableFiles). */
function startParameters(durable: boolean): string[] {
  const common = [...PGlite.defaultStartParams, "-c", "shared_buffers=32MB"];
  if (!durable) return common;
  return [...common.filter((parameter) => parameter !== "-F"), "-c", "wal_sync_method=fsync"];
}

/**
 * PGlite swallows what it does not know (a trap, a PANIC, a failed fsync) and goes on with a broken
 * engine. Here the thread ends instead.
 */
function dieOnBrokenEngine(engine: PGlite): void {
  const module = engine.Module;
  const step = module._PostgresMainLoopOnce.bind(module);
  module._PostgresMainLoopOnce = () => {
    try {
      step();
    } catch (error) {
      if (!isErrorJump(error)) die(error);
      throw error;
    }
  };
}

function isErrorJump(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  return Reflect.get(error, "status") === POSTGRES_ERROR_JUMP;
}

function die(error: unknown): never {
  answer({ kind: "log", line: `FATAL: the engine broke: ${String(error)}` });
  process.exit(1);
}

/** Runs messages to their end; synchronous in spite of the promise, which carries nothing. */
function run(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  database.engine
    .execProtocolRawStream(new Uint8Array(bytes), {
      syncToFs: false,
      onRawData: (data) => parts.push(new Uint8Array(data)),
    })
    .catch(die);
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : concat(parts);
}

function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

function startHousekeeping(): void {
  let vacuumedAt = performance.now();
  let vacuumedUpTo = walPosition();
  const check = () => {
    const now = performance.now();
    sessions.expireIdleOwner(now, options.idleTransactionMs);
    if (!sessions.idle) return;
    if (walBytes() > options.checkpointBytes) run(queryMessage("checkpoint"));
    if (now - vacuumedAt < options.vacuumEveryMs) return;
    vacuumedAt = now;
    if (walPosition() === vacuumedUpTo) return;
    run(queryMessage("vacuum (analyze)"));
    vacuumedUpTo = walPosition();
  };
  setInterval(check, Math.min(CHECK_EVERY_MS, options.idleTransactionMs)).unref();
}

function walPosition(): string | null {
  return firstValue(run(queryMessage("select pg_current_wal_insert_lsn()")));
}

/** Write-ahead log since the last checkpoint. */
function walBytes(): number {
  const sql = "select pg_current_wal_insert_lsn() - redo_lsn from pg_control_checkpoint()";
  return Number(firstValue(run(queryMessage(sql))));
}

async function serve(request: WorkerRequest): Promise<void> {
  switch (request.kind) {
    case "connect":
      return connect(request.port);
    case "stats":
      return answer({ kind: "stats", stats: { fsyncs: fsyncs(), walBytes: walBytes() } });
    case "dump":
      return dump();
    case "close":
      return close();
  }
}

function connect(port: MessagePort): void {
  const session = sessions.connect({
    send: (reply) => port.postMessage(reply, [reply.buffer]),
    close: () => port.close(),
  });
  port.on("message", (bytes: Uint8Array) => sessions.receive(session, bytes, performance.now()));
  port.on("close", () => sessions.disconnect(session, performance.now()));
}

async function dump(): Promise<void> {
  run(queryMessage("checkpoint"));
  const blob = await database.engine.dumpDataDir("gzip");
  const bytes = new Uint8Array(await blob.arrayBuffer());
  parent.postMessage({ kind: "dump", dump: bytes } satisfies WorkerReply, [bytes.buffer]);
}

/** A shutdown checkpoint is part of PGlite's close, so the next start has nothing to replay. */
async function close(): Promise<void> {
  sessions.closeAll(performance.now());
  await database.engine.close();
  answer({ kind: "closed" });
  parent.close();
}

function fsyncs(): number {
  return database.files?.fsyncs ?? 0;
}

function answer(reply: WorkerReply): void {
  parent.postMessage(reply);
}
