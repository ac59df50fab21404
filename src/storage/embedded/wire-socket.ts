/**
 * A socket for the PostgreSQL client that leads to the database thread instead of a network. It copies
 * what it sends: the client reuses its buffers.
 */
import { Duplex } from "node:stream";
import { MessageChannel, type MessagePort, type Worker } from "node:worker_threads";
import type { WorkerRequest } from "./worker-messages.ts";

type Done = (error?: Error | null) => void;

export class WireSocket extends Duplex {
  readonly #worker: Worker;
  readonly #isAlive: () => boolean;
  #port: MessagePort | null = null;

  constructor(worker: Worker, isAlive: () => boolean) {
    super();
    this.#worker = worker;
    this.#isAlive = isAlive;
  }

  /** Called by the client in place of net.Socket's; host and port mean nothing here. */
  connect(): this {
    setImmediate(() => this.#open());
    return this;
  }

  #open(): void {
    if (this.destroyed) return;
    if (!this.#isAlive()) {
      this.destroy(new Error("the embedded database has stopped"));
      return;
    }
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.on("message", (bytes: Uint8Array) => {
      this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
    port1.on("close", () => {
      this.push(null);
      this.destroy();
    });
    const request: WorkerRequest = { kind: "connect", port: port2 };
    this.#worker.postMessage(request, [port2]);
    this.emit("connect");
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#send([chunk]);
    done();
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], done: Done): void {
    this.#send(chunks.map(({ chunk }) => chunk));
    done();
  }

  #send(chunks: readonly Buffer[]): void {
    const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
    let offset = 0;
    for (const chunk of chunks) {
      bytes.set(chunk, offset);
      offset += chunk.length;
    }
    this.#port?.postMessage(bytes, [bytes.buffer]);
  }

  override _final(done: Done): void {
    this.#port?.close();
    done();
  }

  override _destroy(error: Error | null, done: Done): void {
    this.#port?.close();
    done(error);
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  setTimeout(): this {
    return this;
  }

  ref(): this {
    this.#port?.ref();
    return this;
  }

  unref(): this {
    this.#port?.unref();
    return this;
  }
}
