/**
 * What the checker knows about the place of an expression: in which clause of which strategy it
 * stands, and where its problems are collected.
 */
import type { Timeframe } from "../domain/timeframe.ts";
import type { Problems } from "./fault.ts";

export interface Scope {
  readonly problems: Problems;
  /** `profit` and `held` exist in exits alone. */
  readonly inExit: boolean;
  /** The strategy's own; null when it is not known. */
  readonly timeframe: Timeframe | null;
}
