/**
 * One process per data directory. The lock is SQLite's exclusive lock on a small file next to the
 * cluster: the kernel frees it however the process ends, so nothing stale is ever left behind.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Fault } from "../../domain/fault.ts";

export interface DirectoryLock {
  release(): void;
}

/**
 * Takes the directory, making it when it is missing (readable by its owner only).
 * Fault: database-in-use {dir} when another process, or another database here, holds it.
 */
export function lockDirectory(dir: string): DirectoryLock {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = new DatabaseSync(join(dir, "postgres.lock"));
  try {
    file.exec("pragma busy_timeout = 0; pragma journal_mode = delete; begin exclusive");
  } catch (error) {
    file.close();
    throw new Fault("database-in-use", { dir }, { cause: error });
  }
  return { release: () => file.close() };
}
