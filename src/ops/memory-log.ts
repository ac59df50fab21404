/**
 * The newest log lines, kept in memory for the administrators' `logs` command. They come from the
 * logger, so they are scrubbed already, and they never hold more than the limit.
 */

export class MemoryLog {
  readonly #limit: number;
  readonly #lines: string[] = [];

  /** Keeps at most `limit` lines. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(line: string): void {
    this.#lines.push(line.trimEnd());
    if (this.#lines.length > this.#limit) this.#lines.shift();
  }

  /** The newest `count` lines, oldest first. */
  newest(count: number): readonly string[] {
    return count <= 0 ? [] : this.#lines.slice(-count);
  }
}
