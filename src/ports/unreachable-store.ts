/** Accounts on chat platforms that do not take our messages, until they speak to us again. */
import type { Platform } from "../domain/user.ts";

export interface Missed {
  /** When the first message could not be delivered, epoch ms. */
  readonly since: number;
  /** Messages that could not be delivered. */
  readonly count: number;
}

export interface UnreachableStore {
  /** The platform's ids of all of them. */
  all(platform: Platform): Promise<readonly string[]>;
  /** Remembers an account, and that it missed `count` messages more. */
  note(platform: Platform, externalId: string, missed: Missed): Promise<void>;
  /** Takes an account off, in one step; null when it was not there. */
  forget(platform: Platform, externalId: string): Promise<Missed | null>;
}
