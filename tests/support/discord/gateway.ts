/**
 * Discord's gateway over a real WebSocket: hello, identify, resume with replay of what was missed,
 * heartbeats; and every way in which it lets go of a client, under the test's control.
 */
import { EventEmitter, once } from "node:events";
import type { Server } from "node:http";
import { WebSocketServer, type WebSocket } from "ws";

interface Session {
  readonly id: string;
  readonly events: { readonly s: number; readonly t: string; readonly d: unknown }[];
  socket: WebSocket | null;
}

interface Frame {
  readonly op: number;
  readonly d?: Readonly<Record<string, unknown>> | number | null;
}

export interface GatewayOptions {
  readonly token: string;
  readonly address: () => string;
  /** What READY carries besides the session. */
  readonly ready: () => Readonly<Record<string, unknown>>;
}

const HELLO = 10;
const IDENTIFY = 2;
const RESUME = 6;
const HEARTBEAT = 1;
const HEARTBEAT_ACK = 11;
const RECONNECT = 7;
const INVALID_SESSION = 9;
const DISPATCH = 0;

/** Emits "identified", "resumed", "heartbeat", "closed" (with the code). */
export class LocalGateway extends EventEmitter {
  heartbeatIntervalMs = 41_250;
  acknowledgesHeartbeats = true;
  /** Sessions can be resumed. */
  resumable = true;
  /** Closes each client that identifies with this code. */
  closesWith: number | null = null;
  /** Answers the handshake itself with this HTTP status. */
  handshakeStatus: number | null = null;
  identifies = 0;
  resumes = 0;
  readonly #options: GatewayOptions;
  readonly #server: WebSocketServer;
  readonly #sessions = new Map<string, Session>();
  #current: Session | null = null;
  #held: PromiseWithResolvers<void> | null = null;

  constructor(http: Server, options: GatewayOptions) {
    super();
    this.#options = options;
    this.#server = new WebSocketServer({ noServer: true });
    http.on("upgrade", (request, socket, head) => {
      if (this.handshakeStatus !== null) {
        socket.end(`HTTP/1.1 ${this.handshakeStatus} Bad Gateway\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      this.#server.handleUpgrade(request, socket, head, (client) => void this.#greet(client));
    });
  }

  /** Sockets open now. */
  get clients(): number {
    return this.#server.clients.size;
  }

  /** An event for the client: sent now, or when it resumes. */
  dispatch(t: string, d: unknown): void {
    const session = this.#current;
    if (session === null) throw new Error("nobody has identified");
    const event = { s: session.events.length + 1, t, d };
    session.events.push(event);
    send(session.socket, { op: DISPATCH, ...event });
  }

  /** Repeats an event that was sent before. */
  repeatLast(): void {
    const session = this.#current;
    const last = session?.events.at(-1);
    if (session && last) send(session.socket, { op: DISPATCH, ...last });
  }

  /** Cuts the connection without a word. */
  drop(): void {
    for (const client of this.#server.clients) client.terminate();
  }

  /** New connections are greeted only when `release` is called. */
  hold(): void {
    this.#held = Promise.withResolvers();
  }

  release(): void {
    this.#held?.resolve();
    this.#held = null;
  }

  askToReconnect(): void {
    send(this.#current?.socket ?? null, { op: RECONNECT, d: null });
  }

  invalidateSession(): void {
    const session = this.#current;
    if (session === null) return;
    this.#sessions.delete(session.id);
    send(session.socket, { op: INVALID_SESSION, d: false });
  }

  close(code: number): void {
    this.#current?.socket?.close(code);
  }

  async next(event: "identified" | "resumed" | "heartbeat" | "closed"): Promise<unknown> {
    const [first]: unknown[] = await once(this, event);
    return first;
  }

  end(): void {
    this.release();
    this.drop();
    this.#server.close();
  }

  async #greet(client: WebSocket): Promise<void> {
    client.on("message", (data: Buffer) => {
      this.#take(client, JSON.parse(data.toString()) as Frame);
    });
    client.on("close", (code) => this.emit("closed", code));
    await this.#held?.promise;
    send(client, { op: HELLO, d: { heartbeat_interval: this.heartbeatIntervalMs } });
  }

  #take(client: WebSocket, { op, d }: Frame): void {
    const data = typeof d === "object" && d !== null ? d : {};
    if (op === HEARTBEAT) {
      if (this.acknowledgesHeartbeats) send(client, { op: HEARTBEAT_ACK });
      this.emit("heartbeat");
    } else if (op === IDENTIFY) this.#identify(client, data["token"]);
    else if (op === RESUME) this.#resume(client, data);
    else client.close(4001);
  }

  #identify(client: WebSocket, token: unknown): void {
    this.identifies += 1;
    if (token !== this.#options.token) client.close(4004, "Authentication failed.");
    else if (this.closesWith !== null) client.close(this.closesWith);
    else {
      const session: Session = { id: `session${this.identifies}`, events: [], socket: client };
      this.#sessions.set(session.id, session);
      this.#current = session;
      this.dispatch("READY", {
        v: 10,
        session_id: session.id,
        resume_gateway_url: this.#options.address(),
        ...this.#options.ready(),
      });
      this.emit("identified");
    }
  }

  #resume(client: WebSocket, data: Readonly<Record<string, unknown>>): void {
    this.resumes += 1;
    const session = this.#sessions.get(String(data["session_id"]));
    if (!this.resumable || session === undefined || data["token"] !== this.#options.token) {
      send(client, { op: INVALID_SESSION, d: false });
      return;
    }
    session.socket = client;
    const missed = session.events.filter(({ s }) => s > Number(data["seq"]));
    for (const event of missed) send(client, { op: DISPATCH, ...event });
    this.dispatch("RESUMED", {});
    this.emit("resumed");
  }
}

function send(client: WebSocket | null, frame: object): void {
  if (client?.readyState === client?.OPEN) client?.send(JSON.stringify(frame));
}
