/**
 * A scripted Binance on a loopback port: combined kline streams and REST answers exactly as the test
 * says, nothing by itself except accepting, acknowledging SUBSCRIBE and measuring what it is sent.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import { timeframeMs, type Timeframe } from "../../src/domain/timeframe.ts";

/** Things that arrive, each to be taken once by whoever waits for its like. */
export class Inbox<T> {
  readonly all: T[] = [];
  #untaken: T[] = [];
  #waiting: { wants: (item: T) => boolean; take: (item: T) => void }[] = [];

  readonly put = (item: T): void => {
    this.all.push(item);
    const index = this.#waiting.findIndex(({ wants }) => wants(item));
    if (index < 0) this.#untaken.push(item);
    else this.#waiting.splice(index, 1)[0]!.take(item);
  };

  /** The oldest untaken item of this kind, as soon as there is one. */
  next(wants: (item: T) => boolean = () => true): Promise<T> {
    const index = this.#untaken.findIndex(wants);
    if (index >= 0) return Promise.resolve(this.#untaken.splice(index, 1)[0]!);
    return new Promise((take) => this.#waiting.push({ wants, take }));
  }
}

/** A kline payload as Binance sends it, with whatever the test wants otherwise. */
export function klineEvent(
  symbol: string,
  timeframe: string,
  openTime: number,
  otherwise: Record<string, unknown> = {},
): { e: string; E: number; s: string; k: Record<string, unknown> } {
  const closeTime = openTime + timeframeMs(timeframe as Timeframe) - 1;
  const prices = { o: "100.00", c: "101.50", h: "102.00", l: "99.50", v: "12.50000000" };
  const rest = { f: 1, L: 2, n: 2, x: false, q: "1250.0", V: "6.0", Q: "600.0", B: "0" };
  const k = { t: openTime, T: closeTime, s: symbol, i: timeframe, ...prices, ...rest };
  return { e: "kline", E: openTime + 1_000, s: symbol, k: { ...k, ...otherwise } };
}

/** One accepted stream connection, seen from the server. */
export class ServerConnection {
  readonly timeframe: string;
  /** Stream names of the URL, then those subscribed by message. */
  readonly streams: string[];
  readonly urlLength: number;
  readonly batches: string[][] = [];
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;

  constructor(socket: WebSocket, url: string, subscribeError: number | null) {
    this.#socket = socket;
    this.urlLength = url.length;
    this.streams = decodeURIComponent(url.split("?streams=")[1] ?? "").split("/");
    this.timeframe = this.streams[0]!.split("@kline_")[1] ?? "";
    this.closed = once(socket, "close").then(([code]) => Number(code));
    socket.on("message", (data) => this.#subscribe(data, subscribeError));
  }

  get symbols(): string[] {
    return this.streams.map((stream) => stream.split("@")[0]!.toUpperCase());
  }

  get isOpen(): boolean {
    return this.#socket.readyState === this.#socket.OPEN;
  }

  send(message: unknown): void {
    this.#socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  sendBinary(bytes: Buffer): void {
    this.#socket.send(bytes, { binary: true });
  }

  kline(symbol: string, openTime: number, otherwise: Record<string, unknown> = {}): void {
    const stream = `${symbol.toLowerCase()}@kline_${this.timeframe}`;
    this.send({ stream, data: klineEvent(symbol, this.timeframe, openTime, otherwise) });
  }

  /** Sends these bytes as a text frame, whatever they are. */
  sendText(bytes: Buffer): void {
    this.#socket.send(bytes, { binary: false });
  }

  /** Resolves when the pong with the same payload is back. */
  async ping(): Promise<void> {
    const pong = once(this.#socket, "pong");
    this.#socket.ping("20s");
    const [payload] = (await pong) as [Buffer];
    if (payload.toString() !== "20s") throw new Error("pong with another payload");
  }

  close(code: number, reason = ""): void {
    this.#socket.close(code, reason);
  }

  /** Cuts the TCP connection. */
  drop(): void {
    this.#socket.terminate();
  }

  #subscribe(data: RawData, error: number | null): void {
    const message = JSON.parse((data as Buffer).toString()) as { id: number; params: string[] };
    this.batches.push(message.params);
    this.streams.push(...message.params);
    if (error === null) this.send({ result: null, id: message.id });
    else this.send({ code: error, msg: "Invalid request", id: message.id });
  }
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** JSON unless it is text already. */
  readonly body?: unknown;
}

export interface RestRequest {
  readonly path: string;
  readonly query: Record<string, string>;
}

/** "hang" never answers, "drop" cuts the connection. */
export type Script = (request: RestRequest) => Reply | "hang" | "drop";

export class BinanceServer {
  readonly connections = new Inbox<ServerConnection>();
  readonly requests = new Inbox<RestRequest>();
  /** Answer of the next handshakes; "hang" leaves them without one. */
  handshake: "accept" | "hang" | Reply = "accept";
  /** Handshakes seen, accepted or not. */
  readonly handshakes = new Inbox<string>();
  subscribeError: number | null = null;
  /** Requests under way now and at most. */
  underWay = 0;
  mostUnderWay = 0;
  readonly #scripts = new Map<string, Script>();
  readonly #hung: ServerResponse[] = [];
  readonly #hungSockets: Duplex[] = [];
  readonly #sockets = new WebSocketServer({ noServer: true, perMessageDeflate: true });
  readonly #http: Server;

  static async start(): Promise<BinanceServer> {
    const server = new BinanceServer();
    server.#http.listen(0, "127.0.0.1");
    await once(server.#http, "listening");
    return server;
  }

  private constructor() {
    this.#http = createServer((request, response) => this.#answer(request, response));
    this.#http.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get wsUrl(): string {
    return `ws://127.0.0.1:${this.port}`;
  }

  get restUrl(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The next new connection of a timeframe. */
  connection(timeframe: string): Promise<ServerConnection> {
    return this.connections.next((connection) => connection.timeframe === timeframe);
  }

  openConnections(timeframe?: string): ServerConnection[] {
    return this.connections.all.filter(
      (connection) =>
        connection.isOpen && (timeframe === undefined || connection.timeframe === timeframe),
    );
  }

  /** Answers GETs of a path; the last of several answers goes on for ever. */
  on(path: string, ...scripts: [Script, ...Script[]]): void {
    let turn = 0;
    this.#scripts.set(path, (request) => {
      const script = scripts[Math.min(turn, scripts.length - 1)]!;
      turn += 1;
      return script(request);
    });
  }

  requestsOf(path: string): RestRequest[] {
    return this.requests.all.filter((request) => request.path === path);
  }

  /** Answers all requests that hang. */
  release(body: unknown): void {
    for (const response of this.#hung.splice(0)) response.end(JSON.stringify(body));
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    for (const socket of this.#hungSockets) socket.destroy();
    this.#http.close();
    this.#http.closeAllConnections();
    await once(this.#http, "close");
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = request.url ?? "";
    this.handshakes.put(url);
    // The real server's measured limit.
    if (url.length > 8_004) return refuse(socket, { status: 414 });
    if (this.handshake === "hang") {
      this.#hungSockets.push(socket.on("error", () => {}));
      return;
    }
    if (this.handshake !== "accept") return refuse(socket, this.handshake);
    this.#sockets.handleUpgrade(request, socket, head, (accepted) => {
      this.connections.put(new ServerConnection(accepted, url, this.subscribeError));
    });
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "", this.restUrl);
    const seen = { path: url.pathname, query: Object.fromEntries(url.searchParams) };
    this.underWay += 1;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.underWay);
    response.on("close", () => (this.underWay -= 1));
    const reply = this.#scripts.get(seen.path)?.(seen) ?? { status: 404 };
    if (reply === "hang") this.#hung.push(response);
    else if (reply === "drop") response.destroy();
    else {
      const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body ?? {});
      response.writeHead(reply.status ?? 200, reply.headers).end(text);
    }
    this.requests.put(seen);
  }
}

function refuse(socket: Duplex, { status = 503, headers = {} }: Reply): void {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} No\r\n${lines.join("")}Connection: close\r\n\r\n`);
}
