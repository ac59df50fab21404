/**
 * A TCP proxy before a PostgreSQL server that cuts a connection when a statement passes: before it
 * reaches the server, or after, so that only the answer is lost.
 */
import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

export interface Cut {
  /** Part of the statement's text, as it stands on the wire. */
  readonly at: string;
  /** request: the server never sees it. answer: the client never hears of it. */
  readonly lose: "request" | "answer";
}

export class CuttingProxy {
  readonly #server: Server;
  readonly #target: URL;
  readonly #sockets = new Set<Socket>();
  #cuts: Cut[] = [];

  private constructor(target: URL) {
    this.#target = target;
    this.#server = createServer((client) => this.#join(client));
  }

  static async before(url: string): Promise<CuttingProxy> {
    const proxy = new CuttingProxy(new URL(url));
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  /** The server's URL, by way of the proxy. */
  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new TypeError("not listening");
    const url = new URL(this.#target);
    url.hostname = "127.0.0.1";
    url.port = String(address.port);
    return url.href;
  }

  /** Cuts still to come, one after the other. */
  set cuts(cuts: readonly Cut[]) {
    this.#cuts = [...cuts];
  }

  get cutsLeft(): number {
    return this.#cuts.length;
  }

  /** Breaks every connection there is. */
  breakAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.breakAll();
    this.#server.close();
    await once(this.#server, "close");
  }

  #join(client: Socket): void {
    const server = connect(Number(this.#target.port || 5432), this.#target.hostname);
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(one);
      one
        .on("error", () => {})
        .on("close", () => {
          this.#sockets.delete(one);
          other.destroy();
        });
    }
    client.on("data", (bytes) => {
      const [cut] = this.#cuts;
      if (cut === undefined || !bytes.includes(cut.at)) {
        server.write(bytes);
        return;
      }
      this.#cuts.shift();
      if (cut.lose === "request") {
        client.destroy();
        return;
      }
      /* The server answers only once it is done, so by then the statement has had its effect. */
      server.removeAllListeners("data").once("data", () => client.destroy());
      server.write(bytes);
    });
    server.on("data", (bytes) => client.write(bytes));
  }
}
