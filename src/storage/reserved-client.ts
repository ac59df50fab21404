/**
 * One connection kept apart from the pool's common use, so that people's queries never make the engine
 * wait for one. Any error throws the connection away; the next use opens a new one.
 */
import type { Pool, PoolClient } from "pg";
import { Fault } from "../domain/fault.ts";

export class ReservedClient {
  readonly #pool: Pool;
  readonly #onClose: (client: ReservedClient) => void;
  #client: PoolClient | null = null;
  #closed = false;

  constructor(pool: Pool, onClose: (client: ReservedClient) => void) {
    this.#pool = pool;
    this.#onClose = onClose;
  }

  /** True while the connection of the last use is still held. */
  get connected(): boolean {
    return this.#client !== null;
  }

  /** One caller at a time. Fault: database-closed. */
  async use<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    if (this.#closed) throw new Fault("database-closed");
    try {
      this.#client ??= await this.#connect();
      return await work(this.#client);
    } catch (error) {
      this.#drop();
      if (this.#closed) throw new Fault("database-closed", {}, { cause: error });
      throw error;
    }
  }

  /** Cuts the connection; work under way fails. */
  close(): void {
    this.#closed = true;
    this.#drop();
    this.#onClose(this);
  }

  async #connect(): Promise<PoolClient> {
    const client = await this.#pool.connect();
    if (this.#closed) {
      client.release(true);
      throw new Fault("database-closed");
    }
    client.once("end", () => {
      if (this.#client === client) this.#drop();
    });
    return client;
  }

  #drop(): void {
    const client = this.#client;
    this.#client = null;
    client?.release(true);
  }
}
