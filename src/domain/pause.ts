/** A stop of entries that somebody asked for: persisted, scoped, with or without an end. */

export interface Pause {
  readonly ownerId: string;
  /** "all", a symbol such as "BTCUSDT", or "#3" for one strategy. */
  readonly scope: string;
  readonly since: number;
  /** Epoch ms, or null until resumed by hand. */
  readonly until: number | null;
}
