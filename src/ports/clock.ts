/** Where time comes from outside the engine. Tests and replays bring their own. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
}

/** A clock that is told of the exchange's event times, so that a replayed feed can carry its own time. */
export interface ObservingClock extends Clock {
  /**
   * Takes note of an event time (epoch ms) and says when the event reached us, epoch ms: the system
   * clock answers with now, a clock that follows the feed with the newest event time seen.
   */
  observe(eventTime: number): number;
}
