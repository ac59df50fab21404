/**
 * The local exchange: Binance spot's public market data protocol over real sockets, REST and
 * WebSocket on one port, with a random or a scripted market and its own virtual time. What it says is
 * a function of seed and time; time either follows the real clock at some speed or is moved by hand.
 * What has been told counts as the present: REST and streams never disagree about the time.
 */
import { createServer, type Server } from "node:http";
import { Fault } from "../../domain/fault.ts";
import {
  assembleExchange,
  type ExchangeParts,
  type SimulatorOptions,
} from "./assemble-exchange.ts";
import type { Faults } from "./faults.ts";
import { VirtualClock } from "./virtual-clock.ts";

/** Longest stretch of virtual time told before waiting for the sockets, when moved by hand. */
const SLICE_MS = 60_000;
const LOCAL_HOST = "127.0.0.1";

export interface SimulatorStats {
  /** Open WebSocket connections. */
  readonly connections: number;
  /** Kline streams somebody listens to. */
  readonly streams: number;
  /** REST requests since the start. */
  readonly requests: number;
  /** Request weight used in the present clock minute. */
  readonly weight: number;
}

export class ExchangeSimulator implements AsyncDisposable {
  private readonly parts: ExchangeParts;
  private readonly server: Server;
  private readonly host: string;
  private port = 0;
  private timer: NodeJS.Timeout | null = null;
  private stopping: Promise<void> | null = null;

  /**
   * Starts listening and, unless time is moved by hand, the clock. Faults: simulator-seed-differs
   * {stored, asked}, simulator-state-unreadable {file}, simulator-symbol-invalid {symbol},
   * simulator-port-unavailable {host, port}.
   */
  static async start(options: SimulatorOptions): Promise<ExchangeSimulator> {
    const simulator = new ExchangeSimulator(options);
    await simulator.listen(options.port ?? 0);
    if (options.speed !== "manual") {
      simulator.run(options.speed, options.waitForConnections ?? 0);
    }
    return simulator;
  }

  private constructor(options: SimulatorOptions) {
    this.parts = assembleExchange(options);
    this.host = options.host ?? LOCAL_HOST;
    const { desk, door } = this.parts;
    this.server = createServer((request, response) => desk.handle(request, response));
    this.server.on("upgrade", (request, socket, head) => door.admit(request, socket, head));
  }

  /** Base to which /ws/… and /stream?streams=… are appended. */
  get wsUrl(): string {
    return `ws://${this.address}`;
  }

  /** Base to which /api/v3/… is appended. */
  get restUrl(): string {
    return `http://${this.address}`;
  }

  /** Orders faults. */
  get faults(): Faults {
    return this.parts.faults;
  }

  get stats(): SimulatorStats {
    const { connections, streams, desk, weight } = this.parts;
    return {
      connections: connections.size,
      streams: streams.size,
      requests: desk.requests,
      weight: weight.used(this.now()),
    };
  }

  /** Virtual time up to which everything was told, epoch ms. */
  now(): number {
    return this.parts.agenda.now;
  }

  /**
   * Moves virtual time by hand and tells everything due on the way, in order; resolves when it is
   * written to the sockets, so clients must go on reading. Fault: simulator-time-backwards {now,
   * asked}.
   */
  async advanceTo(time: number): Promise<void> {
    const { agenda, connections } = this.parts;
    do {
      this.tellUntil(connections.size === 0 ? time : Math.min(time, agenda.now + SLICE_MS));
      await Promise.all([...connections].map((connection) => connection.written()));
    } while (agenda.now < time);
  }

  /** Ends all connections and stops listening; nothing is left running. */
  stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  private get address(): string {
    return `${this.host}:${this.port}`;
  }

  private listen(port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once("error", (cause) => {
        reject(new Fault("simulator-port-unavailable", { host: this.host, port }, { cause }));
      });
      this.server.listen(port, this.host, () => {
        const bound = this.server.address();
        this.port = typeof bound === "object" ? (bound?.port ?? port) : port;
        resolve();
      });
    });
  }

  private run(speed: number, waitForConnections: number): void {
    const { realNow, timings, connections } = this.parts;
    let clock: VirtualClock | null = null;
    this.timer = setInterval(() => {
      if (clock === null && connections.size < waitForConnections) return;
      clock ??= new VirtualClock({ startAt: this.now(), speed, realNow });
      this.tellUntil(clock.read());
    }, timings.tickMs);
  }

  private tellUntil(time: number): void {
    this.parts.reserved?.ensure(time);
    this.parts.agenda.runUntil(time);
  }

  private async end(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    const closed = new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
    for (const connection of this.parts.connections) connection.cut();
    this.server.closeAllConnections();
    await closed;
    this.parts.reserved?.release(this.now());
  }
}
