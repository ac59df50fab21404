/**
 * A plain `ws` client that keeps everything it receives, for tests of the simulated exchange. Waiting
 * is always for an event: a message that matches, or the end of the connection.
 */
import { WebSocket, type ClientOptions } from "ws";

export interface KlineFrame {
  readonly e: string;
  readonly E: number;
  readonly s: string;
  readonly k: {
    readonly t: number;
    readonly T: number;
    readonly i: string;
    readonly f: number;
    readonly L: number;
    readonly o: string;
    readonly c: string;
    readonly h: string;
    readonly l: string;
    readonly v: string;
    readonly n: number;
    readonly x: boolean;
    readonly q: string;
    readonly V: string;
    readonly Q: string;
    readonly B: string;
  };
}

interface Waiter {
  readonly matches: (text: string) => boolean;
  readonly resolve: (text: string) => void;
}

export class StreamClient {
  readonly socket: WebSocket;
  readonly texts: string[] = [];
  readonly pings: string[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  private readonly waiters: Waiter[] = [];

  private constructor(url: string, options: ClientOptions) {
    this.socket = new WebSocket(url, options);
    this.socket.on("message", (data: Buffer) => this.receive(data.toString()));
    this.socket.on("ping", (data: Buffer) => this.pings.push(data.toString()));
    this.closed = new Promise((resolve) => {
      this.socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
  }

  /** Connects; rejects with the status of a refusal, or the socket's error. */
  static async open(url: string, options: ClientOptions = {}): Promise<StreamClient> {
    const client = new StreamClient(url, options);
    await new Promise<void>((resolve, reject) => {
      client.socket.once("open", resolve);
      client.socket.once("unexpected-response", (_request, response) => {
        reject(new Error(`HTTP ${response.statusCode}`));
      });
      client.socket.once("error", reject);
    });
    client.socket.on("error", () => {});
    return client;
  }

  /** The first message, past or future, that matches. */
  until(matches: (text: string) => boolean): Promise<string> {
    const known = this.texts.find(matches);
    if (known !== undefined) return Promise.resolve(known);
    return new Promise((resolve) => {
      this.waiters.push({ matches, resolve });
    });
  }

  /** Sends a control message and returns its answer. */
  async ask(request: { id: number | string | null } & Record<string, unknown>): Promise<unknown> {
    this.socket.send(JSON.stringify(request));
    const ending = `"id":${JSON.stringify(request.id)}}`;
    return JSON.parse(await this.until((text) => text.endsWith(ending)));
  }

  /** Sends a text and returns the next message of all. */
  async exchange(text: string): Promise<string> {
    const seen = this.texts.length;
    this.socket.send(text);
    return this.until((received) => this.texts.indexOf(received, seen) >= seen);
  }

  /** All kline frames so far, unwrapped. */
  klines(): KlineFrame[] {
    return this.texts
      .filter((text) => text.includes('"e":"kline"'))
      .map((text) => {
        const message = JSON.parse(text);
        return message.data ?? message;
      });
  }

  /** The kline frames that close a candle. */
  closings(): KlineFrame[] {
    return this.klines().filter((frame) => frame.k.x);
  }

  close(): Promise<unknown> {
    this.socket.terminate();
    return this.closed;
  }

  private receive(text: string): void {
    this.texts.push(text);
    for (const waiter of this.waiters.filter(({ matches }) => matches(text))) {
      this.waiters.splice(this.waiters.indexOf(waiter), 1);
      waiter.resolve(text);
    }
  }
}
