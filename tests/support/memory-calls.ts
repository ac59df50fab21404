/** Buttons kept in memory, for tests that need no database. It keeps the promises of the port. */
import {
  MAX_CALLS_PER_OWNER,
  type CallStore,
  type KeptCall,
  type StoredCall,
} from "../../src/ports/call-store.ts";

export class MemoryCallStore implements CallStore {
  /** Oldest first. */
  readonly #calls = new Map<string, KeptCall>();

  async put(ownerId: string, calls: readonly KeptCall[]): Promise<void> {
    for (const call of calls) this.#calls.set(call.id, call);
    const own = [...this.#calls.values()].filter((call) => call.ownerId === ownerId);
    for (const { id } of own.slice(0, -MAX_CALLS_PER_OWNER)) this.#calls.delete(id);
  }

  async get(id: string): Promise<StoredCall | null> {
    const { id: _id, ...call } = this.#calls.get(id) ?? { id: null };
    return "command" in call ? call : null;
  }

  async take(id: string): Promise<StoredCall | null> {
    const call = await this.get(id);
    return this.#calls.delete(id) ? call : null;
  }

  async prune(now: number, limit: number): Promise<number> {
    const expired = [...this.#calls.values()].filter(({ expiresAt }) => expiresAt <= now);
    for (const { id } of expired.slice(0, limit)) this.#calls.delete(id);
    return Math.min(expired.length, limit);
  }
}
