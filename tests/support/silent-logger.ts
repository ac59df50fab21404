/** A log that nobody reads. */
import type { Logger } from "../../src/ports/logger.ts";

export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};
