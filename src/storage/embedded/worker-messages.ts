/**
 * What the main thread and the database thread say to each other besides the PostgreSQL protocol,
 * which travels over one MessagePort per connection.
 */
import type { MessagePort } from "node:worker_threads";

export interface WorkerOptions {
  /** Directory of the cluster, or null for one in memory. */
  readonly clusterDir: string | null;
  /** A transaction that idles this long while others wait is ended, ms. */
  readonly idleTransactionMs: number;
  /** Write a checkpoint once this much write-ahead log has gathered, bytes. */
  readonly checkpointBytes: number;
  /** Vacuum and analyze this often when anything was written, ms. */
  readonly vacuumEveryMs: number;
  /** A dump to start a new cluster from instead of an empty one. */
  readonly template: Uint8Array | null;
}

export type WorkerRequest =
  | { readonly kind: "connect"; readonly port: MessagePort }
  | { readonly kind: "dump" }
  | { readonly kind: "stats" }
  | { readonly kind: "close" };

export interface EmbeddedStats {
  /** Times the write-ahead log or a data file was forced to disk. */
  readonly fsyncs: number;
  /** Write-ahead log that a recovery would replay now, bytes. */
  readonly walBytes: number;
}

export type WorkerReply =
  | { readonly kind: "ready" }
  | { readonly kind: "dump"; readonly dump: Uint8Array<ArrayBuffer> }
  | { readonly kind: "stats"; readonly stats: EmbeddedStats }
  | { readonly kind: "closed" }
  /** A line of the database's own log. */
  | { readonly kind: "log"; readonly line: string };
