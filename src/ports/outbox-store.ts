/** The outbox as the dispatcher sees it. */
import type { Notice } from "../domain/notice.ts";

export interface OutboxRow {
  readonly notice: Notice;
  readonly attempts: number;
  readonly notBefore: number;
}

export interface OutboxStore {
  /** Unsent rows due at `now`, oldest first per owner, at most `limit`. */
  due(now: number, limit: number): Promise<readonly OutboxRow[]>;
  markSent(ids: readonly string[], at: number): Promise<void>;
  /** Counts the attempt and puts it off. */
  postpone(id: string, notBefore: number, error: string): Promise<void>;
  /** Given up: nobody to tell, or refused for good. */
  park(id: string, error: string, at: number): Promise<void>;
  depth(): Promise<{ readonly pending: number; readonly oldestAt: number | null }>;
  /** Adds a notice that no engine step made (status reports). The same id again is ignored. */
  add(notice: Notice): Promise<void>;
}

/** What has long been said. */
export interface OutboxArchive {
  /** Forgets at most `limit` rows sent or parked before `before` (epoch ms); resolves to how many. */
  prune(before: number, limit: number): Promise<number>;
}
