/**
 * The embedded database's files in a directory, made durable. PGlite's own NodeFS has no fsync, so a
 * commit would only reach the operating system's cache; here every fsync PostgreSQL asks for is one.
 * Relies on PGlite's internals (pinned version): `fsyncs` must rise with each commit, a test checks it.
 */
import { closeSync, fdatasyncSync, fsyncSync, openSync } from "node:fs";
import { opendir } from "node:fs/promises";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/** The part of Emscripten's NODEFS that is used. */
interface NodeFileSystem {
  readonly stream_ops: { fsync?: (stream: OpenFile) => number };
  realPath(node: unknown): string;
}
interface OpenFile {
  /** File descriptor; directories have none. */
  readonly nfd?: number;
  readonly node: unknown;
}

type InitOptions = Parameters<NodeFS["init"]>[1];

export class DurableFiles extends NodeFS {
  fsyncs = 0;

  override async init(pg: PGlite, options: InitOptions) {
    const result = await super.init(pg, options);
    const preRun = [
      ...(result.emscriptenOpts.preRun ?? []),
      (module: object) => this.#addFsync(module),
    ];
    return { emscriptenOpts: { ...result.emscriptenOpts, preRun } };
  }

  #addFsync(module: object): void {
    const { NODEFS: files } = module as { NODEFS?: NodeFileSystem };
    if (files === undefined) throw new Error("PGlite has no NODEFS: commits would not be durable");
    files.stream_ops.fsync = (stream) => {
      if (stream.nfd === undefined) syncDirectory(files.realPath(stream.node));
      else fdatasyncSync(stream.nfd);
      this.fsyncs += 1;
      return 0;
    };
  }
}

/** Forces a directory's entries to disk. */
function syncDirectory(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Forces every file and directory under `root` to disk, as initdb does for a new cluster. */
export async function syncTree(root: string): Promise<void> {
  for await (const entry of await opendir(root, { recursive: true })) {
    if (entry.isFile() || entry.isDirectory()) syncDirectory(join(entry.parentPath, entry.name));
  }
  syncDirectory(root);
}
