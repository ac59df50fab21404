/** Where time comes from outside the engine. Tests and replays bring their own. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
}
