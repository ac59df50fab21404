/** Where the meaning of buttons is kept: a platform carries an id, the call behind it stays here. */

/** Options of a command, filled in. */
export type CallArgs = Readonly<Record<string, string | number | boolean | undefined>>;

export interface StoredCall {
  readonly command: string;
  readonly args: CallArgs;
  readonly ownerId: string;
  /** Used up by the first press. */
  readonly once: boolean;
  /** The press is the answer to "are you sure?". */
  readonly confirmed: boolean;
  /** Epoch ms. */
  readonly expiresAt: number;
}

export interface KeptCall extends StoredCall {
  /** What the platform carries. */
  readonly id: string;
}

/** Calls kept of one person; beyond that the person's oldest go, nobody else's. */
export const MAX_CALLS_PER_OWNER = 500;

export interface CallStore {
  /** Keeps calls of one owner, in one step; at most MAX_CALLS_PER_OWNER of theirs are kept. */
  put(ownerId: string, calls: readonly KeptCall[]): Promise<void>;
  get(id: string): Promise<StoredCall | null>;
  /** Removes and returns in one step: of two presses one gets it. */
  take(id: string): Promise<StoredCall | null>;
  /** Forgets at most `limit` calls that have expired at `now` (epoch ms); resolves to how many. */
  prune(now: number, limit: number): Promise<number>;
}
